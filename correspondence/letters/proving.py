"""A letter template tried before it is used: filled with invented letters, and held to the Code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import CorrespondenceError, TemplateRefused
from correspondence.letters.checking import check
from correspondence.letters.drafting import draft
from correspondence.letters.fields import fields_of
from correspondence.letters.sandbox import FILLING_ERRORS, TemplateLanguage, refusal, shorten
from correspondence.letters.specimens import fullest, specimens
from correspondence.letters.template_names import names_in, strangers
from correspondence.letters.text import Heading
from correspondence.letters.word import not_carried
from correspondence.letters.word.filling import PLACE, sources, words_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from correspondence.letters.checking import CheckResult
    from correspondence.letters.checklists import Checklist
    from correspondence.letters.drafting import Draft
    from correspondence.letters.facts import FactValue
    from correspondence.letters.specimens import Specimen
    from correspondence.letters.template import LetterTemplate


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """Something about a template, as a sentence that names the place and the way out.

    A `fault` stands against using it; anything else is advice. `id` says what it is about: a kind
    of finding, or the item of the checklist that the letter does not meet.
    """

    id: str
    fault: bool
    says: str


_IN_WORDS: Final = {
    "least": "with the least such a letter can hold",
    "fullest": "with everything such a letter can hold",
    "longest": "with the longest such letter",
}


def prove(
    template: LetterTemplate, checklist: Checklist, shipped: LetterTemplate | None = None
) -> tuple[TemplateFinding, ...]:
    """What is wrong with a template of the checklist's kind, the faults first; empty where nothing.

    Its names are looked up in every branch; then the least, the fullest and the longest letter are
    drafted from it, and the first two held against the checklist. `shipped` is the template that
    comes with the product: what the checks do not see in its letters either is no fault of this
    one.
    """
    try:
        unknown = tuple(_unknown_names(template))
    except TemplateRefused as refused:
        return (TemplateFinding("unusable", fault=True, says=str(refused)),)
    if unknown:
        return unknown
    drafted, failed = _drafts(template)
    findings = [
        *failed,
        *_unmet(drafted, checklist, shipped),
        *_unprinted(drafted),
        *_advice(template, drafted),
    ]
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: not one.fault))


def _unknown_names(template: LetterTemplate) -> Iterator[TemplateFinding]:
    fields = fields_of(fullest(template.kind))
    language = TemplateLanguage(autoescape=True)
    for source in sources(template.docx):
        for one in strangers(source, language, fields):
            yield _unknown(PLACE, words_at(source, one.line), one.name, one.nearest)
    language = TemplateLanguage(autoescape=False)
    for source, place, known in (
        (template.subject, "the subject line", fields),
        (template.email, "the text of the e-mail", {**fields, "letter": ""}),
    ):
        try:
            language.compile(source)
        except FILLING_ERRORS as error:
            raise refusal(error, place, "") from None
        for one in strangers(source, language, known):
            lines = source.splitlines()
            yield _unknown(place, shorten(lines[one.line - 1]), one.name, one.nearest)


def _unknown(place: str, words: str, name: str, nearest: str) -> TemplateFinding:
    way_out = (
        f"Did you mean “{nearest}”?"
        if nearest
        else "`correspondence template show` lists the fields there are."
    )
    return TemplateFinding(
        "unknown_field",
        fault=True,
        says=f"In {place}, at “{words}”: there is no field “{shorten(name, 60)}”. {way_out}",
    )


def _drafts(
    template: LetterTemplate,
) -> tuple[dict[str, tuple[Specimen, Draft]], list[TemplateFinding]]:
    drafted, failed = {}, {}
    for specimen in specimens(template.kind):
        try:
            drafted[specimen.name] = (specimen, draft(template, specimen.facts))
        except CorrespondenceError as refused:
            says = f"It cannot be filled {_IN_WORDS[specimen.name]}. {refused}"
            failed[str(refused)] = TemplateFinding("unfillable", fault=True, says=says)
    return drafted, list(failed.values())


def _unmet(
    drafted: Mapping[str, tuple[Specimen, Draft]],
    checklist: Checklist,
    shipped: LetterTemplate | None,
) -> Iterator[TemplateFinding]:
    """What the Code requires of such a letter, and the template's letters do not say."""
    overlooked = _overlooked(shipped, checklist) if shipped else frozenset()
    told = set()
    for name in ("fullest", "least"):
        if name not in drafted:
            continue
        for item in _checked(*drafted[name], checklist).items:
            seen = item.met == "missing" and (name, item.id) not in overlooked
            if item.met == "met" or item.id in told or not (item.required or seen):
                continue
            told.add(item.id)
            clause = f" (Code {item.clause})" if item.clause else ""
            says = (
                f"A letter made from it {_IN_WORDS[name]} does not meet “{item.id}”{clause}. "
                if seen
                else f"The checks are not sure of “{item.id}”{clause} in a letter made from it. "
            )
            yield TemplateFinding(item.id, fault=seen and item.required, says=says + item.advice)
    for name in ("least", "fullest"):
        for gap in drafted[name][1].text.gaps() if name in drafted else ():
            yield TemplateFinding(
                "left_open",
                fault=True,
                says=f"It leaves “[To be completed: {shorten(gap)}]” open though nothing is "
                "missing. Write it out, or put a field there.",
            )


