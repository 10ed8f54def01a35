"""What a policy must not say, and the ways it is said (Code 3 to 9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import NOT_REQUIRED, Breach

_NOT_ACKNOWLEDGED: Final = Breach(
    "6.2",
    "fail",
    phrases(
        "(not|n't|no|without|need not|may not) .. (acknowledg*|acknowledgement) "
        "... (if|where|when|simple|resolved|within|quick*)",
        "(if|where|when) ... (resolve*|respond*|answer*|repl*|simple|straightforward|"
        "quick*) ... (no|not|n't|without|need not|may not) .. (acknowledg*|"
        "send an acknowledgement)",
        "acknowledg* .. only (where|if|when)",
        "acknowledg* .. (optional|discretion*|unless .. (resolved|answered|responded))",
        "unless .. (able|can) .. (respond|resolve|answer|reply) .. (within|"
        "in|before|sooner|straight)",
        "(if|where|when) no (response|reply|answer) .. within ... acknowledg*",
        "(if|where|when) .. (response|reply|answer) .. (cannot|can't|can not|is not|isn't) .. "
        "within ... acknowledg*",
        "(if|where|when) .. (cannot|can't|can not|unable to|not able to|do not|don't"
        "|not possible to) "
        ".. "
        "(respond|resolve*|answer|reply|settle|deal|put|sort|fix) .. (straight away"
        "|immediately|at once|on "
        "the "
        "spot|there and then|same day|within|quickly) .. (we will|we'll|will be|you will) .. "
        "acknowledg*",
    ),
    "Every complaint is acknowledged, defined and logged; the acknowledgement may not be left "
    "out because the answer comes soon.",
    "We acknowledge every complaint within 5 working days of receiving it.",
    phrases(
        "(late|miss*|fail*) .. acknowledg*",
        "acknowledg* .. (does not|is not an) .. (admi*|accept*)",
        "have not (received|had) .. acknowledg*",
        "(you|resident) .. (not|n't) .. receive*",
    ),
)
BREACHES: Final = (
    Breach(
        "1.3",
        "fail",
        phrases(
            "not (every|all|any) .. (dissatisf*|concern*|expression*) ... complaint*",
            "(some|certain) .. (dissatisf*|expression*) ... (treat*|dealt|handle*|log*|regard*|"
            "record*)"
            " .. as .. (request*|enquir*|quer*|feedback|comment*|concern*)",
            "(treat*|handle*|deal*|log*|record*) .. as .. (enquir*|request*|quer*|feedback) .. "
            "instead",
            "dissatisf* ... (will|may) .. (not|n't) .. (treat*|log*|regard*|record*|handled) .. "
            "complaint*",
            "(treat*|handle*|deal* with|log*|record*|class*) .. (complaint*|dissatisf*) as (a"
            "|an) .. "
            "(concern|enquir*|quer*|feedback|comment|suggestion|issue)",
            "discretion .. (how|whether) .. (handle|treat|deal|record|log)",
            "(state|say|specif*|make clear|indicate|mark*) that .. (it is|you are making|this is) "
            ".. "
            "[formal] complaint",
        ),
        "Whenever a resident voices dissatisfaction they must be given the choice to complain; the "
        "landlord may not decide that it is something less, nor ask that the word be used.",
        "You do not have to use the word complaint. Whenever you tell us you are dissatisfied we "
        "will give you the choice to make a complaint.",
        phrases("survey*", "(choice|offer*|ask .. whether|would like|wish*)", "third part*"),
    ),
    Breach(
        "3.1",
        "fail",
        phrases(
            "complaint* .. (must|should|have to|need to|can only|shall|may "
            "only) .. (be) .. [made|submitted|put|set out|lodged] [to us] in "
            "writing",
            "(must|shall|should|need to|have to|required to|can only) .. (complain|"
            "write|set out|submit|make|put) .. [complaint|it|them] .. (in writing|"
            "in a letter|by letter|on the form|complaint form|using the form|"
            "on our form|online form)",
            "(only|solely) .. (in writing|by letter|online|web form|complaint "
            "form|via the form|through the form|through our website)",
            "(not|n't|cannot|unable to) .. (accept|take|log|consider) ... (verbal*|"
            "telephone|phone|oral*|social media|email|in person)",
            "complaints must be made in writing",
            "complaint* (must|can only|may only|have to|need to) be .. (on|through|via|using) "
            "(our|the) (website|web site|portal|app|online)",
            "only (accept|take|consider) .. complaint* .. (by|via|through) (email|e-mail"
            "|letter|post|our) ",
            "(ask|require|expect) (you|them|callers|residents|tenants) to put (it|this|that|your "
            "complaint|their complaint|everything) in writing",
            "(must|need to|have to|required to) .. (complete|fill in|fill out|use|submit) .. "
            "(complaint*|"
            "online|web|our) form",
            "(shall|must) set out the complaint in a letter",
            "fill in the form .. and (post|send|return)",
            "(ask|request|require|expect) .. (put|make|submit|send|set out) .. complaint* .. in "
            "(writing|a letter)",
            "(need|require|ask for|expect|insist) .. complaint* .. (be|on"
            "|in) ... (complaint* form|our "
            "form|the form|writing|a letter)",
            "complaint* .. (must|should|need* to|have to) be ... (complaint* form|our form"
            "|the form|"
            "in writing|a letter)",
        ),
        "Residents must be able to complain in different ways; a complaint need not be in writing "
        "or on a form.",
        "You can complain in whatever way suits you: by phone, e-mail, letter, online, social "
        "media or in person.",
        (
            *NOT_REQUIRED,
            *phrases(
                "<ombudsman>",
                "(or|also) .. (phone|telephone|call|person)",
                "(social media|facebook|twitter) ... (private|direct message|publicly|"
                "confidential*|public)",
                "stage (2|two)",
                "escalat*",
            ),
        ),
    ),
    Breach(
        "1.4",
        "warn",
        phrases(
            "(deal*|dealt|treat*|handle*|log*|record*) .. as .. (request*|enquir*|quer*|feedback) "
            ".. (rather than|and not|not as) .. complaint*",
            "(not|n't) (want|wish) .. (pursue|formal*) .. (service request*|enquir*)",
        ),
        "A service request asks for something to be put right; whether a matter is one does not "
        "turn on how soon it can be resolved, nor on whether the resident wants to go further.",
        "A service request asks us to do something to put a matter right. If you are dissatisfied "
        "we will give you the choice to make a complaint, however soon we can put it right.",
        phrases("(never|must not|will not|won't|do not|don't|nor)", "(survey*|compliment*)"),
    ),
    Breach(
        "1.5",
        "warn",
        phrases(
            "request* .. (become*|treated as|be|is) .. complaint ... (if|where|when|only) .. "
            "(service "
            "failure|failed|fails|fail|failure|not been dealt|not been (done|completed|resolved))",
            "(becomes|become|treat*|manage*|raise*|log*) .. (a complaint"
            "|complaint when) .. (when|if|"
            "where|because) .. (we|landlord|service|they) .. (failed|fail|let you down"
            "|repeatedly|not "
            "(fixed|resolved|met|kept|done))",
            "(if|when|where|because) .. (we|landlord|service) .. (failed|fail|repeatedly let"
            "|let you "
            "down) ... (as a complaint|become* a complaint)",
            "(must|should) .. (had|have|been given|give us|allow*) .. (opportunity|chance|time) to "
            "(deal|respond|resolve|put) .. request* ... complaint",
        ),
        "A complaint is raised when the resident is dissatisfied with the response to a request, "
        "whether or not the service failed.",
        "If you are dissatisfied with how we answered your service request we will raise a "
        "complaint, even if the request is still open, and go on dealing with the request.",
        phrases("(dissatisf*|unhappy|not (happy|satisfied))"),
    ),
    Breach(
        "3.7",
        "warn",
        phrases(
            "<ombudsman> ... (only|not|cannot|unable|won't) .. (consider*|investigat*|look*|"
            "accept*|"
            "deal*|contacted|approached|become involved) ... (until|unless|before|exhaust*|"
            "completed|"
            "once|after|finished)",
            "(only|cannot|not|n't) .. (contact|approach|refer|go|complain|escalate|take) .. "
            "<ombudsman> ... (until|unless|before|once|after|exhaust*|completed)",
            "(must|have to|need to|required to) .. (complete*|exhaust*|finish*|go through|gone "
            "through) "
            "... before ... <ombudsman>",
        ),
        "Only the end of the process is named as a way to the Ombudsman; residents may turn to the "
        "Housing Ombudsman for advice and help at any time.",
        "You can contact the Housing Ombudsman for advice at any time, not only when you have "
        "finished our process.",
        phrases("(local government|lgsco|lgo)", "(any (time|stage|point)|advice|throughout)"),
        whole=phrases(
            "<ombudsman> ... (any (time|stage|point)|throughout|during|while|advice|assist*|"
            "support)",
            "(any (time|stage|point)|throughout|during|advice|assist*|support) ... <ombudsman>",
        ),
    ),
    Breach(
        "3.6",
        "warn",
        phrases(
            "(written|signed|formal|write) .. (consent|authori*|permission|"
            "mandate) ... (before|required|require|must|need*|only|unless|without)",
            "(require*|need*|must|only|unless|before|until|without|insist*|"
            "will need|subject to) ... (written|signed|write|form of) .. (consent|"
            "authori*|permission|mandate|form)",
            "(authorised|authorized|consent*|permission) in writing",
            "(signed|completed) .. consent form",
            "(only|must|need*|unless|before|until) ... (sign|complete|return|fill) .. consent",
            "(consent|authority|permission) .. in writing",
            "(not|n't|unable|cannot) .. (speak|deal|talk|discuss|progress|consider|"
            "accept|investigate|start|begin) ... (without|until|unless) .. "
            "(written|signed|consent|authority)",
            "(written|signed) authority",
            "with .. (written|signed) (consent|permission)",
            "legal representation is not permitted",
            "(cannot|may not|must not|not) (be )?(represent*|bring .. (solicitor|lawyer))",
        ),
        "Asking for written or signed consent before a complaint is taken up makes it harder to be "
        "represented; the complaint is logged, and consent sought in whatever form is easy.",
        "Somebody else may complain for you. We will check that you agree, in whatever way is "
        "easiest for you, and log the complaint meanwhile.",
        phrases(
            "(or|also|either) .. (verbal*|oral*|by phone|telephone|over the phone|in person)",
            "(verbal*|oral*) .. (consent|or written|permission|agree*)",
            "(not|n't) (need|require*|necessary) .. [written|signed]",
            "(not|n't) .. (essential|necessary|required|needed|condition|compulsory)",
            "(photo*|data sharing|share .. data|recording|medical)",
            "(log|logged|logging|record) ... (while|meanwhile)",
        ),
    ),
    Breach(
        "5.4",
        "fail",
        phrases(
            "(must|should|need to|have to|please) .. (complain|complaint|raise|contact|take|report|"
            "direct*|make) .. [your complaint] [directly] (to|with) [the|our] (contractor*|"
            "managing "
            "agent*|third part*|partner*|supplier*|care provider)",
            "(contractor*|managing agent*|partner*|third part*) ... (own|its own|their own) "
            "complaint* "
            "(procedure|process|polic*)",
            "complain* (to|with) [the|our] (contractor*|managing agent*|supplier*) .. (first|"
            "before)",
        ),
        "A complaint about a contractor or agent is a complaint about the landlord; residents may "
        "not be sent through somebody else's process as well.",
        "Complaints about our contractors and agents are handled by us, in our two stages.",
        phrases(
            "(not|n't|never) .. (expect*|need*|have to|required|go through)",
            "(commission*|ensure*|in line|comply|form* part|same)",
            "(freeholder|superior landlord|another landlord)",
        ),
    ),
    Breach(
        "5.7",
        "fail",
        phrases(
            "(not|n't|never) .. (tell|say|inform|state|explain) ... (not responsible|responsib*)"
        ),
        "The acknowledgement must say what the landlord is, and is not, responsible for.",
        "Our acknowledgement says which aspects of your complaint we are, and are not, responsible "
        "for.",
        phrases(
            "(not|n't) responsible for .. (loss|damage)", "(we|will|'ll) .. (tell|say|explain)"
        ),
    ),
    _NOT_ACKNOWLEDGED,
    replace(
        _NOT_ACKNOWLEDGED,
        clause="6.11",
        stage=2,
        under=phrases("(stage (2|two)|second stage|escalat*)"),
        instead="We acknowledge every request for stage 2 within 5 working days of receiving it.",
    ),
    Breach(
        "6.2",
        "warn",
        phrases(
            "(considered|treated|deemed|regarded|counted|classed) .. (received|made) .. next "
            "[working|business] day",
            "working day* .. (not|n't) include ... (closed|closure*|shut)",
        ),
        "A complaint is received on the day it comes, whatever the hour, and a day on which the "
        "office is shut is still a working day; this lets every time run longer than the Code's.",
        "A complaint is received on the day it reaches us. Working days are Monday to Friday, bank "
        "holidays left out.",
    ),
    Breach(
        "6.6",
        "fail",
        phrases(
            "(respon*|repl*|answer*|letter*|decision) .. (issued|sent|given|"
            "made|provided|follow) .. (once|when|after|until) .. (all|any|the|"
            "every|agreed|outstanding) .. (action*|work*|repair*|remed*|matter*) .. (complete*|"
            "done|finish*|carried out|resolved|arising|signed off)",
            "(not|n't|hold|held|delay*|wait*) .. (respond|reply|answer|respon*|"
            "close|issue) ... (until|before|till) ... (action*|work*|repair*|"
            "remed*) .. (complete*|done|finish*|carried out|undertaken)",
            "(once|when|after|until) .. (action*|work*|repair*|remed*) .. (have|"
            "has|are|is|been) .. (complete*|done|finish*|carried out) ... (respond|"
            "reply|write|send|issue|final|formal|response|answer|letter)",
        ),
        "A response is sent when the answer is known, not when the work is done.",
        "We respond as soon as we know the answer; outstanding actions are "
        "tracked and you are kept "
        "updated.",
        phrases(
            "(not|n't|never|rather than|instead|without) .. (wait*|delay*|hold|"
            "held|when|until|once|after)",
            "(closed|close|closure) .. (once|when|after|until)",
            "(confirm*|check*|survey*|learning|satisfaction) ... (once|after|when)",
            "(keep|kept|updat*|track*|monitor*) ... until",
        ),
    ),
    Breach(
        "7.1",
        "fail",
        phrases(
            "(not|n't|never) .. (pay|offer|award|give|consider|provide) .. (compensation|financial "
            "(remedy|redress))",
            "(no|without) (compensation|financial (remedy|redress))",
        ),
        "A financial remedy is one of the ways of putting things right that the Code names; it may "
        "not be ruled out.",
        "To put things right we may apologise, explain, act, change a decision or a practice, or "
        "pay compensation.",
        phrases(
            "(if|where|when|unless|until|for (loss|damage)|normally|usually|only|insur*|arrears|"
            "automatic*|not (just|only)|owe*)",
        ),
    ),
    Breach(
        "7.4",
        "fail",
        phrases(
            "(local government|lgsco|lgo) [and social care] [ombudsman] ... (guid*|remed*|polic*)",
            "(guid*|remed*|compensation) .. (issued |published |produced )?(by|"
            "of|from) .. (local government|lgsco|lgo)",
            "ombudsmen's guid*",
        ),
        "Only the Local Government and Social Care Ombudsman's guidance on remedies is named; for "
        "complaints to the landlord it is the Housing Ombudsman's.",
        "For complaints about us as a landlord we take account of the Housing Ombudsman's guidance "
        "on remedies.",
        phrases("housing ombudsman", "(housing .. guidance)", "code"),
        under=phrases("(remed*|compensat*|redress|put* .. right|financial)"),
    ),
    Breach(
        "9.7",
        "warn",
        phrases(
            "(member responsible|mrc|lead member|portfolio holder|cabinet member|"
            "chair|he|she|member .. complaints) ... (receives|receive|gets|"
            "is given|is provided|will receive|is sent|reviews) ... (report*|"
            "information|data|update*|figures|statistics)",
            "(report*|information|data|update*|figures) ... (to|for|with) the "
            "(member responsible|mrc|lead member|portfolio holder|cabinet member)",
        ),
        "Only the Member Responsible for Complaints is said to receive information; the governing "
        "body must receive it too.",
        "The governing body and the Member Responsible for Complaints receive regular reports on "
        "complaints.",
        phrases(
            "(board|governing body|cabinet|committee|council|trustees|executive|"
            "directors|members) (and|with|together|as well|along*) ",
            "(and|with|as well as|full|ensuring|ensures|to) [that] [the|our] (board|governing body|"
            "cabinet|"
            "trustees|executive|full council|committee)",
        ),
    ),
)
"""Each thing the Code does not allow that a single passage can say."""
