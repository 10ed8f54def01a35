"""Ways of putting things that a letter should not use."""

from correspondence.letters.checking.anatomy import Anatomy, Sentence
from correspondence.letters.checking.result import WordingFinding
from correspondence.letters.checklists import WordingRule
from correspondence.letters.cues import occurs


def wording(letter: Anatomy, rules: tuple[WordingRule, ...]) -> tuple[WordingFinding, ...]:
    """Every kind of wording fault in the letter, once, with the first sentence that holds it."""
    findings: dict[str, WordingFinding] = {}
    for rule in rules:
        if rule.id in findings:
            continue
        for sentence in letter.sentences:
            if _breaks(sentence, rule):
                findings[rule.id] = WordingFinding(
                    id=rule.id, quote=sentence.text, suggestion=rule.suggestion
                )
                break
    return tuple(findings.values())


def _breaks(sentence: Sentence, rule: WordingRule) -> bool:
    return (
        occurs(rule.cues, sentence.folded)
        and not occurs(rule.unless, sentence.folded)
        and not any(occurs(rule.not_under, over) for over in (*sentence.heads, sentence.lead))
    )
