"""Publish a letter template: tried as a whole, then kept as the version that letters come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.casework.template_versions import Published, keep_version, newest
from correspondence.casework.templates import (
    ENGLISH,
    files_of,
    languages_in,
    own_folder,
    shipped_template,
    template_in,
)
from correspondence.errors import NotAllowed, TemplateRefused
from correspondence.letters.checklists import load
from correspondence.letters.proving import TemplateFinding, prove
from correspondence.resources import shipped

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from correspondence.casework.acting import Actor
    from correspondence.letters.kinds import LetterKind
    from correspondence.settings import Office


@dataclass(frozen=True, slots=True)
class Proved:
    """A template held against what letters of its kind must be, in one language.

    `digest` is what letters keep of the template they came from; empty where it cannot be read.
    """

    kind: LetterKind
    language: str
    folder: Path
    digest: str
    findings: tuple[TemplateFinding, ...]

    @property
    def ok(self) -> bool:
        """Whether it may be published."""
        return not any(one.fault for one in self.findings)


def prove_folder(folder: Path, kind: LetterKind) -> tuple[Proved, ...]:
    """Try the template in a folder in each of its languages. Never raises for what it finds."""
    return tuple(_proved(folder, kind, language) for language in languages_in(folder))


def publish(
    office: Office, kind: LetterKind, folder: Path, *, now: datetime, actor: Actor
) -> Published:
    """Make the template in `folder` the next version of that kind in this office.

    A template that is in use already keeps its number. Raises NotAllowed where nobody is named,
    TemplateRefused naming each fault; letters then come from the version before.
    """
    if not actor.is_person:
        raise NotAllowed("A template is published by a named person; say who with --as.")
    files = files_of(folder)
    proved = prove_folder(folder, kind)
    faults = [
        ("" if one.language == ENGLISH else f"({one.language}) ") + finding.says
        for one in proved
        for finding in one.findings
        if finding.fault
    ]
    if faults:
        raise TemplateRefused(
            f"The template for the {kind.plainly} is not published. " + " ".join(faults)
        )
    if files != files_of(folder):
        raise NotAllowed(f"A file in {folder} was changed meanwhile. Publish it again.")
    digests = {one.language: one.digest for one in proved}
    current = newest(own_folder(office, kind))
    if current is not None and dict(current.digests) == digests:
        return current
    return keep_version(
        own_folder(office, kind),
        files,
        digests,
        by=actor.name,
        os_account=actor.os_account,
        now=now,
    )


def _proved(folder: Path, kind: LetterKind, language: str) -> Proved:
    try:
        template = template_in(folder, kind, language)
    except TemplateRefused as refused:
        finding = TemplateFinding("unusable", fault=True, says=str(refused))
        return Proved(kind, language, folder, "", (finding,))
    checklist = load(kind, shipped("schemas") / "letters")
    findings = prove(template, checklist, shipped_template(kind))
    return Proved(kind, language, folder, template.version, findings)
