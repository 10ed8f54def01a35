"""`init` and `doctor`: make an office, and see whether everything in it is well."""

from __future__ import annotations

import getpass
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json, print_table, tell


def init(
    folder: Annotated[Path, typer.Argument(help="The folder of the new office.")],
    user: Annotated[str, typer.Option(help="The first user.", show_default="your account")] = "",
    name: Annotated[
        str, typer.Option(help="The first user's name, as letters and lists show it.")
    ] = "",
    landlord: Annotated[str, typer.Option(help="The landlord's name.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make an office: profile, folders, database, first user.

    What is there already stays as it is.
    """
    from correspondence.casework.office import init_office

    first = user or _account()
    told = (
        init_office(
            folder,
            user=first,
            display_name=name or first,
            now=datetime.now(UTC),
            landlord_name=landlord,
        )
        if landlord
        else init_office(folder, user=first, display_name=name or first, now=datetime.now(UTC))
    )
    if as_json:
        print_json({"office": str(folder.resolve()), "made": told})
        return
    for sentence in told:
        tell(sentence)
    tell(f"Next: put the landlord's details into {folder / 'correspondence.toml'}, then")
    tell(f"  correspondence --office {folder} doctor")
    tell(f"  correspondence --office {folder} run")


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Say whether everything is well, and the way out of what is not."""
    from correspondence.casework.doctor import examine

    findings = examine(context.obj, now=datetime.now(UTC))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        print_table(
            "Is everything well?",
            ["", "What", "Finding", "What to do"],
            [(one.state, one.check, one.says, one.remedy) for one in findings],
        )
    raise typer.Exit(1 if any(one.state == "fail" for one in findings) else 0)


def _account() -> str:
    """This account's name as a user name of the office: lower case, no spaces."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "officer"
    return re.sub(r"[^a-z0-9._-]", "", account.lower()) or "officer"
