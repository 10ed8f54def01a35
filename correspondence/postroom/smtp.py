"""Hand one message to a mail server, and know afterwards whether it went (RFC 5321, RFC 6409).

Until the server has been given the last byte nothing has gone, whatever fails. Once it has, only
its answer tells. Where that answer never comes nobody knows, and that is said as it is: the message
is never sent again on a guess.
"""

from __future__ import annotations

import base64
import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.errors import (
    ConnectionLost,
    LoginRefused,
    MailServerUnavailable,
)
from correspondence.postroom import oauth
from correspondence.postroom.credentials import without
from correspondence.postroom.tls import certificate_fault, verified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import SecretStr

PORTS: Final = {"tls": 465, "starttls": 587}

_PLAIN_IDENTITY: Final = "\0{user}\0{password}"  # RFC 4616


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is submitted, and as whom. `timeout` is in seconds, for each answer.

    With `oauth` what is given as the password is an application's token.
    """

    host: str
    user: str
    port: int = 587
    security: Literal["tls", "starttls"] = "starttls"
    ca_file: Path | None = None
    timeout: float = 60.0
    oauth: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server said against one recipient. A passing one may be gone in an hour."""

    passing: bool
    said: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a message.

    ``sent``: the server took it for all who are not in `refused`. ``not_sent``: nothing went to
    anybody; `passing` where trying again later may do. ``uncertain``: its answer was lost, and
    nobody knows. `because` says why, in the two latter, and `of_provider` whether it is the server
    that fails, whatever the message. `unfiled` says why no copy of a sent one
    could be put with the sent mail, where one was to be.
    """

    state: Literal["sent", "not_sent", "uncertain"]
    because: str = ""
    passing: bool = False
    of_provider: bool = False
    refused: tuple[tuple[str, Refusal], ...] = ()
    unfiled: str = ""


class _Given(Exception):
    """The server gave a final answer that ends this attempt; nothing has gone."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.said)


def submit(
    server: SmtpServer,
    password: Callable[[], SecretStr],
    raw: bytes,
    *,
    sender: str,
    recipients: Sequence[str],
) -> Submitted:
    """Submit `raw` once; `sender` empty is the null reverse-path (RFC 5321 4.5.5).

    Never raises for what a server or a network does: what became of the message is the answer.
    """
    given = False
    refused: dict[str, Refusal] = {}
    try:
        with _logged_in(server, password()) as (client, hidden):
            _address(client, hidden, raw, sender, recipients, refused)
            if len(refused) == len(recipients):
                passing = any(one.passing for one in refused.values())
                said = "; ".join(one.said for one in refused.values())
                return Submitted("not_sent", said, passing, refused=tuple(refused.items()))
            _answer(client.docmd("DATA"), hidden, expected=354)
            given = True
            _answer(_given_whole(client, raw), hidden, expected=250)
            return Submitted("sent", refused=tuple(refused.items()))
    except _Given as answer:
        passing = answer.refusal.passing
        return Submitted("not_sent", answer.refusal.said, passing, of_provider=passing)
    except (OSError, smtplib.SMTPException) as lost:
        if given:
            return Submitted(
                "uncertain",
                f"{server.host} was given the message, and its answer was lost",
                of_provider=True,
            )
        return _unavailable(_fault(lost, server))
    except MailServerUnavailable as why:
        return _unavailable(why)


def _unavailable(why: MailServerUnavailable) -> Submitted:
    return Submitted("not_sent", str(why), isinstance(why, ConnectionLost), of_provider=True)


def try_out(server: SmtpServer, password: SecretStr, *, sender: str, recipient: str) -> None:
    """Everything that sending takes but the message: log in, name sender and recipient, forget it.

    Raises ConnectionLost, LoginRefused or MailServerUnavailable, saying what the server refuses.
    """
    refused: dict[str, Refusal] = {}
    try:
        with _logged_in(server, password) as (client, hidden):
            _address(client, hidden, b"", sender, [recipient], refused)
            client.rset()
    except _Given as answer:
        raise MailServerUnavailable(
            f"{server.host} does not take mail from this account: {answer.refusal.said}"
        ) from None
    except (OSError, smtplib.SMTPException) as lost:
        raise _fault(lost, server) from None
    for one in refused.values():
        raise MailServerUnavailable(f"{server.host} takes no mail to that address: {one.said}")


@contextlib.contextmanager
def _logged_in(server: SmtpServer, password: SecretStr) -> Iterator[tuple[smtplib.SMTP, SecretStr]]:
    """A secured connection, logged in. The password is offered once and in one way only.

    Python's own login tries every mechanism in turn, which counts as so many wrong passwords.
    """
    context = verified(server.ca_file)
    client: smtplib.SMTP
    if server.security == "tls":
        client = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        client.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            if not client.has_extn("starttls"):
                raise MailServerUnavailable(
                    f"{server.host} offers no STARTTLS on port {server.port}, and nothing is said "
                    "there in the clear: name another port, or have it switched on."
                )
            client.starttls(context=context)
            client.ehlo()
        _log_in(client, server, password)
        yield client, password
        with contextlib.suppress(OSError, smtplib.SMTPException):
            client.quit()
    finally:
        client.close()


