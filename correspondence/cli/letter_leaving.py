"""`letter`: the last steps before one leaves: a chosen time, called back, a second approval."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from correspondence.cli.letter_commands import LetterId, commands
from correspondence.cli.output import ActingAs, AsJson, print_json, tell

__all__ = ["commands"]


@commands.command("send-at")
def send_at(
    context: typer.Context,
    letter: LetterId,
    at: Annotated[str, typer.Argument(help="When: 2026-11-23T09:00, on a London clock.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Have an approved letter leave at that time; `run` sends it, and it can be called back."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.leave import leave, said

    when = moment_given(at)
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        leaving = leave(house, letter, at=when, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"letter": letter, "leaves_at": leaving.leaves_at.isoformat()})
    else:
        tell(
            f"{letter} leaves at {said(leaving.leaves_at)}. Until then: correspondence letter "
            f"call-back {letter}"
        )


@commands.command("call-back")
def call_back_letter(
    context: typer.Context, letter: LetterId, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """Call back a letter that is to leave: nothing went, and it stays approved."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.sending.leave import call_back

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        row = call_back(house, letter, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"letter": letter, "status": row.status})
    else:
        tell(f"{letter} is called back. Nothing went; it is approved as before.")


@commands.command("second")
def second_letter(
    context: typer.Context, letter: LetterId, acting_as: ActingAs = "", as_json: AsJson = False
) -> None:
    """As a second person, approve a letter of which the profile asks for that."""
    from correspondence.casework.drafting.second_approve import second
    from correspondence.casework.open_office import open_office
    from correspondence.store import letters

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        with house.database.reading() as conn:
            digest = letters.load(conn, letter).digest or ""
        row = second(house, letter, digest=digest, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"letter": letter, "approved_by": row.approved_by, "second_by": row.second_by})
    else:
        tell(f"{letter} is approved by {row.approved_by} and {row.second_by}. It can be sent.")


@commands.command("give-back")
def give_back_letter(
    context: typer.Context,
    letter: LetterId,
    because: Annotated[str, typer.Option(help="What should be changed before it can go.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """As a second person, do not approve it: it is a draft again, with the reason on the case."""
    from correspondence.casework.drafting.second_approve import give_back
    from correspondence.casework.open_office import open_office

    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        row = give_back(house, letter, because=because, now=datetime.now(UTC), actor=actor)
    if as_json:
        print_json({"letter": letter, "status": row.status})
    else:
        tell(f"{letter} is a draft again.")


def moment_given(text: str) -> datetime:
    """A moment in UTC; without a zone it is meant on a London clock. Raises WrongUse."""
    from correspondence.errors import WrongUse
    from correspondence.handling_code.london import in_london

    try:
        return in_london(datetime.fromisoformat(text)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongUse(
            f"{text!r} is no time; write it as 2026-11-23T09:00 (on a London clock)."
        ) from None
