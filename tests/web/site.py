"""The pages of an office at work, and somebody who looks at them, with or without a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in.invite import add_user, give_role, invite
from correspondence.errors import WrongUse
from correspondence.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.casework.bureau import Bureau

PASSWORD = "three invented words"
ROLES = ("reader", "officer", "manager", "administrator")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(slots=True)
class Visitor:
    """Somebody with a cookie jar. `post` takes the token from the page it is told to come from."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path)
        self._remember(answer)
        return answer

    def post(
        self,
        path: str,
        form: Mapping[str, Any] | None = None,
        *,
        page: str = "",
        follow: bool = False,
    ) -> TestResponse:
        """Send a form, with the token of `page`, or of the page looked at last."""
        if page:
            self.get(page)
        answer = self.client.post(
            path,
            data={"csrf_token": self.token, **(form or {})},
            follow_redirects=follow,
            content_type="multipart/form-data",
        )
        self._remember(answer)
        return answer

    def text(self, path: str) -> str:
        """The page, which there must be."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return answer.text

    def _remember(self, answer: TestResponse) -> None:
        if answer.mimetype == "text/html" and (found := _TOKEN.search(answer.text)):
            self.token = found.group(1)


@dataclass(slots=True)
class Site:
    """The pages of a bureau, whose clock they go by."""

    bureau: Bureau
    app: Flask

    @classmethod
    def of(cls, bureau: Bureau, **more: Any) -> Site:
        app = create_app(bureau.house, bureau.press, clock=lambda: bureau.now, **more)
        return cls(bureau, app)

    def visitor(self) -> Visitor:
        """Somebody who is not signed in."""
        return Visitor(self.app.test_client())

    def link(self, name: str) -> str:
        """The path of a new one-time link."""
        made = invite(self.bureau.house, name, now=self.bureau.now, actor=ourselves())
        return f"/welcome/{made.token}"

    def somebody(self, name: str, role: str) -> None:
        """A user of that name and role."""
        house, now = self.bureau.house, self.bureau.now
        try:
            add_user(house, name, name.capitalize(), role, now=now, actor=ourselves())
        except WrongUse:
            give_role(house, name, role, now=now, actor=ourselves())

    def signed_in(self, role: str = "officer", name: str = "") -> Visitor:
        """A user of that role, signed in by a one-time link, at the queue."""
        name = name or f"{role}.sample"
        self.somebody("chief", "administrator")  # who is first invited becomes one
        self.somebody(name, role)
        visitor, link = self.visitor(), self.link(name)
        visitor.get(link)
        answer = visitor.post(link, {"password": PASSWORD})
        assert answer.status_code == 302, answer.text
        visitor.get("/")
        return visitor
