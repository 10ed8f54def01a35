"""What an issuer says has ended, ends here; what anybody else says ends nothing."""

from __future__ import annotations

import json
import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from correspondence.casework.acting import OURSELVES
from correspondence.casework.signing_in import work_account
from correspondence.store import in_hand, work_accounts
from correspondence.store.tables import events
from correspondence.web.id_token import TokenRefused
from correspondence.web.issuer_logout import LARGEST
from correspondence.web.logout_token import EVENT, ended
from correspondence.web.openid import Issuer, IssuerUnusable
from tests.casework.bureau import LETTER
from tests.web.site import Site
from tests.web.test_id_token import ISSUER, KEYS, NOW
from tests.web.test_id_token import token as id_token
from tests.web.work import OFFICER, by_role, linked

if TYPE_CHECKING:
    from tests.web.site import Visitor
    from tests.web.work import Work

LOGOUT = work_account.LOGOUT_PATH
SESSIONS = ("9b1c0a52-desk", "47e0d1c3-laptop")


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def in_twice(work: Work) -> tuple[Visitor, Visitor]:
    """Rowan, in at two browsers by two sessions of the issuer's."""
    work.told(claims={"sid": SESSIONS[0]})
    desk = linked(work)
    work.told(claims={"sid": SESSIONS[1]})
    laptop = work.site.visitor()
    assert work.through(laptop).status_code == 302
    work.told()
    return desk, laptop


def recorded(work: Work) -> list[tuple[str, str, str]]:
    """Who was signed out by the issuer, why, and by whom it is on record."""
    with work.site.bureau.house.database.reading() as conn:
        rows = conn.execute(sa.select(events).where(events.c.kind == "sign_in_changed")).all()
    said = [(json.loads(row.body)["facts"], row.by) for row in rows]
    return [(one["user"], one["what"], by) for one, by in said if one["what"].startswith("issuer_")]


def test_a_session_that_ended_at_the_issuer_ends_here_and_no_other(work: Work) -> None:
    desk, laptop = in_twice(work)
    answer = work.ends(work.says_ended(sid=SESSIONS[0], sub="subject-1"))
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not is_in(desk)
    assert is_in(laptop)
    assert recorded(work) == [("rowan", "issuer_ended_session", OURSELVES)]
    assert work.ends(work.says_ended(sid=SESSIONS[1])).status_code == 200
    assert not is_in(laptop)


def test_an_account_that_was_shut_ends_all_it_opened_and_nothing_of_others(work: Work) -> None:
    desk, laptop = in_twice(work)
    by_password = work.site.signed_in("officer", "one.sample")
    assert work.ends(work.says_ended(sub="subject-1")).status_code == 200
    assert not is_in(desk)
    assert not is_in(laptop)
    assert is_in(by_password)
    assert recorded(work) == [("rowan", "issuer_ended_all_sessions", OURSELVES)]
    assert work.through(desk).status_code == 302  # the issuer decides who comes in again


@pytest.mark.slow
def test_what_an_issuer_never_named_may_be_any_of_the_accounts(work: Work) -> None:
    visitor = linked(work)  # its tokens for signing in name no session
    assert work.ends(work.says_ended(sid=SESSIONS[0])).status_code == 200
    assert is_in(visitor)
    assert work.ends(work.says_ended(sid=SESSIONS[0], sub="subject-2")).status_code == 200
    assert is_in(visitor)
    assert work.ends(work.says_ended(sid=SESSIONS[0], sub="subject-1")).status_code == 200
    assert not is_in(visitor)


@pytest.mark.slow
def test_what_is_not_known_here_has_ended_all_the_same(work: Work) -> None:
    desk, _ = in_twice(work)
    nobody: list[dict[str, Any]] = [
        {"sid": "of-nobody"},
        {"sub": "nobody"},
        {"sub": "nobody", "sid": SESSIONS[0]},
    ]
    for claims in nobody:
        assert work.ends(work.says_ended(**claims)).status_code == 200
    assert is_in(desk)
    assert recorded(work) == []


