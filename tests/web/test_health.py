"""What is answered to whoever watches: ready or not, and figures; nothing of anybody's."""

from __future__ import annotations

import json
import re
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.store import gauges, work
from tests.casework.operating.test_readiness import NO_DISK_HAS_SO_MUCH, with_limit
from tests.cli.command import TOP
from tests.databases import postgresql
from tests.jobs import corpus
from tests.jobs.office import server_url
from tests.web.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

    from correspondence.letters.pool import LetterPress

TOKEN = "CORRESPONDENCE_PASSWORD_METRICS"


def figures(text: str) -> dict[str, float]:
    """The lines of an answer to Prometheus."""
    from prometheus_client.parser import text_string_to_metric_families

    found = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            labels = ",".join(one.labels.values())
            found[f"{one.name}{{{labels}}}" if labels else one.name] = one.value
    return found


def told(answer: TestResponse) -> dict[str, Any]:
    """What /readyz says."""
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_it_is_ready_once_the_mail_is_looked_at(site: Site) -> None:
    answer = site.visitor().get("/readyz")
    assert answer.status_code == 503
    assert {one["part"] for one in told(answer)["parts"] if not one["ready"]} == {
        "mailbox:inbox",
        "deadlines",
    }
    site.bureau.run()
    answer = site.visitor().get("/readyz")
    assert (answer.status_code, told(answer)["ready"]) == (200, True)
    assert site.visitor().get("/healthz").status_code == 200


def test_without_room_it_is_not_ready_and_the_pages_say_why(site: Site) -> None:
    site.bureau.run()
    with_limit(site.bureau, NO_DISK_HAS_SO_MUCH)
    pages = Site.of(site.bureau)
    assert pages.visitor().get("/readyz").status_code == 503
    assert pages.visitor().get("/healthz").status_code == 200
    officer = pages.signed_in("officer")
    for path in ("/", "/needs-a-person"):
        assert "no mail is taken in" in officer.text(path)
    assert "no mail is taken in" not in site.signed_in("officer").text("/")


def test_figures_hold_nothing_but_numbers_and_codes(site: Site) -> None:
    site.bureau.run()
    text = site.visitor().get("/metrics").text
    found = figures(text)
    assert found["correspondence_ready{room}"] == 1
    drafts = sum(one.status == "draft" for one in site.bureau.letters())
    assert drafts > 0
    assert found["correspondence_letters{draft}"] == drafts
    assert found["correspondence_waiting{letters_to_approve}"] == drafts
    assert found["correspondence_waiting{messages_to_read}"] == 0
    assert found["correspondence_problems{mailbox:inbox}"] == 0
    assert found["correspondence_looked_at_timestamp_seconds{deadlines}"] > 1e9
    assert found["correspondence_disk_free_bytes"] > 0
    assert found["correspondence_record_events"] > 3
    for secret in ("CMP-", "@", "Rowan", "rowan", str(site.bureau.house.office.folder)):
        assert secret not in text


def test_what_waits_too_long_and_what_is_overdue_is_counted(site: Site) -> None:
    site.bureau.run()
    site.bureau.now += timedelta(days=40)
    found = figures(site.visitor().get("/metrics").text)
    assert found["correspondence_waiting_oldest_seconds{letters_to_approve}"] >= 40 * 86_400
    assert found["correspondence_duties_overdue{acknowledge}"] >= 1
    assert found["correspondence_ready{deadlines}"] == 0


def test_figures_are_made_anew_for_each_answer(site: Site) -> None:
    first = figures(site.visitor().get("/metrics").text)
    site.bureau.receive(corpus.other(5, site.bureau.now))
    second = figures(site.visitor().get("/metrics").text)
    assert second["correspondence_record_events"] > first["correspondence_record_events"]


def _asked(site: Site, address: str, **more: Any) -> int:
    client = site.visitor().client
    return client.get("/metrics", environ_base={"REMOTE_ADDR": address}, **more).status_code


def test_without_a_token_only_this_machine_sees_figures(site: Site) -> None:
    assert _asked(site, "127.0.0.1") == 200
    assert _asked(site, "::1") == 200
    assert _asked(site, "192.0.2.7") == 404
    assert _asked(site, "") == 404
    # A browser elsewhere, by a proxy that speaks HTTPS to it but does not say whom for.
    assert _asked(site, "127.0.0.1", base_url="https://localhost") == 404


