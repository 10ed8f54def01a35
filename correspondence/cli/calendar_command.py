"""`calendar`: the bank holidays that working days are counted by."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json, tell

commands = typer.Typer(help="The bank holidays dates are counted by.", no_args_is_help=True)


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


@commands.command("check")
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Fail from November on while next year's bank holidays are not known as published.

    Meant for a scheduler: deadlines of late autumn run into January.
    """
    from correspondence.casework.bank_holidays import office_calendar
    from correspondence.handling_code.london import day_in_london
    from correspondence.handling_code.published_holidays import next_year_known
    from correspondence.settings import open_office

    today = day_in_london(datetime.now(UTC))
    found = next_year_known(today, office_calendar(open_office(context.obj)))
    due = today.month >= _ASKED_FROM and not found.published
    if as_json:
        print_json({"ok": not due, **asdict(found)})
    else:
        tell(found.because)
    raise typer.Exit(1 if due else 0)


_ASKED_FROM = 11
"""November."""
