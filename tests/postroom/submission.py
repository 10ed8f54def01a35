"""A mail server that takes letters: TLS, a login, and whatever answers a test wants of it."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.postroom.dovecot import PASSWORD, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tests.postroom.certificates import Certificate

USER = "letters"


@dataclass(slots=True)
class Submission:
    """What the server was given, and what it answers instead of taking it.

    `answers` are by step: "MAIL", "RCPT" (also by address, "RCPT a@example.net"), "END".
    """

    taken: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    logins: int = 0
    certificate: Certificate | None = None
    port: int = 0

    @property
    def delivery(self) -> str:
        """What a profile says of it, in place of what it shows."""
        return self.delivery_at(self.port)

    def delivery_at(self, port: int) -> str:
        """The same, where another port leads to it."""
        assert self.certificate is not None
        return (
            f'way = "smtp"\nhost = "localhost"\nport = {port}\nsecurity = "tls"\n'
            f'user = "{USER}"\nca_file = "{self.certificate.authority}"'
        )

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get("MAIL"):
            return answer
        envelope.mail_from = address or ""
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get("RCPT") or self.answers.get(f"RCPT {address}")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self.answers.get("END"):
            return answer
        self.taken.append(envelope)
        return "250 taken"

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins += 1
        assert isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)


@dataclass(slots=True)
class SubmissionByToken(Submission):
    """One that takes tokens: `users` says whose each is."""

    users: dict[str, str] = field(default_factory=dict)
    against: str = "535 5.7.3 Authentication unsuccessful"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """Against a token it has an explanation, which must be acknowledged before it says no."""
        words = await server.challenge_auth("")
        user, _, bearer = bytes(words or b"").decode().partition("\1")  # type: ignore[arg-type]
        token = bearer.removeprefix("auth=Bearer ").rstrip("\1")
        self.logins += 1
        if token in self.users and user == f"user={self.users[token]}":
            return AuthResult(success=True)
        assert await server.challenge_auth('{"status":"400"}') == b""
        return AuthResult(success=False, handled=False, message=self.against)


@dataclass(slots=True)
class Running:
    """Keeps a submission server running while a block runs."""

    certificate: Certificate
    starttls: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    kind: type[Submission] = Submission
    _controller: Controller | None = None

    def __enter__(self) -> Submission:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate.file, self.certificate.key)
        made = self.kind(certificate=self.certificate, port=free_port())
        secured: dict[str, Any] = (
            {"tls_context": context, "require_starttls": True}
            if self.starttls
            else {"ssl_context": context, "auth_require_tls": False}
        )
        self._controller = Controller(
            made,
            hostname="127.0.0.1",
            port=made.port,
            server_hostname="localhost",
            authenticator=made.login,
            auth_required=True,
            enable_SMTPUTF8=True,
            **(secured | self.options),
        )
        if not self.starttls:
            # Its own look whether the server is up knows no authority of ours.
            self._controller._trigger_server = self._look  # type: ignore[method-assign]
        self._controller.start()
        return made

    def _look(self) -> None:
        assert self._controller is not None
        trusting = ssl.create_default_context(cafile=self.certificate.authority)
        trusting.check_hostname = False
        where = ("127.0.0.1", self._controller.port)
        with (
            socket.create_connection(where, timeout=10) as plain,
            trusting.wrap_socket(plain) as secured,
        ):
            secured.recv(1024)

    def __exit__(self, *_: object) -> None:
        assert self._controller is not None
        self._controller.stop(no_assert=True)


def running(
    certificate: Certificate,
    *,
    starttls: bool = False,
    kind: type[Submission] = Submission,
    **options: Any,
) -> AbstractContextManager[Submission]:
    """A server that takes letters."""
    return Running(certificate, starttls, options, kind)


def received(server: Submission) -> Iterator[bytes]:
    """The bytes of all that was taken."""
    for envelope in server.taken:
        assert isinstance(envelope.content, bytes)
        yield envelope.content
