"""`read`: understand messages without storing anything. Needs no office."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import AsJson, print_json_line, print_table, tell

if TYPE_CHECKING:
    from correspondence.intake.judges.opinions import Opinions
    from correspondence.intake.landlord_signs import LandlordSigns


def read(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(readable=False, help="Messages: .eml or .msg files.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say what messages are about, without storing anything.

    With --json one reading a line, in the order given.
    """
    from correspondence.casework.understand import understand_message
    from correspondence.errors import FileUnusable

    landlord, opinions = _office(context.obj)
    now = datetime.now(UTC)
    unusable = 0
    rows = []
    for path in files:
        try:
            raw = path.read_bytes()
            file_time = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        except OSError as error:
            unusable += 1
            tell(str(FileUnusable(f"{path} cannot be read ({error.strerror}).")))
            continue
        understood = understand_message(
            raw, file=str(path), file_time=file_time, now=now, landlord=landlord, opinions=opinions
        )
        if as_json:
            print_json_line(understood.document())
            continue
        reading = understood.reading
        rows.append(
            (
                path.name,
                reading.kind.replace("_", " "),
                reading.service_area.replace("_", " "),
                ", ".join(reading.flags).replace("_", " "),
                reading.resident.name,
                "yes" if reading.acknowledge else "no",
                "yes" if reading.needs_person else "no",
            )
        )
    if not as_json:
        print_table(
            "Readings",
            ["File", "Kind", "Area", "Flags", "Resident", "Acknowledge", "Needs a person"],
            rows,
        )
    raise typer.Exit(2 if unusable else 0)


def _office(office: Path) -> tuple[LandlordSigns, Opinions | None]:
    """Whom this landlord knows and what it has learned, where the command is given an office."""
    from correspondence.casework.landlord import signs_of
    from correspondence.casework.learned import learned_weights
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.settings import PROFILE_NAME, open_office

    if not (office / PROFILE_NAME).is_file():
        return LandlordSigns(), None  # a stranger's view
    found = open_office(office)
    learned = learned_weights(found.data / "learned")
    if learned.problem:
        tell(learned.problem)
    return signs_of(found.settings), learned.opinions
