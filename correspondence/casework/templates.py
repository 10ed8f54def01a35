"""The landlord's letter templates, or the shipped ones where the landlord has none of that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import TemplateRefused
from correspondence.letters.pdf import Letterhead
from correspondence.letters.template import LetterTemplate
from correspondence.resources import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import Office

LETTERHEAD = "letterhead"


def template_for(office: Office, kind: LetterKind) -> LetterTemplate:
    """The template of that kind. Raises TemplateRefused where there is none or it is incomplete."""
    folder = _folder(office, kind.value)
    return LetterTemplate(
        kind=kind,
        docx=_read(folder / "letter.docx"),
        subject=_text(folder / "subject.txt"),
        email=_text(folder / "email.txt"),
    )


def letterhead(office: Office) -> Letterhead:
    """The landlord's letterhead: its layout, style sheet, logos and fonts."""
    folder = _folder(office, LETTERHEAD)
    return Letterhead(
        layout=_text(folder / "layout.html"),
        css=_text(folder / "letter.css"),
        assets={
            path.name: _read(path)
            for path in sorted(folder.iterdir())
            if path.is_file() and path.suffix not in {".html", ".css", ".md"}
        },
    )


def has_template(office: Office, kind: LetterKind) -> bool:
    """Whether letters of that kind can be drafted here."""
    return (_folder(office, kind.value) / "letter.docx").is_file()


def _folder(office: Office, name: str) -> Path:
    own = office.letter_templates / name
    return own if own.is_dir() else shipped("letter_templates") / name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TemplateRefused(
            f"The template {path} is missing. Put it there, or remove your own folder "
            f"{path.parent.name} to use the shipped letter."
        ) from error
    except OSError as error:
        raise TemplateRefused(f"The template {path} cannot be read ({error.strerror}).") from error


def _text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateRefused(f"The template {path} is not text in UTF-8; save it so.") from error
