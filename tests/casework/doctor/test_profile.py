"""The profile: invented details, missing contacts, timescales looser than the Code."""

from __future__ import annotations

import pytest

from .conftest import Look


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ("[reading]\nstaff_domains = ['staldhelms.example']", "[reading] staff_domains"),
        ("[reading]\nform_senders = ['forms@example.org']", "[reading] form_senders"),
        ("[reading]\ncontractor_domains = ['brackenfix.example']", "[reading] contractor_domains"),
    ],
)
def test_an_invented_detail_is_named_by_its_key(look: Look, lines: str, key: str) -> None:
    (finding,) = look("placeholders", lines=lines)
    assert finding.state == "warn"
    assert key in finding.says


def test_a_number_kept_free_for_drama_is_an_invented_detail(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_COMPLAINTS_OFFICER__PHONE", "07700 900123")
    (finding,) = look("placeholders")
    assert "[complaints_officer] phone" in finding.says


def test_what_letters_need_and_nobody_filled_in_is_named(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_COMPLAINTS_OFFICER__NAME", "")
    monkeypatch.setenv("CORRESPONDENCE_INBOX__ADDRESSES", "[]")
    findings = look("contacts")
    assert [finding.state for finding in findings] == ["warn", "warn"]
    assert "[complaints_officer] name" in findings[0].says
    assert "[inbox] addresses" in findings[1].says


def test_the_same_person_at_both_stages_is_named_with_the_clause(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_STAGE2_REVIEWER__NAME", "sorrel  vance")
    (finding,) = look("contacts")
    assert finding.state == "fail"
    assert "6.13" in finding.says


@pytest.mark.parametrize(
    ("key", "days", "clause"),
    [
        ("acknowledge", 6, "6.2"),
        ("stage1", 15, "6.3"),
        ("stage1_extension", 11, "6.4"),
        ("stage2", 21, "6.14"),
        ("stage2_extension", 40, "6.15"),
    ],
)
def test_a_timescale_looser_than_the_code_is_named_with_its_clause(
    look: Look, key: str, days: int, clause: str
) -> None:
    (finding,) = look("timescales", lines=f"[timescales]\n{key} = {days}\n")
    assert finding.state == "warn"
    assert f"{days} working days" in finding.says
    assert clause in finding.says
    assert key in finding.remedy


@pytest.mark.parametrize("lines", ["", "[timescales]\nstage1 = 5\nstage2 = 15\nacknowledge = 1\n"])
def test_timescales_as_strict_as_the_code_or_stricter_are_well(look: Look, lines: str) -> None:
    (finding,) = look("timescales", lines=lines)
    assert finding.state == "ok"