def _log_in(client: smtplib.SMTP, server: SmtpServer, password: SecretStr) -> None:
    offered = client.esmtp_features.get("auth", "").upper().split()
    secret = password.get_secret_value()
    if server.oauth:
        code, said = _by_token(client, server, password, offered)
    elif "PLAIN" in offered:
        code, said = client.docmd(
            "AUTH PLAIN", _coded(_PLAIN_IDENTITY.format(user=server.user, password=secret))
        )
    elif "LOGIN" in offered:
        code, said = client.docmd("AUTH LOGIN")
        for word in (server.user, secret):
            if code == 334:
                code, said = client.docmd(_coded(word))
    else:
        raise MailServerUnavailable(
            f"{server.host} offers no login by name and password ({', '.join(offered) or 'none'}); "
            "have AUTH PLAIN or LOGIN switched on for this account."
        )
    if code == 235:
        return
    why = _said(code, said, password)
    if 400 <= code < 500:
        raise ConnectionLost(f"{server.host} cannot log anybody in just now ({why}).")
    if server.oauth:
        raise oauth.refusal(server.host, server.user, password, "smtp", why)
    raise LoginRefused(
        f"{server.host} refuses the login of {server.user} ({why}). It is not tried again by "
        "itself, which could lock the account: put name and password right, then run "
        "`correspondence mailbox test`."
    )


def _by_token(
    client: smtplib.SMTP, server: SmtpServer, token: SecretStr, offered: list[str]
) -> tuple[int, bytes]:
    """In two steps, since a token may be longer than a command (RFC 4954 4)."""
    if "XOAUTH2" in offered:
        code, said = client.docmd("AUTH XOAUTH2")
        words, dismissed = oauth.xoauth2(server.user, token), ""
    elif "OAUTHBEARER" in offered:
        code, said = client.docmd("AUTH OAUTHBEARER")
        words, dismissed = oauth.oauthbearer(server.user, server.host, server.port, token), "\1"
    else:
        raise MailServerUnavailable(
            f"{server.host} offers no login by token ({', '.join(offered) or 'none'}): have "
            "XOAUTH2 or OAUTHBEARER switched on, or give a password."
        )
    if code == 334:
        code, said = client.docmd(_coded(words))
    if code == 334:  # what it has against the token, which it wants acknowledged
        code, said = client.docmd(_coded(dismissed))
    return code, said


def _address(
    client: smtplib.SMTP,
    hidden: SecretStr,
    raw: bytes,
    sender: str,
    recipients: Sequence[str],
    refused: dict[str, Refusal],
) -> None:
    """Name sender and recipients; those refused are put into `refused`. Raises _Given."""
    options = _options(client, raw, (sender, *recipients))
    _answer(client.docmd("MAIL", f"FROM:<{_safe(sender)}>{options}"), hidden, expected=250)
    for recipient in recipients:
        code, said = client.docmd("RCPT", f"TO:<{_safe(recipient)}>")
        if code not in (250, 251):
            refused[recipient] = Refusal(400 <= code < 500, _said(code, said, hidden))


def _options(client: smtplib.SMTP, raw: bytes, addresses: Sequence[str]) -> str:
    """What has to be said of the message beforehand (RFC 1870, 6152, 6531). Raises _Given."""
    options = ""
    if client.has_extn("size"):
        most = client.esmtp_features["size"]
        if most.isdigit() and 0 < int(most) < len(raw):
            raise _Given(
                Refusal(
                    False,
                    f"the letter has {len(raw):,} bytes and the server takes {int(most):,}; send "
                    "fewer or smaller enclosures",
                )
            )
        options += f" SIZE={len(raw)}"
    header = raw.partition(b"\r\n\r\n")[0]
    wide = not all(address.isascii() for address in addresses) or not header.isascii()
    for name, needed, words in (
        ("8bitmime", wide or not raw.isascii(), " BODY=8BITMIME"),
        ("smtputf8", wide, " SMTPUTF8"),
    ):
        if needed and not client.has_extn(name):
            raise _Given(Refusal(False, f"the server does not take such a letter (no {name})"))
        options += words if needed else ""
    if wide:
        client.command_encoding = "utf-8"
    return options


def _given_whole(client: smtplib.SMTP, raw: bytes) -> tuple[int, bytes]:
    """The message and the line that ends it, with its dots doubled (RFC 5321 4.5.2)."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    whole = b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)
    client.send(whole + b".\r\n")
    return client.getreply()


def _answer(answer: tuple[int, bytes], hidden: SecretStr, *, expected: int) -> None:
    code, said = answer
    if code != expected:
        raise _Given(Refusal(400 <= code < 500, _said(code, said, hidden)))


def _said(code: int, said: bytes, hidden: SecretStr) -> str:
    return f"{code} {without(said.decode('utf-8', 'replace'), hidden)}".strip()


def _safe(address: str) -> str:
    """The address, if it cannot end its line or its brackets. Raises MailServerUnavailable."""
    if any(sign in address for sign in "<> \t\r\n\0") or len(address) > 254:
        raise MailServerUnavailable("An address of this letter cannot be one; correct it.")
    return address


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _fault(lost: Exception, server: SmtpServer) -> MailServerUnavailable:
    if isinstance(lost, ssl.SSLError):
        return MailServerUnavailable(certificate_fault(lost, server.host))
    why = getattr(lost, "strerror", None) or "no answer"
    return ConnectionLost(f"{server.host} was not reached or broke off ({why}).")
