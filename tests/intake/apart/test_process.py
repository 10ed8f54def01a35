"""Strangers' files are opened in another process, which may fall without taking anything along."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from correspondence.intake.apart import answers, limits, process
from correspondence.intake.apart.process import Lost, Process, run_apart
from correspondence.intake.parsing import parse, parse_here
from correspondence.plain_data import NotPlain
from tests.intake.compound_file import compound_file, storage
from tests.intake.mail.test_attachments import pdf
from tests.intake.written_mail import eml, multipart, part

RAW = multipart(
    part("The boiler is broken."),
    part(b"\x00\x01" * 400, "application/octet-stream", encoding="base64"),
    b"Content-Type: message/rfc822\r\n\r\n" + eml("Inner"),
)
AMPLE = 60.0


def test_a_message_is_the_same_wherever_it_is_read() -> None:
    assert run_apart("message", AMPLE, RAW, "a.eml") == parse_here(RAW, "a.eml")


def test_a_process_stays_warm_for_the_next_errand() -> None:
    run_apart("message", AMPLE, RAW, "")
    (waiting,) = process._IDLE._waiting[-1:]
    before = waiting.errands
    run_apart("message", AMPLE, RAW, "")
    assert waiting.errands == before + 1


def test_a_process_that_takes_too_long_is_ended_and_the_next_errand_is_done() -> None:
    one = Process()
    with pytest.raises(Lost, match="took longer than"):
        one.run("document", 0.01, "a.pdf", "application/pdf", pdf("Words " * 50_000))
    assert not one.is_usable
    assert run_apart("message", AMPLE, RAW, "").text == "The boiler is broken."


def test_a_process_that_falls_costs_its_own_errand_alone() -> None:
    one = Process()
    os.kill(one._child.pid, signal.SIGKILL)
    with pytest.raises(Lost, match="brought down"):
        one.run("message", AMPLE, RAW, "")
    assert run_apart("message", AMPLE, RAW, "").text == "The boiler is broken."


def test_a_process_is_renewed_after_many_errands() -> None:
    one = Process()
    one.errands = limits.ERRANDS_EACH
    process._IDLE.put(one)
    assert one not in process._IDLE._waiting
    assert one._child.poll() is not None


def test_several_threads_have_a_process_each() -> None:
    with ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(lambda _: run_apart("message", AMPLE, RAW, "").text, range(12)))
    assert texts == ["The boiler is broken."] * 12
    assert len(process._IDLE._waiting) <= (os.cpu_count() or 1)


def test_an_errand_that_fails_says_only_what_kind_of_fault_it_was() -> None:
    answer = run_apart("scan", AMPLE, "no bytes: jo.tenant@example.net", 1.0)
    assert isinstance(answer, str)
    assert "jo.tenant" not in answer


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch was-here",)


_PICKLE = pickle.dumps(_Evil())
_OF_ANOTHER_KIND = answers.packed_answer("document", ("some", "words"))
_TOO_DEEP = b"[" * 200_000
HOSTILE = {
    "a pickle that runs a program": _PICKLE,
    "a pickle in the old format": b"cposix\nsystem\n(S'touch was-here'\ntR.",
    "a pickle where the JSON should be": len(_PICKLE).to_bytes(8, "big") + _PICKLE,
    "rubbish": b"\x80\x05garbage",
    "nothing": b"",
    "no length": b"\0" * 7,
    "a length that is not true": (2**63).to_bytes(8, "big") + b"[]",
    "an answer of another kind": _OF_ANOTHER_KIND,
    "lists within lists": len(_TOO_DEEP).to_bytes(8, "big") + _TOO_DEEP,
    "an answer that is cut short": answers.packed_answer("message", parse_here(RAW))[:-1],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_an_answer_that_is_no_message_is_refused_and_does_nothing(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotPlain):
        answers.unpacked_answer("message", content)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_process_that_was_taken_over_gains_nothing_and_is_ended(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_over = tmp_path / "taken-over"
    ready = answers.packed_answer(answers.READY, answers.READY)
    frames = b"".join(len(one).to_bytes(8, "big") + one for one in (ready, content))
    taken_over.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"sys.stdout.buffer.write({frames!r})\nsys.stdout.buffer.flush()\nsys.stdin.read()\n"
    )
    taken_over.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(taken_over))
    monkeypatch.chdir(tmp_path)
    one = Process()
    with pytest.raises(Lost, match="no answer that can be used"):
        one.run("message", AMPLE, RAW, "")
    assert not one.is_usable
    assert [path.name for path in tmp_path.iterdir()] == ["taken-over"]


def test_what_a_process_says_of_a_failure_is_never_long() -> None:
    said = answers.packed_answer("message", None, failed="x" * 1_000_000)
    assert len(answers.unpacked_answer("message", said)[1]) == 200


def test_a_message_goes_through_the_line_as_it_is() -> None:
    message = parse_here(RAW)
    assert answers.unpacked_answer("message", answers.packed_answer("message", message)) == (
        message,
        "",
        False,
    )


def test_a_large_message_is_read_apart_and_whole() -> None:
    words = "The boiler is broken again. " * 60_000
    raw = multipart(part(words), part(b"\x07" * 900_000, "image/x-unknown", encoding="base64"))
    message = parse(raw)
    assert message.text.split() == words.split()
    assert message.attachments[0].size == 900_000
    assert message.unreadable == ""


def test_an_outlook_message_is_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("correspondence.intake.mail.outlook.read", None)  # not in this process
    raw = compound_file(storage(32, texts={0x0037: "Boiler", 0x1000: "It is broken."}))
    assert parse(raw).text == "It is broken."


def test_where_no_process_can_be_started_the_words_are_read_and_the_file_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process._IDLE, "_waiting", [])
    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    raw = multipart(
        part("The boiler is broken."),
        part(pdf("Words"), "application/pdf", disposition="attachment; filename=a.pdf"),
    )
    message = parse(raw)
    assert message.text == "The boiler is broken."
    assert "no process" in message.attachments[0].unread_because
    large = parse(eml("x" * 1_100_000))
    assert "no process" in large.unreadable
    assert large.sender.address == "jo.tenant@example.net"


def test_a_message_that_cannot_be_read_to_its_end_is_read_as_far_as_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MESSAGE_SECONDS", 0.001)
    monkeypatch.setattr(limits, "BYTES_A_SECOND", 10**12)
    monkeypatch.setattr(limits, "BEGINNING_SECONDS", AMPLE)
    message = parse(eml("The boiler is broken. " * 100_000))
    assert message.text.startswith("The boiler is broken.")
    assert "could not be read to its end: it took longer" in message.unreadable
