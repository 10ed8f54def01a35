"""`check`: hold any letter, ours or anybody's, against what the Code requires. Needs no office."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.letters.checking import CheckResult
    from correspondence.letters.checklists import Checklist
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.text import LetterText


def check_file(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(readable=False, help="The letter: .docx, .pdf, .html, .txt or .eml."),
    ],
    kind: Annotated[str, typer.Option(help="Which kind of letter it is meant to be.")],
    case: Annotated[str, typer.Option(help="The case it belongs to, by reference.")] = "",
    received: Annotated[str, typer.Option(help="The day the complaint was received.")] = "",
    acknowledged: Annotated[str, typer.Option(help="The day it was acknowledged.")] = "",
    due: Annotated[str, typer.Option(help="The original date the response was due.")] = "",
    as_json: AsJson = False,
) -> None:
    """Hold a letter, by anybody, against what the Code requires of its kind.

    With a case, what it says is also held against the record. Each item is met, with the words that
    meet it, or missing, with what to put right.
    """
    from correspondence.errors import FileUnusable
    from correspondence.letters.checking import CheckFacts, check
    from correspondence.letters.checklists import load
    from correspondence.letters.opening import open_letter
    from correspondence.resources import shipped

    letter_kind = kind_named(kind)
    checklist = load(letter_kind, shipped("schemas") / "letters")
    days = {
        "received": _day(received, "--received"),
        "acknowledged": _day(acknowledged, "--acknowledged"),
        "due": _day(due, "--due"),
    }
    given = {name: day for name, day in days.items() if day}
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    opened = open_letter(file.name, raw)
    if case:
        result = _of_case(context.obj, case, letter_kind, opened.text, checklist, given)
    else:
        result = check(opened.text, checklist, CheckFacts(**given))
    said = {
        **result.model_dump(mode="json"),
        "file": str(file),
        "accessibility": [one.model_dump(mode="json") for one in opened.accessibility],
    }
    if as_json:
        print_json(said)
    else:
        print_table(
            f"{file.name} as a {letter_kind.plainly}",
            ["Item", "Code", "Required", "", "In the letter, or what to do"],
            [
                (
                    item.id.replace("_", " "),
                    item.clause,
                    "yes" if item.required else "advised",
                    item.met,
                    item.quote or item.advice,
                )
                for item in result.items
            ],
        )
        for fault in result.wording:
            tell(f"Wording: “{fault.quote}”. {fault.suggestion}")
        tell("It holds all that is required." if result.ok else "It is not complete.")
    raise typer.Exit(0 if result.ok else 1)


def kind_named(name: str) -> LetterKind:
    """The kind of letter by that name. Raises WrongUse."""
    from correspondence.errors import WrongUse
    from correspondence.letters.kinds import LetterKind

    try:
        return LetterKind(name)
    except ValueError:
        kinds = ", ".join(kind.value for kind in LetterKind)
        raise WrongUse(f"There is no kind of letter {name!r}; use one of {kinds}.") from None


def _of_case(
    office: Path,
    reference: str,
    kind: LetterKind,
    text: LetterText,
    checklist: Checklist,
    given: dict[str, date],
) -> CheckResult:
    """The letter held against its checklist and its case; a date that is given stands first."""
    from datetime import UTC, datetime

    from correspondence.casework.drafting.checks import check_against_case
    from correspondence.casework.open_office import open_office
    from correspondence.store import case_files

    with open_office(office) as house:
        with house.database.reading() as conn:
            case = case_files.load(conn, reference)
        return check_against_case(
            house, case, kind, text, checklist, now=datetime.now(UTC), given=given
        )


def _day(text: str, option: str) -> date | None:
    from correspondence.cli.deadlines_command import day_given

    return day_given(text, option) if text else None