PROVES_NOTHING: dict[str, dict[str, Any]] = {
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "another application": {"claims": {"aud": "somebody-else"}},
    "another application too": {"claims": {"aud": ["the-office", "somebody-else"]}},
    "no application": {"without": ["aud"]},
    "expired": {"claims": {"exp": 1_700_000_000}},
    "without an end": {"without": ["exp"]},
    "made long ago": {"claims": {"iat": 1_700_000_000}},
    "made in the future": {"claims": {"iat": 2_000_000_000, "exp": 2_000_000_600}},
    "never made": {"without": ["iat"]},
    "without a name of its own": {"without": ["jti"]},
    "a name that is none": {"claims": {"jti": 7}},
    "nothing happened": {"without": ["events"]},
    "something else happened": {"claims": {"events": {"https://evil.example/event": {}}}},
    "it happened to a word": {"claims": {"events": EVENT}},
    "it happened to nothing": {"claims": {"events": {EVENT: None}}},
    "made to sign in with": {"claims": {"nonce": "any"}},
    "a nonce that is none": {"claims": {"nonce": None}},
    "nobody": {"without": ["sub", "sid"]},
    "an account that is none": {"claims": {"sub": ""}},
    "a session that is none": {"claims": {"sid": ["x"]}},
    "a session without end": {"claims": {"sid": "x" * 256}},
    "an access token": {"typ": "at+jwt"},
    "unsigned": {"signed": "none"},
    "the public key as a secret": {"signed": "HS256 with the public key"},
    "the application's secret": {"signed": "HS256 with the application's secret"},
    "a stranger's key": {"signed": "a stranger's key"},
    "a key of its own in the head": {"signed": "a stranger's key in the head"},
}


def test_a_token_that_proves_nothing_ends_nothing(work: Work) -> None:
    desk, laptop = in_twice(work)
    for name, told in PROVES_NOTHING.items():
        claims = {"sub": "subject-1", "sid": SESSIONS[0]} | told.get("claims", {})
        work.told(**{key: told[key] for key in ("signed", "typ") if key in told})
        answer = work.ends(work.says_ended(without=tuple(told.get("without", ())), **claims))
        assert answer.status_code == 400, name
        assert answer.json is not None, name
        assert answer.json["error"] == "invalid_request", name
        assert answer.headers["Cache-Control"] == "no-store", name
    assert is_in(desk)
    assert is_in(laptop)
    for typ in ("logout+jwt", "application/logout+JWT", "JWT"):
        work.told(typ=typ)
        assert work.ends(work.says_ended(sub="nobody")).status_code == 200, typ
    assert recorded(work) == []


def test_a_token_that_was_taken_ends_nothing_again(work: Work) -> None:
    desk, _ = in_twice(work)
    token = work.says_ended(sub="subject-1")
    assert work.ends(token).status_code == 200
    assert work.through(desk).status_code == 302
    answer = work.ends(token)
    assert (answer.status_code, is_in(desk)) == (400, True)
    other_server = Site.of(work.site.bureau)
    again = other_server.app.test_client().post(LOGOUT, data={"logout_token": token})
    assert (again.status_code, is_in(desk)) == (400, True)


@pytest.mark.slow
def test_tokens_are_remembered_until_they_are_too_old_and_no_longer(work: Work) -> None:
    bureau = work.site.bureau
    token = work.says_ended(sub="subject-1")
    for _ in range(5):
        assert work.ends(work.says_ended(sub="subject-1")).status_code == 200
    assert work.ends(token).status_code == 200
    bureau.now += work_accounts.LOGOUT_TOKENS_KEPT + timedelta(seconds=1)
    work.told()
    assert work.ends(token).status_code == 400  # by its age now
    assert work.ends(work.says_ended(sub="subject-1")).status_code == 200
    with bureau.house.database.reading() as conn:
        kept = conn.exec_driver_sql("SELECT count(*) FROM logout_tokens").scalar_one()
    assert kept == 1


