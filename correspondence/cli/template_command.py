"""`template`: try, publish and look at the templates that letters are drafted from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from correspondence.cli.letterhead_command import (
    LETTERHEAD,
    check_letterhead,
    chosen_version,
    print_versions,
    publish_letterhead,
    save_files,
    show_letterhead,
    version_document,
)
from correspondence.cli.output import ActingAs, AsJson, day, print_json, print_table, tell

if TYPE_CHECKING:
    from correspondence.casework.stationery.publish_template import Proved
    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import Office

commands = typer.Typer(help="The templates that letters are drafted from.", no_args_is_help=True)

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
    from correspondence.casework.stationery.template_versions import versions
    from correspondence.casework.stationery.templates import files_of, folder_in_use, own_folder
    from correspondence.settings import open_office

    if kind == LETTERHEAD:
        show_letterhead(open_office(context.obj), number, save, as_json=as_json)
        return
    office, letter_kind = open_office(context.obj), _kind(kind)
    known = versions(own_folder(office, letter_kind))
    folder = folder_in_use(office, letter_kind)
    if number:
        folder = chosen_version(known, number, letter_kind.plainly)
    about = _about(office, letter_kind) | {
        "shown": str(folder),
        "versions": [version_document(one) for one in known],
        "fields": _fields(letter_kind),
        "must_say": _must_say(letter_kind),
    }
    if save is not None:
        save_files(files_of(folder), save)
    if as_json:
        print_json(about)
        return
    tell(f"The {letter_kind.plainly} comes from {_source(about)}: {about['folder']}")
    print_table("Its fields", ["Field", "What it says"], about["fields"].items())
    print_table("Its letters must say", ["Item", "Code", "What"], about["must_say"])
    print_versions(known)


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
    from correspondence.casework.stationery.publish_template import prove_folder

    if LETTERHEAD in {what, kind} or (not kind and Path(what).name == LETTERHEAD):
        check_letterhead(context.obj, what, as_json=as_json)
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
    from correspondence.casework.open_office import open_office
    from correspondence.casework.stationery import publish_template
    from correspondence.casework.stationery.templates import own_folder

    if kind == LETTERHEAD:
        publish_letterhead(context.obj, folder, acting_as, as_json=as_json)
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
        print_json({"published": True, **version_document(published)})
    else:
        tell(f"The {letter_kind.plainly} is drafted from version {published.number} from now on.")


def _folders(office_folder: Path, what: str, kind: str) -> list[tuple[Path, LetterKind]]:
    """The templates to try: of a folder, of a kind (what is being worked on first), or all."""
    from correspondence.casework.stationery.templates import folder_in_use, own_folder
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
    from correspondence.casework.stationery.template_versions import newest
    from correspondence.casework.stationery.templates import folder_in_use, languages_in, own_folder

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
