"""`alert`: messages that tell of danger, until somebody has seen them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, print_table, tell

commands = typer.Typer(
    help="Messages that tell of a hazard, an emergency or somebody at risk.", no_args_is_help=True
)


@commands.command("list")
def list_alerts(
    context: typer.Context,
    all_of_them: Annotated[
        bool, typer.Option("--all", help="Those that somebody has seen as well.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Alerts that nobody has seen, the first received in front."""
    from correspondence.casework.following.alert import with_clocks
    from correspondence.casework.open_office import open_office
    from correspondence.store import alerts

    with open_office(context.obj) as house, house.database.reading() as conn:
        rows = alerts.listing(conn) if all_of_them else alerts.standing(conn)
        shown = [with_clocks(house, row).document() for row in rows]
    if as_json:
        print_json(shown)
        return
    print_table(
        f"{len(shown)} alerts",
        ["Message", "Case", "What", "By", "Seen by"],
        [
            (
                one["message"] or "–",
                one["case"],
                ", ".join(one["what"]).replace("_", " "),
                "; ".join(f"{clock['duty']} {clock['due'] or '–'}" for clock in one["clocks"]),
                one["seen_by"] or "nobody",
            )
            for one in shown
        ],
    )


@commands.command("seen")
def alert_seen(
    context: typer.Context,
    about: Annotated[
        str,
        typer.Argument(
            help="The number of the message that raised it, or the case where a colleague took it "
            "down."
        ),
    ],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Record that you have seen an alert and see to it; the clocks it names run on."""
    from correspondence.casework.following.alert import see, with_clocks
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        row = see(house, about, now=datetime.now(UTC), actor=house.actor(acting_as))
        alert = with_clocks(house, row)
    if as_json:
        print_json(alert.document())
        return
    tell(f"The alert of {alert.about} is on record as seen by {row.seen_by}.")