def _overlooked(shipped: LetterTemplate, checklist: Checklist) -> frozenset[tuple[str, str]]:
    """By specimen, the items that the checks do not see in the letters of the shipped template."""
    drafted, _ = _drafts(shipped)
    return frozenset(
        (name, item.id)
        for name, letter in drafted.items()
        if name != "longest"
        for item in _checked(*letter, checklist).items
        if item.met != "met"
    )


def _checked(specimen: Specimen, letter: Draft, checklist: Checklist) -> CheckResult:
    return check(letter.text, checklist, specimen.told)


def _unprinted(drafted: Mapping[str, tuple[Specimen, Draft]]) -> Iterator[TemplateFinding]:
    """What is decided for such a letter and never stands in it.

    A fault where every letter of the kind has it, so that what was decided would always be lost.
    """
    if "fullest" not in drafted or "least" not in drafted:
        return
    specimen, letter = drafted["fullest"]
    words = _folded(letter.text.plain())
    always = {name for name, value in drafted["least"][0].facts.extra.items() if value}
    lost: dict[str, bool] = {}
    for name, said in _said(specimen.facts.extra):
        if _folded(said) not in words:
            lost[name] = name.partition(".")[0] in always
    for name, fault in lost.items():
        yield TemplateFinding(
            "not_printed",
            fault=fault,
            says=f"It never prints “{name}”, so what is decided there does not reach the resident. "
            f"Put {{{{ {name} }}}} where it belongs.",
        )


def _said(facts: Mapping[str, FactValue], within: str = "") -> Iterator[tuple[str, str]]:
    """The words in the facts, each by the name a template uses; entries of a list share one."""
    for name, value in facts.items():
        listed = value if isinstance(value, list | tuple) else (value,)
        for one in listed:
            if isinstance(one, dict):
                yield from _said(one, f"{within}{name}.")
            elif isinstance(one, str) and one:
                yield f"{within}{name}", one


def _advice(
    template: LetterTemplate, drafted: Mapping[str, tuple[Specimen, Draft]]
) -> Iterator[TemplateFinding]:
    for says in not_carried(template.docx):
        yield TemplateFinding("not_carried", fault=False, says=says)
    if "letter" not in _names(template.email):
        yield TemplateFinding(
            "email_without_letter",
            fault=False,
            says="The e-mail does not hold the words of the letter, so that whoever reads it must "
            "open a file. Put {{ letter }} into email.txt.",
        )
    if "fullest" in drafted:
        levels = [b.level for b in drafted["fullest"][1].text.blocks if isinstance(b, Heading)]
        yield from _about_headings(levels)


def _about_headings(levels: Collection[int]) -> Iterator[TemplateFinding]:
    if list(levels).count(1) != 1:
        yield TemplateFinding(
            "headings",
            fault=False,
            says=f"It has {list(levels).count(1)} paragraphs of the style Heading 1, and a letter "
            "has one: what it is about. Screen readers go by it.",
        )
    deepest = 1
    for level in levels:
        if level > deepest + 1:
            yield TemplateFinding(
                "headings",
                fault=False,
                says=f"A heading of level {level} follows one of level {deepest}. Use Heading "
                f"{deepest + 1} there; screen readers go by the levels.",
            )
        deepest = level


def _names(source: str) -> frozenset[str]:
    return frozenset(names_in(source, TemplateLanguage(autoescape=False)))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
