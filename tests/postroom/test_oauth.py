"""Tokens open mailboxes and send letters; who refuses one is told of in plain words, and no more.

Dovecot is the real one, asking a stand-in of an issuer about each token; the submission server is
aiosmtpd. Exchange Online's refusals are made after its published answers.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr, ValidationError

from correspondence.errors import LoginRefused, MailServerUnavailable
from correspondence.postroom.graph.server import GraphServer
from correspondence.postroom.graph.tokens import GraphTokens
from correspondence.postroom.imap.session import ImapServer, ImapSession
from correspondence.postroom.oauth import roles_of
from correspondence.postroom.oauth_tokens import OUTLOOK, Issuer, IssuerTokens, tokens_of
from correspondence.postroom.smtp import SmtpServer, Submitted, submit
from correspondence.settings import PROFILE_NAME, Mailbox, open_office
from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.dovecot import NO_DOVECOT, Dovecot, dovecot, free_port, program
from tests.postroom.graph_stand_in import graph_stand_in
from tests.postroom.issuer import APPLICATION, SECRET, issuing
from tests.postroom.issuer import Issuer as StandIn
from tests.postroom.looking import NOW
from tests.postroom.submission import SubmissionByToken, running

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

LETTER = (
    b"From: complaints@harrowmere.example\r\nMessage-ID: <1@harrowmere.example>\r\n\r\nDear\r\n"
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[StandIn]:
    with issuing() as one:
        yield one


@pytest.fixture(autouse=True)
def _as_new(issuer: StandIn) -> None:
    issuer.user, issuer.roles = "complaints", None


@pytest.fixture(scope="module")
def server(issuer: StandIn) -> Iterator[Dovecot]:
    if program() is None:
        pytest.skip(NO_DOVECOT)
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    about = f"http://127.0.0.1:{issuer.port}/about"
    with dovecot(introspection_url=about, mechanisms="plain xoauth2") as one:
        yield one


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    file.chmod(0o600)
    return file


@pytest.fixture
def office(tmp_path: Path, issuer: StandIn, server: Dovecot, secret: Path) -> Path:
    made = make_office(tmp_path / "office")
    with (made / PROFILE_NAME).open("a") as profile:
        profile.write(
            '\n[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
            f'port = {server.port}\nuser = "complaints"\nsign_in = "oauth"\n'
            f'application = "{APPLICATION}"\ntoken_url = "{issuer.token_url}"\nscope = "mail"\n'
            f'password_file = "{secret}"\nca_file = "{server.certificate.authority}"\n'
        )
    return made


def at(server: Dovecot) -> ImapServer:
    trusted = server.certificate.authority
    return ImapServer("localhost", "complaints", server.port, ca_file=trusted, oauth=True)


def tried(office: Path) -> tuple[int, dict[str, tuple[bool, str]]]:
    said = say(office, "mailbox", "test", "--json")
    return said.status, {
        one["step"]: (one["works"], one["says"])
        for one in said.json["steps"]
        if one["mailbox"] != "inbox"
    }


def test_a_mailbox_is_read_by_token_and_its_mail_set_aside(
    office: Path, server: Dovecot, issuer: StandIn
) -> None:
    server.empty()
    with ImapSession(at(server), SecretStr(issuer.token()))._client as colleague:
        colleague.append("INBOX", corpus.other(1, NOW))
    status, steps = tried(office)
    assert (status, list(steps)[:5]) == (0, ["name", "port", "token", "certificate", "login"])
    issuer.asked.clear()
    said = say(office, "run", "--once", "--workers", "0", "--json")
    assert (said.status, said.json["received"], said.json["problems"]) == (0, 1, [])
    assert issuer.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": APPLICATION,
            "client_secret": SECRET,
            "scope": "mail",
        }
    ]
    found = [one for one in say(office, "doctor", "--json").json if one["check"] == "mailboxes"]
    assert found[0]["state"] == "ok"


def test_oauthbearer_is_spoken_where_there_is_no_xoauth2(issuer: StandIn, server: Dovecot) -> None:
    about = server.introspection_url
    with dovecot(introspection_url=about, mechanisms="oauthbearer") as other:
        session = ImapSession(at(other), SecretStr(issuer.token()))
        assert session.select("INBOX").writable
        session.close()
        with pytest.raises(LoginRefused, match="invalid_token"):
            ImapSession(at(other), SecretStr("nobody-gave-this"))


def test_a_server_that_takes_no_tokens_is_told_of() -> None:
    if program() is None or not openssl_is_there():
        pytest.skip(NO_DOVECOT)
    with dovecot() as other, pytest.raises(MailServerUnavailable, match="no login by token"):
        ImapSession(at(other), SecretStr("any"))


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        ([], "IMAP.AccessAsApp of Office 365 Exchange Online"),
        (["SMTP.SendAsApp"], "Nobody has consented"),
        (["IMAP.AccessAsApp"], "mailbox is not granted"),
        (None, "its issuer, its scope and the rights of complaints"),
    ],
)
def test_a_token_that_is_refused_says_who_changes_what_and_is_not_shown(
    office: Path, issuer: StandIn, roles: list[str] | None, says: str
) -> None:
    issuer.user, issuer.roles = "repairs", roles
    status, steps = tried(office)
    assert status == 1
    assert says in steps["login"][1]
    shown = " ".join(words for _, words in steps.values())
    assert SECRET not in shown
    assert not any(token in shown for token in issuer.given)


def test_a_secret_that_the_issuer_refuses_is_offered_once(
    office: Path, issuer: StandIn, secret: Path
) -> None:
    secret.write_text("outdated-secret")
    issuer.asked.clear()
    for _ in range(2):
        said = say(office, "run", "--once", "--workers", "0", "--json")
        assert "gives the application" in said.json["problems"][0]
        assert "outdated-secret" not in (said.out + said.err)
    assert len(issuer.asked) == 1
    status, steps = tried(office)
    assert (status, steps["token"][0], len(issuer.asked)) == (1, False, 2)
    secret.write_text(SECRET)
    assert tried(office)[0] == 0


def test_a_token_is_asked_for_again_once_it_ends(issuer: StandIn) -> None:
    issuer.asked.clear()
    tokens = IssuerTokens(
        "complaints", Issuer(issuer.token_url, APPLICATION), lambda: SecretStr(SECRET)
    )
    assert tokens.token() == tokens.token()
    tokens._until = 0.0  # its hour is over
    assert len({tokens.token().get_secret_value(), *issuer.given}) >= 2
    assert len(issuer.asked) == 2


@pytest.mark.parametrize("where", ["http://127.0.0.1:{closed}/token", "http://127.0.0.1:{open}/no"])
def test_an_issuer_that_is_none_is_told_of(issuer: StandIn, where: str) -> None:
    url = where.format(closed=free_port(), open=issuer.port)
    tokens = IssuerTokens("complaints", Issuer(url, APPLICATION), lambda: SecretStr(SECRET))
    with pytest.raises(MailServerUnavailable) as told:
        tokens.token()
    assert SECRET not in str(told.value)


def test_an_issuer_that_never_ends_its_answer_is_not_listened_to_for_ever() -> None:
    class Endless(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while True:
                    self.wfile.write(b"[" * 65_536)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/token"
        tokens = IssuerTokens("complaints", Issuer(url, APPLICATION), lambda: SecretStr(SECRET))
        with pytest.raises(MailServerUnavailable, match="not as an issuer of tokens does"):
            tokens.token()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_letters_go_by_token(office: Path, server: Dovecot, issuer: StandIn) -> None:
    with running(server.certificate, kind=SubmissionByToken) as mail:
        assert isinstance(mail, SubmissionByToken)
        place = SmtpServer(
            "localhost", "complaints", mail.port, "tls", server.certificate.authority, 10.0, True
        )

        def sent(token: str) -> Submitted:
            return submit(
                place,
                lambda: SecretStr(token),
                LETTER,
                sender="a@b.example",
                recipients=["c@d.example"],
            )

        mail.users["good"] = "complaints"
        assert sent("good") == Submitted("sent")
        assert sent("g" * 600).state == "not_sent"
        refused = sent("bad-token")
        assert (refused.state, refused.passing) == ("not_sent", False)
        assert "bad-token" not in refused.because
        assert (len(mail.taken), mail.logins) == (1, 3)
        issuer.roles = ["SMTP.SendAsApp"]
        mail.against = "535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox"
        assert "Set-CASMailbox complaints" in sent(issuer.token()).because
        issuer.roles = []
        assert "SMTP.SendAsApp" in sent(issuer.token()).because
        _sends_by_token(office, mail, server)


def _sends_by_token(office: Path, mail: SubmissionByToken, server: Dovecot) -> None:
    """The whole way from the profile: `mailbox test` asks for a token and names everybody."""
    profile = office / PROFILE_NAME
    chosen = (
        f'way = "smtp"\nhost = "localhost"\nport = {mail.port}\nsecurity = "tls"\n'
        'user = "complaints"\nsign_in = "oauth"\nmailbox = "complaints"\n'
        f'ca_file = "{server.certificate.authority}"'
    )
    profile.write_text(profile.read_text().replace('# way = "outbox"', chosen))
    tokens = tokens_of(open_office(office), open_office(office).settings.mailboxes[0])
    mail.users[tokens.token().get_secret_value()] = "complaints"
    said = say(office, "mailbox", "test", "--json")
    steps = [one for one in said.json["steps"] if one["mailbox"] == "delivery"]
    assert [one["step"] for one in steps][:3] == ["name", "port", "token"]
    assert "SMTP.SendAsApp" in steps[-1]["says"]  # this very token is one it does not know


def test_microsofts_token_is_asked_for_by_its_own_library_for_mail() -> None:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as entra:
        server = GraphServer(
            user="complaints@harrowmere.example",
            tenant=entra.directory.tenant,
            application=entra.directory.application,
            host=OUTLOOK,
            login_host="localhost",
            port=entra.port,
            ca_file=entra.certificate.authority,
        )
        for kind in ("secret", "certificate"):
            proof = entra.proof(kind)
            token = GraphTokens("complaints", server, lambda proof=proof: proof).token()  # type: ignore[misc]
            assert roles_of(token) is not None


@pytest.mark.parametrize(
    "odd", ["", "a", "a.b.c", "a.e30.c", "..", "x." + "A" * 99 + ".y", "a.bnVsbA.c"]
)
def test_a_token_of_any_shape_can_be_looked_at(odd: str) -> None:
    assert roles_of(SecretStr(odd)) in (None, frozenset())


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"tenant": "t1"}, "is for sign_in"),
        ({"sign_in": "oauth"}, "needs application"),
        ({"sign_in": "oauth", "application": "a"}, "needs application"),
        (
            {
                "sign_in": "oauth",
                "application": "a",
                "tenant": "t",
                "token_url": "https://x.example/t",
            },
            "either",
        ),
        ({"sign_in": "oauth", "application": "a", "token_url": "http://id.example/token"}, "https"),
        ({"sign_in": "ntlm"}, "sign_in"),
    ],
)
def test_a_profile_that_cannot_sign_in_is_refused(said: dict[str, str], says: str) -> None:
    known = {"name": "box", "kind": "imap", "host": "h", "user": "u"}
    with pytest.raises(ValidationError, match=says):
        Mailbox.model_validate(known | said)
