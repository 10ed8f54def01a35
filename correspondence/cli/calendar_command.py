"""`calendar`: the bank holidays that working days are counted by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json, tell

commands = typer.Typer(help="The bank holidays dates are counted by.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """Keeps `update` a command of its own, others being to come."""


@commands.command("update")
def update(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="bank-holidays.json as GOV.UK publishes it.")],
    as_json: AsJson = False,
) -> None:
    """Take in the government's list of bank holidays, for years not yet known here."""
    from correspondence.casework.bank_holidays import take_in
    from correspondence.handling_code.long_date import long_date
    from correspondence.settings import open_office

    calendar = take_in(open_office(context.obj), file)
    if as_json:
        print_json(
            {
                "known_from": calendar.known_from,
                "known_until": calendar.known_until,
                "published_until": calendar.published_until,
                "holidays": sorted(calendar.holidays),
            }
        )
    else:
        tell(f"Bank holidays are known until {long_date(calendar.known_until)}.")
