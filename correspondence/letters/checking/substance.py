"""How much a passage really says.

A passage can carry the right heading and the right tone and still say nothing about this
resident: "after careful consideration of all the circumstances". What counts here are specifics:
figures, dates, names and every word that does not belong to the stock vocabulary of complaint
handling. It is a measure, not a judgement; each judge says how much it asks for.
"""

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"£?\d[\d,.:/]*|[^\W\d_][\w'-]*")

_FUNCTION_WORDS: Final = """\
a about above across after again against all almost already also although always am among an
    and another any anybody anyone anything are as at away be because been before being below
    between both but by came can cannot come could did do does doing done down during each either
    else enough even ever every everybody everyone everything few first for from further gave get
    given go going gone got had has have having he her here hers herself him himself his how however
    i if in instead into is it its itself just know known last later least less like made make makes
    many may me might mine more most much must my myself neither never next no nobody none nor not
    nothing now of off often on once one only onto or other others otherwise ought our ours
    ourselves out over own per perhaps put quite rather really said same say second see seen shall
    she should since so some somebody someone something sometimes soon still such take taken than
    that the their theirs them themselves then there therefore these they thing things this those
    though three through thus to together told too took towards two under until up upon us use used
    very was way we well went were what whatever when where whether which while who whole whom whose
    why will with within without would yes yet you your yours yourself mr mrs ms miss dr dear sir
    madam let lets don't didn't doesn't isn't wasn't can't won't couldn't wouldn't haven't hasn't
    i'm i've we've we're you've you're you'd we'll i'll you'll it's that's there's monday tuesday
    wednesday thursday friday saturday sunday"""

# The stock vocabulary: words that any letter of any landlord about any complaint may hold.
_STOCK_WORDS: Final = """\
ability able accept accepted accordance according account accountable achieve acknowledge
    acknowledged acknowledgement action actions active actual additional address addressed advise
    advised aim aims allow answer answered apologies apologise apologised apologize apology
    appreciate approach appropriate area areas arise ask asked aspect aspects assess assessed
    assessment assist assistance associated association assure attention authority available await
    aware balance base based basis begin behalf believe best body borough business call capacity
    care careful carefully carried carry case cases cause caused causing certain challenge
    challenges challenging change charity circumstance circumstances clarity clear clearly closely
    closure code colleague colleagues come comment comments commit commitment committed committee
    communicate communicated communication company complainant complaint complaints complete
    completed completely completing completion complex complexity complicated comply comprehensive
    concern concerned concerning concerns conclude concluded conclusion conclusions conduct
    conducted confident confirm confirmed consequence consider considerable consideration
    considered considering consistent consultation contact contacted content context continue
    control correct correspondence council current currently customer customers date dated day days
    deadline deal dealing dealt decide decided decision decisions deep deeply delay delayed delays
    delivery demand demands department depth desk detail detailed details determination determined
    different difficult difficulties difficulty directly disappointed discretion discuss discussed
    discussion dispute dissatisfaction dissatisfied district does due duly effort efforts email
    e-mail empathy end enquiries enquiry ensure ensures ensuring entire equitable establish
    established event events evidence exactly examine examined example exceptional exercise
    expectations expected experience experienced experiencing explain explained explanation
    exploring expressed extend extended extending extension extensive extent extra face facilitate
    fact factors facts fair fairly fairness feedback feel feeling feels felt file final finally find
    finding findings finish focus follow followed following form formal formally found frustrating
    frustration full fully future gather gathering general give giving good grateful greatly group
    guidance handle handled handling hand happen happened hear heard held help helpful high higher
    highest history home homes honest honesty hope hoped hours housing however identified identify
    immediate impact impartial implement implemented implications important improve improvement
    improvements inconvenience independent individual inform information informed initial insight
    integrity intend internal investigate investigated investigating investigation investigations
    investigator involve involved involving issue issued issues keen keep kind kindly landlord large
    lead learn learned learning left length letter level levels liaise light line listen listened
    listening log logged long longer look looked looking lot management manager managers managing
    manner material matter matters mean means meant measures meet meeting member members merit
    merits message middle mind minimise mistake moment month months moving multiple nature necessary
    necessitated need needed needing needs new normal normally note noted number numbers numerous
    obligation obligations obtain obtained occasion occasions occur occurred offer office officer
    officers ongoing open operational operationally operations opinion opportunity option options
    order organisation organisational outcome outcomes outline outlined outset outside outstanding
    overall owing parties part particular particularly parts party passed past patience people
    period person personal perspective perspectives phone place plan plans please pleased point
    points policies policy position possible post practicable practice pressing pressure pressures
    prevent previous previously prioritise priority problem problems procedure procedures proceed
    process processed processes processing progress progressed progressing proper properly property
    proposed provide provided providing purpose pursue question questions quality range reach
    reached read ready reason reasonable reasonably reasons receipt receive received recent recently
    recognise recognised recognition record recorded records refer reference referred regard
    regarded regarding regards regret regrets regular relate related relates relating relation
    relevant remain remaining remains repair repaired repairs reply report reported represent
    representations request requested requesting requests require required requirement requirements
    requires resident residents resolution resolve resolved resolving resource resources resourcing
    respect respond responded responding response responses responsibilities responsibility
    responsible result results return review reviewed reviewing right rights robust role satisfied
    satisfactory satisfaction scheme search secondly sector seek seeking send sense sensitive sent
    serious seriously service services set share shared short shortage shortages shortly show shown
    significant similar simple simply situation situations slightly society sooner sorry sort speak
    specific specifically staff staffing stage stages stakeholder stakeholders standard standards
    start stated statement step steps sufficient sufficiently suitable support sure surrounding
    system systems task team teams technical telephone tenancy tenant tenants thank thanks thinking
    thorough thoroughly thought time timeframe timely times timescale timescales today touch towards
    transparency transparent treat treated treating trouble true trust try trying understand
    understanding unable unacceptable unavoidable uncertain unexpected unfortunately unforeseen
    unhappy update updated updates usual notice hereby identify identifies unresolved easter
    christmas period
    allowed supposed easy ground hold certain drafted approved
    drafting approval signed finalise finalised circulated timeliness quality category
    categories sub-category type value values various view viewed views visit volume volumes
    wait waiting want wanted week weeks weigh weighed wide wish wished word words work worked
    working workload workloads works world worry write writing written wrong year years
    abilities absence absences adequate ambition annual appointed arrive arrived aspiration aspire
    assured attentive attentively backlog balanced bound bring calls candid careers chance chosen
    collaborative comfortable commensurate committing competing concise conscientious conversation
    conversations corporate courteous dedicated deserve deserves desktop diligence diligent
    directorate discussions distress divisions effectively efficient efficiently embedded empathetic
    endeavour endeavours engage engaged engagement enough escalate escalated escalation escalations
    excellence excellent exhausted exhaustive extremely fair-minded fit fitting frank genuine
    genuinely goes going hard heartfelt holiday holidays hub imply inclusive increase increased
    independently insightful intention interest interests journey judgement judgements justice
    largely leads leave led lessons lived logistical logistics mindful mission mutual neutral
    numerous objective objectively observations obvious online openness outweigh owned pace pause
    peak planned pride principles priorities pro-active proactive proceedings professional
    professionalism promptly proportionate proud publish published quarter rapidly reassure
    recruitment reflect reflected reflection regret regrettably rely remarks respectful restructure
    restructuring rigorous rightly scrupulous seasonal seek sectors sickness sincere sincerely
    solution solutions somewhat specialist specialists stakeholder strand strands stretched
    striving strive submission submissions substantive successful summer temporarily temporary
    thoughtful thoughtfully timing transformation truly unavoidably unprecedented unsatisfactory
    unusual unusually upheld uphold usually vacancies vacancy valuable valued verdict view vision
    whilst wholly winter wording workforce"""

