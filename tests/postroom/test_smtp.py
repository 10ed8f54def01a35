"""A letter is given to a mail server at most once, and what became of it is never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from correspondence.errors import LoginRefused, MailServerUnavailable
from correspondence.postroom.smtp import SmtpServer, Submitted, submit, try_out
from tests.postroom.certificates import NO_OPENSSL, Certificate, certificate, openssl_is_there
from tests.postroom.dovecot import PASSWORD, free_port
from tests.postroom.faulty_line import FaultyLine
from tests.postroom.submission import USER, Submission, received, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postroom.faulty_line import When

SENDER, RESIDENT = "complaints@harrowmere.example", "hale.oakenshaw@example.net"
LETTER = (
    b"From: complaints@harrowmere.example\r\nTo: hale.oakenshaw@example.net\r\n"
    b"Subject: Your complaint\r\nMessage-ID: <0123456789abcdef@harrowmere.example>\r\n\r\n"
    b"Dear resident,\r\n.\r\n..two dots\r\n.one dot\r\nYours faithfully\r\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(made: Certificate) -> Iterator[Submission]:
    with running(made) as one:
        yield one


def at(server: Submission, port: int = 0, **changes: object) -> SmtpServer:
    assert server.certificate is not None
    known: dict[str, object] = {
        "host": "localhost",
        "user": USER,
        "port": port or server.port,
        "security": "tls",
        "ca_file": server.certificate.authority,
        "timeout": 10.0,
    }
    return SmtpServer(**{**known, **changes})  # type: ignore[arg-type]


def sent(
    place: SmtpServer, raw: bytes = LETTER, password: str = PASSWORD, sender: str = SENDER
) -> Submitted:
    return submit(place, lambda: SecretStr(password), raw, sender=sender, recipients=[RESIDENT])


def test_a_letter_arrives_byte_for_byte(server: Submission) -> None:
    assert sent(at(server)) == Submitted("sent")
    assert list(received(server)) == [LETTER]
    assert server.taken[0].rcpt_tos == [RESIDENT]
    assert server.taken[0].mail_from == SENDER


def test_an_automatic_letter_can_go_with_an_empty_return_address(server: Submission) -> None:
    assert sent(at(server), sender="").state == "sent"
    assert server.taken[0].mail_from == "<>"


def test_by_starttls_the_password_is_said_only_under_tls(made: Certificate) -> None:
    with running(made, starttls=True) as server:
        assert sent(at(server, security="starttls")).state == "sent"
        assert list(received(server)) == [LETTER]


def test_a_server_without_tls_is_told_nothing(made: Certificate) -> None:
    from aiosmtpd.controller import Controller

    server = Submission(certificate=made, port=free_port())
    plain = Controller(server, hostname="127.0.0.1", port=server.port, auth_require_tls=False)
    plain.start()
    try:
        came_to = sent(at(server, security="starttls"))
    finally:
        plain.stop()
    assert (came_to.state, came_to.passing) == ("not_sent", False)
    assert "offers no STARTTLS" in came_to.because
    assert server.taken == []


@pytest.mark.parametrize("names", ["DNS:elsewhere.example"])
def test_a_certificate_for_another_name_is_not_accepted(tmp_path: Path, names: str) -> None:
    with running(certificate(tmp_path, names=names)) as server:
        came_to = sent(at(server))
        assert "is not accepted" in came_to.because
        assert (came_to.state, came_to.passing, server.logins) == ("not_sent", False, 0)


def test_a_certificate_of_an_unknown_authority_is_not_accepted(
    server: Submission, tmp_path: Path
) -> None:
    other = certificate(tmp_path).authority
    came_to = sent(at(server, ca_file=other))
    assert "name its certificate as ca_file" in came_to.because
    assert (came_to.state, came_to.passing, server.logins) == ("not_sent", False, 0)


def test_a_wrong_password_is_offered_once_and_never_repeated(server: Submission) -> None:
    came_to = sent(at(server), password="open sesame")
    assert (came_to.state, came_to.passing) == ("not_sent", False)
    assert "refuses the login" in came_to.because
    assert "sesame" not in came_to.because
    assert server.logins == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "END"])
@pytest.mark.parametrize(("code", "passing"), [("451 4.3.0 busy", True), ("550 5.7.1 no", False)])
def test_what_the_server_refuses_has_not_gone(
    server: Submission, step: str, code: str, passing: bool
) -> None:
    server.answers[step] = code
    came_to = sent(at(server))
    assert (came_to.state, came_to.passing) == ("not_sent", passing)
    assert code.split(" ", 1)[1] in came_to.because
    assert server.taken == []


def test_of_several_recipients_each_has_its_own_answer(server: Submission) -> None:
    server.answers = {
        "RCPT a@example.net": "550 5.1.1 unknown",
        "RCPT b@example.net": "450 4.2.1 busy",
    }
    came_to = submit(
        at(server),
        lambda: SecretStr(PASSWORD),
        LETTER,
        sender=SENDER,
        recipients=["a@example.net", "b@example.net", RESIDENT],
    )
    assert came_to.state == "sent"
    assert {who: one.passing for who, one in came_to.refused} == {
        "a@example.net": False,
        "b@example.net": True,
    }
    assert server.taken[0].rcpt_tos == [RESIDENT]


@pytest.mark.parametrize("address", ["a@example.net>\r\nRCPT TO:<b@example.net", "a b@example.net"])
def test_an_address_that_would_say_more_to_the_server_is_refused(
    server: Submission, address: str
) -> None:
    came_to = submit(
        at(server), lambda: SecretStr(PASSWORD), LETTER, sender=SENDER, recipients=[address]
    )
    assert came_to.state == "not_sent"
    assert server.taken == []


def test_eight_bits_and_other_alphabets_are_announced(server: Submission) -> None:
    raw = LETTER.replace(b"Dear resident", "Annwyl breswylydd, £250".encode())
    assert sent(at(server), raw).state == "sent"
    assert "BODY=8BITMIME" in server.taken[0].mail_options
    came_to = submit(
        at(server), lambda: SecretStr(PASSWORD), raw, sender=SENDER, recipients=["siân@example.net"]
    )
    assert came_to.state == "sent"
    assert "SMTPUTF8" in server.taken[1].mail_options


def test_a_letter_too_large_for_the_server_is_not_begun(made: Certificate) -> None:
    with running(made, data_size_limit=300) as server:
        came_to = sent(at(server), LETTER + b"x" * 300)
        assert (came_to.state, came_to.passing) == ("not_sent", False)
        assert "the server takes 300" in came_to.because


def test_a_server_that_is_away_may_be_back_later(made: Certificate) -> None:
    came_to = sent(at(Submission(certificate=made, port=free_port())))
    assert (came_to.state, came_to.passing) == ("not_sent", True)


@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_call_fails_a_letter_goes_at_most_once_and_is_never_called_sent_wrongly(
    server: Submission, made: Certificate, when: When
) -> None:
    with FaultyLine(server.port, made, "smtp") as line:
        seen = set()
        for call in range(1, 30):
            server.taken.clear()
            line.break_at(call, when)
            came_to = sent(at(server, line.at))
            seen.add(came_to.state)
            if came_to.state == "sent":
                assert len(server.taken) == 1
            elif came_to.state == "not_sent":
                assert server.taken == []
                assert came_to.passing
            if not line.broke:
                break
            if "END" in line.calls:
                assert came_to.state != "not_sent"
        assert not line.broke
        assert "END" in line.calls
        assert "uncertain" in seen


def test_trying_out_sends_nothing(server: Submission) -> None:
    try_out(at(server), SecretStr(PASSWORD), sender=SENDER, recipient=SENDER)
    assert server.taken == []
    server.answers["MAIL"] = "553 5.7.1 not yours"
    with pytest.raises(MailServerUnavailable, match="not yours"):
        try_out(at(server), SecretStr(PASSWORD), sender=SENDER, recipient=SENDER)
    with pytest.raises(LoginRefused):
        try_out(at(server), SecretStr("wrong"), sender=SENDER, recipient=SENDER)
