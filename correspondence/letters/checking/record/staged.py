"""Whether the letter is about the stage the case is at (Code 5.3, 6.9, 6.19)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.cues import cue

if TYPE_CHECKING:
    from collections.abc import Iterator


_LETTER: Final = r"(?:response|acknowledgement|extension|decision|reply|answer)"


def _of_itself(stage: int) -> re.Pattern[str]:
    """How a sentence says that the letter, or the complaint now, is of a stage."""
    named = cue(f"<stage{stage}>").pattern
    return re.compile(
        rf"\b(?:this is|this letter is|here is|please find) (?:\w+ ){{0,4}}?{named}"
        rf"|\bcomplaint (?:is|has been)(?: now| being)* (?:\w+ ){{0,4}}?(?:at|as|under) "
        rf"(?:\w+ ){{0,2}}?{named}"
    )


def _of_letter(stage: int) -> re.Pattern[str]:
    """How a heading or a subject line says so."""
    named = cue(f"<stage{stage}>").pattern
    return re.compile(
        rf"{named}[^.]{{0,20}}?\b{_LETTER}\b|\b{_LETTER}\b[^.]{{0,25}}?(?:at|for|under) {named}"
        rf"|\bcomplaint[^.]{{0,15}} (?:at|under) {named}"
    )


_SELF: Final = {stage: _of_itself(stage) for stage in (1, 2)}
_HEADED: Final = {stage: _of_letter(stage) for stage in (1, 2)}
_OF_ANOTHER_TIME: Final = re.compile(
    r"\b(?:if|can|may|could|would|next|should|unless|ask(?:ed|ing)? (?:us )?(?:for|to)|escalat\w+"
    r"|was|were|remain|previous|earlier|our response (?:of|dated)|after|about the|asked)\b"
)


def staged(held: Held) -> Iterator[Finding]:
    """A stage the case never reached, and a letter that says it is of the other stage."""
    record = held.record
    if record.stage not in record.reached:
        yield Finding(
            "case_stage",
            "",
            f"The case has not reached stage {record.stage}.",
            "See whether the letter is of the right kind, and the case the right one.",
            stops=True,
            clause=held.clauses["stage"],
        )
    other = 2 if record.stage == 1 else 1
    own, wrong = (cue(f"<stage{stage}>") for stage in (record.stage, other))
    for sentence in held.letter.sentences:
        if _OF_ANOTHER_TIME.search(sentence.folded) or own.search(sentence.folded):
            continue
        if not wrong.search(sentence.folded):
            continue
        says_so = _HEADED if sentence.kind == "heading" else _SELF
        if says_so[other].search(sentence.folded):
            yield Finding(
                "case_stage",
                sentence.text,
                f"The letter speaks of itself as of stage {other}; the case is at stage "
                f"{record.stage}.",
                "Put the stage right, or see whether the letter belongs to this case.",
                stops=True,
                clause=held.clauses["stage"],
            )
            return