def test_what_is_no_logout_token_is_refused_before_the_issuer_is_asked(work: Work) -> None:
    client = work.site.app.test_client()
    forms: list[dict[str, Any]] = [
        {"data": {}},
        {"data": {"logout_token": ["a", "b"]}},
        {"data": {"logout_token": "x.y.z"}},
        {"data": {"logout_token": "\u202e" * 50}},
        {"data": {"logout_token": "ey" * 15_000}},
        {"data": {"logout_token": "x"}, "content_type": "multipart/form-data"},
        {"json": {"logout_token": "x"}},
        {"data": b"logout_token", "content_type": "application/x-www-form-urlencoded"},
        {"data": b"\xff\x00%ff", "content_type": "application/x-www-form-urlencoded"},
    ]
    for form in forms:
        assert client.post(LOGOUT, **form).status_code == 400, form
    for huge in ({"logout_token": "x" * LARGEST}, {"other": "x" * LARGEST, "logout_token": "x"}):
        answer = client.post(LOGOUT, data=huge)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (413, "no-store")
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(LOGOUT).status_code == 405
    asked = work.told()
    work.ends(work.says_ended(sub="subject-1", aud="somebody-else"))
    assert work.told() == asked


def test_an_issuer_that_does_not_answer_is_left_alone_for_a_while(
    work: Work, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk, _ = in_twice(work)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        work.told(metadata={"jwks_uri": f"http://127.0.0.1:{taken.getsockname()[1]}/keys"})
        work.site = Site.of(work.site.bureau)  # which does not know the keys yet
        asked: list[str] = []
        before = Issuer._asked_for

        def noted(self: Issuer, url: str) -> dict[str, Any]:
            asked.append(url)
            return before(self, url)

        monkeypatch.setattr(Issuer, "_asked_for", noted)
        with caplog.at_level(logging.WARNING):
            for _ in range(4):
                answer = work.ends(work.says_ended(sub="subject-1"))
                assert answer.status_code == 400
                assert "cannot be asked" in str(answer.json)
    assert [url.rpartition("/")[2] for url in asked] == ["openid-configuration", "keys"]
    assert is_in(desk)
    assert len([one for one in caplog.records if "logout token" in one.message]) == 1
    token = work.says_ended(sub="subject-1")
    work.told()
    work.site = Site.of(work.site.bureau)
    assert work.ends(token).status_code == 200
    assert not is_in(desk)


@pytest.mark.slow
def test_an_issuer_that_hangs_keeps_few_answers_waiting(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, answers = threading.Semaphore(0), threading.Event()

    def hangs(_: Issuer, token: str) -> dict[str, Any]:
        inside.release()
        answers.wait(60)
        raise IssuerUnusable(f"no keys for {token[:2]}")

    monkeypatch.setattr(Issuer, "_keys_for", hangs)
    tokens = [work.says_ended(sub="subject-1") for _ in range(3)]
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(work.ends, token) for token in tokens[:2]]
        assert inside.acquire(timeout=60)
        assert inside.acquire(timeout=60)
        refused = work.ends(tokens[2])
        assert (refused.status_code, "is being asked" in str(refused.json)) == (400, True)
        answers.set()
        assert [one.result().status_code for one in waiting] == [400, 400]


@by_role
def test_nothing_that_was_written_is_lost(work: Work) -> None:
    work.told(claims=OFFICER | {"sid": SESSIONS[0]})
    visitor = work.site.visitor()
    assert work.through(visitor).status_code == 302
    page, quiet = f"/letters/{LETTER}", {"Accept": "application/json"}
    visitor.get(page)
    revision = str(work.site.bureau.letter(LETTER).revision)
    words = {"revision": revision, "version": "0", "part-0": "Dear Sorrel, words in hand"}
    typed = visitor.client.post(
        f"{page}/in-hand", data={"csrf_token": visitor.token, **words}, headers=quiet
    )
    assert typed.status_code == 200
    assert work.ends(work.says_ended(sid=SESSIONS[0])).status_code == 200
    with work.site.bureau.house.database.reading() as conn:
        assert "words in hand" in str(in_hand.at(conn, LETTER))
    note = {"text": "Sorrel rang about the letter", "csrf_token": visitor.token}
    sent = visitor.client.post("/cases/CMP-2026-000001/notes", data=note)
    assert sent.location.startswith("/sign-in")
    assert "held for you" in visitor.text("/sign-in")
    assert work.through(visitor).location == "/held"
    assert "Sorrel rang about the letter" in visitor.text("/held")
    assert "words in hand" in visitor.text(page)


@by_role
def test_whoever_has_lost_their_role_at_the_issuer_is_out_everywhere(work: Work) -> None:
    work.told(claims=OFFICER)
    desk = work.site.visitor()
    assert work.through(desk).status_code == 302
    work.told(claims={"roles": []})
    assert is_in(desk)  # nobody has asked the issuer since
    assert work.through(work.site.visitor()).status_code == 403
    assert not is_in(desk)
    assert recorded(work) == [("pat.sample", "issuer_gives_no_role", OURSELVES)]


@pytest.mark.slow
def test_what_another_issuer_let_in_is_out_once_the_profile_names_a_new_one(work: Work) -> None:
    visitor = linked(work)
    office = work.site.bureau.house.office
    pages = office.settings.pages.model_copy(update={"issuer": "https://login.example"})
    settings = office.settings.model_copy(update={"pages": pages})
    object.__setattr__(office, "settings", settings)
    assert not is_in(visitor)


def test_a_browser_at_the_issuer_ends_the_session_it_names(work: Work) -> None:
    sid = "5c0d9a7e-1111-4222-8333-444455556666"
    work.told(claims={"sid": sid})
    visitor = linked(work)
    browser = work.site.app.test_client()
    for asked in (
        "",
        "?sid=",
        "?sid=5c0d",
        f"?sid={sid}&iss=https://evil.example",
        "?sid=" + "x" * 2_000,
    ):
        assert browser.get(LOGOUT + asked).status_code == 200
    assert is_in(visitor)
    answer = browser.get(f"{LOGOUT}?sid={sid}")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert not is_in(visitor)
    assert recorded(work) == [("rowan", "issuer_ended_session", OURSELVES)]


@pytest.mark.slow
def test_the_name_of_a_session_that_could_be_guessed_ends_nothing_by_itself(work: Work) -> None:
    work.told(claims={"sid": "12"})
    visitor = linked(work)
    assert work.site.app.test_client().get(f"{LOGOUT}?sid=12").status_code == 200
    assert is_in(visitor)
    assert work.ends(work.says_ended(sid="12")).status_code == 200
    assert not is_in(visitor)


@pytest.mark.slow
def test_without_an_issuer_nothing_ends_by_it(site: Site) -> None:
    client = site.app.test_client()
    assert client.post(LOGOUT, data={"logout_token": "x"}).status_code == 404
    assert client.get(f"{LOGOUT}?sid=x").status_code == 404


def refused_without_keys(token: str) -> None:
    def no_keys() -> dict[str, Any]:
        raise AssertionError("the issuer's keys are not asked for on account of that")

    with pytest.raises(TokenRefused):
        ended(token, no_keys, issuer=ISSUER, client_id="the-office", now=NOW)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.hex())))
def test_rubbish_is_no_logout_token(text: str) -> None:
    refused_without_keys(text)


@pytest.mark.parametrize("part", ["[" * 9_000, '{"iat":' + "9" * 5_000 + "}", "{}", "[]", "7", ""])
def test_hostile_json_is_no_logout_token(part: str) -> None:
    from joserfc.util import urlsafe_b64encode

    raw = urlsafe_b64encode(part.encode()).decode()
    head = urlsafe_b64encode(json.dumps({"alg": "RS256", "kid": "one"}).encode()).decode()
    refused_without_keys(f"{head}.{raw}.eA")
    refused_without_keys(f"{raw}.{raw}.eA")


def test_what_lets_somebody_in_ends_nothing() -> None:
    with pytest.raises(TokenRefused):
        ended(id_token(), lambda: KEYS, issuer=ISSUER, client_id="the-office", now=NOW)
