"""Work accounts on either database: what their issuer has ended, ended once and of nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import web_session, work_account
from correspondence.casework.signing_in.invite import add_user
from correspondence.store import tables, work_accounts
from correspondence.store.sign_in import WorkAccount

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

ISSUER = "https://login.harrowmere.example"
OTHER = "https://login.elsewhere.example"


def let_in(desk: Bureau, account: WorkAccount, name: str) -> None:
    with desk.house.database.writing() as conn:
        web_session.begin(
            conn, desk.house, name, "work_account", browser="", now=desk.now, account=account
        )


def whose(desk: Bureau) -> list[str]:
    """The users of the web sessions there are."""
    with desk.house.database.reading() as conn:
        query = sa.select(tables.web_sessions.c.user).order_by(tables.web_sessions.c.user)
        return list(conn.execute(query).scalars())


@pytest.fixture
def three(either_desk: Bureau) -> Bureau:
    """Three people, in by accounts of which one is another issuer's of the same names."""
    add_user(either_desk.house, "ann", "Ann", "officer", now=either_desk.now, actor=ourselves())
    let_in(either_desk, WorkAccount(ISSUER, "subject-1", "session-1"), "ann")
    let_in(either_desk, WorkAccount(ISSUER, "subject-2", "session-2"), "rowan")
    let_in(either_desk, WorkAccount(OTHER, "subject-1", "session-1"), "teasel")
    return either_desk


def test_what_an_issuer_ended_ends_and_nothing_else(three: Bureau) -> None:
    for number, (ended, left) in enumerate(
        (
            (WorkAccount(ISSUER, "subject-3" * 90, "session" * 90), ["ann", "rowan", "teasel"]),
            (WorkAccount(ISSUER, "subject-2", "session-1"), ["ann", "rowan", "teasel"]),
            (WorkAccount(ISSUER, "", "session-1"), ["rowan", "teasel"]),
            (WorkAccount(ISSUER, "subject-2", "session-2"), ["teasel"]),
            (WorkAccount(OTHER, "subject-1"), []),
        )
    ):
        refused = work_account.ended_there(
            three.house, ended, f"token {number}", now=three.now, actor=ourselves()
        )
        assert refused is None
        assert whose(three) == left, ended


def test_of_two_servers_that_are_told_at_once_one_takes_the_token(three: Bureau) -> None:
    ended = WorkAccount(ISSUER, "subject-1")

    def told(_: int) -> bool:
        said = work_account.ended_there(
            three.house, ended, "token", now=three.now, actor=ourselves()
        )
        return said is None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(told, range(4))) == [False, False, False, True]
    assert whose(three) == ["rowan", "teasel"]


def test_a_token_whose_sessions_could_not_be_ended_can_be_told_again(
    three: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    ended = WorkAccount(ISSUER, "subject-1")
    with monkeypatch.context() as patch:
        patch.setattr(work_accounts, "end_sessions", fails)
        with pytest.raises(OSError, match="disk"):
            work_account.ended_there(three.house, ended, "token", now=three.now, actor=ourselves())
    assert whose(three) == ["ann", "rowan", "teasel"]
    told = work_account.ended_there(three.house, ended, "token", now=three.now, actor=ourselves())
    assert told is None
    assert whose(three) == ["rowan", "teasel"]


def test_tokens_are_forgotten_after_an_hour_and_one_name_is_each_issuers_own(
    three: Bureau,
) -> None:
    with three.house.database.writing() as conn:
        take = work_accounts.take_logout_token
        assert take(conn, ISSUER, "token", three.now)
        assert take(conn, OTHER, "token", three.now)
        assert not take(conn, ISSUER, "token", three.now)
        later = three.now + work_accounts.LOGOUT_TOKENS_KEPT + timedelta(seconds=1)
        assert take(conn, ISSUER, "another", later)
        kept = conn.execute(sa.select(sa.func.count()).select_from(tables.logout_tokens)).scalar()
    assert kept == 1


def test_neither_a_session_nor_an_account_is_everybody(three: Bureau) -> None:
    with three.house.database.writing() as conn, pytest.raises(ValueError, match="neither"):
        work_accounts.end_sessions(conn, WorkAccount(ISSUER, ""))
    assert len(whose(three)) == 3
