"""`template`: try, publish and look at the templates that letters are drafted from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.casework.publish_template import Proved, ProvedLetterhead
    from correspondence.casework.template_versions import Published
    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import Office

commands = typer.Typer(help="The templates that letters are drafted from.", no_args_is_help=True)

_LETTERHEAD = "letterhead"

_Kind = Annotated[
    str, typer.Argument(help="The kind of letter, such as stage1_response; or letterhead.")
]


@commands.command("list")
def list_templates(context: typer.Context, as_json: AsJson = False) -> None:
    """Every kind of letter, and which template it is drafted from."""
    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import open_office

    office = open_office(context.obj)
    rows = [_about(office, kind) for kind in LetterKind]
    if as_json:
        print_json(rows)
        return
    print_table(
        f"{len(rows)} kinds of letter",
        ["Kind", "Template", "Languages", "Published", "By"],
        [
            (
                row["kind"].replace("_", " "),
                _source(row),
                ", ".join(row["languages"]),
                day(row["published_at"].date()) if row["published_at"] else None,
                row["published_by"] or None,
            )
            for row in rows
        ],
    )


@commands.command("show")
def show(
    context: typer.Context,
    kind: _Kind,
    number: Annotated[int, typer.Option("--version", help="A published version.")] = 0,
    save: Annotated[
        Path | None, typer.Option(help="A new folder to put its files into, to work on.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """One template: its fields, what its letters must say, and its published versions."""
    from correspondence.casework.template_versions import versions
    from correspondence.casework.templates import files_of, folder_in_use, own_folder
    from correspondence.settings import open_office

    if kind == _LETTERHEAD:
        _show_letterhead(open_office(context.obj), number, save, as_json=as_json)
        return
    office, letter_kind = open_office(context.obj), _kind(kind)
    known = versions(own_folder(office, letter_kind))
    folder = folder_in_use(office, letter_kind)
    if number:
        folder = _chosen(known, number, letter_kind.plainly)
    about = _about(office, letter_kind) | {
        "shown": str(folder),
        "versions": [_version(one) for one in known],
        "fields": _fields(letter_kind),
        "must_say": _must_say(letter_kind),
    }
    if save is not None:
        _save(files_of(folder), save)
    if as_json:
        print_json(about)
        return
    tell(f"The {letter_kind.plainly} comes from {_source(about)}: {about['folder']}")
    print_table("Its fields", ["Field", "What it says"], about["fields"].items())
    print_table("Its letters must say", ["Item", "Code", "What"], about["must_say"])
    _print_versions(known)


def _print_versions(known: Sequence[Published]) -> None:
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


def _chosen(known: Sequence[Published], number: int, what: str) -> Path:
    from correspondence.errors import NotKnown

    chosen = next((one.folder for one in known if one.number == number), None)
    if chosen is None:
        raise NotKnown(
            f"The {what} has no published version {number}; it has "
            f"{', '.join(str(one.number) for one in known) or 'none'}."
        )
    return chosen


def _show_letterhead(office: Office, number: int, save: Path | None, *, as_json: bool) -> None:
    from correspondence.casework import letterheads
    from correspondence.casework.template_versions import versions

    known = versions(letterheads.own_folder(office))
    in_use = letterheads.in_use(office)
    folder = _chosen(known, number, _LETTERHEAD) if number else in_use.folder
    if save is not None:
        _save(letterheads.files_of(folder), save)
    if as_json:
        about = {
            "kind": _LETTERHEAD,
            "version": in_use.version or None,
            "digest": in_use.digest,
            "folder": str(in_use.folder),
            "shown": str(folder),
            "versions": [_version(one) for one in known],
        }
        print_json(about)
        return
    numbered = f"version {in_use.version}" if in_use.version else "not published"
    tell(f"Letters are printed on the letterhead in {in_use.folder} ({numbered}).")
    _print_versions(known)


@commands.command("check")
def check(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="A kind of letter, or a folder; without it, every kind.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="The kind of letter, where the folder's name is not it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Fill templates with invented letters and hold those against the Code; exit 1 on a fault."""
    from correspondence.casework.publish_template import prove_folder

    if _LETTERHEAD in {what, kind} or (not kind and Path(what).name == _LETTERHEAD):
        _check_letterhead(context.obj, what, as_json=as_json)
        return
    proved = [
        one
        for folder, letter_kind in _folders(context.obj, what, kind)
        for one in prove_folder(folder, letter_kind)
    ]
    if as_json:
        print_json([_proved(one) for one in proved])
    else:
        _print_findings(proved)
    raise typer.Exit(0 if all(one.ok for one in proved) else 1)


