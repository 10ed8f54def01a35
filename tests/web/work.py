"""People who have work accounts: the pages of their office, and who vouches for them."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from correspondence.settings import PROFILE_NAME
from correspondence.store import audit, users
from tests.web.stand_in_issuer import CLIENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from tests.web.site import Site, Visitor

ROLES = 'roles = { "Complaints.Officer" = "officer", "Complaints.Chief" = "administrator" }\n'
by_role = pytest.mark.parametrize("work", ['first_sign_in = "role"\n' + ROLES], indirect=True)
OFFICER = {"roles": ["Complaints.Officer", "Something.Else"]}

_TOP = Path(__file__).parent.parent.parent


@contextmanager
def standing_in() -> Iterator[str]:
    """The stand-in at work; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.stand_in_issuer"],
        cwd=_TOP,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate()


def name_issuer(office: Path, issuer: str, more: str = "") -> None:
    """Have an office's profile name its issuer, and say `more` of the pages."""
    lines = f'[pages]\naddress = "http://localhost"\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\n'
    profile = office / PROFILE_NAME
    text = profile.read_text("utf-8")
    assert "\n[pages]\n" in text
    profile.write_text(text.replace("\n[pages]\n", f"\n{lines}{more}"), "utf-8")


@dataclass(slots=True)
class Work:
    """The pages of an office whose people have work accounts."""

    site: Site
    issuer: str

    def told(self, **told: Any) -> list[str]:
        """Have the stand-in do otherwise; what it was asked for so far."""
        now = {"now": self.site.bureau.now.timestamp()}
        return list(requests.post(f"{self.issuer}/told", json=now | told).json()["asked"])

    def there(self, visitor: Visitor, path: str = "/sign-in/work-account") -> str:
        """Off to the issuer, and what it sends the browser back with."""
        off = visitor.get(path)
        assert off.status_code == 302, off.text
        assert off.location.startswith(f"{self.issuer}/authorize?")
        back = requests.get(off.location, allow_redirects=False).headers["Location"]
        assert back.startswith("http://localhost/sign-in/return?")
        return back.removeprefix("http://localhost")

    def through(self, visitor: Visitor, path: str = "/sign-in/work-account") -> TestResponse:
        """There and back."""
        return visitor.get(self.there(visitor, path))

    def users(self) -> dict[str, str]:
        with self.site.bureau.house.database.reading() as conn:
            return {one.name: one.role for one in users.listing(conn)}

    def events(self) -> list[str]:
        with self.site.bureau.house.database.reading() as conn:
            return [one["what"] for one in audit.facts(conn, audit.OFFICE, "sign_in_changed")]

    def says_ended(self, *, without: tuple[str, ...] = (), **claims: Any) -> str:
        """A logout token of the stand-in's, which signs and types it as it was told to."""
        asked = {"claims": claims, "without": list(without)}
        return requests.post(f"{self.issuer}/logout-token", json=asked).text

    def ends(self, token: str) -> TestResponse:
        """Send a logout token as an issuer does: on a line of its own, without a cookie."""
        form = {"logout_token": token}
        return self.site.app.test_client().post("/sign-in/work-account/logout", data=form)


def linked(work: Work, name: str = "rowan") -> Visitor:
    """Somebody whose work account lets them in, and who is in."""
    visitor = work.site.visitor()
    link = work.site.link(name)
    assert "Sign in with your work account" in visitor.text(link)
    assert work.through(visitor, f"{link}/work-account").status_code == 302
    return visitor
