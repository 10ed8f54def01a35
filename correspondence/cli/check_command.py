"""`check`: hold any letter, ours or anybody's, against what the Code requires. Needs no office."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.letters.checking import CheckFacts
    from correspondence.letters.kinds import LetterKind


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

    Each item is met, with the words that meet it, or missing, with what to put right.
    """
    from correspondence.errors import FileUnusable
    from correspondence.letters.checking import check
    from correspondence.letters.checklists import load
    from correspondence.letters.opening import open_letter
    from correspondence.resources import shipped

    letter_kind = kind_named(kind)
    checklist = load(letter_kind, shipped("schemas") / "letters")
    facts = _facts(context.obj, case, letter_kind, received, acknowledged, due)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    opened = open_letter(file.name, raw)
    result = check(opened.text, checklist, facts)
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


def _facts(
    office: Path, reference: str, kind: LetterKind, received: str, acknowledged: str, due: str
) -> CheckFacts:
    """What the letter can be held against: the dates given, or those of the case."""
    from correspondence.letters.checking import CheckFacts

    facts = CheckFacts()
    if reference:
        from datetime import UTC, datetime

        from correspondence.casework.letter_facts import check_facts
        from correspondence.casework.open_office import open_office
        from correspondence.handling_code.london import day_in_london
        from correspondence.store import case_files

        today = day_in_london(datetime.now(UTC))
        with open_office(office) as house, house.database.reading() as conn:
            case = case_files.load(conn, reference)
            facts = check_facts(house, case, kind, stage=case.stage, letter_date=today)
    given = {
        "received": _day(received, "--received"),
        "acknowledged": _day(acknowledged, "--acknowledged"),
        "due": _day(due, "--due"),
    }
    return facts.model_copy(update={name: day for name, day in given.items() if day})


def _day(text: str, option: str) -> date | None:
    from correspondence.cli.deadlines_command import day_given

    return day_given(text, option) if text else None
