"""Known faults in what is locked fail a build; where nobody can be asked, that is said loudly."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from scripts import audit
from tests.setup.declared import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOUND = {"name": "one", "version": "1.0", "vulns": []}
FAULTY = {
    "name": "two",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["2.1"], "description": "x"}],
}
UNKNOWN = {"name": "three", "skip_reason": "Dependency not found"}


def answer(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        (answer(SOUND), []),
        (answer(SOUND, FAULTY), ["two 2.0: PYSEC-0000-1; mended in 2.1"]),
        (answer(*[SOUND] * 9, UNKNOWN), []),
        (answer(SOUND, UNKNOWN), None),
        (answer(), None),
        ("", None),
        ("ERROR: the name of the host was not resolved", None),
        ("[]", None),
        ('{"dependencies": [{"name": "x", "vulns": [{}]}]}', None),
    ],
)
def test_an_answer_is_taken_for_what_it_says(said: str, faults: list[str] | None) -> None:
    assert audit.faults(said) == faults


def stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """A program in pip-audit's place that says this."""
    file = tmp_path / "said.json"
    file.write_text(said)
    script = f"print(open({str(file)!r}).read()); raise SystemExit(1)"
    monkeypatch.setattr(audit, "command", lambda _lock: [sys.executable, "-c", script])


def test_a_known_fault_is_named_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stands_in(tmp_path, monkeypatch, answer(SOUND, FAULTY))
    assert audit.main(["some.lock"]) == 1
    assert "KNOWN FAULT in some.lock: two 2.0" in capsys.readouterr().out


def test_without_the_network_it_is_said_loudly_and_does_not_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(audit.REQUIRED, raising=False)
    stands_in(tmp_path, monkeypatch, "")
    assert audit.main(["some.lock", "other.lock"]) == 0
    assert capsys.readouterr().out.count("!!!! NOT AUDITED") == 1
    monkeypatch.setenv(audit.REQUIRED, "1")
    assert audit.main(["some.lock"]) == 1


def test_what_cannot_be_started_is_not_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "command", lambda _lock: ["/nonexistent/program"])
    assert audit.main(["some.lock"]) == 0


def test_every_lock_file_is_asked_about_as_it_is_pinned() -> None:
    assert {str(path.relative_to(ROOT)) for path in ROOT.glob("*.lock")} <= set(audit.LOCKS)
    for lock in audit.LOCKS:
        words = audit.command(lock)
        assert str(ROOT / lock) in words
        assert "--require-hashes" in words
        assert "--disable-pip" in words
