"""Whether a letter is as was agreed with its resident, and what is left to an officer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.cases.adjustments import ENGLISH
from correspondence.casework.stationery.templates import folder_in_use, languages_in
from correspondence.letters.checking.sentences import sentence_spans
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.cases.case import Case
    from correspondence.casework.drafting.route import Route
    from correspondence.letters.text import LetterText
    from correspondence.settings import Office

_A_CALL: Final = re.compile(
    r"(?:\bwill|\bshall|['’]ll|\bgoing to)\s+(?P<between>(?:\w+\s+){0,2}?)"
    r"(?:(?:ring|phone|telephone|call)\s+(?:you|back)|give\s+you\s+a\s+(?:ring|call))\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:not|never)\b", re.IGNORECASE)


def language_of(case: Case, kind: LetterKind) -> str:
    """The language letters of that kind are agreed in; a reply to an enquirer is in English."""
    return ENGLISH if kind is LetterKind.ENQUIRY_REPLY else case.adjustments.language or ENGLISH


def lacks(
    office: Office, case: Case, kind: LetterKind, text: LetterText, route: Route
) -> tuple[str, ...]:
    """What keeps a letter from going out as was agreed, a sentence each (Code 5.10)."""
    return tuple(_lacks(office, case, kind, text, route))


def tasks(
    office: Office, case: Case, kind: LetterKind, text: LetterText, route: Route
) -> tuple[str, ...]:
    """What an officer has to see to before the letter goes; none of it keeps it from going."""
    return tuple(_tasks(office, case, kind, text, route))


def _lacks(
    office: Office, case: Case, kind: LetterKind, text: LetterText, route: Route
) -> Iterator[str]:
    wanted = language_of(case, kind)
    if not _same(text.language, wanted) and _has(office, kind, wanted):
        yield (
            f"The letter is in the language {text.language}, and {wanted} is agreed with this "
            f"resident (Code 5.10). There is a template: draft it anew with `correspondence letter "
            f"draft {case.reference} --kind {kind.value}`."
        )
    only_by_email = case.adjustments.by == "email" and case.representative is None
    if only_by_email and route.undecided and kind is not LetterKind.ENQUIRY_REPLY:
        yield (
            "Letters by e-mail only are agreed with this resident (Code 5.10), and no e-mail "
            "address of theirs is on record. Agree on another way: correspondence case adjust "
            f"{case.reference} --by post"
        )


def _tasks(
    office: Office, case: Case, kind: LetterKind, text: LetterText, route: Route
) -> Iterator[str]:
    wanted = language_of(case, kind)
    if not _same(text.language, wanted) and not _has(office, kind, wanted):
        yield (
            f"The language {wanted} is agreed with this resident, and the landlord has no template "
            f"letter.{wanted}.docx for the {kind.plainly}, so it is in {text.language}. Have it "
            "translated, and put the translation in with it: `correspondence letter enclose` "
            "(Code 5.10)."
        )
    if kind is LetterKind.ENQUIRY_REPLY:
        return  # what was agreed with the resident is no matter of whoever asks about them
    if case.adjustments.no_telephone:
        for sentence in _calls_promised(text):
            yield (
                "It is agreed that nobody telephones this resident, and the letter says: "
                f"“{sentence}” (Code 5.10)."
            )
    if route.undecided and not route.by_post and route.faults:
        yield (
            "It cannot go by post as the address stands, and no e-mail address is known that it "
            f"may go to. {' '.join(route.faults)} Record where letters reach the resident: "
            f"correspondence case adjust {case.reference} --address"
        )
    if case.adjustments.note:
        yield f"Also agreed with this resident: {case.adjustments.note}"


def _calls_promised(text: LetterText) -> Iterator[str]:
    plain = text.plain()
    for start, end in sentence_spans(plain):
        sentence = " ".join(plain[start:end].split())
        found = _A_CALL.search(sentence)
        if found and not _NOT.search(found["between"]):
            yield sentence


def _has(office: Office, kind: LetterKind, language: str) -> bool:
    known = languages_in(folder_in_use(office, kind))
    return language in known or language.partition("-")[0] in known


def _same(one: str, other: str) -> bool:
    """Whether two tags name one language, whatever its region (BCP 47)."""
    return one.partition("-")[0] == other.partition("-")[0]
