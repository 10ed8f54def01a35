"""Whether the policy defines a complaint as the Code does, whole and not narrowed (Code 1.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import Phrase, occurs, phrases

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy


@dataclass(frozen=True, slots=True)
class Element:
    """One part of the definition: what it is called, and the words that carry it."""

    name: str
    cues: tuple[Phrase, ...]


ELEMENTS: Final = (
    Element(
        "any expression of dissatisfaction",
        phrases("(dissatisf*|unhapp*|discontent|not happy|not satisfied|displeas*)"),
    ),
    Element(
        "however made",
        phrases(
            "however .. (tell|told|say|said|complain*|contact|made|expressed|"
            "communicated|it is|raised|voiced|you)",
            "(doesn't|does not|no) matter how",
            "(whatever|any|whichever) (way|form|means|method|format|channel)",
            "by any means",
            "in whatever",
            "(verbal*|oral*|spoken) or (in writing|written)",
            "(written|in writing) or (verbal*|oral*|spoken)",
            "regardless of how",
        ),
    ),
    Element(
        "the standard of service",
        phrases("(standard*|quality|level) of .. (service*|work)", "service standard*"),
    ),
    Element(
        "actions or lack of action",
        phrases(
            "(lack of action*|inaction*|failure to act|omission*|lack of an "
            "action|failed to do|not done|not taken|failure to take|absence "
            "of action|did not do|didn't do|haven't done|have not done|no action|"
            "failing to act)",
        ),
    ),
    Element(
        "by staff and by those acting for the landlord",
        phrases(
            "(acting|act|acts|working|works|work) (on .. behalf|for us|for the|for it)",
            "on .. behalf",
            "(contractor*|agents|sub-contractor*|partner*|third part*|suppliers)",
        ),
    ),
    Element(
        "affecting a resident or a group of residents",
        phrases(
            "(affect*|impact*) .. (resident*|individual*|tenant*|customer*|"
            "person*|leaseholder*|someone|people|you|user*|client*|member*)",
            "(resident*|individual*|tenant*|customer*|person|you|member*) or [a] group*",
            "group of (residents|customers|tenants|individuals|people|members)",
        ),
    ),
)
"""The parts of the Code's definition, each of which must be there in substance."""

_DEFINES: Final = phrases(
    "(complaint|complaints) .. (is|are|as|includes) ... (dissatisf*|unhapp*|"
    "statement|when|where|any|an|if|failure)",
    "complaint* ... (means|mean) ... (dissatisf*|unhapp*|statement|when|where|any|an|if|failure)",
    "(define*|definition|defining) ... (complaint*|dissatisf*)",
    "expression* of [your] [any] dissatisfaction",
    "complaint* .. (is|means) ... (when|where|something|fail*|wrong)",
    "complaint* .. (is|are) .. (way|chance|means|opportunity) (of|for|to) .. (let*|tell*|say*)",
    "(treat*|regard*|class*|count*) .. as a complaint .. (when|if|any)",
    "(any|every|all|an) [expression of] dissatisf* ... (is|as|counts as) [a] complaint*",
)
_NOT_A_DEFINITION: Final = phrases(
    "(not|isn't|n't) .. a complaint",
    "service request .. (is|means)",
    "(survey|feedback) ",
    "how to make",
    "complaint* [handling] (policy|procedure|process|team|officer|service|leaflet) .. (is|are)",
    "(purpose|aim|aims) of .. (policy|procedure)",
    "(when|where|if|once) .. (expression|dissatisfaction) .. is (received|made|raised|expressed)",
    "complaint* (are|is|be) [also] (viewed|seen|welcome*|valued|treated|taken|handled|dealt|"
    "investigated|considered|managed|recorded|used|easy|responded)",
    "stage (1|2|one|two) complaint",
    "(majority|most|many) .. complaints (are|is|get)",
    "(is|are) (the|our) [corporate] complaint* (policy|procedure|process)",
    "(within|after|following|upon|once|when) .. expression* of dissatisfaction",
    "expression* of dissatisfaction .. [being] (received|comes|logged|recorded)",
)
_STRONGLY: Final = phrases(
    "(a|what is a) complaint .. (is|means) (when|where|if|something|any)",
    "a complaint is .. about",
    "complaint* ... means",
)
_SECTION: Final = phrases(
    "(what is|what's|definition|definitions|defin*|what counts|what do we mean|"
    "what we mean|meaning)"
)
_NARROWED: Final = phrases(
    "service failure*",
    "(fail*|failed|failure|failing) .. (to (provide|deliver|meet|follow|do|"
    "reach)|in (our|its) service)",
    "(something|we|council|it) .. (have|has|must have) done wrong",
    "complaint is (when|where) [our|the] (service|services|we|council|landlord) .. (failed|fault|"
    "wrong)",
    "(must|only|where|when|if) ... (fault|error|mistake|maladministration|at fault)",
    "written (statement|expression|complaint|notice)",
    "(confirm*|put|made|submitted) ... in writing",
    "(requires|requiring|needs|require) .. (response|reply)",
    "(only|solely) .. (complaint*|treat*|consider*|log*) .. (if|when|where)",
    "(cannot|not|n't) be resolved .. (immediate*|informally|at the first|straight "
    "away|on the spot|at first)",
    "(after|once) .. (opportunity|chance) to (put|resolve|respond|sort|fix)",
)
_CLEARLY_NARROWER: Final = re.compile(
    r"service failure|\bmust\b|\bonly\b|written (?:statement|complaint)|requir\w+ "
    r"a (?:response|reply)"
)
_WIDE: Final = phrases(
    "(include*|including|examples|for example|such as|for instance|might be|"
    "could be|may be|e g|because|reasons) ",
    "(complain*|unhappy|dissatisfied|you think|feel) .. (we|you) .. (failed|fail*)",
)
_INSTEAD: Final = (
    "A complaint is an expression of dissatisfaction, however made, about the standard of service, "
    "actions or lack of action by the landlord, its own staff, or those acting on its behalf, "
    "affecting a resident or group of residents."
)  # the one wording the Code itself prescribes