_UNSPECIFIC: Final = frozenset(f"{_FUNCTION_WORDS} {_STOCK_WORDS}".split())
_NUMBER_WORDS: Final = frozenset(
    [
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "twenty",
        "thirty",
        "fortnight",
        "week",
        "month",
        "quarter",
        "half",
        "dozen",
    ]
)


@lru_cache(maxsize=16384)
def _specific(word: str) -> str:
    """The word without marks after it where it says something of its own; empty where not."""
    return word.rstrip(".,:") if _is_specific(word) else ""


def _is_specific(word: str) -> bool:
    if word[0].isdigit() or word[0] == "£":
        return True
    bare = word.partition("'")[0].strip("-")
    return (
        len(bare) > 2
        and bare not in _UNSPECIFIC
        and bare not in _NUMBER_WORDS
        and bare.removesuffix("s") not in _UNSPECIFIC
    )


@lru_cache(maxsize=2048)
def specifics(folded: str) -> frozenset[str]:
    """The distinct words of folded text that say something of their own."""
    return frozenset(filter(None, map(_specific, _WORD.findall(folded))))


_CONCRETE: Final = """\
letter letters email emails e-mail e-mails call calls phone telephone appointment appointments visit
    visits message messages form forms officer survey inspection bill charge deposit refund repair
    repairs noise"""
_CONCRETE_WORDS: Final = frozenset(_CONCRETE.split())


def matters(folded: str) -> frozenset[str]:
    """The specifics, and those stock words that can be a matter of complaint themselves."""
    return specifics(folded) | {w for w in _WORD.findall(folded) if w in _CONCRETE_WORDS}


def stems(folded: str) -> frozenset[str]:
    """The matters without their endings, so that 'leaking' and 'leak' compare as one."""
    return frozenset(_stem(word) for word in matters(folded))


def _stem(word: str) -> str:
    if word[0].isdigit() or word[0] == "£":
        return word
    bare = word.partition("'")[0]
    for ending in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "s",
        "y",
    ):
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            bare = bare[: -len(ending)]
            break
    return bare[:6].rstrip("e")
