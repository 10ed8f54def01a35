"""`case`, continued: merge and split, questions of an investigation, and searching."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.case_commands import Reference, commands
from correspondence.cli.output import ActingAs, AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.store.search import Hit

__all__ = ["commands"]

Question = Annotated[str, typer.Argument(help="The question, such as CMP-2026-000001-Q1.")]
On = Annotated[str, typer.Option("--on", help="The day, such as 2026-11-27; today if left out.")]


@commands.command("merge")
def merge_case(
    context: typer.Context,
    reference: Reference,
    into: Annotated[str, typer.Option("--into", help="The case it is to be part of.")],
    acting_as: ActingAs = "",
) -> None:
    """Make a case part of another one; the earlier day of receipt counts for both."""
    from correspondence.casework.handling.merge import merge
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        merge(house, reference, into, now=_now(), actor=house.actor(acting_as))
    tell(f"{reference} is part of {into}. Confirm its definition, and tell the resident.")


@commands.command("split")
def split_case(
    context: typer.Context,
    reference: Reference,
    message: Annotated[list[int] | None, typer.Option(help="A message, by number.")] = None,
    point: Annotated[list[int] | None, typer.Option(help="A point, counted from 1.")] = None,
    raised_on: Annotated[str, typer.Option(help="When it was raised, where no message says.")] = "",
    acting_as: ActingAs = "",
) -> None:
    """Make messages or points of a case a complaint of their own (Code 6.8)."""
    from correspondence.casework.handling.split import Part, split
    from correspondence.casework.open_office import open_office

    raised = _day(raised_on) if raised_on else None
    part = Part(tuple(message or ()), tuple(point or ()), raised)
    with open_office(context.obj) as house:
        new = split(house, reference, part, now=_now(), actor=house.actor(acting_as))
    tell(f"{new.reference} is a complaint of its own, with a clock of its own.")


@commands.command("undo")
def undo_joining(context: typer.Context, reference: Reference, acting_as: ActingAs = "") -> None:
    """Take back that a case was merged into another, or split off one."""
    from correspondence.casework.handling.merge import undo_merge
    from correspondence.casework.handling.split import undo_split
    from correspondence.casework.open_office import open_office
    from correspondence.store import case_files

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        with house.database.reading() as conn:
            merged = case_files.row(conn, reference).merged_into
        undo = undo_merge if merged else undo_split
        stands = undo(house, reference, now=_now(), actor=actor)
    tell(f"That is taken back; {stands.reference} stands as before.")


@commands.command("ask")
def ask_somebody(
    context: typer.Context,
    reference: Reference,
    of: Annotated[str, typer.Option("--of", help="Who is asked, by name.")],
    text: Annotated[str, typer.Option("--text", help="What they are asked.")],
    by: Annotated[str, typer.Option("--by", help="The day the answer is wanted by.")],
    to: Annotated[str, typer.Option("--to", help="Their e-mail address, to write to them.")] = "",
    complained_of: Annotated[
        bool | None,
        typer.Option(
            "--complained-of/--not-complained-of", help="Whether the complaint is about them (5.8)."
        ),
    ] = None,
    fairness: Annotated[
        str, typer.Option("--fairness", help="If so, how their interest is dealt with.")
    ] = "",
    acting_as: ActingAs = "",
) -> None:
    """Ask a colleague or contractor: by e-mail to an address, else by your own means."""
    from correspondence.casework.investigating.inquire import QuestionForm, ask, how_it_goes
    from correspondence.casework.open_office import open_office
    from correspondence.store import questions

    form = QuestionForm(
        asked_of=of,
        contact=to,
        text=text,
        due=_day(by),
        complained_of=complained_of,
        fairness=fairness,
    )
    with open_office(context.obj) as house:
        made = ask(house, reference, form, now=_now(), actor=house.actor(acting_as))
        with house.database.reading() as conn:
            email = questions.load(conn, made).email
    tell(f"{made} is on record. {how_it_goes(made, email)}")


@commands.command("answered")
def question_answered(
    context: typer.Context,
    question: Question,
    text: Annotated[str, typer.Option("--text", help="What was answered.")],
    on: On = "",
    acting_as: ActingAs = "",
) -> None:
    """Record the answer to a question."""
    from correspondence.casework.investigating.inquire import answer
    from correspondence.casework.open_office import open_office
    from correspondence.handling_code.london import day_in_london

    came = _day(on) if on else day_in_london(_now())
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        answer(house, question, text, on=came, now=_now(), actor=actor)
    tell("The answer is on record.")


@commands.command("search")
def search_cases(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Words, a reference, a postcode or a surname.")],
    most: Annotated[int, typer.Option(min=1, max=1_000, help="At most so many.")] = 25,
    as_json: AsJson = False,
) -> None:
    """Find words in cases, messages and letters, the newest first."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import search

    with open_office(context.obj) as house, house.database.reading() as conn:
        exact = search.exactly(conn, words)
        hits = search.find(conn, search.Sought(words), most=most)
    if as_json:
        found = [_hit(one) for one in hits.found]
        print_json({"exact": list(exact), "found": found, "more": hits.more, "cut": hits.cut})
        return
    for reference in exact:
        tell(f"By that reference, postcode or surname: {reference}")
    print_table(
        f"{len(hits.found)} found" + (", and more" if hits.more else ""),
        ["What", "Case", "Where the words stand"],
        [(f"{one.kind} {one.source}", one.reference or "–", _shown(one)) for one in hits.found],
    )


def _hit(one: Hit) -> dict[str, str | None]:
    return {
        "kind": one.kind,
        "source": one.source,
        "case": one.reference,
        "resident": one.resident,
        "passage": _shown(one),
    }


def _shown(one: Hit) -> str:
    return f"{one.passage.before}{one.passage.found}{one.passage.after}" if one.passage else ""


def _day(given: str) -> date:
    """The day. Raises WrongUse where it is none."""
    from correspondence.errors import WrongUse

    try:
        return date.fromisoformat(given)
    except ValueError:
        raise WrongUse(f"{given!r} is no day; write it as 2026-11-27.") from None


def _now() -> datetime:
    return datetime.now(UTC)
