"""`template` for the letterhead: try, publish and show it; and what templates share with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from correspondence.cli.output import day, print_json, print_table, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.casework.stationery.publish_template import ProvedLetterhead
    from correspondence.casework.stationery.template_versions import Published
    from correspondence.settings import Office

LETTERHEAD = "letterhead"


def show_letterhead(office: Office, number: int, save: Path | None, *, as_json: bool) -> None:
    """The letterhead letters are printed on, and its published versions."""
    from correspondence.casework.stationery import letterheads
    from correspondence.casework.stationery.template_versions import versions

    known = versions(letterheads.own_folder(office))
    in_use = letterheads.in_use(office)
    folder = chosen_version(known, number, LETTERHEAD) if number else in_use.folder
    if save is not None:
        save_files(letterheads.files_of(folder), save)
    if as_json:
        about = {
            "kind": LETTERHEAD,
            "version": in_use.version or None,
            "digest": in_use.digest,
            "folder": str(in_use.folder),
            "shown": str(folder),
            "versions": [version_document(one) for one in known],
        }
        print_json(about)
        return
    numbered = f"version {in_use.version}" if in_use.version else "not published"
    tell(f"Letters are printed on the letterhead in {in_use.folder} ({numbered}).")
    print_versions(known)


def check_letterhead(office_folder: Path, what: str, *, as_json: bool) -> None:
    """Print invented letters on a letterhead, the one that is worked on before the one in use."""
    from correspondence.casework.stationery import letterheads
    from correspondence.casework.stationery.publish_template import prove_letterhead_in
    from correspondence.settings import open_office

    if what != LETTERHEAD:
        folder = Path(what)
    else:
        office = open_office(office_folder)
        own = letterheads.own_folder(office)
        there = own.is_dir() and any(path.is_file() for path in own.iterdir())
        folder = own if there else letterheads.in_use(office).folder
    proved = prove_letterhead_in(folder)
    if as_json:
        print_json([_proved_letterhead(proved)])
    else:
        _print_letterhead_findings(proved)
    raise typer.Exit(0 if proved.ok else 1)


def publish_letterhead(
    office_folder: Path, folder: Path | None, acting_as: str, *, as_json: bool
) -> None:
    """Make a letterhead the version that letters are printed on, once nothing is wrong with it."""
    from correspondence.casework.open_office import open_office
    from correspondence.casework.stationery import letterheads, publish_template

    with open_office(office_folder) as house:
        actor = house.actor(acting_as)
        source = folder or letterheads.own_folder(house.office)
        letterheads.files_of(source)  # where there is nothing to publish, that is wrong use
        proved = publish_template.prove_letterhead_in(source)
        if not proved.ok:
            if as_json:
                print_json({"published": False, "checked": [_proved_letterhead(proved)]})
            else:
                _print_letterhead_findings(proved)
                tell("Nothing was published. Letters are printed on the same letterhead as before.")
            raise typer.Exit(1)
        published = publish_template.publish_letterhead(
            house, source, now=datetime.now(UTC), actor=actor
        )
    if as_json:
        print_json({"published": True, **version_document(published)})
    else:
        tell(f"Letters are printed on version {published.number} of the letterhead from now on.")


def _proved_letterhead(proved: ProvedLetterhead) -> dict[str, Any]:
    return {
        "kind": LETTERHEAD,
        "folder": str(proved.folder),
        "digest": proved.digest,
        "ok": proved.ok,
        "findings": [asdict(finding) for finding in proved.findings],
    }


def _print_letterhead_findings(proved: ProvedLetterhead) -> None:
    if proved.findings:
        print_table(
            "What is to be said of the letterhead",
            ["", "Finding"],
            [("fault" if one.fault else "advice", one.says) for one in proved.findings],
        )
    tell(
        "Invented letters were printed on it, in large print too. "
        + ("It is without fault." if proved.ok else "It cannot be published.")
    )


def print_versions(known: Sequence[Published]) -> None:
    """The published versions as a table, where there are any."""
    if not known:
        return
    print_table(
        "Published versions",
        ["Version", "On", "By", "SHA-256"],
        [
            (
                one.number,
                day(one.at.date()) if one.at else None,
                one.by,
                one.digests.get("en-GB", "")[:12],
            )
            for one in known
        ],
    )


def chosen_version(known: Sequence[Published], number: int, what: str) -> Path:
    """The folder of the version of that number. Raises NotKnown."""
    from correspondence.errors import NotKnown

    chosen = next((one.folder for one in known if one.number == number), None)
    if chosen is None:
        raise NotKnown(
            f"The {what} has no published version {number}; it has "
            f"{', '.join(str(one.number) for one in known) or 'none'}."
        )
    return chosen


def version_document(one: Published) -> dict[str, Any]:
    """A published version as JSON shows it."""
    return {
        "number": one.number,
        "published_at": one.at,
        "published_by": one.by,
        "digests": dict(one.digests),
        "folder": str(one.folder),
    }


def save_files(files: dict[str, bytes], folder: Path) -> None:
    """Put files into a new folder. Raises WrongUse where it is there, or cannot be written."""
    from correspondence.errors import WrongUse

    try:
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except FileExistsError:
        raise WrongUse(f"{folder} is there already; name a new folder.") from None
    except OSError as error:
        raise WrongUse(f"{folder} cannot be written ({error.strerror}).") from None
    tell(f"Saved {', '.join(files)} in {folder}")
