"""`case`: the cases of an office, and what can be done with one from the shell."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice

commands = typer.Typer(help="The cases of this office.", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="The case, such as CMP-2026-000001.")]
FormFile = Annotated[
    Path, typer.Option("--file", readable=False, help="The content as JSON; - for what is piped.")
]


@commands.command("list")
def list_cases(
    context: typer.Context,
    handler: Annotated[
        str, typer.Option("--with", help="Only those with this user; - for those with nobody.")
    ] = "",
    stage: Annotated[int | None, typer.Option(min=1, max=2, help="Only this stage.")] = None,
    area: Annotated[str, typer.Option(help="Only this service area.")] = "",
    flag: Annotated[str, typer.Option(help="Only those with this flag.")] = "",
    owed: Annotated[bool, typer.Option("--owed", help="Only where something is owed.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only where that is late.")] = False,
    first: Annotated[int, typer.Option(min=1, help="From this one on, counted from 1.")] = 1,
    most: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """The cases, those due first in front."""
    from datetime import timedelta

    from correspondence.casework.handling.case_summaries import summaries
    from correspondence.casework.open_office import open_office
    from correspondence.handling_code.london import day_in_london
    from correspondence.store import queue

    today = day_in_london(_now())
    narrowed = queue.Narrowed(
        handler=handler,
        stage=stage,
        area=area,
        flag=flag,
        with_settled=not (owed or overdue),
        until=today - timedelta(days=1) if overdue else None,
    )
    with open_office(context.obj) as house, house.database.reading() as conn:
        found = queue.page(conn, narrowed, first=first - 1, most=most)
        cases = summaries(conn, house, [one.case for one in found], today)
    if as_json:
        print_json(cases)
        return
    print_table(
        f"{len(cases)} cases",
        ["Reference", "Resident", "Stage", "Status", "Matter", "Next", "By", "Letters"],
        [
            (
                case["reference"],
                case["resident"]["name"],
                case["stage"],
                case["status"].replace("_", " "),
                case["service_area"].replace("_", " "),
                (case["next"] or {}).get("duty", "–"),
                day((case["next"] or {}).get("due")),
                ", ".join(
                    f"{one['kind'].replace('_', ' ')}: {one['status'].replace('_', ' ')}"
                    for one in case["letters"]
                ),
            )
            for case in cases
        ],
    )


@commands.command("recompute")
def recompute_cases(context: typer.Context, as_json: AsJson = False) -> None:
    """Compute what every case is owed, and the words to search by, anew from the record.

    `run` does so by itself where the timescales or the calendar have changed.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.caseload import recompute

    with open_office(context.obj) as house:
        done = recompute(house, now=_now())
    if as_json:
        print_json({"cases": done})
    else:
        tell(f"{done} case{'' if done == 1 else 's'} computed anew.")


@commands.command("show")
def show_case(context: typer.Context, reference: Reference, as_json: AsJson = False) -> None:
    """One case: what is owed, what was understood, and everything that happened."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import case_files

    with open_office(context.obj) as house, house.database.reading() as conn:
        case = case_files.load(conn, reference)
        shown = _summary(conn, house, case)
        shown["stages"] = {
            str(number): {
                "received": record.received_on,
                "received_basis": record.received_basis,
                "received_because": record.received_because,
                "definition": record.definition.model_dump(mode="json"),
                "defined_by_person": record.defined_by_person,
                "acknowledged": record.acknowledged_on,
                "extended_to": record.extended_to,
                "extensions": [asdict(one) for one in record.extensions],
                "update_interval": record.update_interval,
                "updated": record.updated_on,
                "responded": record.responded_on,
            }
            for number, record in case.stages.items()
        }
        shown["history"] = [
            {
                "at": one.at.isoformat(),
                "by": one.by,
                "os_account": one.os_account,
                "erased": one.erased,
                **one.event.model_dump(mode="json"),
            }
            for one in case_files.history(conn, reference)
        ]
    if as_json:
        print_json(shown)
        return
    _print_case(shown)


@commands.command("open")
def open_case(
    context: typer.Context, file: FormFile, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """Open a case for a complaint that came by telephone, at a desk or on paper."""
    from correspondence.casework.handling.log import ComplaintTaken
    from correspondence.casework.handling.log import open_case as open_it
    from correspondence.casework.open_office import open_office
    from correspondence.cli.forms import read_form

    taken = read_form(file, ComplaintTaken)
    with open_office(context.obj) as house:
        case = open_it(house, taken, now=_now(), actor=house.actor(acting_as))
        _done(
            house,
            case.reference,
            f"{case.reference} is open. The next run drafts its acknowledgement.",
            as_json=as_json,
        )


@commands.command("define")
def define_case(
    context: typer.Context,
    reference: Reference,
    file: FormFile,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Set out the complaint definition (Code 5.6); its acknowledgement is drafted anew."""
    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.casework.handling.define import define
    from correspondence.casework.open_office import open_office
    from correspondence.cli.forms import read_form
    from correspondence.letters.pool import LetterPress

    definition = read_form(file, ComplaintDefinition)
    with open_office(context.obj) as house, LetterPress(0) as press:
        actor = house.actor(acting_as)
        drafted = define(house, press, reference, definition, now=_now(), actor=actor)
        said = (
            f"{reference} is defined; {drafted.letter} was drafted anew."
            if drafted
            else f"{reference} is defined. Its acknowledgement has left already: tell the resident."
        )
        _done(house, reference, said, as_json=as_json)


