"""What is said in a log is lines of JSON with ids; of what residents wrote no word is in it."""

from __future__ import annotations

import json
import logging
import threading
import warnings
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import typer

from correspondence.cli import logs
from correspondence.cli.app import app
from correspondence.cli.output import speak, tell
from tests.cli.command import Said, run, say
from tests.jobs.corpus import put
from tests.jobs.office import make_office

if TYPE_CHECKING:
    from collections.abc import Iterator


YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
CASE = f"CMP-{YESTERDAY.year}-000001"
LETTER = f"{CASE}-L1"

NAME: Final = "Quillonby Featherstrand"
HOME: Final = "17 Zephyrine Row, HX0 9QZ"
MAIL: Final = "quillonby.featherstrand@elsewhere.example"
PHONE: Final = "07700 900917"
WORDS: Final = "the Vermilion fungus behind my wardrobe and the cough of little Ottoline"
SECRETS: Final = (
    "Quillonby", "Featherstrand", "Zephyrine", "HX0 9QZ", "quillonby", "900917", "Vermilion",
    "Ottoline", "wardrobe", "PROFANITY-IN-A-FILE",
)  # fmt: skip
"""Of what the resident wrote; in no log may any of it be found."""


def complaint() -> bytes:
    """A complaint full of what belongs to one person."""
    mail = EmailMessage()
    mail["From"] = f"{NAME} <{MAIL}>"
    mail["To"] = "complaints@harrowmere.example"
    mail["Subject"] = f"Complaint of {NAME}: {WORDS}"
    mail["Date"] = format_datetime(YESTERDAY)
    mail["Message-ID"] = "<one@elsewhere.example>"
    mail.set_content(
        f"I want to make a formal complaint about {WORDS}. I have reported the damp five times "
        f"since March and nobody came. I want it treated and an apology.\n\n{NAME}\n{HOME}\n{PHONE}"
    )
    mail.add_attachment(
        b"%PDF-1.7 PROFANITY-IN-A-FILE", maintype="application", subtype="pdf",
        filename=f"Letter of {NAME}.pdf",
    )  # fmt: skip
    return mail.as_bytes()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What commands are given, the resident's words in all of it; much of it cannot be used."""
    folder = tmp_path_factory.mktemp("given")
    written: dict[str, Any] = {
        "taken.json": {
            "received_on": YESTERDAY.date().isoformat(),
            "channel": "telephone",
            "resident": {"name": NAME, "address": HOME, "email": MAIL},
            "points": [WORDS],
        },
        "definition.json": {
            "points": [{"text": WORDS, "responsible": True}],
            "outcomes": [f"An apology to {NAME}"],
        },
        "bad.json": {
            "points": [{"text": WORDS, "responsible": NAME, NAME: WORDS}],
            WORDS: NAME,
            "resident": WORDS,
            "kind": WORDS,
            "new_date": WORDS,
            "reasons": NAME,
        },
        "note.json": {"kind": "note", "text": WORDS},
    }
    for name, content in written.items():
        (folder / name).write_text(json.dumps(content))
    (folder / "broken.json").write_text(f'{{"points": "{WORDS}" {NAME}')
    (folder / "people.csv").write_text(
        "tenancy_reference,name,address,uprn,postcode,tenure,emails,phones,adjustments\n"
        f"T1,{NAME},{HOME},1,{WORDS},{NAME},{WORDS},{PHONE},\n"
    )
    (folder / "register.csv").write_text(
        f"reference,kind,channel,received\n{NAME},{WORDS},{HOME},{WORDS}\n"
    )
    (folder / "letter.txt").write_text(f"Dear {NAME},\n\n{WORDS}\n")
    (folder / "mail.eml").write_bytes(complaint())
    (folder / f"{NAME}.docx").write_bytes(f"no Word file: {WORDS}".encode())
    (folder / "policy.txt").write_text(f"We answer {NAME} within 400 days. {WORDS}")
    (folder / "holidays.json").write_text(json.dumps({WORDS: NAME}))
    return folder


def commands() -> Iterator[tuple[str, ...]]:
    """Every command there is, by its words."""

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk(inner, (*words, name))
        if not hasattr(command, "commands"):
            yield words

    yield from walk(typer.main.get_command(app), ())


def filled(words: tuple[str, ...], files: Path) -> tuple[str, ...]:
    """A command with the resident's words for whatever it cannot do without."""
    command: Any = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]
    more: list[str] = []
    for one in command.params:
        if not one.required:
            continue
        kind = one.bare_type
        value = str(files / "bad.json") if kind is Path else "1" if kind is int else WORDS
        more += [value] if one.param_type_name == "argument" else [one.opts[0], value]
    return (*words, *more)


