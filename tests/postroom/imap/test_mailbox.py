"""A mailbox by IMAP takes all in, changes nothing of a colleague's, and tries no password twice."""

from __future__ import annotations

import contextlib
import logging
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from correspondence.errors import (
    ConnectionLost,
    LoginRefused,
    MailServerUnavailable,
)
from correspondence.postroom.imap.idle import ImapIdle
from correspondence.postroom.refused_logins import RefusedLogins
from tests.postroom.certificates import certificate
from tests.postroom.dovecot import PASSWORD, free_port
from tests.postroom.looking import NOW, looked, post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.postroom.imap.mailbox import ImapMailbox
    from tests.postroom.providers import ImapProvider

pytestmark = pytest.mark.slow


@pytest.fixture
def mailbox(imap: ImapProvider) -> Iterator[ImapMailbox]:
    made = imap.mailbox()
    yield made
    made.close()


def test_one_look_at_an_idle_mailbox_costs_one_request(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    imap.deliver(*post(3))
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    looked(mailbox)
    imap.mend()
    for _ in range(5):
        assert looked(mailbox) == ([], [])
    assert imap.line.calls == ['SELECT "INBOX"'] * 5


def test_a_mailbox_with_something_that_stays_costs_no_more(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mailbox.rules = replace(mailbox.rules, largest=300)
    imap.deliver(*post(2))
    _, left = looked(mailbox)
    assert len(left) == 2
    assert "larger than" in left[0].because
    imap.mend()
    assert looked(mailbox)[1] == left
    assert imap.line.calls == ['SELECT "INBOX"']
    assert len(imap.waiting()) == 2


def test_five_hundred_messages_take_a_few_dozen_requests(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    imap.deliver(*post(200))
    imap.mend()
    arrivals, _ = looked(mailbox)
    assert len(arrivals) == 200
    mailbox.settle_all(arrivals)
    assert len(imap.line.calls) < 20
    assert not any("STORE" in call or "EXPUNGE" in call for call in imap.line.calls)


def test_fetching_marks_nothing_as_read_and_moving_keeps_the_marks(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    imap.deliver(*post(2))
    with imap.server.colleague() as client:
        client.add_flags([1], [b"\\Flagged"])
    arrivals, _ = looked(mailbox)
    with imap.server.colleague() as client:
        assert client.get_flags([1, 2]) == {1: (b"\\Flagged",), 2: ()}
    mailbox.settle_all(arrivals)
    with imap.server.colleague(folder="Processed") as client:
        flags = client.get_flags(client.search()).values()
        ours = sorted(tuple(flag for flag in one if flag != b"\\Recent") for one in flags)
        assert ours == [(), (b"\\Flagged",)]


def test_what_a_colleague_marked_as_deleted_is_not_removed_by_us(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mail = post(4)
    imap.deliver(*mail[:2])
    arrivals, _ = looked(mailbox)
    imap.deliver(*mail[2:])
    with imap.server.colleague() as client:
        client.add_flags([3, 4], [b"\\Deleted"])
    mailbox.settle_all(arrivals)
    mailbox.close()
    assert imap.waiting() == mail[2:]


def test_the_server_s_own_time_is_when_a_message_was_received(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    at = datetime(2026, 11, 20, 23, 18, 5, tzinfo=UTC)
    with imap.server.colleague() as client:
        client.append("INBOX", post(1)[0], msg_time=at)
    (arrival,), _ = looked(mailbox)
    assert arrival.server_received_at == arrival.file_time == at


def test_the_oldest_comes_first_whatever_its_number(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mail = post(3)
    with imap.server.colleague() as client:
        for days, raw in zip((1, 3, 2), mail, strict=True):
            client.append("INBOX", raw, msg_time=NOW - timedelta(days=days))
    assert [one.raw for one in looked(mailbox)[0]] == [mail[1], mail[2], mail[0]]


def test_mail_from_before_the_day_it_is_read_from_stays_and_is_counted(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mailbox.rules = replace(mailbox.rules, received_since=date(2026, 11, 21))
    mail = post(2)
    with imap.server.colleague() as client:  # half past eleven in the evening, and after midnight
        client.append("INBOX", mail[0], msg_time=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
        client.append("INBOX", mail[1], msg_time=datetime(2026, 11, 21, 0, 30, tzinfo=UTC))
    arrivals, (left,) = looked(mailbox)
    assert [one.raw for one in arrivals] == [mail[1]]
    assert "1 messages came before" in left.because


def test_a_processed_folder_that_vanished_is_made_anew(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mail = post(2)
    imap.deliver(mail[0])
    mailbox.settle_all(looked(mailbox)[0])
    with imap.server.colleague() as client:
        client.delete_folder("Processed")
    imap.deliver(mail[1])
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    assert imap.set_aside() == [mail[1]]


def test_a_folder_may_lie_in_another_and_have_any_name(imap: ImapProvider) -> None:
    imap.rules = replace(imap.rules, processed="Gwaith/Wedi'i drafod – môr & mynydd")
    imap.deliver(*post(1))
    mailbox = imap.mailbox()
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    mailbox.close()
    assert imap.set_aside() == post(1)


def test_nothing_is_moved_by_a_number_that_now_means_another_message(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mail = post(2)
    imap.deliver(mail[0])
    arrivals, _ = looked(mailbox)
    mailbox.close()
    imap.take_away(mail[0])
    imap.deliver(mail[1])
    imap.renumber()
    (why,) = mailbox.settle_all(arrivals).values()
    assert "renumbered" in why
    assert imap.waiting() == [mail[1]]
    assert [one.raw for one in looked(mailbox)[0]] == [mail[1]]


def test_a_server_that_cannot_move_single_messages_is_told_of_and_nothing_is_removed(
    tmp_path: Path,
) -> None:
    from tests.postroom.providers import imap_provider

    with imap_provider("IMAP4rev1 IDLE AUTH=PLAIN") as provider:
        provider.deliver(*post(2))
        mailbox = provider.mailbox()
        arrivals, _ = looked(mailbox)
        refused = mailbox.settle_all(arrivals)
        assert set(refused) == {one.source_key for one in arrivals}
        assert "neither MOVE nor UIDPLUS" in next(iter(refused.values()))
        assert len(provider.waiting()) == 2
        again, left = looked(mailbox)
        assert (again, len(left)) == ([], 2)
        mailbox.close()


def test_a_wrong_password_is_tried_once_however_often_it_is_looked(
    imap: ImapProvider, mailbox: ImapMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mailbox.password = lambda: SecretStr("open sesame")
    for _ in range(3):
        with pytest.raises(LoginRefused) as refused:
            looked(mailbox)
        assert "sesame" not in str(refused.value)
    assert imap.line.calls.count("AUTHENTICATE PLAIN") == 1
    mailbox.password = lambda: SecretStr(PASSWORD)
    assert looked(mailbox) == ([], [])
    assert "sesame" not in caplog.text
    assert PASSWORD not in caplog.text


def test_a_password_that_was_refused_is_not_offered_again_after_a_restart(
    imap: ImapProvider, tmp_path: Path
) -> None:
    file = tmp_path / "refused.json"
    for password, tries in (("open sesame", 1), ("open sesame", 1), ("another", 2)):
        mailbox = imap.mailbox()
        mailbox.refusals = RefusedLogins(file)
        mailbox.password = lambda password=password: SecretStr(password)  # type: ignore[misc]
        with pytest.raises(LoginRefused, match="refuses the login"):
            looked(mailbox)
        assert imap.line.calls.count("AUTHENTICATE PLAIN") == tries
    assert "sesame" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    mailbox = imap.mailbox()
    mailbox.refusals = RefusedLogins(file)
    assert looked(mailbox) == ([], [])
    mailbox.close()
    assert file.read_text() == "{}"


def test_words_of_messages_do_not_reach_the_log(
    imap: ImapProvider, mailbox: ImapMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    imap.deliver(*post(1))
    looked(mailbox)
    assert "tap" not in caplog.text


def test_a_certificate_of_an_unknown_authority_is_not_accepted(
    imap: ImapProvider, mailbox: ImapMailbox, tmp_path: Path
) -> None:
    for authority in (None, certificate(tmp_path).authority):
        mailbox.server = replace(mailbox.server, ca_file=authority)
        with pytest.raises(MailServerUnavailable, match="is not accepted"):
            looked(mailbox)
    assert imap.line.calls == []


def test_a_certificate_for_another_name_is_not_accepted(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mailbox.server = replace(mailbox.server, host="127.0.0.1")
    with pytest.raises(MailServerUnavailable, match="is not accepted"):
        looked(mailbox)
    assert imap.line.calls == []


def test_by_starttls_it_works_as_well(imap: ImapProvider, mailbox: ImapMailbox) -> None:
    imap.deliver(*post(1))
    port = imap.server.starttls_port
    mailbox.server = replace(mailbox.server, port=port, security="starttls")
    arrivals, _ = looked(mailbox)
    assert [one.raw for one in arrivals] == post(1)


def test_a_port_that_speaks_something_else_is_a_sentence(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    mailbox.server = replace(mailbox.server, port=imap.server.starttls_port, timeout=5)
    with pytest.raises(MailServerUnavailable, match="check port and security"):
        looked(mailbox)


def test_a_server_that_is_away_is_tried_a_few_times_and_then_left_for_a_while(
    imap: ImapProvider, mailbox: ImapMailbox
) -> None:
    waits: list[float] = []
    mailbox.patience = replace(mailbox.patience, first=1.0)
    mailbox.wait = waits.append
    mailbox.server = replace(mailbox.server, port=free_port())
    with pytest.raises(ConnectionLost):
        looked(mailbox)
    assert len(waits) == 3
    assert all(0.5 * 2**n <= wait <= 2**n for n, wait in enumerate(waits))
    with contextlib.suppress(ConnectionLost):
        assert looked(mailbox, patient=False) == ([], [])  # not yet due again
    assert len(waits) == 3


def test_the_server_s_notice_shortens_the_wait(imap: ImapProvider, mailbox: ImapMailbox) -> None:
    looked(mailbox)
    told = threading.Event()
    idle = ImapIdle(mailbox, told.set)
    idle.start()
    try:
        for number in range(20):  # it may take a moment until it listens
            imap.deliver(*post(1, number))
            if told.wait(1):
                break
        assert told.is_set()
        assert looked(mailbox, patient=False)[0]
    finally:
        idle.stop()