@commands.command("publish")
def publish(
    context: typer.Context,
    kind: _Kind,
    folder: Annotated[
        Path | None,
        typer.Option("--from", help="The folder with the template; else your own of that kind."),
    ] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Make a template the version that letters come from, once nothing is wrong with it."""
    from correspondence.casework import publish_template
    from correspondence.casework.open_office import open_office
    from correspondence.casework.templates import own_folder

    if kind == _LETTERHEAD:
        _publish_letterhead(context.obj, folder, acting_as, as_json=as_json)
        return
    letter_kind = _kind(kind)
    with open_office(context.obj) as house:
        actor = house.actor(acting_as)
        source = folder or own_folder(house.office, letter_kind)
        proved = publish_template.prove_folder(source, letter_kind)
        if not all(one.ok for one in proved):
            if as_json:
                print_json({"published": False, "checked": [_proved(one) for one in proved]})
            else:
                _print_findings(proved)
                tell("Nothing was published. Letters come from the same template as before.")
            raise typer.Exit(1)
        published = publish_template.publish(
            house, letter_kind, source, now=datetime.now(UTC), actor=actor
        )
    if as_json:
        print_json({"published": True, **_version(published)})
    else:
        tell(f"The {letter_kind.plainly} is drafted from version {published.number} from now on.")


def _check_letterhead(office_folder: Path, what: str, *, as_json: bool) -> None:
    """Print invented letters on a letterhead, the one that is worked on before the one in use."""
    from correspondence.casework import letterheads
    from correspondence.casework.publish_template import prove_letterhead_in
    from correspondence.settings import open_office

    if what != _LETTERHEAD:
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


def _publish_letterhead(
    office_folder: Path, folder: Path | None, acting_as: str, *, as_json: bool
) -> None:
    from correspondence.casework import letterheads, publish_template
    from correspondence.casework.open_office import open_office

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
        print_json({"published": True, **_version(published)})
    else:
        tell(f"Letters are printed on version {published.number} of the letterhead from now on.")


def _proved_letterhead(proved: ProvedLetterhead) -> dict[str, Any]:
    return {
        "kind": _LETTERHEAD,
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


def _folders(office_folder: Path, what: str, kind: str) -> list[tuple[Path, LetterKind]]:
    """The templates to try: of a folder, of a kind (what is being worked on first), or all."""
    from correspondence.casework.templates import folder_in_use, own_folder
    from correspondence.errors import WrongUse
    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import open_office

    known = {one.value for one in LetterKind}
    if what and what not in known:
        folder = Path(what)
        if not folder.is_dir():
            raise WrongUse(f"{what} is neither a folder nor a kind of letter: {_listed()}.")
        inside = [folder / name for name in sorted(known) if (folder / name).is_dir()]
        if inside and not kind:
            return [(each, LetterKind(each.name)) for each in inside]
        return [(folder, _kind(kind or folder.resolve().name))]
    office = open_office(office_folder)
    kinds = [LetterKind(what)] if what else list(LetterKind)
    own = {one: own_folder(office, one) for one in kinds}
    return [
        (own[one] if (own[one] / "letter.docx").exists() else folder_in_use(office, one), one)
        for one in kinds
    ]


def _print_findings(proved: list[Proved] | tuple[Proved, ...]) -> None:
    rows = [
        (
            one.kind.value.replace("_", " ")
            + (f" ({one.language})" if one.language != "en-GB" else ""),
            "fault" if finding.fault else "advice",
            finding.says,
        )
        for one in proved
        for finding in one.findings
    ]
    if rows:
        print_table("What is to be said of the templates", ["Template", "", "Finding"], rows)
    faulty = sum(not one.ok for one in proved)
    tell(
        f"Templates filled with invented letters and checked: {len(proved)}. "
        f"With a fault: {faulty or 'none'}."
    )


def _proved(one: Proved) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "language": one.language,
        "folder": str(one.folder),
        "digest": one.digest,
        "ok": one.ok,
        "findings": [
            {"id": finding.id, "fault": finding.fault, "says": finding.says}
            for finding in one.findings
        ],
    }


def _about(office: Office, kind: LetterKind) -> dict[str, Any]:
    from correspondence.casework.template_versions import newest
    from correspondence.casework.templates import folder_in_use, languages_in, own_folder

    folder, own = folder_in_use(office, kind), own_folder(office, kind)
    published = newest(own)
    return {
        "kind": kind.value,
        "source": "published" if published else "own" if folder == own else "shipped",
        "version": published.number if published else None,
        "folder": str(folder),
        "languages": list(languages_in(folder)),
        "published_at": published.at if published else None,
        "published_by": published.by if published else "",
    }


def _source(row: dict[str, Any]) -> str:
    return {
        "published": f"version {row['version']}",
        "own": "your own, not published",
        "shipped": "as shipped",
    }[row["source"]]


def _version(one: Published) -> dict[str, Any]:
    return {
        "number": one.number,
        "published_at": one.at,
        "published_by": one.by,
        "digests": dict(one.digests),
        "folder": str(one.folder),
    }


def _fields(kind: LetterKind) -> dict[str, str]:
    from correspondence.letters.contents import CONTENTS
    from correspondence.letters.fields import FIELDS, POINT_FIELDS

    form = CONTENTS.get(kind)
    return {**FIELDS, **POINT_FIELDS, **(form.FIELDS if form else {})}


def _must_say(kind: LetterKind) -> list[tuple[str, str, str]]:
    from correspondence.letters.checklists import load
    from correspondence.resources import shipped

    checklist = load(kind, shipped("schemas") / "letters")
    return [(item.id, item.clause, item.asks) for item in checklist.items if item.required]


def _save(files: dict[str, bytes], folder: Path) -> None:
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


def _kind(name: str) -> LetterKind:
    from correspondence.errors import WrongUse
    from correspondence.letters.kinds import LetterKind

    try:
        return LetterKind(name)
    except ValueError:
        raise WrongUse(f"{name!r} is no kind of letter. The kinds are {_listed()}.") from None


def _listed() -> str:
    from correspondence.letters.kinds import LetterKind

    return ", ".join(kind.value for kind in LetterKind)
