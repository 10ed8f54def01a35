"""The way to a store that speaks S3: whom it trusts, how it signs, how long it waits.

Nothing is taken from the environment, which the library would otherwise read for some twenty keys
(AWS_SESSION_TOKEN, AWS_SKIP_SIGNATURE, AWS_ENDPOINT_URL_S3 …) and for proxies: a variable that
somebody set for another program neither changes where documents go nor whom we trust.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from correspondence.errors import NoCredential, StoreUnavailable
from correspondence.postroom.credentials import Account, password_of

if TYPE_CHECKING:
    from correspondence.settings import DocumentStore

_LARGEST = 1_000_000  # bytes of certificates


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a store is waited for, in seconds, and how often it is asked.

    `whole` is for one request with its answer, of which nothing may stand still for `still`;
    between two tries at least `first`, then more, at most `longest`.
    """

    tries: int = 4
    first: float = 0.5
    longest: float = 8.0
    connect: float = 5.0
    still: float = 20.0
    whole: float = 120.0


def line_to(settings: DocumentStore, account: Account, limits: Limits) -> Any:
    """The way to the bucket, below its prefix; nothing has been asked on it yet.

    Raises StoreUnavailable where the library, the secret or a certificate is missing.
    """
    try:
        from obstore.store import S3Store
    except ImportError:
        raise StoreUnavailable(
            "Documents in a store that speaks S3 need more: install correspondence[s3]."
        ) from None
    try:
        secret = password_of(account).get_secret_value()
    except NoCredential as lacking:
        raise StoreUnavailable(str(lacking)) from None
    given = {
        "access_key_id": settings.access_key,
        "secret_access_key": secret,
        "token": None,
        "expires_at": None,
    }
    client: dict[str, Any] = _client(settings, limits)
    try:
        return S3Store(
            settings.bucket,
            prefix=settings.prefix,
            config={
                "aws_endpoint_url_s3": settings.address,
                "endpoint": settings.address,
                "region": settings.signed_for,
                "virtual_hosted_style_request": False,
                "skip_signature": False,
                "unsigned_payload": False,
                "conditional_put": "etag",
                "disable_bulk_delete": True,
                "s3_express": False,
                "request_payer": False,
            },
            client_options=client,  # type: ignore[arg-type]
            retry_config={"max_retries": 0},  # tried again by us, who know what may be
            credential_provider=lambda: given,  # type: ignore[arg-type]
        )
    except Exception as fault:  # noqa: BLE001 - whatever the library makes of a wrong setting
        raise StoreUnavailable(
            f"{settings.bucket} at {settings.host} cannot be asked as the profile says "
            f"({type(fault).__name__}): see to [documents] endpoint, proxy and ca_file, which must "
            "hold certificates in PEM form."
        ) from None


def _client(settings: DocumentStore, limits: Limits) -> dict[str, Any]:
    client: dict[str, Any] = {
        "allow_http": settings.address.startswith("http://"),  # this very machine alone
        "allow_invalid_certificates": False,
        "connect_timeout": timedelta(seconds=limits.connect),
        "read_timeout": timedelta(seconds=limits.still),
        "timeout": timedelta(seconds=limits.whole),
        "proxy_url": settings.proxy or "http://127.0.0.1:9",
    }
    if not settings.proxy:  # naming one that is never used keeps out the environment's
        client["proxy_excludes"] = settings.host
    if settings.ca_file:
        client["root_certificate"] = _certificates(Path(settings.ca_file))
    return client


def _certificates(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as refused:
        raise StoreUnavailable(
            f"The certificates in {file} cannot be used ({refused.strerror}); name a file in PEM "
            "form that this account may read."
        ) from None
