"""`flood`: whether too much has left within an hour, and letting what is held go on."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json, tell

commands = typer.Typer(
    help="When more leaves in an hour than the profile allows, and everything is held.",
    no_args_is_help=True,
)


@commands.command("show")
def show_flood(context: typer.Context, as_json: AsJson = False) -> None:
    """Whether acknowledgements and e-mails of alerts are held just now; status 1 if they are."""
    from correspondence.casework.following import flood
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        row = flood.standing(house)
        most = house.settings.delivery.most_per_hour
    if as_json:
        print_json({"held": flood.document(row) if row else None, "most_per_hour": most})
    else:
        tell(flood.sentence(row) if row else f"Nothing is held; {most} may leave within an hour.")
    raise typer.Exit(1 if row else 0)


@commands.command("release")
def release_flood(
    context: typer.Context, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """Let acknowledgements and e-mails of alerts leave again, once you have seen what went on."""
    from correspondence.casework.following import flood
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        row = flood.release(house, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"released": flood.document(row) | {"released_by": actor.name}})
    else:
        tell("Acknowledgements and e-mails of alerts leave again; approved letters are sent anew.")
