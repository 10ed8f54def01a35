"""Ways of putting things that a letter should not use."""

from typing import Final

from correspondence.letters.checking.anatomy import Anatomy, Sentence
from correspondence.letters.checking.result import WordingFinding
from correspondence.letters.checking.second_judge import SecondJudge
from correspondence.letters.checklists import WordingRule
from correspondence.letters.cues import may_occur, occurs

UNLIKELY: Final = -4.0
"""Log odds below which a sentence that holds the cues is taken to be harmless."""

EVIDENT: Final = 0.5
"""Log odds above which a sentence without the cues breaks the rule all the same."""


def wording(
    letter: Anatomy, rules: tuple[WordingRule, ...], second: SecondJudge
) -> tuple[WordingFinding, ...]:
    """Every kind of wording fault in the letter, once, with the first sentence that holds it."""
    findings: dict[str, WordingFinding] = {}
    for rule in rules:
        if rule.id in findings:
            continue
        sounds = second.sounds_like(wording_name(rule.id)) if rule.learned else {}
        unheard = max(sounds.values(), default=EVIDENT) <= EVIDENT
        if unheard and not may_occur(rule.cues, letter.words):
            continue
        for sentence in letter.sentences:
            if _is_fault(sentence, rule, sounds.get(sentence.place)):
                findings[rule.id] = WordingFinding(
                    id=rule.id, quote=sentence.text, suggestion=rule.suggestion
                )
                break
    return tuple(findings.values())


def wording_name(rule: str) -> str:
    """Under which name the second judge has learned a rule of wording."""
    return f"wording {rule}"


def breaks(sentence: Sentence, rule: WordingRule) -> bool:
    """Whether a sentence holds the cues of a rule, and nothing that makes them harmless."""
    return (
        occurs(rule.cues, sentence.folded)
        and not occurs(rule.unless, sentence.folded)
        and not _is_reported(sentence, rule)
    )


def _is_fault(sentence: Sentence, rule: WordingRule, sounds: float | None) -> bool:
    if sounds is None:
        return breaks(sentence, rule)
    if sounds > EVIDENT:
        return not _is_reported(sentence, rule)
    return sounds > UNLIKELY and breaks(sentence, rule)


def _is_reported(sentence: Sentence, rule: WordingRule) -> bool:
    return any(occurs(rule.not_under, over) for over in (*sentence.heads, sentence.lead))
