"""What a policy must not say, and the ways it is said (Code 3 to 9)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Breach

_NEGATED: Final = phrases(
    "(not|n't|never|no) .. (need*|require*|have to|obliged|expected|necessary|"
    "asked|insist*|compulsory|mandatory|must)",
    "(no need|need not|needn't|optional|helpful|if you (wish|want|like|can))",
    "without (having|needing)",
    "no reason*",
    "(not|n't) (have|need) to",
)

BREACHES: Final = (
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
            "(shall|must) set out the complaint in a letter",
            "fill in the form .. and (post|send|return)",
        ),
        "Residents must be able to complain in different ways; a complaint need not be in writing "
        "or on a form.",
        "You can complain in whatever way suits you: by phone, e-mail, letter, online, social "
        "media or in person.",
        (
            *_NEGATED,
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
            "(consent|authority|permission) .. in writing",
            "(not|n't|unable|cannot) .. (speak|deal|talk|discuss|progress|consider|"
            "accept|investigate|start|begin) ... (without|until|unless) .. "
            "(written|signed|consent|authority)",
            "(written|signed) authority",
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
    Breach(
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
    ),
    Breach(
        "6.6",
        "fail",
        phrases(
            "(respon*|repl*|answer*|letter*|decision) .. (issued|sent|given|"
            "made|provided|follow) .. (once|when|after|until) .. (all|any|the|"
            "every) .. (action*|work*|repair*|remed*|matter*) .. (complete*|"
            "done|finish*|carried out|resolved|arising)",
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
        "6.12",
        "fail",
        phrases(
            "(must|should|need to|have to|required to|asked to|expected to|"
            "please|shall|will need to|'ll need to) ... (explain*|say*|state|"
            "tell|give|giving|provide|set out|outline|specify|detail|put|include|"
            "let us know|identify|indicate|describe) ... (why|reason*|grounds|"
            "error*|mistake*|which (elements|aspects|parts)|(elements|aspects|"
            "parts) of|what .. (wrong|not agree|disagree|dissatisf*|unresolved|"
            "unhappy)|evidence|which part*|disagree)",
            "(saying|stating|explaining|giving|setting out|outlining|providing|"
            "detailing|telling us) [how and] [his|her|your|their|the] [or her] "
            "[clear|valid|full] (why|reason*|grounds)",
            "(without|unless|until|if .. not|not .. if|not (been )?provide*) "
            "... (explanation|reason*|grounds|information|why) ",
            "(contact|write to|tell|ask) us ... and (tell|explain|say|state|give) .. (why|reason*)",
            "(does|do|has|have|did) (n't|not) (provide|give|offer) .. (new|further|additional) .. "
            "(information|evidence|reason*)",
            "(don't|doesn't|didn't) (provide|give|offer|explain|tell) .. (new|further|additional|"
            "reason*|why|explanation)",
            "(does|do|has|have) not (provide*|give*|explain*|state*|set out|"
            "supply|supplied|say) .. (explanation|reason*|why|grounds)",
            "(valid|good|sufficient|clear|new) (reason*|grounds|evidence|information) "
            ".. (to|for) .. (escalat*|review|appeal|stage 2|request)",
            "(only|may only|can only) .. (escalat*|review*|appeal|go to stage|"
            "accept*) ... (if|where|when) ... (new|evidence|reason*|grounds|"
            "demonstrat*|show*|error|not been (fully )?addressed)",
            "(justif*|demonstrat*|prove) .. (why|escalat*|stage (2|two)|review)",
            "(we will|we'll|we) need to know",
        ),
        "Residents may not be required to give reasons for wanting stage 2.",
        "You do not have to say why you want stage 2. We will try to understand why you are still "
        "unhappy, so that we can answer it.",
        (
            *_NEGATED,
            *phrases(
                "(we|landlord|manager|letter|response|acknowledgement|council|team|"
                "handler|investigator) (will|must|shall|should|may|can|also|ll) .. "
                "(explain*|give|tell|set out|provide|write|let|state) .. (you|our|the|"
                "them|reasons|why|in writing|resident|customer|complainant)",
                "(extension|exten*|delay*|longer|more time|deadline)",
                "(reasons|explanation) (will|must|shall|should) be",
                "encourage*",
                "may (wish|want)",
                "(helps|help|useful) us",
                "valid reason not",
                "(still|nevertheless) .. (escalat*|review*|consider*)",
                "(behaviour|restrict*)",
            ),
        ),
        stage=2,
        under=phrases(
            "(escalat*|stage (2|two)|second stage|step (2|two)|review|appeal*|reconsider*|"
            "look* at again|next stage|take .. further|still|head of)"
        ),
    ),
    Breach(
        "6.13",
        "fail",
        phrases(
            "(may|might|could|can|will|sometimes|normally) .. (have been|be|"
            "also) .. (involved|consulted|same|dealt|part) .. [at|in|with] "
            ".. (stage (1|one)|first|same|original*)",
            "(same|original) (officer|manager|person|investigator|team|handler) "
            ".. (will|may|who|also) ... (review|stage (2|two)|consider|second)",
            "(stage (2|two)|review|second) ... (by|the) same (officer|manager|"
            "person|investigator|handler)",
            "may have been consulted",
        ),
        "Whoever considers stage 2 must not have considered the complaint at stage 1.",
        "Stage 2 is considered by somebody who did not consider the complaint at stage 1.",
        phrases(
            "(not|n't|never|different|other than|nobody|no one) .. (same|been|be|"
            "involved|have|part)",
            "not the same",
            "same (complaint|issue|matter|time*|way)",
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
            "(and|with|as well as|full) .. (board|governing body|cabinet|trustees|"
            "executive|full council)",
        ),
    ),
)
"""Each thing the Code does not allow that a single passage can say."""
