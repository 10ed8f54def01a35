"""What a policy should say of ways in, of help, and of the Ombudsman (Code 3)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

SAID: Final = (
    Statement(
        "3.1",
        "by which channels residents can complain",
        (
            phrases(
                "(telephone|phone|ring|call*|email|e-mail|whatsapp|online|website|"
                "portal|app|letter|post|in writing|write|social media|facebook|"
                "in person|face to face|face-to-face|text) ... (telephone|phone|"
                "ring|call*|email|e-mail|whatsapp|online|website|portal|app|"
                "letter|post|write|writing|social media|facebook|in person|"
                "person|face to face|text)",
                "any (way|channel|method|means|form*|format)",
                "any way you like",
                "following (ways|channels|methods)",
                "(any|number) of [the] (ways|channels|methods)",
                "(whatever|whichever) (way|channel|method|means)",
                "(range|variety|number) of (ways|channels|methods|means)",
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
                "(any|every|all) [other] [of] [our] [the] (member* of [our] "
                "[the] [housing] staff|staff|employee*|colleague*|officer*|"
                "people|team members|member of the team|one of our|team)",
                "any .. (officer|employee|staff member|member of staff|colleague)",
                "(speak*|talk*|tell*|contact*|to) .. (a|one of our) (member of [our] staff|staff|"
                "colleague*)",
                "(anyone|anybody|someone|somebody|person) .. (works|work|working|"
                "employed) (for|at|with) (us|the)",
                "(staff|colleagues|employees|officers) .. (can|must|will|are|"
                "able|should) .. (take|pass|accept|log|record|receive|recognise|"
                "raise|refer|trained)",
                "(through|via|to|with) [an|one of our] (officer*|staff|colleague*|"
                "contractor*|employee*|member of staff|member of our staff|"
                "caretaker|any committee member)",
            ),
        ),
        "You can complain to any member of our staff, who will pass it on to the complaints team.",
    ),
    Statement(
        "3.5",
        "how the policy, the Code and the Ombudsman are publicised",
        (
            phrases(
                "(is|are|printed|include*) (on|in|at|from) (our|the|all|every) "
                ".. (website|leaflet*|newsletter*|letters|reception*|handbook)",
                "(publicis*|publiciz*|publish*|promot*|advertis*|raise awareness|"
                "spreading|spread the word|make .. (known|available)|made available|"
                "tell (people|residents|customers|tenants) about|awareness|"
                "available|display*|communicat*)",
                "(we|will|also|can) .. (find|found) .. (on our website|online)",
            ),
            phrases(
                "(website|web site|web page*|site|leaflet*|newsletter*|poster*|"
                "magazine|noticeboard*|notice board*|handbook|social media|"
                "welcome pack*|sign-up|sign up pack|letters|rent statement*|"
                "reception*|app)"
            ),
            phrases("(polic*|procedure|complaint*|process)"),
            phrases("(ombudsman|ombudsmen|code|codes)"),
        ),
        "We publicise this policy, the Complaint Handling Code and how to reach the Ombudsman on "
        "our website, in newsletters and leaflets, and in letters about your tenancy.",
        unless=phrases(
            "(annual|self-assessment|self assessment|governing body's|board's) "
            ".. (report|response|published|publish*)"
        ),
    ),
    Statement(
        "3.6",
        "that a representative may deal with the complaint and come to meetings",
        (
            phrases(
                "(representative*|advocate*|advocacy|support worker|carer)",
                "(someone|somebody|anyone|anybody|friend|relative|family*) "
                ".. (else|act|acting|represent*|speak*|help*|deal*|choose|"
                "of your choice|on your behalf|to act|accompan*)",
                "on (your|their|his|her|a resident's|the resident's|behalf "
                "of|somebody's|someone's) behalf",
                "(friend|relative|family member|councillor|mp|third part*) "
                "... (complain*|act|behalf|represent*|help*|accompan*)",
                "(anyone|anybody|someone|somebody|else) ... on behalf of",
                "on behalf of (a|another|someone|somebody|others|any|the) [other] (resident*|"
                "tenant*|"
                "person|customer*|complainant*|else|leaseholder*)",
                "on behalf of (someone|somebody|others|anyone|tenants|residents|customers)",
            ),
            phrases(
                "(act*|complain*|represent*|deal*|handl*|speak*|accompan*|help*|"
                "support*|meeting*|bring|behalf|choose)"
            ),
        ),
        "Somebody else may deal with the complaint for you, and may come with you to any meeting.",
        unless=phrases(
            "(acting|those) .. on .. behalf",
            "(legal representation|designated)",
            "ombudsman",
            "resident representative*",
            "councillor or mp",
        ),
    ),
    Statement(
        "3.7",
        "that residents may go to the Ombudsman, also while the complaint is being handled",
        (
            phrases(
                "(any|every) (time|stage|point) ... <ombudsman>",
                "<ombudsman> ... (any|every|all) (time*|stage*|point*)",
                "<ombudsman> ... (throughout|during|while)",
                "(advice|support|help|assistance|guidance) .. <ombudsman>",
                "(contact|access|approach|refer|go|take|complain|escalate|ask|"
                "right|rights|reach|write|turn|engage) .. (to|with|on)? .. "
                "<ombudsman>",
                "<ombudsman> ... (0300|phone|telephone|tel|web|www|online|can "
                "help|can be contacted|contact details|preston)",
                "<ombudsman>'s .. (details|contact)",
                "(contact|call|ring|approach|access|write to|speak to) [the] [independent] "
                "<ombudsman>",
                "<ombudsman> ... (who|which|whom) .. (approach|contact|help|advise)",
            ),
        ),
        "You can contact the Housing Ombudsman for advice at any time, not only when you have "
        "finished our process.",
    ),
)
