"""`user`: the people of an office, and how they get in to its pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.store.users import User

commands = typer.Typer(help="The people of this office.", no_args_is_help=True)

UserName = Annotated[str, typer.Argument(help="The user's name, such as rowan.ellery.")]


@commands.command("list")
def list_users(context: typer.Context, as_json: AsJson = False) -> None:
    """Everybody who may act in this office."""
    from correspondence.casework.open_office import open_office
    from correspondence.store import users

    with open_office(context.obj) as house, house.database.reading() as conn:
        known = users.listing(conn)
    if as_json:
        print_json([_shown(user) for user in known])
        return
    print_table(
        f"{len(known)} users",
        ["User", "Name", "Role on the pages", "Notices to"],
        [
            (user.name, user.display_name, "has left" if user.left_at else user.may, user.email)
            for user in known
        ],
    )


@commands.command("add")
def add_user(
    context: typer.Context,
    user: UserName,
    name: Annotated[str, typer.Option(help="The name that letters and lists show.")],
    role: Annotated[
        str, typer.Option(help="reader, officer, manager or administrator.")
    ] = "officer",
    as_json: AsJson = False,
) -> None:
    """Add somebody to the office."""
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.signing_in.invite import add_user as add

    with open_office(context.obj) as house:
        added = add(house, user, name, role, now=datetime.now(UTC), actor=ourselves())
    _report(added, f"{added.display_name} is {added.may}.", as_json=as_json)


@commands.command("role")
def give_role(
    context: typer.Context,
    user: UserName,
    role: Annotated[str, typer.Argument(help="reader, officer, manager or administrator.")],
    as_json: AsJson = False,
) -> None:
    """Give somebody another role."""
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.signing_in.invite import give_role as give

    with open_office(context.obj) as house:
        given = give(house, user, role, now=datetime.now(UTC), actor=ourselves())
    _report(given, f"{given.display_name} is {given.may}.", as_json=as_json)


@commands.command("link")
def make_link(
    context: typer.Context,
    user: UserName,
    at: Annotated[
        str,
        typer.Option(
            help="Where the pages are reached.",
            show_default="[pages] address, else http://127.0.0.1:8750",
        ),
    ] = "",
    break_glass: Annotated[
        bool,
        typer.Option(
            "--break-glass", help="Let an administrator in by the link itself, once, for an hour."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print a one-time link with which somebody sets a password, or links their work account.

    Links made for them before are good no longer. Where nobody administers the office yet, they do
    from now on.
    """
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.signing_in.invite import invite

    with open_office(context.obj) as house:
        made = invite(
            house, user, now=datetime.now(UTC), actor=ourselves(), break_glass=break_glass
        )
        at = at or house.settings.pages.address or "http://127.0.0.1:8750"
    link = f"{at.rstrip('/')}/welcome/{made.token}"
    if as_json:
        print_json(_shown(made.user) | {"link": link, "expires_at": made.expires_at.isoformat()})
        return
    typer.echo(link)
    within = "the hour; it goes on record that it was used" if break_glass else "three days"
    tell(
        f"It lets {made.user.display_name} ({made.user.may}) in once, within {within}. Give it to "
        "nobody else."
    )


@commands.command("email")
def give_email(
    context: typer.Context,
    user: UserName,
    address: Annotated[str, typer.Argument(help="Their own mail address; '' for none.")],
    as_json: AsJson = False,
) -> None:
    """Say where notices reach somebody."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.signing_in.staff import give_email as give

    with open_office(context.obj) as house:
        given = give(house, user, address)
    reached = f"Notices reach {given.display_name} at {given.email}."
    _report(given, reached if given.email else f"{given.display_name} gets none.", as_json=as_json)


@commands.command("leave")
def leave(context: typer.Context, user: UserName, as_json: AsJson = False) -> None:
    """Let somebody in no longer: their sessions, password and links end at once."""
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.signing_in.staff import leave as see_off

    with open_office(context.obj) as house:
        gone = see_off(house, user, now=datetime.now(UTC), actor=ourselves())
    _report(
        gone, f"{gone.display_name} is let in no longer. Give away their cases.", as_json=as_json
    )


@commands.command("return")
def return_(context: typer.Context, user: UserName, as_json: AsJson = False) -> None:
    """Let somebody in again, by a new one-time link."""
    from correspondence.casework.acting import ourselves
    from correspondence.casework.open_office import open_office
    from correspondence.casework.signing_in.staff import return_ as back

    with open_office(context.obj) as house:
        returned = back(house, user, now=datetime.now(UTC), actor=ourselves())
    _report(returned, f"{returned.display_name} is back. Make them a link.", as_json=as_json)


def _report(user: User, said: str, *, as_json: bool) -> None:
    if as_json:
        print_json(_shown(user))
    else:
        tell(said)


def _shown(user: User) -> dict[str, str]:
    return {"name": user.name, "display_name": user.display_name, "role": user.may}
