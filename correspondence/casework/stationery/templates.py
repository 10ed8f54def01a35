"""The landlord's letter templates, or the shipped ones where the landlord has none of that kind.

Once a version of the landlord's own was published, letters come from the newest one, and the files
beside it are there to be worked on. Until then they come from those files as they lie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.casework.stationery.template_versions import VERSIONS, newest
from correspondence.errors import TemplateRefused
from correspondence.letters.template import LetterTemplate
from correspondence.resources import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import Office

ENGLISH: Final = "en-GB"

LARGEST_FILE: Final = 25_000_000
"""Bytes of any one file of a template; what the room of letters takes is less."""

_IN_LANGUAGE: Final = re.compile(r"letter\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.docx")


def template_for(office: Office, kind: LetterKind, language: str = ENGLISH) -> LetterTemplate:
    """The template of that kind that letters are drafted from, in that language where it exists.

    `language` is a BCP 47 tag such as 'cy'; where the kind has no ``letter.cy.docx``, the English
    letter it is, and the template says so. Raises TemplateRefused where there is none or it is
    incomplete.
    """
    return template_in(folder_in_use(office, kind), kind, language)


def template_in(folder: Path, kind: LetterKind, language: str = ENGLISH) -> LetterTemplate:
    """The template that lies in a folder. Raises TemplateRefused as `template_for` does."""
    known = languages_in(folder)
    tag = next((one for one in (language, language.partition("-")[0]) if one in known), ENGLISH)
    between = "" if tag == ENGLISH else f".{tag}"
    return LetterTemplate(
        kind=kind,
        docx=read(folder / f"letter{between}.docx"),
        subject=text(_own_or_shared(folder, "subject", between)),
        email=text(_own_or_shared(folder, "email", between)),
        language=tag,
    )


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages a folder has the letter in: English, then those of letter.<language>.docx."""
    if not folder.is_dir():
        return (ENGLISH,)
    others = (_IN_LANGUAGE.fullmatch(path.name) for path in folder.iterdir())
    return (ENGLISH, *sorted(found[1] for found in others if found))


def has_template(office: Office, kind: LetterKind) -> bool:
    """Whether letters of that kind can be drafted here."""
    return (folder_in_use(office, kind) / "letter.docx").is_file()


def folder_in_use(office: Office, kind: LetterKind) -> Path:
    """Where the template of that kind lies: newest published version, own folder, or shipped."""
    published = newest(own_folder(office, kind))
    return published.folder if published else _folder(office, kind.value)


def number_of(office: Office, template: LetterTemplate) -> int:
    """The number under which this very template was published last; 0 where it was not."""
    published = newest(own_folder(office, template.kind))
    known = published.digests.get(template.language) if published else None
    return published.number if published and known == template.version else 0


def own_folder(office: Office, kind: LetterKind) -> Path:
    """The landlord's own folder of that kind; need not exist."""
    return office.letter_templates / kind.value


def changed_since_published(office: Office, kind: LetterKind) -> Path | None:
    """The landlord's own folder, where its files are not those of the newest published version."""
    own = own_folder(office, kind)
    published = newest(own)
    if published is None or not (own / "letter.docx").is_file():
        return None
    return own if files_of(own) != files_of(published.folder) else None


def shipped_template(kind: LetterKind) -> LetterTemplate:
    """The template that comes with the product."""
    return template_in(shipped("letter_templates") / kind.value, kind)


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a template that make letters, by name: what a version keeps.

    Raises TemplateRefused where one cannot be read.
    """
    if not folder.is_dir():
        raise TemplateRefused(f"There is no folder {folder}. Name one with letter.docx in it.")
    return {
        path.name: read(path)
        for path in sorted(folder.iterdir())
        if path.is_file()
        and (path.name == "letter.docx" or _IN_LANGUAGE.fullmatch(path.name) or _is_text(path.name))
    }


def _is_text(name: str) -> bool:
    return name.endswith(".txt") and name.partition(".")[0] in {"subject", "email"}


def _own_or_shared(folder: Path, name: str, between: str) -> Path:
    """The file of that language, or the one all languages share."""
    own = folder / f"{name}{between}.txt"
    return own if own.is_file() else folder / f"{name}.txt"


def _folder(office: Office, name: str) -> Path:
    own = office.letter_templates / name
    only_versions = own.is_dir() and {path.name for path in own.iterdir()} == {VERSIONS}
    return own if own.is_dir() and not only_versions else shipped("letter_templates") / name


def read(path: Path) -> bytes:
    """The file's bytes. Raises TemplateRefused where it is missing, too large or unreadable."""
    try:
        if path.exists() and not path.is_file():
            raise TemplateRefused(
                f"The template {path} is no file. Put the Word or text file there."
            )
        if path.stat().st_size > LARGEST_FILE:
            raise TemplateRefused(
                f"The template {path} has more than {LARGEST_FILE // 1_000_000} MB. Take the "
                "pictures out and save it again."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TemplateRefused(
            f"The template {path} is missing. Put it there, or remove your own folder "
            f"{path.parent.name} to use the shipped letter."
        ) from error
    except OSError as error:
        raise TemplateRefused(f"The template {path} cannot be read ({error.strerror}).") from error


def text(path: Path) -> str:
    """The file's words. Raises TemplateRefused where it cannot be read or is not UTF-8."""
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateRefused(f"The template {path} is not text in UTF-8; save it so.") from error