def definition(policy: Policy) -> list[Finding]:
    """Whether the definition is there, whole, and not narrowed by what stands beside it."""
    best, words = _best(policy)
    if best is None:
        why = "The policy does not define a complaint; it must use the Code's definition."
        return [Finding(clause="1.2", verdict="fail", why=why, instead=_INSTEAD)]
    lacking = [element.name for element in ELEMENTS if not occurs(element.cues, words)]
    if lacking:
        why = f"The definition leaves out: {'; '.join(lacking)}."
        found = [
            Finding(
                clause="1.2", verdict="fail", quote=policy.quote(best), why=why, instead=_INSTEAD
            )
        ]
    else:
        why = "The definition has every part of the Code's."
        found = [Finding(clause="1.2", verdict="ok", quote=policy.quote(best), why=why)]
    narrowed = _narrowing(policy, best)
    whole = narrowed is best and not _CLEARLY_NARROWER.search(best.said)
    if narrowed is not None and not whole and (narrowed is not best or not lacking):
        found.append(
            Finding(
                clause="1.2",
                verdict="warn",
                quote=policy.quote(narrowed),
                why="This makes a complaint less than the Code does: dissatisfaction is enough, "
                "whether or not the service failed.",
                instead=_INSTEAD,
            )
        )
    return found


_ENOUGH: Final = 2
"""So many parts of the definition show that a passage defines, whatever stands above it."""


def _best(policy: Policy) -> tuple[Passage | None, str]:
    """The passage that defines a complaint most fully, and its words with what goes on from it."""
    best: Passage | None = None
    best_score, best_words = 0.0, ""
    for at, passage in enumerate(policy.ours):
        if passage.kind == "heading":
            continue
        defines = occurs(_DEFINES, passage.context)
        sectioned = any(occurs(_SECTION, head) for head in passage.heads[-2:])
        if not (defines or sectioned) or occurs(_NOT_A_DEFINITION, passage.context):
            continue
        words = _with_what_follows(policy.ours, at)
        score = sum(occurs(element.cues, words) for element in ELEMENTS)
        own = sum(occurs(element.cues, passage.context) for element in ELEMENTS)
        weight = score + own / 10 + (0.55 if defines else 0)
        strongly = occurs(_STRONGLY, passage.said)
        speaks = occurs(ELEMENTS[0].cues, passage.said) or strongly or own >= _ENOUGH
        if speaks and ((defines and own) or own >= _ENOUGH or strongly) and weight > best_score:
            best, best_score, best_words = passage, weight, words
    return best, best_words


def _with_what_follows(passages: tuple[Passage, ...], at: int) -> str:
    """The words of a passage with those that go on from it in its paragraph, or its list."""
    first = passages[at]
    words = first.context
    for passage in passages[at + 1 : at + 8]:
        if passage.section != first.section:
            break
        same = passage.paragraph == first.paragraph
        listed = passage.lead and passage.lead in first.said
        if not (same or listed):
            break
        if occurs(_NOT_A_DEFINITION, passage.said):
            break
        words += f" {passage.said}"
    return words


def _narrowing(policy: Policy, best: Passage) -> Passage | None:
    for passage in policy.ours:
        about = passage is best or (
            passage.section == best.section
            and re.search(r"complaint|it must|this means", passage.said)
        )
        narrow = about or occurs(_DEFINES[:2], passage.said) or occurs(_DEFINES[4:5], passage.said)
        if (
            narrow
            and passage.kind != "heading"
            and occurs(_NARROWED, passage.said)
            and not occurs(_WIDE, passage.context)
            and not occurs(_NOT_A_DEFINITION, passage.said)
            and not re.search(r"service request|dissatisf", passage.said.split("fail")[0][-60:])
        ):
            return passage
    return None
