"""Whether a letter greets, and is addressed to, somebody of its case (Code 3.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.checking.record.names import NOBODY, Likeness, likeness, parts
from correspondence.letters.conventions import SALUTATION
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.checking.record.facts import Party

_TO_OTHERS: Final = frozenset({LetterKind.ENQUIRY_REPLY, LetterKind.INCIDENT_NOTICE})
"""Letters that go to somebody else than a resident of the case."""

_GREETING: Final = re.compile(
    r"^(?:dear|annwyl|hello|hi|good (?:morning|afternoon|evening))\b[,:]?\s*", re.IGNORECASE
)
_AND: Final = re.compile(r"\s*(?:\band\b|&|/|,|;|\+)\s*", re.IGNORECASE)
_LONGEST_GREETING: Final = 90
_TITLED: Final = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|rev|revd|prof|sir|dame)\b\.?(?:\s*(?:and|&)\s*)?)+\s*[^\W\d_].{1,60}$",
    re.IGNORECASE,
)


def addressed(held: Held) -> Iterator[Finding]:
    """What is wrong, or doubtful, about whom the letter greets and to whom it is addressed."""
    if held.kind in _TO_OTHERS or not any(parts(party.name) for party in held.record.parties):
        return
    yield from _greeted(held)
    yield from _addressee(held)


def _greeted(held: Held) -> Iterator[Finding]:
    line = _greeting(held)
    if line is None:
        return
    names = _names(line)
    if not names:
        yield Finding(
            "case_salutation",
            line,
            "The letter greets nobody by name, and the record knows a name.",
            "Greet the resident as they sign themselves.",
        )
        return
    verdicts = [_best(name, held.record.parties) for name in names]
    if "same" not in verdicts:
        yield _stranger_greeted(held, line, verdicts)
    elif "other" in verdicts:
        yield Finding(
            "case_salutation",
            line,
            "The letter also greets somebody the record does not know.",
            "Make sure that they are a tenant too, or may be told (Code 3.6).",
            clause="3.6",
        )
    elif _is_representative_alone(held, names) and not _resident_is_named(held):
        yield Finding(
            "case_representative",
            line,
            "The letter goes to the representative and does not say for whom they complain.",
            "Name the resident, and make sure that their consent is on record (Code 3.6).",
            clause="3.6",
        )


def _stranger_greeted(held: Held, line: str, verdicts: list[Likeness]) -> Finding:
    told = "nor the representative's " if held.record.representative else ""
    if all(verdict == "other" for verdict in verdicts):
        return Finding(
            "case_salutation",
            line,
            f"The name in the greeting is not the resident's {told}in this case.",
            "Greet the resident of this case; if the letter is another case's, keep it there.",
            stops=True,
        )
    return Finding(
        "case_salutation",
        line,
        f"The name in the greeting differs from the resident's {told}in the record.",
        "See which of the two is right, and how the resident writes it.",
    )


def _addressee(held: Held) -> Iterator[Finding]:
    """A titled name above the greeting: the address block names whom the letter goes to."""
    for sentence in held.letter.sentences:
        if sentence.zone != "before" or not _TITLED.match(sentence.text):
            continue
        if likeness_to_any(sentence.text, held.record.ours.names) == "same":
            continue
        verdicts = [_best(name, held.record.parties) for name in _names(sentence.text)]
        if verdicts and not {"same", "unknown"} & set(verdicts):
            yield Finding(
                "case_addressee",
                sentence.text,
                "The name above the letter is not that of anybody in this case.",
                "Address the letter to the resident, or to whoever may act for them (Code 3.6).",
                clause="3.6",
            )


def likeness_to_any(said: str, names: frozenset[str]) -> Likeness:
    """How near a name comes to any of some names."""
    found = {likeness(said, name) for name in names}
    return next((one for one in ("same", "perhaps", "unknown") if one in found), "other")


def _greeting(held: Held) -> str | None:
    for line in held.letter.plain.splitlines():
        if SALUTATION.match(line.strip()):
            return line.strip()
    return None


def _names(line: str) -> list[str]:
    """The names a greeting or an address line gives; empty where it greets nobody by name."""
    said = _GREETING.sub("", line)
    if len(said) > _LONGEST_GREETING:
        said = re.split(r"[,.:]", said, maxsplit=1)[0][:_LONGEST_GREETING]
    names = [name for name in _AND.split(said) if parts(name)]
    return [name for name in names if not set(parts(name)) <= NOBODY]


def _best(name: str, parties: tuple[Party, ...]) -> Likeness:
    found = {likeness(name, each) for party in parties for each in _each(party)}
    return next((one for one in ("same", "perhaps", "unknown") if one in found), "other")


def _each(party: Party) -> list[str]:
    """The people of a party: joint tenants may stand on record as `Ada Ash and Bo Ash`."""
    people = [one for one in _AND.split(party.name) if parts(one)]
    return people or [party.name]


def _is_representative_alone(held: Held, names: list[str]) -> bool:
    representative, resident = held.record.representative, held.record.resident
    if representative is None or not representative.name or not resident.name:
        return False
    return all(
        likeness(name, representative.name) == "same" and likeness(name, resident.name) != "same"
        for name in names
    )


def _resident_is_named(held: Held) -> bool:
    *_, surname = parts(held.record.resident.name) or ("",)
    return bool(surname) and surname in parts(held.letter.plain)
