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
    "|nominat*|elect*|commission*|procur*|assign*|redesign*"
    "|put* in place|establish*|launch*|set* up|embed*|finalis*|bring* .. in line)"
)
_CHANGE: Final = (
    "(updat*|amend*|revis*|review*|chang*|publish*|complet*|include*|incorporat*|address*|rectif*"
    "|remov*|delet*|align*|draft*|train*|improv*|strengthen*|produc*|clarif*|"
    "start*|begin*|add|added"
    "|adding|ensure*|comply|compliant|ready|made|reflect|done|redrafted|reworded|varied|replaced"
    "|refreshed|reissued|tightened|formalised|documented|renewed|renegotiated|extended)"
)
_AHEAD: Final = (
    "(will|shall|'ll|to be|needs to|need to|going to|hope to|hoping to|expect to|plan* to|propos* "
    "to|intend* to|due to|looking to|is being|are being|scheduled to|requires|must "
    "be|should be|yet to)"
)
_DOCUMENT: Final = (
    "(policy|policies|procedure*|template*|website|web page*|guidance|leaflet*|"
    "strategy|job description*"
    "|objective*|form|forms|wording|letters|process|processes|definition|section|"
    "clause|training programme|this|it|system*|agreement*|contract*|script*|toolkit*|handbook*|"
    "tracker|dashboard*|report template*)"
)
_NOT_THERE: Final = phrases(
    "(in the process of|under (development|revision|construction)|in development|work in "
    "progress|in "
    "progress|working towards|being drafted|under review|being developed|being "
    "reviewed|being updated|being rewritten|being finalised)",
    "(once|when|after) .. (approved|adopted|agreed|ratified|finalised|live) ",
    "(not|n't) yet",
    "^once (the |a )?(mrc |member |officer |lead |policy )?(appointed|adopted|in post|implemented|"
    "recruited)",
    "(will|shall|to) (now |then |shortly )?be (nominated|elected|recruited|commissioned|procured|"
    "launched|adopted|rewritten|finalised|rolled out)",
    "(yet|still) to (be|take|go|happen|do|agree|receive|complete|consider|start|write|publish)",
    "(awaiting|pending) (confirmation|approval|sign off|implementation|agreement)",
    "(are|is|'re) (recruiting|developing|drafting|updating|amending|revising|rewriting|redrafting|"
    "introducing|implementing|working on|piloting|preparing|finalising|procuring)",
    "due (a|an|for) (overhaul|update|refresh|replacement|rewrite|revision)",
    "(has|have) been asked to (add|include|change|update|amend|provide|introduce)",
    "to follow$",
    "(is|are|'re) (drawing up|writing|building|creating|scoping|looking into|arranging)",
    "(we|council|association|team) (plan|propose) (a|an|some|further|more)",
    "(approval|cover|funding|recruit*|replacement|advice) .. (is|are) (being )?sought",
    "(in preparation|in draft|in due course|later this year|in the new year|"
    "being (recruited|arranged|prepared|written|considered|explored|rolled out|procured))",
    "(recruitment|work|drafting|review|project|procurement|training|discussion*|development|"
    "consultation) ... (under way|underway|ongoing|in hand|has begun|has started)",
    "(we|council|association|team|landlord|trust|group) (hope|plan|intend|propose|expect) to",
    "(would|could) be (done|developed|introduced|put in place) in (the )?future",
    "(consider*|explor*|looking at|look at) (introducing|implementing|developing|adding|how|ways)",
)
"""What tells outright that a thing is not there yet, routine or not."""

