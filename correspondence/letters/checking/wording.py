"""Ways of putting things that a letter should not use."""

from correspondence.letters.checking.anatomy import Anatomy
from correspondence.letters.checking.result import WordingFinding
from correspondence.letters.checklists import WordingRule
from correspondence.letters.cues import cue, occurs


def wording(letter: Anatomy, rules: tuple[WordingRule, ...]) -> tuple[WordingFinding, ...]:
    """Every wording rule the letter breaks, once each, with the first sentence that does."""
    findings = []
    for rule in rules:
        for sentence in letter.sentences:
            broken = any(cue(c).search(sentence.folded) for c in rule.cues)
            if broken and not occurs(rule.unless, sentence.folded):
                findings.append(
                    WordingFinding(id=rule.id, quote=sentence.text, suggestion=rule.suggestion)
                )
                break
    return tuple(findings)
