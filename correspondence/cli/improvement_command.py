"""`improvement`: what is made better because of complaints, who sees to it, how it stands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.store.improvements import ImprovementRow

commands = typer.Typer(
    help="Service improvements made because of complaints.", no_args_is_help=True
)


@commands.command("list")
def list_improvements(context: typer.Context, as_json: AsJson = False) -> None:
    """Every improvement, those still open in front."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import improvements

    with open_office(context.obj) as house, house.database.reading() as conn:
        rows = improvements.listing(conn)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    print_table(
        f"{len(rows)} service improvements",
        ["", "What", "Code", "Who", "By", "State"],
        [
            (row.id, row.what, row.provision, row.owner, day(row.due), row.state.replace("_", " "))
            for row in rows
        ],
    )


@commands.command("add")
def add_improvement(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="What is made better.")],
    owner: Annotated[str, typer.Option(help="Who sees to it.")] = "",
    due: Annotated[str, typer.Option(help="The day by which it is done.")] = "",
    provision: Annotated[
        str, typer.Option(help="The Code's provision it answers to, such as 6.4.")
    ] = "",
    theme: Annotated[str, typer.Option(help="A theme, by its code.")] = "",
    case: Annotated[str, typer.Option(help="The case it was learned from.")] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record an improvement."""
    from correspondence.casework.following.improve import add
    from correspondence.casework.open_office import open_office
    from correspondence.cli.deadlines_command import day_given

    with open_office(context.obj) as house:
        row = add(
            house,
            what=what,
            owner=owner,
            due=day_given(due, "--due") if due else None,
            provision=provision,
            theme=theme,
            reference=case or None,
            now=datetime.now(UTC),
            actor=house.actor(acting_as),
        )
    _say(row, f"Improvement {row.id} is recorded.", as_json=as_json)


@commands.command("set")
def set_improvement(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The improvement, by its number.")],
    state: Annotated[str, typer.Option(help="proposed, agreed, under_way, done or dropped.")] = "",
    owner: Annotated[str | None, typer.Option(help="Who sees to it.")] = None,
    due: Annotated[str, typer.Option(help="The day by which it is done.")] = "",
    evidence: Annotated[str, typer.Option(help="How we know that it is done.")] = "",
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Say how an improvement stands, who sees to it, or by when."""
    from typing import cast

    from correspondence.casework.following.improve import change
    from correspondence.casework.open_office import open_office
    from correspondence.cli.deadlines_command import day_given
    from correspondence.errors import WrongUse
    from correspondence.store.improvements import IMPROVEMENT_STATES, ImprovementState

    if state and state not in IMPROVEMENT_STATES:
        raise WrongUse(f"--state is one of {', '.join(IMPROVEMENT_STATES)}, not {state!r}.")
    with open_office(context.obj) as house:
        row = change(
            house,
            number,
            state=cast("ImprovementState", state) if state else None,
            owner=owner,
            due=day_given(due, "--due") if due else None,
            evidence=evidence,
            now=datetime.now(UTC),
            actor=house.actor(acting_as),
        )
    _say(row, f"Improvement {row.id} is {row.state.replace('_', ' ')}.", as_json=as_json)


def _say(row: ImprovementRow, said: str, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(row))
    else:
        tell(said)
