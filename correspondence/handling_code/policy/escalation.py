"""What a policy may not put between a resident and stage 2 (Code 5.11, 6.10, 6.12, 6.13)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.gates import holds_back
from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import NOT_REQUIRED, Breach

_ESCALATION: Final = phrases(
    "(escalat*|stage (2|two)|second stage|step (2|two)|review*|appeal*|reconsider*|"
    "look* at again|next stage|take .. further|still|head of|chief executive*|pursue*)"
)
BREACHES: Final = (
    Breach(
        "5.11",
        "fail",
        phrases(
            "(stage (2|two)|escalation|escalations|second stage) .. (is|are|remains|be) .. "
            "discretion*",
            "(investigation*|review*|escalat*) .. at .. discretion",
            "(discretion*) .. (whether|to) .. (stage (2|two)|escalat*)",
            "(only|solely) .. (escalat*|progress*|review*|consider*|accept*|go to|move*) ... (if|"
            "where|when|on) ... (new|further|additional|fresh|significant) .. (information|"
            "evidence|"
            "facts|grounds)",
            "(will|may|can|shall|could|might) (not|refuse|decline|decide not to|choose not to) .. "
            "(escalat*|review*|progress*|"
            "consider*|accept*|move*) ... (unless|if|where|when|because) ... (no (new|further)|new "
            "(evidence|information)|nothing (more|further)|further evidence|benefit|different "
            "(outcome|result|answer)|reasonable|realistic|resolved|proportionate|upheld|trivial|"
            "policies .. followed|been followed)",
            "(some|certain|may be) .. (circumstances|reason*|cases) ... (not|refuse|decline) .. "
            "escalat*",
            "(review|appeal|escalation|stage (2|two)) .. (granted|allowed|accepted|agreed|possible|"
            "available) only (where|if|when)",
            "(not (every|all)) .. (request*|complaint*) .. (accepted|escalat*|granted|reviewed)",
            "no right (of|to) [a|an] (appeal|review|escalat*|stage (2|two))",
            "(if|whether) we (have|will) (accept*|agree*|grant*) .. (request|escalat*|review)",
            "right to (refuse|decline) .. (request|escalat*|review) ... (no|new|further|if)",
            "(decide*|assess*|determine*|consider*) (whether|if) ... (escalat*|stage (2|two)|"
            "further investigation|review) .. (is|should|would|can|be|are|necessary|needed|"
            "appropriate|justified|warranted|required|accepted|agreed)",
            "(decide|determine|judge|assess|deem*) .. (whether|if|that) .. (escalat*|request*|"
            "complaint|case) .. (qualif*|eligible|suitable|warrant*|merit*|meets) ",
            "(if|where|when) .. (we|it is|the (council|association|manager|team)) .. (agree*|"
            "accept*|decid*|consider*) .. (further investigation|escalation|review|stage (2|two)) "
            ".. (is|required|needed|necessary|appropriate|justified)",
            "(if|where|when) (a|an|any) [further] (investigation|review) is (needed|required|"
            "necessary|"
            "justified)",
            "(final|confirm .. final) (decision|response) at stage (1|one)",
            "(response|decision|outcome|answer) .. (will|would) (stay|remain|be) the same",
            "not be of .. benefit",
            "(no|not|little) .. (benefit|merit|purpose) .. (escalat*|stage (2|two)|review*|"
            "further|pursu*|taking)",
            "(if|where|unless) .. (stage (2|two)|escalation|review) .. (would not|wouldn't|will "
            "not|cannot|is unlikely to) .. (change|achieve|alter|add|lead|result)",
        ),
        "A complaint that is not resolved to the resident's satisfaction goes to stage 2; it may "
        "be held back only for a valid reason of the kind in section 2, set out to the resident.",
        "If you are unhappy with our stage 1 response, in whole or part, we will take your "
        "complaint to stage 2. We would refuse only for one of the reasons in our list of "
        "exclusions, and would explain it and tell you of your right to go to the Ombudsman.",
        phrases(
            "(not|n't|never) [normally] [unreasonably] (refuse|decline|reject|be refused|prevent)",
            "<ombudsman> (will|may|can)",
            "(behaviour|restrict*|contact polic*)",
            "(exclu*|section|listed|set out|below|above)",
            "(extension|extend*|longer|timescale*|time limit*|complaint is complex) ",
            "(12|twelve) months",
            "resolve* .. (stage|point)",
            "(priorit*|urgent)",
        ),
        stage=2,
        under=_ESCALATION,
        also=holds_back,
    ),
    Breach(
        "6.10",
        "warn",
        phrases(
            "(not|n't) (hear*|receive*|respond*|reply|replied|contact*|ask*|request*) .. (from you|"
            "you|us|escalat*) .. within ... (clos*)",
            "(clos*) .. (complaint|case) .. (if|where|unless) .. (not|n't|you|we) .. (hear*|"
            "contact*|receive*|respond*|request*|ask*|reply) .. within",
        ),
        "A complaint is closed because the resident has not come back within a time; the Code sets "
        "no such limit, and a later request needs a valid reason of its own to be refused.",
        "You can ask for stage 2 at any time. If we close a case because we have not heard from "
        "you, we will reopen it when you ask for stage 2.",
        phrases(
            "(reopen*|re-open*|discretion*|still|good reason)", "(evidence|information) .. need"
        ),
    ),
    Breach(
        "6.10",
        "warn",
        phrases(
            "(escalat*|stage (2|two)|review|appeal|request*) ... (must|need to|has to|have to|"
            "should "
            "be|only|by) .. (in writing|by letter|writing to us|in a letter)",
            "must .. followed up in writing",
            "(must|need to|have to) .. (in writing|write) ... (escalat*|stage (2|two)|review|"
            "appeal)",
        ),
        "A request for stage 2 need not be in writing; a resident may ask in any way.",
        "You can ask for stage 2 in whatever way suits you.",
        (
            *NOT_REQUIRED,
            *phrases(
                "<ombudsman>",
                "(or|also|either) .. (phone|telephone|call|person|verbal*|online|email|e-mail)",
                "(phone|telephone|call|person|verbal*|online|email|e-mail) .. or",
                "(respond|reply|response|letter|confirm*|acknowledge*|explain*|outcome|decision) "
                ".. "
                "in writing",
                "(we|manager|officer|team|council) (will|shall|must|aim|may) .. (writ*|explain*|"
                "reply|"
                "respond*)",
            ),
        ),
        stage=2,
        under=_ESCALATION,
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
            "(able to|can) (provide|give|show|demonstrate) .. (reason*|grounds|evidence)",
            "(cannot|can't|unable|not able) .. (review*|escalat*|consider|reconsider) ... (without|"
            "unless) .. (know*|told|tell*|explain*|hear*)",
            "(able to|can) (explain|say|show|tell us) .. (what|why|how) ... (ask|request|escalat*)",
            "(saying|stating|explaining|giving|setting out|outlining|providing|"
            "detailing|telling us) [how and] [his|her|your|their|the] [or her] "
            "[clear|valid|full] (why|reason*|grounds)",
            "(without|unless|until|if .. not|not .. if) [you|the resident|a resident|they|the "
            "customer|the complainant] (provid*|giv*|explain*|stat*|tell*|set* out|hav*|can) ... "
            "(explanation|reason*|grounds|information|why)",
            "(advising|telling|informing|letting) (us|them|him|her) .. and why",
            "(escalate|escalated|review|stage (2|two)) [it|your complaint|the complaint] and why",
            "(contact|write to|tell|ask) us ... and (tell|explain|say|state|give) .. (why|reason*)",
            "(contact|write to|phone|ring|call|email|tell) us to (tell us|explain|say|state|give "
            "us) .. "
            "(why|reason*)",
            "(giving|with|stating) [full|clear] (details|reasons|explanation) (of|for|as to) (why|"
            "your)",
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
            "^you [will] (explain|tell us|say|set out|give) .. (why|reason*)",
            "^stage (2|two) you [will] (explain|tell us|say|set out|give) .. (why|reason*)",
        ),
        "Residents may not be required to give reasons for wanting stage 2.",
        "You do not have to say why you want stage 2. We will try to understand why you are still "
        "unhappy, so that we can answer it.",
        (
            *NOT_REQUIRED,
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
        under=_ESCALATION,
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
            "(together|along|jointly|assisted|with) .. (officer|manager|person|team|handler) who "
            ".. "
            "(answered|handled|dealt|responded|replied|investigated|considered) .. (stage (1|one)|"
            "first)",
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
)
"""Each thing the Code does not allow before or at stage 2 that a single passage can say."""
