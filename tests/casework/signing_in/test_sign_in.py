"""Signing in on either database, and what of it is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher, profiles

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import passwords, sign_in, web_session
from correspondence.casework.signing_in.invite import add_user, give_role, invite
from correspondence.casework.signing_in.sign_in import Refused
from correspondence.casework.signing_in.web_session import SignedIn
from correspondence.errors import NotKnown, WrongUse
from correspondence.store import audit, tables, users

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

PASSWORD = "three invented words"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher.from_parameters(profiles.CHEAPEST)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)
    monkeypatch.setattr(passwords, "_nobodys", lambda: cheap.hash("nobody's"))


def let_in(desk: Bureau, name: str = "rowan") -> SignedIn:
    link = invite(desk.house, name, now=desk.now, actor=ourselves())
    came = sign_in.accept_invitation(
        desk.house, link.token, PASSWORD, now=desk.now, actor=ourselves()
    )
    assert isinstance(came, SignedIn)
    return came


def attempt(desk: Bureau, name: str, password: str, address: str = "192.0.2.1") -> str:
    came = sign_in.sign_in(desk.house, name, password, address=address, now=desk.now)
    return came.because if isinstance(came, Refused) else came.user.name


def test_somebody_invited_signs_in_and_out(either_desk: Bureau) -> None:
    came = let_in(either_desk)
    house, now = either_desk.house, either_desk.now
    present = web_session.who(house, came.token, now=now)
    assert present is not None
    assert present.user == came.user
    assert came.user.may == "administrator"
    web_session.sign_out(house, came.token)
    assert web_session.who(house, came.token, now=now) is None
    assert attempt(either_desk, "rowan", PASSWORD) == "rowan"
    assert attempt(either_desk, "rowan", PASSWORD + "!") == sign_in.WRONG


def test_nothing_that_opens_a_door_is_kept(either_desk: Bureau) -> None:
    link = invite(either_desk.house, "rowan", now=either_desk.now, actor=ourselves())
    came = let_in(either_desk)
    with either_desk.house.database.reading() as conn:
        kept = [
            str(row)
            for table in (
                tables.passwords,
                tables.sign_in_links,
                tables.web_sessions,
                tables.events,
            )
            for row in conn.execute(sa.select(table))
        ]
    assert kept
    for secret in (PASSWORD, link.token, came.token):
        assert not any(secret in row for row in kept)


def test_guessing_by_many_at_once_gains_nothing(either_desk: Bureau) -> None:
    let_in(either_desk)
    with ThreadPoolExecutor(12) as many:
        said = list(many.map(lambda n: attempt(either_desk, "rowan", f"guess {n}"), range(12)))
    assert said.count(sign_in.WRONG) == sign_in.MOST_BY_NAME
    assert set(said) == {sign_in.WRONG, sign_in.HELD_OFF}


def test_a_link_used_by_two_at_once_lets_one_in(either_desk: Bureau) -> None:
    link = invite(either_desk.house, "rowan", now=either_desk.now, actor=ourselves())

    def use(number: int) -> bool:
        came = sign_in.accept_invitation(
            either_desk.house,
            link.token,
            f"{PASSWORD} {number}",
            now=either_desk.now,
            actor=ourselves(),
        )
        return isinstance(came, SignedIn)

    with ThreadPoolExecutor(4) as many:
        assert sum(many.map(use, range(4))) == 1


def test_who_was_let_in_is_on_record_and_the_record_is_whole(desk: Bureau) -> None:
    let_in(desk)
    add_user(desk.house, "pat", "Pat Sample", "reader", now=desk.now, actor=desk.rowan)
    give_role(desk.house, "pat", "manager", now=desk.now, actor=desk.rowan)
    with desk.house.database.reading() as conn:
        said = audit.facts(conn, audit.OFFICE, "sign_in_changed")
        assert audit.verify(conn).findings == ()
        assert users.load(conn, "pat").may == "manager"
    assert [one["what"] for one in said] == ["invited", "password_set", "added", "role_given"]


def test_what_cannot_be_a_user_is_refused(desk: Bureau) -> None:
    now = desk.now
    for name, shown, role in (
        ("Pat Sample", "Pat", "officer"),
        ("pat", "", "officer"),
        ("pat", "Pat", "emperor"),
        ("rowan", "Rowan", "officer"),
    ):
        with pytest.raises(WrongUse):
            add_user(desk.house, name, shown, role, now=now, actor=ourselves())
    with pytest.raises(NotKnown):
        invite(desk.house, "nobody", now=now, actor=ourselves())
    let_in(desk)
    with pytest.raises(WrongUse, match="only administrator"):
        give_role(desk.house, "rowan", "reader", now=now, actor=ourselves())
