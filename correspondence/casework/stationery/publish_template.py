"""Publish a template or the letterhead: tried as a whole, then kept as what letters come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.casework.stationery import letterheads
from correspondence.casework.stationery.published import publish_version
from correspondence.casework.stationery.templates import (
    ENGLISH,
    files_of,
    languages_in,
    shipped_template,
    template_in,
)
from correspondence.errors import NotAllowed, TemplateRefused
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.proving import TemplateFinding, prove
from correspondence.letters.proving_letterhead import prove_letterhead
from correspondence.resources import shipped

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.stationery.template_versions import Published


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


@dataclass(frozen=True, slots=True)
class ProvedLetterhead:
    """A letterhead held against what letters must be. `digest` is empty where it cannot be read."""

    folder: Path
    digest: str
    findings: tuple[TemplateFinding, ...]

    @property
    def ok(self) -> bool:
        """Whether it may be published."""
        return not any(one.fault for one in self.findings)


def digests_in(folder: Path, template: str) -> dict[str, str]:
    """What letters would keep of the files in a folder, by language; empty where unreadable.

    `template` is a kind of letter, or 'letterhead'.
    """
    try:
        if template == letterheads.LETTERHEAD:
            return {ENGLISH: letterheads.digest_of(letterheads.letterhead_in(folder))}
        kind = LetterKind(template)
        return {one: template_in(folder, kind, one).version for one in languages_in(folder)}
    except TemplateRefused:
        return {}


def prove_folder(folder: Path, kind: LetterKind) -> tuple[Proved, ...]:
    """Try the template in a folder in each of its languages. Never raises for what it finds."""
    return tuple(_proved(folder, kind, language) for language in languages_in(folder))


def prove_letterhead_in(folder: Path) -> ProvedLetterhead:
    """Try the letterhead in a folder with letters of every size. Never raises for what it finds."""
    try:
        head = letterheads.letterhead_in(folder)
    except TemplateRefused as refused:
        unusable = TemplateFinding("unusable", fault=True, says=str(refused))
        return ProvedLetterhead(folder, "", (unusable,))
    findings = prove_letterhead(head, shipped_template(LetterKind.STAGE1_RESPONSE))
    return ProvedLetterhead(folder, letterheads.digest_of(head), findings)


def publish_letterhead(
    house: OpenOffice, folder: Path, *, now: datetime, actor: Actor
) -> Published:
    """Make the letterhead in `folder` the next version, on which every letter is printed then.

    As with a template; see `publish`.
    """
    files = letterheads.files_of(folder)
    proved = prove_letterhead_in(folder)
    if not proved.ok:
        said = " ".join(one.says for one in proved.findings if one.fault)
        raise TemplateRefused(f"The letterhead is not published. {said}")
    if files != letterheads.files_of(folder):
        raise NotAllowed(f"A file in {folder} was changed meanwhile. Publish it again.")
    digests = {ENGLISH: proved.digest}
    return publish_version(house, letterheads.LETTERHEAD, files, digests, now=now, actor=actor)


def publish(
    house: OpenOffice, kind: LetterKind, folder: Path, *, now: datetime, actor: Actor
) -> Published:
    """Make the template in `folder` the next version of that kind in this office.

    It goes into the office's chained record. A template that is in use already keeps its number.
    Raises NotAllowed where nobody is named, TemplateRefused naming each fault; letters then come
    from the version before.
    """
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
    return publish_version(house, kind.value, files, digests, now=now, actor=actor)


def _proved(folder: Path, kind: LetterKind, language: str) -> Proved:
    try:
        template = template_in(folder, kind, language)
    except TemplateRefused as refused:
        finding = TemplateFinding("unusable", fault=True, says=str(refused))
        return Proved(kind, language, folder, "", (finding,))
    checklist = load(kind, shipped("schemas") / "letters")
    findings = prove(template, checklist, shipped_template(kind))
    return Proved(kind, language, folder, template.version, findings)