def given(files: Path, to: Path) -> list[tuple[str, ...]]:
    """Every command at least once, with the resident's words wherever they can be put."""
    bad, broken, forms = str(files / "bad.json"), str(files / "broken.json"), str(files)
    docx = str(files / f"{NAME}.docx")
    as_rowan = ("--as", "rowan")
    return [
        ("doctor",),
        ("read", str(files / "mail.eml"), docx),
        ("check", f"{forms}/letter.txt", "--kind", "stage1_response"),
        ("check", docx, "--kind", "stage1_response"),
        ("deadlines", "--received", YESTERDAY.isoformat()),
        ("case", "list"),
        ("case", "show", CASE),
        ("case", "search", "Featherstrand"),
        ("case", "open", "--file", f"{forms}/taken.json", *as_rowan),
        ("case", "open", "--file", bad, *as_rowan),
        ("case", "open", "--file", broken, *as_rowan),
        ("case", "define", CASE, "--file", bad, *as_rowan),
        ("case", "define", CASE, "--file", broken, *as_rowan),
        ("case", "define", CASE, "--file", f"{forms}/definition.json", *as_rowan),
        ("case", "log", CASE, "--file", f"{forms}/note.json", *as_rowan),
        ("case", "log", CASE, "--file", bad, *as_rowan),
        ("case", "extend", CASE, "--file", bad, *as_rowan),
        ("case", "adjust", CASE, "--note", WORDS, *as_rowan),
        ("case", "close", CASE, "--file", bad, *as_rowan),
        ("case", "merge", CASE, "--into", CASE, *as_rowan),
        ("case", "split", CASE, *as_rowan),
        ("case", "undo", CASE, *as_rowan),
        ("case", "ask", CASE, "--of", NAME, "--text", WORDS, "--by", "2020-01-01", *as_rowan),
        ("case", "answered", f"{CASE}-Q9", "--text", WORDS, *as_rowan),
        ("case", "recompute"),
        ("letter", "list"),
        ("letter", "show", LETTER),
        ("letter", "draft", CASE, "--kind", "progress_update", "--file", bad, *as_rowan),
        ("letter", "draft", CASE, "--kind", "stage1_response", "--file", broken, *as_rowan),
        ("letter", "edit", LETTER, "--file", docx, *as_rowan),
        ("letter", "enclose", LETTER, "--file", docx, *as_rowan),
        ("letter", "check", LETTER),
        (
            "letter",
            "confirm",
            LETTER,
            "--item",
            "x",
            "--passage",
            WORDS,
            "--because",
            WORDS,
            *as_rowan,
        ),
        ("letter", "approve", LETTER, *as_rowan),
        ("letter", "send", LETTER, *as_rowan),
        ("letter", "release", LETTER, "--because", WORDS, *as_rowan),
        ("letter", "not-sent", LETTER, "--because", WORDS, *as_rowan),
        ("letter", "sent", LETTER, "--on", YESTERDAY.date().isoformat(), *as_rowan),
        ("letter", "send-at", LETTER, "2020-01-01T10:00", *as_rowan),
        ("letter", "call-back", LETTER, *as_rowan),
        ("letter", "second", LETTER, *as_rowan),
        ("letter", "give-back", LETTER, "--because", WORDS, *as_rowan),
        ("action", "list"),
        ("action", "done", f"{CASE}-A1", "--evidence", WORDS, *as_rowan),
        ("action", "approve", f"{CASE}-A1", *as_rowan),
        ("action", "confirm", f"{CASE}-A1", *as_rowan),
        ("action", "revise", f"{CASE}-A1", "--to", "2030-01-01", "--because", WORDS, *as_rowan),
        ("improvement", "list"),
        ("improvement", "add", WORDS, *as_rowan),
        ("improvement", "set", "1", *as_rowan),
        ("alert", "list"),
        ("alert", "seen", "1", *as_rowan),
        ("flood", "show"),
        ("flood", "release", *as_rowan),
        ("message", "list"),
        ("message", "join", "1", CASE, *as_rowan),
        ("message", "correct", "1", "--kind", "spam", *as_rowan),
        ("people", "import", f"{forms}/people.csv"),
        ("register", "import", f"{forms}/register.csv"),
        ("register", "export"),
        ("mailbox", "test"),
        ("mailbox", "reconcile"),
        ("template", "list"),
        ("template", "show", "stage1_response"),
        ("template", "check", docx),
        ("template", "publish", "stage1_response"),
        ("policy", "check", f"{forms}/policy.txt"),
        ("self-assessment", "check", f"{forms}/policy.txt"),
        ("self-assessment", "fill", "--out", f"{to}/assessment.docx"),
        ("report", "annual", "--out", f"{to}/annual"),
        ("report", "quarterly", "--out", f"{to}/quarterly"),
        ("report", "self-assessment", "--out", f"{to}/self"),
        ("report", "evidence", "--case", CASE, "--out", f"{to}/evidence"),
        ("report", "comment", "annual", "nothing", "--text", WORDS, *as_rowan),
        ("report", "check", docx),
        ("retention", "list"),
        ("retention", "erase", CASE, *as_rowan),
        ("retention", "export", "--out", f"{to}/own", "--email", MAIL),
        ("user", "list"),
        ("user", "add", "newcomer", "--name", NAME),
        ("user", "role", "newcomer", "reader"),
        ("user", "email", "newcomer", "newcomer@elsewhere.test"),
        ("user", "leave", "newcomer"),
        ("user", "return", "newcomer"),
        ("calendar", "update", f"{forms}/holidays.json"),
        ("calendar", "check"),
        ("audit", "verify"),
        ("audit", "digest"),
        ("database", "copy", "--to", f"sqlite:///{to}/copy.db"),
        ("database", "workers"),
        ("documents", "test"),
        ("documents", "copy", "--from", f"{to}/nothing"),
        ("documents", "orphans"),
        ("learn", docx),
        ("worker", "--check"),
        ("worker",),
        ("serve", "--host", "192.0.2.1"),
        ("backup", f"{to}/backup"),
        ("restore", f"{to}/backup"),
        ("init", f"{to}/another"),
        ("user", "link", "newcomer"),
        ("run", "--once", "--workers", "0"),
    ]


