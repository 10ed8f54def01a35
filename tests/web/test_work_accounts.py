"""Signing in by a work account, against a stand-in for its issuer in a process of its own."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import sign_in, work_account
from correspondence.casework.signing_in.invite import invite
from correspondence.casework.signing_in.sign_in import Refused
from correspondence.errors import NotAllowed
from correspondence.store import users, work_accounts
from correspondence.web import openid
from tests.web.site import PASSWORD, Site
from tests.web.stand_in_issuer import CLIENT
from tests.web.work import OFFICER, by_role, linked

if TYPE_CHECKING:
    from tests.web.work import Work


def test_a_one_time_link_links_a_work_account_which_lets_in_from_then_on(work: Work) -> None:
    visitor = linked(work)
    assert visitor.get("/account").status_code == 200
    assert "work_account_linked" in work.events()
    again = work.site.visitor()
    assert work.through(again).location == "/"
    assert "Rowan Ellery (administrator)" in again.text("/account")


def test_whoever_is_not_invited_is_not_let_in_however_they_are_called(work: Work) -> None:
    work.told(claims={"preferred_username": "rowan", "email": "rowan@harrowmere.example"})
    visitor = work.site.visitor()
    answer = work.through(visitor)
    assert answer.status_code == 403
    assert "one-time link" in answer.text
    assert visitor.get("/account").status_code == 302
    assert set(work.users()) == {"rowan", "teasel"}


def test_an_account_is_known_by_its_subject_and_not_by_its_address(work: Work) -> None:
    linked(work)
    work.told(claims={"sub": "subject-2"})  # the same names and address, another account
    assert work.through(work.site.visitor()).status_code == 403
    work.told(claims={"preferred_username": "new.name@elsewhere.example", "name": "New Name"})
    assert work.through(work.site.visitor()).status_code == 302


@pytest.mark.slow
def test_one_account_does_not_become_two_people(work: Work) -> None:
    linked(work)
    visitor = work.site.visitor()
    answer = work.through(visitor, f"{work.site.link('teasel')}/work-account")
    assert answer.status_code == 403
    assert "somebody else" in answer.text


@by_role
def test_a_role_of_the_issuers_lets_in_and_is_what_it_is_now(work: Work) -> None:
    work.told(claims=OFFICER)
    visitor = work.site.visitor()
    assert work.through(visitor).location == "/"
    assert work.users()["pat.sample"] == "officer"
    assert visitor.get("/users").status_code == 403
    work.told(claims={"roles": ["Complaints.Officer", "Complaints.Chief"]})
    assert work.through(visitor := work.site.visitor()).status_code == 302
    assert visitor.get("/users").status_code == 200
    work.told(claims={"roles": []})
    answer = work.through(work.site.visitor())
    assert answer.status_code == 403
    assert "no role here" in answer.text


@pytest.mark.slow
@by_role
def test_a_name_that_is_taken_is_not_taken_over(work: Work) -> None:
    work.told(claims=OFFICER | {"preferred_username": "rowan@harrowmere.example"})
    assert work.through(work.site.visitor()).status_code == 302
    known = work.users()
    assert known["rowan2"] == "officer"
    assert known["rowan"] != "officer"


@pytest.mark.slow
@by_role
def test_any_login_becomes_a_name_that_can_be_one(work: Work) -> None:
    logins = ["../../etc", "", "<script>", "correspondence", "1" * 500, "Ünï\u202e@x.example", None]
    for number, login in enumerate(logins):
        told = {"preferred_username": login, "name": "<b>\r\nPat\u2028", "sub": f"subject-{number}"}
        work.told(claims=OFFICER | told)
        visitor = work.site.visitor()
        assert work.through(visitor).status_code == 302
        assert "<b>" not in visitor.text("/account")


@pytest.mark.slow
@by_role
def test_an_address_of_another_domain_gets_no_notices(work: Work) -> None:
    work.told(claims=OFFICER | {"email": "pat@evil.example"})
    work.through(work.site.visitor())
    with work.site.bureau.house.database.reading() as conn:
        assert users.load(conn, "pat.sample").email is None


FORGED: dict[str, dict[str, Any]] = {
    "a wrong nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"without": ["nonce"]},
    "another application": {"claims": {"aud": "another-office"}},
    "another application too": {"claims": {"aud": [CLIENT, "another-office"], "azp": CLIENT}},
    "no audience": {"without": ["aud"]},
    "made for another party": {"claims": {"azp": "another-office"}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "no subject": {"without": ["sub"]},
    "an empty subject": {"claims": {"sub": ""}},
    "a subject that is a list": {"claims": {"sub": ["subject-1"]}},
    "expired": {"claims": {"exp": 1_700_000_000}},
    "for ever": {"without": ["exp"]},
    "made long ago": {"claims": {"iat": 1_700_000_000}},
    "made in the future": {"claims": {"iat": 2_000_000_000, "exp": 2_000_000_600}},
    "not good yet": {"claims": {"nbf": 2_000_000_000}},
    "unsigned": {"signed": "none"},
    "the public key as a secret": {"signed": "HS256 with the public key"},
    "the application's secret": {"signed": "HS256 with the application's secret"},
    "a stranger's key": {"signed": "a stranger's key"},
    "a key of its own in the head": {"signed": "a stranger's key in the head"},
    "another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
}


def test_a_token_that_proves_nothing_lets_nobody_in(work: Work) -> None:
    linked(work)
    for name, told in FORGED.items():
        work.told(**told)
        visitor = work.site.visitor()
        answer = work.through(visitor)
        assert answer.status_code == 400, name
        assert "could not be verified" in answer.text, name
        assert visitor.get("/account").status_code == 302, name
    work.told()
    assert work.through(work.site.visitor()).status_code == 302


@pytest.mark.slow
def test_other_signatures_of_the_issuers_let_in(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked(work)
    work.told(signed="ES256")
    assert work.through(work.site.visitor()).status_code == 302
    work.told(signed="a new key")
    assert work.through(work.site.visitor()).status_code == 400  # asked for just now
    monkeypatch.setattr(openid, "_KEYS_AGAIN", 0.0)
    before = work.told(signed="a new key").count("keys")
    assert work.through(work.site.visitor()).status_code == 302
    assert work.told().count("keys") == before + 1


def test_a_code_that_was_used_lets_nobody_else_in(work: Work) -> None:
    linked(work)
    work.told(**{"codes are good for ever": True})
    visitor = work.site.visitor()
    back = work.there(visitor)
    assert visitor.get(back).status_code == 302
    thief = work.site.visitor()
    thief.get("/sign-in")
    assert thief.get(back).status_code == 400
    assert visitor.get(back).status_code == 400  # and once is enough for its owner too


def test_a_code_of_one_journey_does_not_end_another(work: Work) -> None:
    linked(work)
    attacker, victim = work.site.visitor(), work.site.visitor()
    stolen = work.there(attacker)
    own = work.there(victim)
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    state = parse_qs(urlsplit(own).query)["state"][0]
    answer = victim.get(f"/sign-in/return?code={code}&state={state}&iss={work.issuer}")
    assert answer.status_code == 400
    assert "does not take the code (invalid_grant)" in answer.text
    assert "Pat Sample" not in answer.text


def test_nobody_is_signed_in_as_somebody_else_by_following_a_link(work: Work) -> None:
    linked(work)
    attacker, victim = work.site.visitor(), work.site.visitor()
    back = work.there(attacker)
    victim.get("/sign-in")
    assert victim.get(back).status_code == 400
    victim.get("/sign-in/work-account")  # not even with a journey of their own under way
    assert victim.get(back).status_code == 400
    assert victim.get("/").status_code == 302


@pytest.mark.slow
def test_an_answer_of_another_issuer_is_not_taken_for_ours(work: Work) -> None:
    linked(work)
    for said in ("https://evil.example", None):
        work.told(back={"iss": said})
        assert work.through(work.site.visitor()).status_code == 400


@pytest.mark.slow
def test_a_journey_ends_after_a_quarter_of_an_hour(work: Work) -> None:
    linked(work)
    visitor = work.site.visitor()
    back = work.there(visitor)
    work.site.bureau.now += work_accounts.JOURNEY_ENDS + timedelta(seconds=1)
    work.told()
    assert visitor.get(back).status_code == 400


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?state=x",
        "?error=access_denied",
        "?code=x&state=x",
        "?state=&code=",
        "?error=<b>&state=x",
    ],
)
def test_what_no_journey_led_to_is_refused(work: Work, asked: str) -> None:
    answer = work.site.visitor().get(f"/sign-in/return{asked}")
    assert answer.status_code == 400
    assert "<b>" not in answer.text


@pytest.mark.slow
def test_an_issuer_that_refuses_is_not_repeated(work: Work) -> None:
    linked(work)
    work.told(back={"code": None, "error": "access_denied", "error_description": "<b>no"})
    answer = work.through(work.site.visitor())
    assert answer.status_code == 400
    assert "not signed in there" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.slow
def test_an_issuer_that_is_not_the_one_named_is_not_asked(work: Work) -> None:
    for metadata in (
        {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"},
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "ftp://evil.example"},
        {"jwks_uri": None},
        {"code_challenge_methods_supported": ["plain"]},
    ):
        work.told(metadata=metadata)
        site = Site.of(work.site.bureau)  # what an issuer said before is not asked for again
        answer = site.visitor().get("/sign-in/work-account")
        assert answer.status_code == 503
        assert work.issuer in answer.text


@pytest.mark.slow
def test_nothing_is_followed_that_an_issuer_redirects_to(work: Work) -> None:
    linked(work)
    work.told(redirects=True)
    answer = work.through(work.site.visitor())
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_coming_back_leads_to_none_but_our_own_pages(work: Work) -> None:
    linked(work)
    for wanted in ("https://evil.example/", "//evil.example", "/\\evil.example", "/%0d%0aX: y"):
        there = work.through(work.site.visitor(), f"/sign-in/work-account?next={wanted}")
        assert there.location == "/"
    there = work.through(work.site.visitor(), "/sign-in/work-account?next=/messages")
    assert there.location == "/messages"


@pytest.mark.slow
def test_a_place_in_the_head_of_a_question_is_not_where_people_are_sent_back_to(
    work: Work,
) -> None:
    visitor = work.site.visitor()
    off = visitor.client.get("/sign-in/work-account", headers={"Host": "evil.example"})
    assert parse_qs(urlsplit(off.location).query)["redirect_uri"] == [
        "http://localhost/sign-in/return"
    ]


@pytest.mark.slow
def test_signing_out_offers_to_sign_out_there_too(work: Work) -> None:
    visitor = linked(work)
    answer = visitor.post("/sign-out", page="/account")
    assert answer.status_code == 200
    assert f"{work.issuer}/sign-out?client_id={CLIENT}" in answer.text
    assert visitor.get("/account").status_code == 302


@pytest.mark.slow
def test_nothing_planted_before_the_journey_is_kept(work: Work) -> None:
    linked(work)
    visitor = work.site.visitor()
    back = work.there(visitor)
    with visitor.client.session_transaction() as planted:
        planted["token"] = planted["other"] = "planted"
    assert visitor.get(back).status_code == 302
    visitor.get("/")
    with visitor.client.session_transaction() as now:
        assert "other" not in now
        assert now["token"] != "planted"


@pytest.mark.parametrize("work", ["local_accounts = false\n"], indirect=True)
def test_without_local_accounts_no_password_lets_in_but_the_glass_can_be_broken(
    work: Work,
) -> None:
    site = work.site
    link = site.link("rowan")
    visitor = site.visitor()
    page = visitor.text(link)
    assert "New password" not in page
    assert visitor.post(link, {"password": PASSWORD}).status_code == 400
    form = {"name": "rowan", "password": PASSWORD}
    answer = visitor.post("/sign-in", form, page="/sign-in")
    assert answer.status_code == 400
    assert visitor.get("/account").status_code == 302
    house, now = site.bureau.house, site.bureau.now
    made = invite(house, "rowan", now=now, actor=ourselves(), break_glass=True)
    glass = f"/welcome/{made.token}"
    assert "once and for an hour" in visitor.text(glass)
    answer = visitor.post(glass, {"password": PASSWORD})
    assert PASSWORD not in answer.text
    assert answer.status_code == 400
    assert visitor.post(f"{glass}/in").status_code == 302
    assert visitor.get("/users").status_code == 200
    assert "broke_glass" in work.events()
    again = sign_in.break_glass(house, made.token, now=now, actor=ourselves())
    assert isinstance(again, Refused)
    site.bureau.now += timedelta(hours=1)
    assert visitor.get("/account").status_code == 302


@pytest.mark.slow
def test_an_ordinary_link_does_not_break_the_glass(work: Work) -> None:
    visitor, link = work.site.visitor(), work.site.link("rowan")
    visitor.get(link)
    assert visitor.post(f"{link}/in").status_code == 410
    house, now = work.site.bureau.house, work.site.bureau.now
    with pytest.raises(NotAllowed, match="only an administrator"):
        invite(house, "teasel", now=now, actor=ourselves(), break_glass=True)


@pytest.mark.slow
def test_switching_local_accounts_off_ends_what_passwords_opened(work: Work) -> None:
    visitor = work.site.signed_in("officer", "one.sample")
    assert visitor.get("/account").status_code == 200
    settings = work.site.bureau.house.settings
    pages = settings.pages.model_copy(update={"local_accounts": False})
    object.__setattr__(
        work.site.bureau.house.office, "settings", settings.model_copy(update={"pages": pages})
    )
    assert visitor.get("/account").status_code == 302


@pytest.mark.slow
def test_journeys_without_end_are_held_off(work: Work) -> None:
    visitor = work.site.visitor()
    for _ in range(work_account.MOST_JOURNEYS):
        assert visitor.get("/sign-in/work-account").status_code == 302
    assert visitor.get("/sign-in/work-account").status_code == 429
    with_password = {"name": "rowan", "password": "wrong wrong wrong"}
    assert visitor.post("/sign-in", with_password, page="/sign-in").status_code == 400


def test_without_an_issuer_there_is_no_such_way_in(site: Site) -> None:
    visitor = site.visitor()
    assert "work account" not in visitor.text("/sign-in")
    for path in ("/sign-in/work-account", "/sign-in/return?state=x"):
        assert visitor.get(path).status_code == 404


@pytest.mark.slow
def test_the_applications_secret_is_asked_of_the_environment_and_never_shown(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked(work)
    monkeypatch.setitem(os.environ, "CORRESPONDENCE_PASSWORD_WORK_ACCOUNTS", "wrong secret")
    answer = work.through(work.site.visitor())
    assert answer.status_code == 400
    assert "invalid_client" in answer.text
    assert "wrong secret" not in answer.text
