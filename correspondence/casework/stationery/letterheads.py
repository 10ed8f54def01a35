"""The landlord's letterhead, or the shipped one: how every letter looks, and in which version.

As with templates, the newest published version is used once there is one, and the files beside it
are there to be worked on. Until then the files are used as they lie.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.casework.stationery.template_versions import VERSIONS, newest
from correspondence.casework.stationery.templates import read, text
from correspondence.errors import TemplateRefused
from correspondence.letters.pdf import Letterhead
from correspondence.resources import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.settings import Office

LETTERHEAD: Final = "letterhead"

_LAYOUT: Final = "layout.html"
_STYLE: Final = "letter.css"
_NO_ASSETS: Final = frozenset((".html", ".css", ".md", ".json"))


@dataclass(frozen=True, slots=True)
class LetterheadInUse:
    """The letterhead that letters are printed on today.

    `digest` is the SHA-256 over all its files, which every letter keeps; `version` its published
    number, 0 where these files were not published.
    """

    head: Letterhead
    digest: str
    version: int
    folder: Path


def in_use(office: Office) -> LetterheadInUse:
    """The newest published letterhead, the landlord's own, or the shipped one.

    Raises TemplateRefused where it is incomplete or cannot be read.
    """
    published = newest(own_folder(office))
    folder = published.folder if published else _unpublished(office)
    head = letterhead_in(folder)
    return LetterheadInUse(head, digest_of(head), published.number if published else 0, folder)


def letterhead_in(folder: Path) -> Letterhead:
    """The letterhead that lies in a folder. Raises TemplateRefused as `in_use` does."""
    files = files_of(folder)
    return Letterhead(
        layout=text(folder / _LAYOUT),
        css=text(folder / _STYLE),
        assets={name: files[name] for name in files if name not in {_LAYOUT, _STYLE}},
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """The files that make a letterhead, by name: what a version keeps.

    Raises TemplateRefused where there is no such folder or one cannot be read.
    """
    if not folder.is_dir():
        raise TemplateRefused(
            f"There is no folder {folder}. Name one with {_LAYOUT} and {_STYLE} in it."
        )
    return {
        path.name: read(path)
        for path in sorted(folder.iterdir())
        if path.name in {_LAYOUT, _STYLE}
        or (path.is_file() and path.suffix not in _NO_ASSETS and not path.name.startswith("."))
    }


def digest_of(head: Letterhead) -> str:
    """SHA-256 over the layout, the style sheet and every other file with its name."""
    digest = hashlib.sha256()
    named = [(name, head.assets[name]) for name in sorted(head.assets)]
    files = [(_LAYOUT, head.layout.encode()), (_STYLE, head.css.encode()), *named]
    for part in (part for name, content in files for part in (name.encode(), content)):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def own_folder(office: Office) -> Path:
    """The landlord's own letterhead; need not exist."""
    return office.letter_templates / LETTERHEAD


def changed_since_published(office: Office) -> Path | None:
    """The landlord's own folder, where its files are not those of the newest published version."""
    own, published = own_folder(office), newest(own_folder(office))
    if published is None or not (own / _LAYOUT).is_file():
        return None
    return own if files_of(own) != files_of(published.folder) else None


def _unpublished(office: Office) -> Path:
    own = own_folder(office)
    only_versions = own.is_dir() and {path.name for path in own.iterdir()} == {VERSIONS}
    return own if own.is_dir() and not only_versions else shipped("letter_templates") / LETTERHEAD