_TO_BEGIN: Final = phrases(
    f"{_AHEAD} .. (be )?{_BEGIN}", "full* compl* .. by", "(planned|scheduled) for"
)
_TO_CHANGE: Final = phrases(
    f"{_DOCUMENT} .. (will|shall|needs to|need to|to|must|should|due to) "
    f"(now |soon |shortly |then |therefore |also )?be {_CHANGE}",
    f"{_DOCUMENT} .. (is|are) being {_CHANGE}",
    "^(the |our )?(policy|procedure|template|letter*|website|leaflet) being (updated|revised|"
    "rewritten|amended|reviewed|redrafted)",
    "^to be (uploaded|added|published|confirmed|agreed|updated|completed|done|reviewed)",
    f"(is|are) (still |now )?to be ({_CHANGE}|{_BEGIN})",
    "(is|are|website) (currently |now )?(being |under )(redesigned|revision|rebuilt|reviewed"
    "|refreshed)",
    f"{_AHEAD} (updat*|amend*|revis*|chang*|rewrite|redraft|add|clarif*|align*|"
    f"review|remove|strengthen|improve|publish) .. {_DOCUMENT}",
    "(policy|policies|procedure|procedures|website|strategy) (will|shall|needs "
    "to|is to) (include|reflect|state|set out|refer|cover|comply|say|contain|have)",
    "(the|a|our) (new|revised|updated|forthcoming|next|draft) (policy|procedure|version) .. will",
    "(will|to) be (covered|included|addressed|picked up|provided) (in|as part of|through|by) .. "
    "(training|review|update|policy|procedure|version|refresh)",
    "(will|shall|to) (receive|have|undergo|attend|complete) .. (training|refresher|briefing*)",
    "(training|briefing*) .. (will|to) be (arranged|organised|delivered|rolled|given|provided)",
    "(training|briefing*|objective*|workshop*) (is|are|being) (planned|scheduled|arranged)",
)
_DATED_CHANGE: Final = phrases(
    f"{_AHEAD}",
    "action*",
    "(compliance|compliant|comply)",
    "(target|deadline|due|planned|scheduled|expected)",
)
_PERIODIC: Final = phrases(
    "(annual*|every year|each year|(each|every) (january|february|march|april|may|june|july|"
    "august|september|october|november|december|spring|summer|autumn|winter|meeting)|yearly|regular*|periodic*|quarterly|monthly|"
    "weekly|every (two|three|2|3) years|each quarter|on an ongoing basis|continu*|"
    "always|whenever|each time|as (necessary|needed|required|appropriate)|where "
    "(necessary|appropriate|needed)|if (necessary|needed)|as soon as|at (every|each|either|any)|"
    "(each|every) (complaint|case|resident|customer)|(on|upon) request|when (asked|requested)|"
    "next review (is|date|due|will|in|on)|due for .. review|"
    "each of which|following any|if (the|we|there|a|any)|induction|"
    "new (staff|starter*|employee*|colleague*)|"
    "(respond*|repl*|response) (by|within))",
)
_SHALL: Final = phrases(_AHEAD)
_FROM: Final = re.compile(r"\b(?:from|starting|with effect from|as of)\s")
_INTENDS: Final = phrases(
    "(how|what|actions|steps) (we|it|they|the landlord) .. (intend*|plan*)",
    "(kept|keep|keeps|keeping|remain*) .. under .. review",
)
_SUPPOSED: Final = phrases("^(if|where|when|should|whenever)", "(if|where) (the|we|there|a|an|any)")
_ACTION: Final = re.compile(
    r"^actions?\s*[:.\-]|\bactions?\s?:|^\W*(?:further )?actions? (?:required|needed|points?)\b"
)
_A_CASE: Final = phrases(
    "(complaint*|case*|matter*|concern*|escalat*|request*|enquir*|investigation|resident*) .. "
    "(it|this)"
    " (will|shall|is|to)",
    "(how|what|actions) (we|it|they|the landlord|the council) .. (intend*|plan*|propose*|will|to)",
    "(establish*|clarify*|confirm*) (the |all |any |her |his |their |our |your |what |whether |"
    "relevant |if )*(fact*|understanding|what|whether|relevant|position|cause|circumstances|"
    "outcome*|definition|complaint)",
    "(set up|arrange*) .. (meeting|call|interview|visit|appointment)",
    "(complaint*|case*|you|resident*|request*) ... (assigned|allocated|reviewed)",
    "(assign*|appoint*|nominat*) .. (complaint|case|investigat*|handler*|reviewer*)",
    "(implement*|complet*) .. (remed*|recommendation*|learning|outcome*|order*)",
)
"""What is to be done in each case, which is a routine, however much it sounds like a plan."""

