"""What each call of the API answers."""

from __future__ import annotations

import base64
import binascii
import json
import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import jwt
from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError, TokenExpiredError

if TYPE_CHECKING:
    from datetime import datetime

    from tests.postroom.stand_ins.notify.state import Letter, Service

PAGE = 250


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    kind: str = "application/json"


class Refusal(Exception):
    def __init__(self, status: int, error: str, message: str) -> None:
        said = {"status_code": status, "errors": [{"error": error, "message": message}]}
        self.answer = of(said, status)
        super().__init__(message)


def of(said: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(said).encode())


def let_in(service: Service, header: str) -> None:
    """As `app/authentication/auth.py` does it."""
    kind, _, token = header.partition(" ")
    if kind != "Bearer" or not token:
        raise Refusal(401, "AuthError", "Unauthorized: authentication token must be provided")
    try:
        issuer = get_token_issuer(token)  # type: ignore[no-untyped-call]
    except TokenError:
        raise Refusal(403, "AuthError", "Invalid token: iss field not provided") from None
    if issuer != service.id:
        raise Refusal(403, "AuthError", "Invalid token: service not found")
    clock = "Error: Your system clock must be accurate to within 30 seconds"
    made = jwt.decode(token, options={"verify_signature": False}, algorithms=["HS256"])["iat"]
    if abs(time.time() + service.clock_ahead - made) > 31:
        raise Refusal(403, "AuthError", clock)
    try:
        decode_jwt_token(token, service.secret)  # type: ignore[no-untyped-call]
    except TokenExpiredError:
        raise Refusal(403, "AuthError", clock) from None
    except TokenError:
        raise Refusal(403, "AuthError", "Invalid token: API key not found") from None
    if service.revoked:
        raise Refusal(403, "AuthError", "Invalid token: API key revoked")


def post_letter(service: Service, body: bytes) -> Answer:
    """In the order of `post_precompiled_letter_notification`."""
    try:
        form = json.loads(body)
    except ValueError:
        raise Refusal(400, "BadRequestError", "Invalid JSON supplied in POST data") from None
    for needed in ("reference", "content"):
        if not isinstance(form.get(needed), str):
            raise Refusal(400, "ValidationError", f"{needed} is a required property")
    if form.get("postage", "second") not in ("first", "second", "economy"):
        raise Refusal(400, "ValidationError", "postage invalid. It must be first, second, ...")
    if not service.may_send_letters:
        raise Refusal(400, "BadRequestError", "Service is not allowed to send letters")
    if service.busy_for:
        service.busy_for -= 1
        said = "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
        raise Refusal(429, "RateLimitError", said)
    if service.key_kind != "test" and len(service.given(key_kind="normal")) >= service.daily_limit:
        said = f"Exceeded send limits (letter: {service.daily_limit}) for today"
        raise Refusal(429, "TooManyRequestsError", said)
    if service.key_kind == "team":
        raise Refusal(403, "BadRequestError", "Cannot send letters with a team api key")
    if service.trial and service.key_kind != "test":
        said = "Cannot send letters when service is in trial mode"
        raise Refusal(403, "BadRequestError", said)
    try:
        pdf = base64.b64decode(form["content"])
    except (ValueError, binascii.Error):
        said = "Cannot decode letter content (invalid base64 encoding)"
        raise Refusal(400, "BadRequestError", said) from None
    made = _kept(service, form, pdf)
    return of({"id": made.id, "reference": made.reference, "postage": made.postage}, 201)


def _kept(service: Service, form: dict[str, Any], pdf: bytes) -> Letter:
    from tests.postroom.stand_ins.notify.state import Letter

    made = Letter(form["reference"], pdf, form.get("postage", "second"), service.key_kind)
    service.letters.append(made)
    return made


def listed(service: Service, query: str) -> Answer:
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    newest = [one for one in reversed(service.letters) if one.key_kind == service.key_kind]
    if reference := asked.get("reference"):
        newest = [one for one in newest if one.reference == reference]
    if older := asked.get("older_than"):
        names = [one.id for one in newest]
        newest = newest[names.index(older) + 1 :] if older in names else []
    page = newest[:PAGE]
    links = {"current": "http://localhost/v2/notifications"}
    if page:
        links["next"] = f"http://localhost/v2/notifications?older_than={page[-1].id}"
    return of({"notifications": [_document(one) for one in page], "links": links})


def one_letter(service: Service, identity: str) -> Answer:
    return of(_document(_named(service, identity)))


def printed(service: Service, identity: str) -> Answer:
    one = _named(service, identity)
    if one.status == "pending-virus-check":
        raise Refusal(400, "PDFNotReadyError", "PDF not available yet, try again later")
    if one.status in ("virus-scan-failed", "technical-failure"):
        raise Refusal(400, "BadRequestError", f"PDF not available for letters in {one.status}")
    return Answer(200, one.pdf + b"\n% as it was printed\n", "application/pdf")


def summary(service: Service) -> Answer:
    _live(service)
    days: dict[date, int] = {}
    for day, _ in service.returned:
        days[day] = days.get(day, 0) + 1
    if not days:
        return of({"returned_letter_count": 0, "report_date": None})
    found = sorted(days.items(), reverse=True)
    return of([{"returned_letter_count": n, "report_date": day.isoformat()} for day, n in found])


def returned(service: Service, query: str) -> Answer:
    _live(service)
    day = date.fromisoformat(parse_qs(query)["report_date"][0])
    rows = [
        {
            "notification_id": one.id,
            "reference": one.reference,
            "report_date": day.isoformat(),
            "created_at": _said(one.created_at),
            "template_name": "Pre-compiled PDF",
        }
        for reported, identity in service.returned
        for one in service.given(id=identity)
        if reported == day
    ]
    return of({"returned_letters": rows, "orphaned_count": 0})


def _live(service: Service) -> None:
    if not service.knows_returned:
        raise Refusal(404, "NoResultFound", "The requested URL was not found on the server.")
    if service.key_kind != "normal":
        said = "Only live API keys are authorised to get the latest returned letter summary."
        raise Refusal(403, "InvalidRequest", said)


def _named(service: Service, identity: str) -> Letter:
    found = service.given(id=identity)
    if not found:
        raise Refusal(404, "NoResultFound", "No result found")
    return found[0]


def _document(one: Letter) -> dict[str, Any]:
    return {
        "id": one.id,
        "reference": one.reference,
        "type": "letter",
        "status": one.told,
        "postage": one.postage,
        "subject": "Pre-compiled PDF",
        "created_at": _said(one.created_at),
        "sent_at": _said(one.sent_at),
        "completed_at": _said(one.completed_at),
    }


def _said(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}" if moment else None
