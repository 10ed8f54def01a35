"""The words in which a row tells of what is still to be done, or admits what is not met."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.phrases import first, occurs, phrases
from correspondence.handling_code.self_assessment.dates import latest, put_off_to

if TYPE_CHECKING:
    from datetime import date

_BEGIN: Final = (
    "(introduc*|implement*|develop*|creat*|adopt*|roll* out|rewritten|rewrite|recruit*|appoint*"
    "|put* in place|establish*|launch*|set* up|embed*|finalis*|bring* .. in line)"
)
_CHANGE: Final = (
    "(updat*|amend*|revis*|review*|chang*|publish*|complet*|include*|incorporat*|address*|rectif*"
    "|remov*|delet*|align*|draft*|train*|improv*|strengthen*|produc*|clarif*|"
    "start*|begin*|add|added"
    "|adding|ensure*|comply|compliant|ready|made|reflect|done|redrafted|reworded)"
)
_AHEAD: Final = (
    "(will|shall|'ll|to be|needs to|need to|going to|plan* to|propos* to|intend* "
    "to|due to|looking to|is being|are being|scheduled to|requires|must "
    "be|should be|yet to)"
)
_DOCUMENT: Final = (
    "(policy|policies|procedure*|template*|website|web page*|guidance|leaflet*|"
    "strategy|job description*"
    "|objective*|form|forms|wording|letters|process|processes|definition|section|"
    "clause|training programme|this|it|system*)"
)
_TO_BEGIN: Final = phrases(
    f"{_AHEAD} .. (be )?{_BEGIN}",
    "(in the process of|under development|in development|work in progress|in "
    "progress|working towards|being drafted|under review|being developed|being "
    "reviewed|being updated|being rewritten|being finalised)",
    "(action|actions) (required|needed|needing|to be|point*|plan)",
    "(once|when|after) .. (approved|adopted|agreed|ratified|finalised|live) ",
    "full* compl* .. by",
    "(not|n't) yet",
    "yet to be",
    "(consider*|explor*|looking at|look at) (introducing|implementing|developing|adding|how|ways)",
)
_TO_CHANGE: Final = phrases(
    f"{_DOCUMENT} .. (will|shall|needs to|need to|to|must|should|due to) (now )?be {_CHANGE}",
    f"{_DOCUMENT} .. (is|are) being {_CHANGE}",
    f"{_AHEAD} (updat*|amend*|revis*|chang*|rewrite|redraft|add|clarif*|align*|"
    f"review|remove|strengthen|improve|publish) .. {_DOCUMENT}",
    "(policy|policies|procedure|procedures|website|strategy) (will|shall|needs "
    "to|is to) (include|reflect|state|set out|refer|cover|comply|say|contain|have)",
    "(the|a|our) (new|revised|updated|forthcoming|next|draft) (policy|procedure|version) .. will",
    "(will|to) be (covered|included|addressed|picked up|provided) (in|as part of|through|by) .. "
    "(training|review|update|policy|procedure|version|refresh)",
    "(training|briefing*) .. (will|to) be (arranged|organised|delivered|rolled|given|provided)",
    "(training|briefing*|objective*|workshop*) (is|are|being) (planned|scheduled|arranged)",
)
_DATED_CHANGE: Final = phrases(
    f"{_AHEAD}", "action*", "(compliance|compliant|comply)", "(target|deadline|due)"
)
_PERIODIC: Final = phrases(
    "(annual*|every year|each year|yearly|regular*|periodic*|quarterly|monthly|"
    "weekly|every (two|three|2|3) years|each quarter|on an ongoing basis|continu*|"
    "always|whenever|each time|as (necessary|needed|required|appropriate)|where "
    "(necessary|appropriate|needed)|if (necessary|needed)|as soon as|at (every|each|either|any)|"
    "(each|every) (complaint|case|resident|customer))",
)
_ACTION: Final = re.compile(r"^actions?\b\W|\bactions?\s?:")
_ADMITS: Final = phrases(
    "(not|n't|no) .. (currently|yet|always|explicit*|clear*|formal*|consistent*|"
    "fully|at present|specifically) .. (stat*|set out|cover*|compl*|meet*|record*|"
    "includ*|in place|done|happen*|provide*|defined|document*|mention*|process|"
    "met|refer*|do|followed|captur*|achiev*)",
    "(does|do|is|are|did) not (currently|yet|explicitly|clearly|always|consistently|"
    "specifically|fully|presently)",
    "(not|non) complian*",
    "non-complian*",
    "(does|do) not comply",
    "(policy|procedure|policies|procedures|letters|template*) (does|do) not "
    "(state|say|include|mention|set|cover|refer|specify|make|contain|reflect)",
    "(gap|gaps|shortfall*|weakness*|area* for improvement) .. (identif*|in|exist*)",
    "(there is|there are|we have) (currently )?(no|not a|n't a) (process|policy|procedure|record*|"
    "formal|mechanism|evidence|reference|requirement|system|dedicated|designated|official|"
    "specific|single|corporate|objective|standard)",
    "(this|it) is not (in|included|stated|part|covered|set|reflected|in place|"
    "done|recorded|mentioned|happening|yet|formalised|monitored)",
    "is not (stipulated|formalised|specified)",
    "needs (strengthening|improving|updating|work|to improve)",
    "partial* complian*",
    "(target|timescale*|deadline*) .. (not|n't) (always )?(been )?met",
    "(limited|lack of) (evidence|resource*|capacity|process)",
    "(not|n't) consistent*",
    "inconsisten*",
)
_NOT_ADMITTED: Final = phrases(
    "(complaint*|resident*|matter*|issue*|request*|customer*|tenant*) (is|are|does|do) not",
    "if .. not",
    "where .. not",
    "when .. not",
    "would not",
    "(fully|in full) complian*",
    "not (required|necessary|acceptable|appropriate|treated|used)",
    "(ensure|avoid|prevent|rather than|instead of) .. inconsisten*",
    "(previous*|prior|former*|old) .. (not|n't|no)",
    "no longer",
)


def is_to_come(said: str, today: date) -> bool:
    """Whether folded words tell of a change still to be made, and not of a routine."""
    if _ACTION.search(said):
        return True
    if occurs(_PERIODIC, said):
        return False
    if occurs(_TO_BEGIN, said) or occurs(_TO_CHANGE, said):
        return True
    if not put_off_to(said):
        return False
    when = latest(said)
    return (when is not None and when > today) or (
        occurs(_DATED_CHANGE, said) and not re.search(r"working days?", said)
    )


def admits(said: str) -> bool:
    """Whether folded words admit that something the Code asks is not met."""
    return bool(first(_ADMITS, said)) and not occurs(_NOT_ADMITTED, said)
