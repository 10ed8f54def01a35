"""`action`: what letters promised, until it is done."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from datetime import date

    from correspondence.cases.actions import ActionRecord
    from correspondence.store.actions import ActionRow

commands = typer.Typer(help="What letters promised, until it is done.", no_args_is_help=True)

ActionId = Annotated[str, typer.Argument(help="The action, such as CMP-2026-000001-A1.")]


@commands.command("list")
def list_actions(
    context: typer.Context,
    case: Annotated[str, typer.Option("--case", help="Only those of one case.")] = "",
    all_of_them: Annotated[
        bool, typer.Option("--all", help="Those that are done as well.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What is still to be done, the longest overdue in front."""
    from correspondence.casework.open_office import open_office
    from correspondence.handling_code.london import day_in_london
    from correspondence.store import actions, case_files

    today = day_in_london(datetime.now(UTC))
    with open_office(context.obj) as house, house.database.reading() as conn:
        if case:
            case_files.row(conn, case)
        rows = actions.listing(conn, reference=case or None, with_done=all_of_them)
    shown = [_of_row(row, today) for row in rows]
    overdue = sum(one["overdue"] for one in shown)
    if as_json:
        print_json(shown)
        return
    print_actions(f"{len(shown)} actions, {overdue or 'none'} of them overdue", shown)


@commands.command("done")
def action_done(
    context: typer.Context,
    action: ActionId,
    evidence: Annotated[str, typer.Option(help="How we know: who saw it, or what shows it.")],
    on: Annotated[str, typer.Option(help="The day it was done.", show_default="today")] = "",
    file: Annotated[
        Path | None, typer.Option("--file", readable=False, help="A file that shows it, to keep.")
    ] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that a promised action was done, and how we know."""
    from correspondence.casework.following.follow_up import complete
    from correspondence.casework.open_office import open_office
    from correspondence.cli.deadlines_command import day_given
    from correspondence.errors import FileUnusable
    from correspondence.handling_code.london import day_in_london

    now = datetime.now(UTC)
    done_on = day_given(on, "--on") if on else day_in_london(now)
    try:
        kept = file.read_bytes() if file else None
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        done = complete(
            house, action, on=done_on, evidence=evidence, file=kept, now=now, actor=actor
        )
    _report(done, day_in_london(now), f"{action} is done.", as_json=as_json)


@commands.command("approve")
def approve_action(
    context: typer.Context, action: ActionId, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """Approve a payment that was promised, where the profile asks for that ."""
    from correspondence.casework.following.follow_up import approve_payment
    from correspondence.casework.open_office import open_office
    from correspondence.handling_code.london import day_in_london

    now = datetime.now(UTC)
    with open_office(context.obj) as house:
        done = approve_payment(house, action, now=now, actor=house.actor(acting_as))
    _report(done, day_in_london(now), f"The payment of {action} is approved.", as_json=as_json)


@commands.command("confirm")
def confirm_action(
    context: typer.Context,
    action: ActionId,
    on: Annotated[str, typer.Option(help="The day they agreed.", show_default="today")] = "",
    said: Annotated[str, typer.Option(help="What the resident said.")] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that the resident agrees that a promised action is done."""
    from correspondence.casework.following.follow_up import confirm
    from correspondence.casework.open_office import open_office
    from correspondence.cli.deadlines_command import day_given
    from correspondence.handling_code.london import day_in_london

    now = datetime.now(UTC)
    day_on = day_given(on, "--on") if on else day_in_london(now)
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        done = confirm(house, action, on=day_on, said=said, now=now, actor=actor)
    _report(done, day_in_london(now), f"{action} is confirmed with the resident.", as_json=as_json)


@commands.command("revise")
def revise_action(
    context: typer.Context,
    action: ActionId,
    to: Annotated[str, typer.Option(help="The day by which it is done now.")],
    because: Annotated[str, typer.Option(help="Why its day moved, or who does it changed.")],
    owner: Annotated[str, typer.Option(help="Who does it, where that changed.")] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Move the day of a promised action, or give it to somebody else, with the reason."""
    from correspondence.casework.following.follow_up import revise
    from correspondence.casework.open_office import open_office
    from correspondence.cli.deadlines_command import day_given
    from correspondence.handling_code.london import day_in_london

    now, due = datetime.now(UTC), day_given(to, "--to")
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        revised = revise(house, action, to=due, because=because, owner=owner, now=now, actor=actor)
    reference = action.rpartition("-")[0]
    said = (
        f"{action} is to be done by {day(revised.due)}. Tell the resident (Code 6.6): "
        f"correspondence letter draft {reference} --kind action_update --file FILE"
    )
    _report(revised, day_in_london(now), said, as_json=as_json)


def of_record(action: ActionRecord, today: date) -> dict[str, Any]:
    """An action as commands print it, from the record of its case."""
    return {
        "id": action.id,
        "letter": action.letter,
        "what": action.what,
        "owner": action.owner,
        "due": action.due,
        "promised_for": action.promised_for,
        "pence": action.pence,
        "status": "open" if action.is_open else "done",
        "done_on": action.done_on,
        "overdue": action.overdue(today),
    }


def print_actions(title: str, shown: list[dict[str, Any]]) -> None:
    """The actions as a table for people."""
    print_table(
        title,
        ["Action", "What", "Who", "By", "Promised for", "Sum", ""],
        [
            (
                one["id"],
                one["what"],
                one["owner"],
                day(one["due"]),
                day(one["promised_for"]),
                f"£{one['pence'] / 100:,.2f}" if one["pence"] is not None else "",
                "overdue" if one["overdue"] else one["status"],
            )
            for one in shown
        ],
    )


def _of_row(row: ActionRow, today: date) -> dict[str, Any]:
    known = asdict(row)
    return {
        "id": row.id,
        "reference": row.reference,
        **{name: known[name] for name in ("letter", "what", "owner", "due", "promised_for")},
        "pence": row.pence,
        "status": "open" if row.done_on is None else "done",
        "done_on": row.done_on,
        "overdue": row.done_on is None and row.due < today,
    }


def _report(action: ActionRecord, today: date, said: str, *, as_json: bool) -> None:
    if as_json:
        print_json(of_record(action, today))
    else:
        tell(said)
