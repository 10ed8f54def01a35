"""What people write into a report: named fields, kept from draft to draft, asked for when empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.reports.document.parts import Section, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Field:
    """One place for people's words. `asked` is what a draft says while it is empty.

    A field without `asked` may stay empty. `title` is that of a section of its own; without one
    the words stand at the head of the section that the report puts them into.
    """

    name: str
    about: str
    asked: str = ""
    title: str = ""


def still_asked(fields: Iterable[Field], written: Mapping[str, str]) -> tuple[str, ...]:
    """What has to be written yet before the report is published."""
    return tuple(
        field.asked for field in fields if field.asked and not written.get(field.name, "").strip()
    )


def own_section(field: Field, written: Mapping[str, str]) -> tuple[Section, ...]:
    """The section of a field that has one, once something is written there."""
    words = paragraphs(written.get(field.name, ""))
    return (Section(field.title, words=words),) if words else ()