def test_behind_a_proxy_a_watcher_on_this_machine_is_answered(site: Site) -> None:
    pages = Site.of(site.bureau, behind_proxy=True)
    assert _asked(pages, "127.0.0.1") == 200
    assert pages.visitor().get("/readyz").status_code in {200, 503}


def test_a_token_opens_figures_from_anywhere_and_then_nothing_else_does(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "a-long-token-ä")
    given = {"Authorization": "Bearer a-long-token-ä".encode().decode("latin-1")}
    assert _asked(site, "127.0.0.1") == 404
    assert _asked(site, "127.0.0.1", headers={"Authorization": "Bearer wrong"}) == 404
    assert _asked(site, "127.0.0.1", headers={"Authorization": "Bearer "}) == 404
    monkeypatch.setenv(TOKEN, "a-long-token")
    given = {"Authorization": "Bearer a-long-token"}
    assert _asked(site, "192.0.2.7", headers=given) == 200


def test_a_tokens_file_that_others_can_read_opens_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = tmp_path / "token"
    token.write_text("a-long-token\n")
    token.chmod(0o644)
    profile = site.bureau.house.office.profile
    text = re.sub(
        r"(?m)^# metrics_token_file = .*$", f'metrics_token_file = "{token}"', profile.read_text()
    )
    assert str(token) in text
    profile.write_text(text)
    given = {"Authorization": "Bearer a-long-token"}
    assert _asked(site, "127.0.0.1", headers=given) == 404
    token.chmod(0o600)
    assert _asked(site, "127.0.0.1", headers=given) == 200


def test_a_tokens_file_that_is_not_there_opens_nothing_not_even_to_this_machine(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{TOKEN}_FILE", str(tmp_path / "absent"))
    assert _asked(site, "127.0.0.1") == 404


def test_without_its_extra_the_page_says_what_to_install(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "prometheus_client", None)
    answer = site.visitor().get("/metrics")
    assert answer.status_code == 501
    assert "correspondence[metrics]" in answer.text


@pytest.mark.postgresql
def test_on_postgresql_jobs_without_a_worker_are_counted(
    tmp_path: Path, press: LetterPress, database_url: str
) -> None:
    from tests.casework.bureau import bureau

    with bureau(tmp_path / "office", press, database_url) as desk:
        desk.run()
        site = Site.of(desk)
        if desk.house.database.engine.dialect.name == "sqlite":
            assert "correspondence_workers" not in figures(site.visitor().get("/metrics").text)
            return
        work.prepare(desk.house.database)
        desk.house.database.close()
        with desk.house.database.writing() as conn:
            work.post(conn, [work.at_alerts(), work.at_case("CMP-2026-000001")])
            conn.exec_driver_sql(
                "UPDATE procrastinate_jobs SET status = 'doing' WHERE queue_name = 'send'"
            )
        found = figures(site.visitor().get("/metrics").text)
    assert found["correspondence_jobs{draft,todo}"] == 1
    assert found["correspondence_jobs{send,doing}"] == 1
    assert found["correspondence_jobs_without_worker"] == 1
    assert found["correspondence_workers"] == 0


def test_the_rules_that_ship_name_only_figures_there_are(site: Site) -> None:
    site.bureau.run()
    names = {
        match[0]
        for one in figures(site.visitor().get("/metrics").text)
        if (match := re.match(r"\w+", one))
    } | {"correspondence_workers", "correspondence_jobs_without_worker"}  # where there are workers
    names.add("correspondence_duties_overdue")  # where anything is
    rules = (TOP / "deploy" / "prometheus" / "alerts.yml").read_text()
    named = {
        name
        for expression in re.findall(r"(?m)^ +expr: (.+)$", rules)
        for name in re.findall(r"correspondence_\w+", expression)
    }
    assert len(named) > 8
    assert named <= names
    kinds = set(re.findall(r'kind="(\w+)"', rules))
    assert kinds
    with site.bureau.house.database.reading() as conn:
        assert kinds <= set(gauges.waiting(conn))


def test_it_answers_while_the_database_does_not(site: Site) -> None:
    office = site.bureau.house.office
    site.bureau.house.database.close()
    if url := server_url(office.folder):
        postgresql().drop(url)
    else:
        shutil.move(office.data, office.data.with_name("gone"))
    answer = site.visitor().get("/readyz")
    assert answer.status_code == 503
    assert not told(answer)["parts"][0]["ready"]
