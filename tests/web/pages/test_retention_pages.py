"""What is due is erased after a look, and one person's data gathered, by administrators alone."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.handling.logged import Logged, log
from tests.casework.keeping.test_retention import SECRET, finished

if TYPE_CHECKING:
    from tests.web.site import Site, Visitor

pytestmark = pytest.mark.slow

PAGE = "/settings/retention"


def ended(site: Site, months: int = 0) -> str:
    """A complaint that was withdrawn, so long ago; its case."""
    reference = finished(site.bureau)
    site.bureau.days_pass(months * 31)
    return reference


def look(visitor: Visitor, form: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The page of a dry run, and the form on it."""
    answer = visitor.post(f"{PAGE}/looked-at", form, page=PAGE)
    assert answer.status_code == 200, answer.text
    inputs = re.findall(r'type="hidden" name="(looked_at|because)" value="([^"]+)"', answer.text)
    subjects = re.findall(r'type="hidden" name="subject" value="([^"]+)"', answer.text)
    return answer.text, {**dict(inputs), "subject": subjects}


def test_what_is_due_is_erased_after_a_look_and_not_before(site: Site) -> None:
    reference = ended(site, months=73)
    visitor = site.signed_in("administrator")
    shown = visitor.text(PAGE)
    assert reference in shown
    assert "72 months after the last thing that happened" in shown
    form: dict[str, object] = {"because": "schedule", "subject": [reference]}
    straight = visitor.post(f"{PAGE}/erased", {**form, "sure": "yes"})
    assert straight.status_code == 409
    told, looked_at = look(visitor, form)
    assert "Nothing is erased yet" in told
    assert SECRET in visitor.text(f"/cases/{reference}")
    unsure = visitor.post(f"{PAGE}/erased", looked_at)
    assert "Say that it is to be erased for good" in unsure.text
    assert SECRET in visitor.text(f"/cases/{reference}")
    done = visitor.post(f"{PAGE}/erased", {**looked_at, "sure": "yes"}, follow=True)
    assert "1 erased" in done.text
    assert SECRET not in visitor.text(f"/cases/{reference}")
    assert reference not in visitor.text(PAGE)


def test_what_has_changed_since_the_look_is_looked_at_again(site: Site) -> None:
    reference = ended(site)
    visitor = site.signed_in("administrator")
    _, looked_at = look(visitor, {"because": "request", "subjects": reference})
    note = Logged.model_validate({"on": site.bureau.now.date(), "text": "They rang again."})
    log(site.bureau.house, reference, note, now=site.bureau.now, actor=site.bureau.rowan)
    stale = visitor.post(f"{PAGE}/erased", {**looked_at, "sure": "yes"})
    assert stale.status_code == 409
    assert "It is not what you looked at any more" in stale.text
    assert SECRET in visitor.text(f"/cases/{reference}")


def test_what_is_held_is_shown_with_its_reason_and_not_erased(site: Site) -> None:
    reference = finished(site.bureau)
    form = {"form": "legal_hold", "on": str(site.bureau.now.date()), "hold_for": "claim"}
    hold = Logged.model_validate({**form, "because": "A letter before claim."})
    log(site.bureau.house, reference, hold, now=site.bureau.now, actor=site.bureau.rowan)
    site.bureau.days_pass(73 * 31)
    visitor = site.signed_in("administrator")
    assert "Hold 1: claim" in visitor.text(PAGE)
    asked = {"because": "request", "subjects": reference}
    refused = visitor.post(f"{PAGE}/looked-at", asked)
    assert refused.status_code == 400
    assert "may not be erased: hold 1" in refused.text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"because": "request"},
        {"because": "spite", "subjects": "x"},
        {"because": "request", "subjects": "message:x, CMP-2026-9"},
    ],
)
def test_what_cannot_be_erased_is_said(site: Site, form: dict[str, str]) -> None:
    answer = site.signed_in("administrator").post(f"{PAGE}/looked-at", form, page=PAGE)
    assert answer.status_code == 400
    assert "There is a problem" in answer.text


def test_one_persons_data_is_gathered_for_them(site: Site) -> None:
    reference = finished(site.bureau)
    visitor = site.signed_in("administrator")
    empty = visitor.post(f"{PAGE}/own-data", {}, page=PAGE)
    assert "Enter a case, a mail address or a tenancy" in empty.text
    nobody = visitor.post(f"{PAGE}/own-data", {"own_emails": "nobody@example.net"})
    assert nobody.status_code == 400
    made = visitor.post(f"{PAGE}/own-data", {"own_cases": reference})
    assert made.status_code == 200, made.text
    with zipfile.ZipFile(io.BytesIO(made.data)) as held:
        assert f"cases/{reference}.html" in held.namelist()


@pytest.mark.parametrize("role", ["reader", "officer", "manager"])
def test_retention_is_for_administrators(site: Site, role: str) -> None:
    visitor = site.signed_in(role)
    assert visitor.get(PAGE).status_code == 403
    assert visitor.post(f"{PAGE}/own-data", {"own_cases": "CMP-2026-000001"}).status_code == 403
