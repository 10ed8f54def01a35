"""What a policy should say of acknowledgements, adjustments and conduct (Code 5)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

SAID: Final = (
    Statement(
        "5.8",
        "that complaints are handled on their merits, with an open mind, fairly and on all the "
        "evidence",
        (
            phrases(
                "(merits|open mind|impartial*|independent*|conflict* of interest|without bias|"
                "objective*)"
            ),
            phrases("(evidence|information|fair*|position|side|heard|interest|objective*)"),
        ),
        "Whoever handles a complaint does so on its merits and with an open mind, hears the "
        "resident, declares any conflict of interest and weighs all the evidence.",
        unless=phrases("<ombudsman> is", "<ombudsman> .. (independent|impartial)"),
        listed=True,
        silent="",
    ),
    Statement(
        "5.11",
        "that escalation is refused only for a valid reason, which is set out",
        (
            phrases("(escalat*|stage (2|two)|all stages|next stage)"),
            phrases("(refus*|declin*|not .. (escalat*|progress*)|reject*)"),
            phrases("(reason*|explain*|why|section 2)"),
        ),
        "We refuse to escalate a complaint only for a valid reason, which we set out in writing.",
        silent="",
    ),
    Statement(
        "5.6",
        "that the acknowledgement sets out the landlord's understanding of the complaint and the "
        "outcomes sought",
        (
            phrases(
                "(understand*|understood|definition|define|defining|scope|summar*|"
                "what (we|you) .. (think|believe|told|complain*|your complaint)|"
                "sets out .. complaint|confirm* .. (complaint|issues|details|"
                "points|concerns)|clarify*|what you are complaining about|heads "
                "of complaint|the nature of (the|your) complaint|agree .. complaint)",
                "what we .. (think|believe|understand) ",
                "what .. complain* (is|are) about",
            ),
            phrases(
                "(outcome*|result|resolution*|what you .. (want|would like|"
                "like|are (hoping|looking|seeking)|expect|hope|need)|(want|"
                "like|seek*|sought|wish*|hope*|hoping|desire*|expect*) .. (happen|"
                "achieve|do|see|outcome*|resolution|put right|from)|put (it|"
                "this|things|matters) right|(remedy|redress|solution) .. (want*|"
                "sought|seek*|request*|like|hop*)|outcome*)"
            ),
            phrases(
                "(acknowledg*|log|logged|logging|letter|in writing|write|confirm*|"
                "receipt|escalat*|when we|receive*)"
            ),
        ),
        "Our acknowledgement, at each stage, sets out what we understand your complaint to be and "
        "the outcomes you want; if anything is unclear we will ask.",
        unless=phrases(
            "(response|reply|decision letter*|letters will|responses) .. (will "
            "|must |should )?(set out|include|contain|confirm|state|cover)",
            "complaint response",
            "a complaint is (an|any|when|where|defined)",
            "(final|full|stage (1|2) ) response",
            "(responses|letters) (will|must|should|use)",
            "(reports|reporting|categor*)",
        ),
        listed=True,
    ),
    Statement(
        "5.7",
        "that the acknowledgement is clear which aspects the landlord is, and "
        "is not, responsible for",
        (
            phrases(
                "(not|n't|no|isn't|outside|beyond) .. (responsib*|remit|control|"
                "jurisdiction|our role|we manage)",
                "(responsib*|remit|control) .. (not|for and)",
                "(are|is) and (are|is) not",
                "(not|n't) .. (down to us|up to us|for us|ours|our job|within our)",
                "who is responsible",
                "(another|other|different|separate) (body|organisation|landlord|"
                "agency|authority|provider)",
                "(which|what|any|those) .. (aspects|parts|part|elements|matters|"
                "issues|bits) .. (responsib*|not)",
                "(not|n't) take responsibility",
            ),
            phrases(
                "(complaint*|aspect*|part|parts|bit|bits|anything|what|which|matter*|element*|any)"
            ),
            phrases(
                "(acknowledg*|log|logged|letter|clear|clarif*|tell|explain*|confirm*|advise*|"
                "inform*|"
                "set out|sets out|let you know|identif*|defin*|understand*|outline|state|say|says)"
            ),
        ),
        "Our acknowledgement, at each stage, says which aspects of your complaint we are, and are "
        "not, responsible for.",
        unless=phrases(
            "(damage|belongings|insurance|loss) ",
            "(is|are) responsible for .. (this policy|ensuring|handling|investigat*|day)",
            "processes more suitable",
            "<refuse>",
        ),
    ),
    Statement(
        "5.9",
        "that intervals for updates are agreed where a response will be late",
        (
            phrases(
                "(interval*|frequen*|how often|regular basis)",
                "(agree*|agreed|arrange) .. (updat*|contact|informed|keep|when)",
                "updat* .. (every|at least|weekly|regular*|agreed|each)",
                "(keep|kept) .. (informed|updated|up to date|posted) .. (every|"
                "at|weekly|regular*|until|throughout|agree*)",
                "(weekly|fortnightly|regular*) .. (updat*|contact|progress)",
            ),
            phrases(
                "(exten*|delay*|late|longer|outside|timescale*|time|deadline|"
                "more time|beyond|meet|overdue|event|updates (will be|are) "
                "(given|provided) at (agreed|regular))"
            ),
            phrases("(updat*|informed|contact*|touch|progress|posted|keep|kept)"),
        ),
        "If we cannot respond within these times we will agree with you how often we will keep you "
        "informed.",
        unless=phrases(
            "(until|action*|works|repairs|remed*|tracker|track) .. (complete*|done|finish*)",
            "(board|committee|panel|cabinet|report*)",
            "updated .. policy",
        ),
    ),
    Statement(
        "5.10",
        "that reasonable adjustments are made, recorded and kept under review",
        (
            phrases(
                "(adjust*|adapt*|equality act|disab*|additional needs|accessib*|"
                "individual needs|support needs|vulnerab*)"
            ),
            phrases(
                "(record*|log|logged|note|noted|keep a|file|write them|written "
                "down|register|document*)"
            ),
            phrases(
                "(review*|revisit*|annually|each year|every year|check*|from "
                "time to time|kept up to date|regularly|updat*)"
            ),
        ),
        "We make reasonable adjustments, keep a record of those agreed and of any disability you "
        "tell us about, and keep them under active review.",
        unless=phrases("restrict*", "(abuse|unacceptable|unreasonable) "),
    ),
    Statement(
        "5.14",
        "how unacceptable behaviour is managed",
        (
            phrases(
                "(unreasonabl*|unacceptabl*|vexatious|persistent|abus*|aggressive|"
                "acceptable behaviour|inappropriate|threatening|respect) ... "
                "(behaviour*|conduct|complainant*|contact|policy|customer*|"
                "complain*|abuse|demands|polic*)",
                "(restrict*|limit*) .. contact",
                "behaviour polic*",
                "tolerate",
            ),
        ),
        "Our policy on unacceptable behaviour sets out when contact may be "
        "restricted, on evidence, "
        "and how each restriction is reviewed.",
        unless=phrases(
            "unreasonabl* delay",
            "(behaviour|conduct|attitude) (by|of|from) [our|a member of] [council] (staff|officer*|"
            "employee*|contractor*)",
            "treat* (with|you with) .. respect",
        ),
    ),
    Statement(
        "5.15",
        "that restrictions on contact are proportionate and regard the Equality Act 2010",
        (
            phrases(
                "(restrict*|limit*|behaviour|contact|conduct|vexatious|unreasonabl*|unacceptabl*)"
            ),
            phrases(
                "(proportion*|fair|fairly|reasonable|in proportion|necessary|"
                "minimum|balanc*|justif*|weigh*)"
            ),
            phrases(
                "(equal*|disab*|vulnerab*|individual needs|protected characteristic*|"
                "needs|reasonable adjustment*)"
            ),
        ),
        "Any restriction is proportionate and has regard to the Equality Act 2010.",
        unless=phrases("complain* .. (fair|fairly)"),
        once=phrases(
            "(unreasonable|unreasonably persistent|unacceptable|vexatious|persistent) .. "
            "(behaviour|"
            "conduct|complain*|polic*|action*)",
            "restrict* .. contact",
        ),
    ),
)