def lines_of(said: Said) -> list[dict[str, Any]]:
    """The lines of a log, each of which must be JSON."""
    return [json.loads(one) for one in said.err.splitlines()]


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.filterwarnings("ignore")
def test_no_command_puts_a_residents_words_into_a_log(
    tmp_path: Path, files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office = make_office(tmp_path / "office")
    put(office / "inbox" / f"Complaint of {NAME}.eml", complaint(), YESTERDAY)
    put(office / "inbox" / f"{NAME} {WORDS}.part", b"still being written", YESTERDAY)
    walked = given(files, tmp_path)
    named = {words[:length] for words in walked for length in (1, 2)}
    walked += [filled(words, files) for words in commands() if words not in named]
    first = ("run", "--once", "--workers", "0")
    wrong = []
    for words in (first, *walked):
        said = say(office, *words, CORRESPONDENCE_LOGS="json")
        wrong += [
            (words, secret, said.err)
            for secret in SECRETS
            if secret in said.err or secret in caplog.text
        ]
        if "Usage: " not in said.err:  # how a command is written, which no service gets wrong
            assert all({"at", "level", "says"} <= set(one) for one in lines_of(said)), words
        else:
            wrong.append((words, "Usage", said.err))
    assert not wrong, "\n".join(
        f"{' '.join(words[:2])}: {secret}: {err}" for words, secret, err in wrong
    )


@pytest.mark.slow
def test_each_line_says_when_what_and_about_which_ids(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    put(office / "inbox" / "one.eml", complaint(), YESTERDAY)
    said = run(office, "run", "--once", "--workers", "0", CORRESPONDENCE_LOGS="json")
    assert said.status in {0, 1}
    said = run(None, "--logs", "json", "--office", str(office), "letter", "show", f"{CASE}-L77")
    (line,) = lines_of(said)
    assert (line["level"], line["command"], line["about"]) == ("error", "letter", [f"{CASE}-L77"])
    assert datetime.fromisoformat(line["at"]).tzinfo is not None
    assert said.status == 2


def test_a_way_of_speaking_that_there_is_not_is_refused(tmp_path: Path) -> None:
    assert say(tmp_path, "doctor", CORRESPONDENCE_LOGS="xml").status == 2


@pytest.fixture
def json_lines() -> Iterator[None]:
    with logs.faults_kept_short():
        speak("json", "run")
        try:
            yield
        finally:
            speak("sentences", "")


@pytest.mark.usefixtures("json_lines")
def test_of_a_library_only_its_name_and_the_kind_of_fault_are_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        int(WORDS)
    except ValueError:
        logging.getLogger("another.package").exception("could not parse %s", NAME)
    logging.getLogger("correspondence.web").error("%s at %s", "ValueError", "queue")
    warnings.warn(f"odd: {WORDS}", UserWarning, stacklevel=1)
    thread = threading.Thread(target=int, args=(NAME,))
    thread.start()
    thread.join()
    tell(f"Left: {NAME}.eml", logged="A file was left.")
    said = capsys.readouterr().err
    assert not [one for one in SECRETS if one in said]
    found = [json.loads(one) for one in said.splitlines()]
    assert [one.get("logger", "") for one in found] == [
        "another.package",
        "correspondence.web",
        "",
        "",
        "",
    ]
    assert found[0]["fault"] == "ValueError"
    assert found[1]["says"] == "ValueError at queue"
    assert "UserWarning" in found[2]["says"]
    assert "ValueError" in found[3]["says"]
    assert found[4]["says"] == "A file was left."


def test_what_was_changed_for_one_command_is_as_it_was_afterwards(tmp_path: Path) -> None:
    before = (threading.excepthook, warnings.showwarning, logging.getLogger().handlers)
    assert say(tmp_path, "doctor", CORRESPONDENCE_LOGS="json").status in {1, 2}
    assert before == (threading.excepthook, warnings.showwarning, logging.getLogger().handlers)
