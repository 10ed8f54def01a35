"""`deadlines`: every date the Code sets for a complaint, with its reason. Needs no office."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, day, print_json, print_table


def show_deadlines(
    received: Annotated[
        str, typer.Option(help="When it was received: a date, or a date and time.")
    ],
    stage: Annotated[int, typer.Option(min=1, max=2, help="Stage 1 or stage 2.")] = 1,
    acknowledged: Annotated[
        str, typer.Option(help="The day it was acknowledged.", show_default="not yet")
    ] = "",
    extended_to: Annotated[
        str, typer.Option(help="The date the resident was given in writing.", show_default="none")
    ] = "",
    profile: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            help="A landlord's correspondence.toml.",
            show_default="the Code's times",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say every date the Code sets for a complaint, each with its reason."""
    from correspondence.handling_code.deadlines import CODE, ClockFacts, deadlines
    from correspondence.handling_code.working_days import ENGLAND_AND_WALES

    timescales, calendar = CODE, ENGLAND_AND_WALES
    if profile is not None:
        from correspondence.casework.landlord import calendar_of, timescales_of
        from correspondence.settings import read_profile

        settings = read_profile(profile)
        timescales, calendar = timescales_of(settings), calendar_of(settings)
    found = deadlines(
        ClockFacts(
            received=day_given(received, "--received"),
            stage=stage,
            acknowledged=day_given(acknowledged, "--acknowledged") if acknowledged else None,
            extended_to=day_given(extended_to, "--extended-to") if extended_to else None,
        ),
        timescales,
        calendar,
    )
    if as_json:
        print_json(asdict(found))
        return
    print_table(
        f"Received on {day(found.received)}, stage {stage}",
        ["Duty", "By", "Code", "Why"],
        [(d.duty.replace("_", " "), day(d.due), d.clause, d.because) for d in found.dates],
    )


def days_given(first: str, last: str) -> tuple[date | None, date | None]:
    """The days of ``--from`` and ``--to``; None for each that is not given."""
    return (
        day_given(first, "--from") if first else None,
        day_given(last, "--to") if last else None,
    )


def day_given(text: str, option: str) -> date:
    """The London day of a date or of a moment; a naive time is London time (the contract)."""
    from correspondence.errors import WrongUse
    from correspondence.handling_code.london import day_in_london

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return day_in_london(datetime.fromisoformat(text))
    except ValueError as error:
        raise WrongUse(
            f"{option} {text!r} is not a date; write it as 2026-11-21 or 2026-11-21T18:40."
        ) from error
