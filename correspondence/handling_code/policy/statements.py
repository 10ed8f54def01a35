"""What a policy should say, section by section of the Code, and the ways it can be said."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

_COMPLAINTS: Final = (
    Statement(
        "1.3",
        "that nobody has to use the word complaint and that whoever is dissatisfied is offered the "
        "choice to complain",
        (
            phrases(
                "word .. complaint", "(call*|term*|label*|say*|saying|describe*|named) .. (it|them|this|[a] complaint) .. [a] complaint*",
                "(call|called|say|mention|use|describe*) .. complaint", "(offer*|give*|given|ask*|invite*|have) .. (choice|option|opportunity|whether|if) .. (to make|to complain|would like|want|wish*|of making|complaint)",
                "(choice|option|opportunity) .. (to|of) .. (complain*|mak* a complaint)",
                "(dissatisf*|unhappy|concern*) ... (choice|treat* .. as a complaint|logged as a complaint|whether .. complaint)",
            ),
        ),
        "You do not have to use the word complaint. Whenever you tell us you are dissatisfied we "
        "will give you the choice to make a complaint.",
    ),
    Statement(
        "1.4",
        "what a service request is, how it differs from a complaint, and that such requests are "
        "recorded, monitored and reviewed",
        (
            phrases("service request*", "request* for [a] service*", "request* .. (service*|action|requiring)", "(reporting|report|asking|ask) .. (repair|first time|fault|something|us to fix)"),
            phrases("(record*|log|logs|logged|logging|monitor*|review*|track*|register*|written in|keep an eye|report on|reported on)"),
        ),
        "A service request asks us to put something right. It is not a complaint; we record, "
        "monitor and regularly review all service requests.",
        unless=phrases("monitored separately"),
    ),
    Statement(
        "1.5",
        "that a complaint is raised when a resident is dissatisfied with the response to a service "
        "request, and that work on the request goes on",
        (
            phrases("request*", "(report*|repair*) .. (dissatisf*|unhappy)"),
            phrases("(dissatisf*|unhapp*|not (happy|satisfied|content)|n't (happy|satisfied|content)|complain*)"),
            phrases(
                "(not|n't) stop", "(proceed*|regardless|nonetheless|in parallel|unaffected|continue*|continu*|carry on|go on|going on|keep (working|on|dealing)|still|ongoing|meanwhile|in progress|under way|underway|at the same time|alongside)",
                "(raise*|log|logged|treat*|become*|is|make*|can|may) .. complaint .. (if|when|where|should)", "(dissatisf*|unhapp*|not happy|not satisfied) .. (response|handl*|deal*|dealt|answer*|how|what we do) ... complain*",
            ),
        ),
        "If you are dissatisfied with how we answered your service request we will raise a "
        "complaint, even if the request is still open, and go on dealing with the request.",
        unless=phrases("(not|rather than) [as] a complaint$", "(escalat*|stage (2|two)|second stage) "),
    ),
    Statement(
        "1.6",
        "that people who voice dissatisfaction in a survey are told how to complain",
        (
            phrases("survey*", "(feedback|satisfaction) (form*|questionnaire*|exercise*|call*)", "questionnaire*"),
            phrases(
                "(how|pursue|route|explain*|inform*|tell|told|choice|option|offer*|signpost*|aware|provide*|opportunity|contact*|asked|ask|invite*|can|may) ... (complain*|make one|do so|do this)",
                "complain* ... (how|details|contact|option|route|choice)",
            ),
        ),
        "Dissatisfaction voiced in a survey is not treated as a complaint, but we will tell you "
        "how to make one, and every survey says how to complain.",
    ),
)

_ACCESS: Final = (
    Statement(
        "3.1",
        "by which channels residents can complain",
        (
            phrases(
                "(telephone|phone|ring|call*|email|e-mail|whatsapp|online|website|portal|app|letter|post|in writing|write|social media|facebook|in person|face to face|face-to-face|text) ... (telephone|phone|ring|call*|email|e-mail|whatsapp|online|website|portal|app|letter|post|write|writing|social media|facebook|in person|person|face to face|text)",
                "any (way|channel|method|means|form*|format)", "any way you like", "(whatever|whichever) (way|channel|method|means)", "(range|variety|number) of (ways|channels|methods|means)",
            ),
            phrases("(complain*|contact|tell us|feedback|reach|how)"),
        ),
        "You can complain in whatever way suits you: by phone, e-mail, letter, online, social "
        "media or in person.",
        unless=phrases("<ombudsman>", "must be (made )?in writing"),
        listed=True,
    ),
    Statement(
        "3.2",
        "that residents can complain to any member of staff",
        (
            phrases(
                "(any|every|all) [other] [of] [our] [the] (member* of [our] [the] [housing] staff|staff|employee*|colleague*|officer*|people|team members|member of the team|one of our|team)",
                "any .. (officer|employee|staff member|member of staff|colleague)", "(anyone|anybody|someone|somebody|person) .. (works|work|working|employed) (for|at|with) (us|the)", "(staff|colleagues|employees|officers) .. (can|must|will|are|able|should) .. (take|pass|accept|log|record|receive|recognise|raise|refer|trained)",
                "(through|via|to|with) [an|one of our] (officer*|staff|colleague*|contractor*|employee*|member of staff|member of our staff|caretaker|any committee member)",
            ),
        ),
        "You can complain to any member of our staff, who will pass it on to the complaints team.",
    ),
    Statement(
        "3.5",
        "how the policy, the Code and the Ombudsman are publicised",
        (
            phrases(
                "(is|are|printed|include*) (on|in|at|from) (our|the|all|every) .. (website|leaflet*|newsletter*|letters|reception*|handbook)", "(publicis*|publiciz*|publish*|promot*|advertis*|raise awareness|spreading|spread the word|make .. (known|available)|made available|tell (people|residents|customers|tenants) about|awareness|available|display*|communicat*)",
                "(we|will|also|can) .. (find|found) .. (on our website|online)",
            ),
            phrases("(website|web site|web page*|site|leaflet*|newsletter*|poster*|magazine|noticeboard*|notice board*|handbook|social media|welcome pack*|sign-up|sign up pack|letters|rent statement*|reception*|app)"),
            phrases("(polic*|procedure|complaint*|process)"),
            phrases("(ombudsman|ombudsmen|code|codes)"),
        ),
        "We publicise this policy, the Complaint Handling Code and how to reach the Ombudsman on "
        "our website, in newsletters and leaflets, and in letters about your tenancy.",
        unless=phrases("(annual|self-assessment|self assessment|governing body's|board's) .. (report|response|published|publish*)"),
    ),
    Statement(
        "3.6",
        "that a representative may deal with the complaint and come to meetings",
        (
            phrases(
                "(representative*|advocate*|advocacy|support worker|carer)", "(someone|somebody|anyone|anybody|friend|relative|family*) .. (else|act*|represent*|complain*|speak*|help*|deal*|choose|of your choice|on your behalf|to act|accompan*)",
                "on (your|their|his|her|a resident's|the resident's|behalf of|somebody's|someone's) behalf", "(friend|relative|family member|councillor|mp|third part*) ... (complain*|act|behalf|represent*|help*|accompan*)",
                "on behalf of",
            ),
            phrases("(act*|complain*|represent*|deal*|handl*|speak*|accompan*|help*|support*|meeting*|bring|behalf|choose)"),
        ),
        "Somebody else may deal with the complaint for you, and may come with you to any meeting.",
        unless=phrases(
            "(acting|those) .. on .. behalf", "(legal representation|mp|designated)", "ombudsman", "resident representative*", "councillor or mp"
        ),
    ),
    Statement(
        "3.7",
        "that residents may go to the Ombudsman, also while the complaint is being handled",
        (
            phrases(
                "(any|every) (time|stage|point) ... <ombudsman>", "<ombudsman> ... (any|every|all) (time*|stage*|point*)", "<ombudsman> ... (throughout|during|while)",
                "(advice|support|help|assistance|guidance) .. <ombudsman>", "(contact|access|approach|refer|go|take|complain|escalate|ask|right|rights|reach|write|turn|engage) .. (to|with|on)? .. <ombudsman>",
                "<ombudsman> ... (0300|phone|telephone|tel|web|www|online|can help|can be contacted|contact details|preston)",
                "<ombudsman>'s .. (details|contact)",
            ),
        ),
        "You can contact the Housing Ombudsman for advice at any time, not only when you have "
        "finished our process.",
    ),
)

_PROCESS: Final = (
    Statement(
        "5.6",
        "that the acknowledgement sets out the landlord's understanding of the complaint and the "
        "outcomes sought",
        (
            phrases(
                "(understand*|understood|definition|define|defining|scope|summar*|what (we|you) .. (think|believe|told|complain*|your complaint)|sets out .. complaint|confirm* .. (complaint|issues|details|points|concerns)|clarify*|what you are complaining about|heads of complaint|the nature of (the|your) complaint|agree .. complaint)",
                "what we .. (think|believe|understand) ", "what .. complain* (is|are) about",
            ),
            phrases("(outcome*|result|resolution*|what you .. (want|would like|like|are (hoping|looking|seeking)|expect|hope|need)|(want|like|seek*|sought|wish*|hope*|hoping|desire*|expect*) .. (happen|achieve|do|see|outcome*|resolution|put right|from)|put (it|this|things|matters) right|(remedy|redress|solution) .. (want*|sought|seek*|request*|like|hop*)|outcome*)"),
            phrases("(acknowledg*|log|logged|logging|letter|in writing|write|confirm*|receipt|escalat*|when we|receive*)"),
        ),
        "Our acknowledgement, at each stage, sets out what we understand your complaint to be and "
        "the outcomes you want; if anything is unclear we will ask.",
        unless=phrases(
            "(response|reply|decision letter*|letters will|responses) .. (will |must |should )?(set out|include|contain|confirm|state|cover)",
            "complaint response", "a complaint is", "(final|full|stage (1|2) ) response", "(responses|letters) (will|must|should|use)",
            "(record*|report*|categor*)",
        ),
    ),
    Statement(
        "5.7",
        "that the acknowledgement is clear which aspects the landlord is, and is not, responsible for",
        (
            phrases(
                "(not|n't|no|isn't|outside|beyond) .. (responsib*|remit|control|jurisdiction|our role|we manage)", "(responsib*|remit|control) .. (not|for and)",
                "(are|is) and (are|is) not", "(not|n't) .. (down to us|up to us|for us|ours|our job|within our)", "who is responsible", "(which|what|any|those) .. (aspects|parts|part|elements|matters|issues|bits) .. (responsib*|not)", "(not|n't) take responsibility",
            ),
            phrases("(acknowledg*|complaint*|log|logged|letter|aspect*|part|parts|bit|bits|anything|what|matter|matters|element*)"),
        ),
        "Our acknowledgement, at each stage, says which aspects of your complaint we are, and are "
        "not, responsible for.",
        unless=phrases("(damage|belongings|insurance|loss) ", "(is|are) responsible for .. (this policy|ensuring|handling|investigat*)", "<refuse>"),
    ),
    Statement(
        "5.9",
        "that intervals for updates are agreed where a response will be late",
        (
            phrases(
                "(interval*|frequen*|how often|regular basis)", "(agree*|agreed|arrange) .. (updat*|contact|informed|keep|when)", "updat* .. (every|at least|weekly|regular*|agreed|each)",
                "(keep|kept) .. (informed|updated|up to date|posted) .. (every|at|weekly|regular*|until|throughout|agree*)", "(weekly|fortnightly|regular*) .. (updat*|contact|progress)",
            ),
            phrases("(exten*|delay*|late|longer|outside|timescale*|time|deadline|more time|beyond|meet|overdue|event|updates (will be|are) (given|provided) at (agreed|regular))"),
            phrases("(updat*|informed|contact*|touch|progress|posted|keep|kept)"),
        ),
        "If we cannot respond within these times we will agree with you how often we will keep you "
        "informed.",
        unless=phrases("(until|action*|works|repairs|remed*|tracker|track) .. (complete*|done|finish*)", "(board|committee|panel|cabinet|report*)", "updated .. policy"),
    ),
    Statement(
        "5.10",
        "that reasonable adjustments are made, recorded and kept under review",
        (
            phrases("(adjust*|adapt*|equality act|disab*|additional needs|accessib*|individual needs|support needs|vulnerab*)"),
            phrases("(record*|log|logged|note|noted|keep a|file|write them|written down|register|document*)"),
            phrases("(review*|check*|from time to time|kept up to date|regularly|updat*)"),
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
                "(unreasonabl*|unacceptabl*|vexatious|persistent|abus*|aggressive|acceptable behaviour|inappropriate|threatening|respect) ... (behaviour*|conduct|complainant*|contact|policy|customer*|complain*|abuse|demands|polic*)",
                "(restrict*|limit*) .. contact", "behaviour polic*", "tolerate",
            ),
        ),
        "Our policy on unacceptable behaviour sets out when contact may be restricted, on evidence, "
        "and how each restriction is reviewed.",
    ),
    Statement(
        "5.15",
        "that restrictions on contact are proportionate and regard the Equality Act 2010",
        (
            phrases("(restrict*|limit*|behaviour|contact|conduct|vexatious|unreasonabl*|unacceptabl*)"),
            phrases("(proportion*|fair|fairly|reasonable|in proportion|necessary|minimum|balanc*|justif*|weigh*)"),
            phrases("(equal*|disab*|vulnerab*|individual needs|protected characteristic*|needs|reasonable adjustment*)"),
        ),
        "Any restriction is proportionate and has regard to the Equality Act 2010.",
        unless=phrases("complain* .. (fair|fairly)"),
    ),
)

SAID: Final = (*_COMPLAINTS, *_ACCESS, *_PROCESS)
"""Sections 1, 3 and 5."""