_ADMITS: Final = phrases(
    "(not|n't|no) .. (currently|yet|always|explicit*|clear*|formal*|consistent*|"
    "fully|at present|specifically) .. (stat*|set out|cover*|compl*|meet*|record*|"
    "includ*|in place|done|happen*|provide*|defined|document*|mention*|process|"
    "met|refer*|do|followed|captur*|achiev*)",
    "(does|do|is|are|did) not (currently|yet|explicitly|clearly|always|consistently|"
    "specifically|fully|presently)",
    "(not|n't) ... (at the moment|at present|currently)",
    "(not|n't) .. in (every|all) case*",
    "but not (at|in|on|yet|always|for)",
    "^not (in place|met|done|recorded|monitored|currently|always|fully|consistently)",
    "no (single|dedicated|named|designated|one) .. (officer|person|team|member|lead) "
    "(has|is|holds)",
    "need* to be (added|included|updated|amended|changed|revised|rewritten|written|recorded)",
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
    "(is|are|was|were|has|have|but) not (been )?(yet |always |currently |consistently |routinely "
    "|formally |centrally |fully |regularly )?(recorded|reviewed|considered|tracked|monitored|"
    "published|documented|reported|shared|achieved|met|available|trained|aware|implemented"
    "|captured)",
    "not (all|every) .. (are|is|have|has|were|do|does)",
    "(some|several|a few|certain|two|three) (team*|staff|letter*|response*|contractor*|case*|"
    "handler*|service*|officer*|area*) .. (still|wait|fail*|miss*|do not|don't|have not|lack*)",
    "(third|half|quarter|minority|proportion|number|some) of .. (response*|letter*|case*|"
    "complaint*|repl*) .. (miss*|fail*|lack*|late|did not|were not|not)",
    "(letter*|template*|policy|policies|procedure*|response*|form|website) (leave|leaves|left|omit|"
    "omits|omitted|lack|lacks|fail|fails|failed)",
    "(is|are) lacking",
    "no (arrangement*|process*|procedure*|record*|system*|evidence|training|objective|monitoring) "
    "(exist*|is in place|are in place|in place|at present|is kept|are kept)",
    "(isn't|aren't|is not|are not) (spelled out|spelt out|set out|written down|documented|stated|"
    "formalised|explicit|clear|in place|covered|embedded)",
    "(more|further|some) work (is |to be )?(needed|required|to do|done|remains)",
    "need* to (be )?(improve*|strengthen*|develop*|tightened|addressed|clearer|consistent)",
    "(post|role|position) (is |remains )?(vacant|unfilled)",
    "vacant (post|role|position)",
    "part* met",
    "(is|are) (missing|absent|lacking|out of date|outdated|incomplete)",
    "need* (replacing|revising|amending|updating|rewriting|strengthening|improving)",
    "(room|area*|scope|opportunit*|need) (for|to) (improvement|improve)",
    "(not|n't) consistent*",
    "inconsisten*",
    "(still|continues to) (show*|refer*|say*|use*|state*|quote*|mention*|describe*)",
    "predate*",
    "^(currently |presently )?vacant",
    "(currently|presently|still|systems|system|we) (currently )?lack*",
    "(limited|no|partial|inadequate|little) assurance",
    "(saved|save|held|hold|kept|keep|stored|store) .. (locally|in personal|in their own|in "
    "individual|on personal)",
)
_NOT_ADMITTED: Final = phrases(
    "always .. (room|scope) (for|to) improv*",
    "(identif*|learn*|find*|spot*|highlight*|look* for|discuss*|complaint*|feedback|trend*|"
    "theme*|lesson*|analys*|each year|annual*) ... (area*|opportunit*|scope|room) (for|to) "
    "improv*",
    "opportunit* to improve",
    "(who|that|which) (has|have|was|were|had|did|is|are) not",
    "not when",
    "(complaint*|resident*|matter*|issue*|request*|customer*|tenant*) (is|are|does|do) not",
    "(if|where|when|should|whether|unless) ... (not|n't|no)",
    "(if|where|when) .. (fail*|need*|miss*|lack*)",
    "would not",
    "(fully|in full) complian*",
    "not (required|necessary|acceptable|appropriate|treated|used)",
    "(ensure|avoid|prevent|rather than|instead of) .. inconsisten*",
    "(previous*|prior|former*|old) .. (not|n't|no)",
    "no longer",
    "not (recorded|reported|published|considered|logged|treated) (as|to be)",
)


def is_to_come(said: str, today: date) -> bool:
    """Whether folded words tell of a change still to be made, and not of a routine."""
    if _ACTION.search(said) or (
        occurs(_NOT_THERE, said) and not occurs(_SUPPOSED, said) and not occurs(_INTENDS, said)
    ):
        return True
    when = latest(said)
    ahead = when is not None and when > today
    if ahead and _FROM.search(said) and occurs(_SHALL, said):
        return True
    if occurs(_PERIODIC, said) or occurs(_A_CASE, said):
        return False
    if occurs(_TO_BEGIN, said) or occurs(_TO_CHANGE, said):
        return True
    changing = occurs(_DATED_CHANGE, said) and not re.search(r"working days?", said)
    until = put_off_to(said)
    # "Within six months" is as often how long a thing takes as when it will be there.
    return (ahead or changing) if until and not until.startswith("within") else ahead and changing


def admits(said: str) -> bool:
    """Whether folded words admit that something the Code asks is not met."""
    return bool(first(_ADMITS, said)) and not occurs(_NOT_ADMITTED, said)