@commands.command("log")
def log_note(
    context: typer.Context,
    reference: Reference,
    file: FormFile,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record on the case a call, a visit or a decision; learning, what an Ombudsman does, reviews.

    What stands under `form` in the file says which; without it, the file is a note.
    """
    from correspondence.casework.handling.logged import Logged, log
    from correspondence.casework.open_office import open_office
    from correspondence.cli.forms import read_form

    logged = read_form(file, Logged)
    with open_office(context.obj) as house:
        log(house, reference, logged, now=_now(), actor=house.actor(acting_as))
        _done(house, reference, f"Recorded on {reference}.", as_json=as_json)


@commands.command("extend")
def extend_case(
    context: typer.Context,
    reference: Reference,
    file: Annotated[
        Path | None,
        typer.Option("--file", readable=False, help="The extension as JSON; - for what is piped."),
    ] = None,
    second: Annotated[
        bool,
        typer.Option("--second", help="Stand behind one beyond the limit, as a second person."),
    ] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Decide that a response takes longer (Code 6.4, 6.15), or stand behind that decision."""
    from correspondence.casework.drafting import extend
    from correspondence.casework.open_office import open_office
    from correspondence.cli.forms import read_form
    from correspondence.errors import WrongUse

    if (file is None) is not second:
        raise WrongUse("Give the extension with --file, or stand behind one with --second.")
    form = read_form(file, extend.ExtensionForm) if file else None
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        if form is not None:
            extended = extend.decide(house, reference, form, now=_now(), actor=actor)
        else:
            extended = extend.second(house, reference, now=_now(), actor=actor)
    if as_json:
        print_json(asdict(extended))
        return
    tell(
        f"{reference} is extended to {day(extended.new_date)}."
        if extended.notified_on
        else f"{reference} is to be extended to {day(extended.new_date)}, once the resident was "
        f"told in writing: correspondence letter draft {reference} --kind "
        f"stage{extended.stage}_extension"
    )
    for remark in extended.remarks:
        tell(f"  - {remark}")


@commands.command("adjust")
def adjust_case(
    context: typer.Context,
    reference: Reference,
    large_print: Annotated[
        bool | None,
        typer.Option("--large-print/--ordinary-print", help="Letters in 18 point."),
    ] = None,
    plain_text: Annotated[
        bool | None,
        typer.Option(
            "--plain-text/--no-plain-text", help="Plain text as well, for a screen reader."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of letters: cy, pl, ur …; en for English.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="The one way letters go: post, email, or either.")
    ] = None,
    no_telephone: Annotated[
        bool | None,
        typer.Option("--no-telephone/--telephone", help="Whether nobody may ring the resident."),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(help="Where letters are posted, its lines parted by commas; '' for home."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="Whatever else was agreed.")] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record how the resident is to hear from us (Code 5.10); letters keep to it from then on."""
    from correspondence.casework.handling.adjust import adjust
    from correspondence.casework.open_office import open_office
    from correspondence.errors import WrongUse
    from correspondence.letters.pool import LetterPress

    given = {
        "large_print": large_print,
        "plain_text": plain_text,
        "language": language,
        "by": "" if by == "either" else by,
        "no_telephone": no_telephone,
        "address": address,
        "note": note,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise WrongUse(
            "Say what was agreed with the resident, such as --large-print or --by post; "
            f"`correspondence case show {reference}` shows what holds now."
        )
    with open_office(context.obj) as house, LetterPress(0) as press:
        adjusted = adjust(
            house, press, reference, changes, now=_now(), actor=house.actor(acting_as)
        )
    if as_json:
        print_json(asdict(adjusted) | {"adjustments": adjusted.adjustments.model_dump(mode="json")})
        return
    holds = "; ".join(adjusted.adjustments.says()) or "nothing out of the ordinary"
    tell(f"Agreed for {reference}: {holds}.")
    for one in adjusted.drafted:
        tell(f"{one.letter} was drafted anew.")
        for task in one.tasks:
            tell(f"  - {task}")
    for sentence in adjusted.to_see_to:
        tell(sentence)


@commands.command("close")
def close_case(
    context: typer.Context,
    reference: Reference,
    file: FormFile,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Close a case, where the Code lets it be closed."""
    from correspondence.casework.handling.log import Closing, close
    from correspondence.casework.open_office import open_office
    from correspondence.cli.forms import read_form

    closing = read_form(file, Closing)
    with open_office(context.obj) as house:
        close(house, reference, closing, now=_now(), actor=house.actor(acting_as))
        _done(house, reference, f"{reference} is closed.", as_json=as_json)


def _done(house: OpenOffice, reference: str, said: str, *, as_json: bool) -> None:
    """Say what was done, or print the case as it now stands."""
    from correspondence.store import case_files

    if not as_json:
        tell(said)
        return
    with house.database.reading() as conn:
        print_json(_summary(conn, house, case_files.load(conn, reference)))


def _summary(conn: sa.Connection, house: OpenOffice, case: Case) -> dict[str, Any]:
    """A case as `case list --json` prints it."""
    from correspondence.cases.next_steps import next_steps
    from correspondence.casework.following.alert import with_clocks
    from correspondence.cli.action_command import of_record
    from correspondence.handling_code.london import day_in_london
    from correspondence.store import alerts, letters

    today = day_in_london(_now())
    steps = next_steps(case, today, house.timescales, house.calendar)
    return {
        "reference": case.reference,
        "kind": case.kind,
        "stage": case.stage,
        "status": case.status,
        "service_area": case.service_area,
        "flags": list(case.flags),
        "needs_person": case.needs_person,
        "resident": case.resident.model_dump(mode="json"),
        "adjustments": case.adjustments.model_dump(mode="json"),
        "received": case.now_at.received_on,
        "acknowledged": case.now_at.acknowledged_on,
        "next": (
            {
                "duty": steps[0].duty,
                "due": steps[0].due,
                "because": steps[0].because,
                "clause": steps[0].clause,
                "overdue": steps[0].overdue,
            }
            if steps
            else None
        ),
        "messages": len(case.messages),
        "letters": [
            {"id": row.id, "kind": row.kind, "stage": row.stage, "status": row.status}
            for row in letters.listing(conn, references=[case.reference])
        ],
        "actions": [of_record(one, today) for one in case.actions],
        "alerts": [
            with_clocks(house, row).document() for row in alerts.of_case(conn, case.reference)
        ],
    }


def _print_case(shown: dict[str, Any]) -> None:
    from correspondence.cases.adjustments import Adjustments
    from correspondence.cli.action_command import print_actions

    step = shown["next"]
    for alert in shown["alerts"]:
        told = ", ".join(alert["what"]).replace("_", " ")
        seen = f"seen by {alert['seen_by']}" if alert["seen_by"] else "seen by nobody yet"
        of = f" of message {alert['message']}" if alert["message"] else ""
        tell(f"ALERT{of}: {told}; {seen}.")
    print_table(
        shown["reference"],
        ["", ""],
        [
            ("Resident", shown["resident"]["name"]),
            ("Agreed", "; ".join(Adjustments(**shown["adjustments"]).says()) or "–"),
            ("Stage", shown["stage"]),
            ("Status", shown["status"].replace("_", " ")),
            ("Matter", shown["service_area"].replace("_", " ")),
            ("Flags", ", ".join(shown["flags"]).replace("_", " ")),
            ("Received", day(shown["received"])),
            ("Extended to", _extended(shown["stages"][str(shown["stage"])])),
            ("Next", f"{step['duty']} by {day(step['due'])}" if step else "nothing is owed"),
            ("Why then", step["because"] if step else "–"),
        ],
    )
    definition = shown["stages"][str(shown["stage"])]["definition"]
    print_table(
        "Complaint definition",
        ["Point", "Ours?"],
        [
            (
                point["text"],
                {True: "yes", False: "no", None: "not decided"}[point["responsible"]],
            )
            for point in definition["points"]
        ],
    )
    for outcome in definition["outcomes"]:
        tell(f"Outcome sought: {outcome}")
    if shown["actions"]:
        print_actions("Promised", shown["actions"])
    print_table(
        "What happened",
        ["When (UTC)", "What", "By"],
        [
            (one["at"][:16].replace("T", " "), one["kind"].replace("_", " "), one["by"])
            for one in shown["history"]
        ],
    )


def _extended(stage: dict[str, Any]) -> str:
    """The day the response was extended to, and what was decided and is still to be told."""
    told = [day(stage["extended_to"])]
    for one in stage["extensions"]:
        if one["notified_on"] is None:
            waits = "a second person" if one["beyond_limit"] and not one["seconded_by"] else ""
            told.append(
                f"{day(one['new_date'])} is decided and waits for "
                + (f"{waits}, and for its letter" if waits else "its letter")
            )
    return "; ".join(told)


def _now() -> datetime:
    return datetime.now(UTC)
