"""What a policy should say of reports and of who watches over complaints (Code 8, 9)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

SAID: Final = (
    Statement(
        "8.1",
        "that an annual complaints performance and service improvement report is made, with the "
        "self-assessment",
        (
            phrases("(annual*|yearly|every year|each year|once a year|per year)"),
            phrases("(self-assess*|self assess*|assess* .. (ourselves|itself|against))"),
            phrases("(report*|publish*|submit*|review*|complaint*)"),
        ),
        "Each year we produce a complaints performance and service improvement report, with our "
        "self-assessment against the Code.",
    ),
    Statement(
        "8.2",
        "that the annual report goes to the governing body and is published with its response",
        (
            phrases(
                "(annual*|yearly|every year|each year|complaints performance|"
                "self-assess*|self assess*)"
            ),
            phrases("(publish*|website|online|made available)"),
            phrases(
                "(board|governing body|cabinet|committee|council|trustees|members|"
                "executive|directors)"
            ),
            phrases(
                "(response*|comment*|approv*|presented|goes to|reported to|"
                "submitted|scrutin*|reviewed by|put before|endors*)"
            ),
        ),
        "The report goes to our governing body and is published on the complaints page of our "
        "website, with the governing body's response.",
        once=phrases(
            "(annual*|yearly|every year|each year) .. (report*|review*|assess*|self-assess*|"
            "complaint*)",
            "(self-assess*|self assess*|assess* .. (ourselves|itself|against))",
        ),
    ),
    Statement(
        "8.3",
        "that a self-assessment also follows a significant restructure, merger or change of "
        "procedure",
        (
            phrases("(self-assess*|self assess*|assess* .. (ourselves|itself|against))"),
            phrases(
                "(restructur*|merger*|merge|reorganis*|significant* .. chang*|(major|material) "
                "chang*|"
                "chang* (in|of|to) .. (procedure*|polic*|process*|structure))"
            ),
        ),
        "We also carry out a self-assessment after a significant restructure, a merger or a change "
        "in our procedures.",
        silent="",
    ),
    Statement(
        "8.4",
        "that the self-assessment may be reviewed after an Ombudsman investigation",
        (
            phrases("(self-assess*|self assess*|assess* .. (ourselves|itself|against))"),
            phrases("<ombudsman> ... (ask*|investigat*|request*|require*|order*|recommend*)"),
        ),
        "If the Ombudsman asks us to after an investigation we review and update our "
        "self-assessment.",
        silent="",
    ),
    Statement(
        "8.5",
        "what happens where the Code cannot be complied with in exceptional circumstances",
        (
            phrases("(comply|compliance|meet the code|follow the code)"),
            phrases("(exceptional|cyber|incident|emergency|pandemic)"),
            phrases("<ombudsman>"),
        ),
        "If exceptional circumstances keep us from following the Code we tell the Ombudsman and "
        "the residents affected, publish it, and say when we shall be back.",
        silent="",
    ),
    Statement(
        "9.1",
        "that the landlord looks beyond the single complaint for improvements",
        (
            phrases("(learn*|lesson*|beyond|improve*)"),
            phrases("(complaint*|feedback)"),
            phrases("(improve*|change*|prevent*|again|recurr*|service*)"),
        ),
        "We look beyond each complaint for what we can learn and improve.",
        silent="",
    ),
    Statement(
        "9.3",
        "that learning is reported to residents, staff and committees",
        (
            phrases("(learn*|lesson*|improvement*|trend*)"),
            phrases("(report*|publish*|share*|feed back|communicat*)"),
            phrases("(panel*|residents|tenants|staff|committee*|customers|newsletter*|forum*)"),
        ),
        "We report what we learn to residents, staff and committees.",
        silent="",
    ),
    Statement(
        "9.4",
        "that a senior person is accountable for complaint handling and looks for themes",
        (
            phrases("(senior|director|head of|chief executive|assistant director|manager)"),
            phrases("(accountable|responsible|responsibility|oversight|lead|leads)"),
            phrases("(theme*|trend*|systemic|risk*|pattern*)"),
        ),
        "A senior manager is accountable for complaint handling and looks for themes, systemic "
        "issues and risks.",
        silent="",
    ),
    Statement(
        "9.5",
        "who the member of the governing body responsible for complaints is",
        (
            phrases(
                "member* responsible",
                "mrc",
                "(lead|responsible|nominated|designated|champion|named|appointed) "
                ".. (member|councillor|trustee|board member|governor|director) "
                ".. complaint*",
                "(member|councillor|trustee|portfolio holder|chair) .. (lead|"
                "responsib*|champion) .. complaint*",
                "lead member for complaints",
                "complaints champion",
                "(portfolio holder|cabinet member) .. (responsib*|complaints)",
                "lead responsibility for complaints",
            ),
        ),
        "A member of our governing body is the Member Responsible for Complaints.",
    ),
    Statement(
        "9.7",
        "that both the governing body and the Member Responsible for Complaints receive regular "
        "information on complaints",
        (
            phrases(
                "(member* responsible|mrc|lead member|she|he|champion|portfolio "
                "holder|cabinet member|nominated|designated|chair)"
            ),
            phrases(
                "(receive*|see|sees|given|get|gets|provided|reported to|report "
                "to|presented|updates|considers|review*|informed)"
            ),
            phrases(
                "(board|governing body|cabinet|committee|council|trustees|executive|"
                "directors) [and|with|along*] ... (member responsible|mrc|lead "
                "member|portfolio holder|cabinet member|nominated|member|champion) "
                "... (receive*|see|get|given|considers|review*)",
                "(mrc|she|he|member responsible ..|lead member|chair) [for "
                "complaints] (and|with|together|along*|as well as) ... (board|"
                "governing body|cabinet|committee|trustees|council|executive) "
                "... (receive*|see|get|are given|considers|review*)",
                "(presented|reported|provided|report*|sent|goes|information|"
                "updates|given) .. to ... (board|governing body|cabinet|committee|"
                "trustees|executive) (and|as well) ... (mrc|member responsible|"
                "lead member|portfolio holder)",
                "(presented|reported|provided|report*|sent|goes|information|"
                "updates|given) .. to ... (mrc|member responsible ..|lead member|"
                "portfolio holder) [for complaints] (and|as well) ... (board|"
                "governing body|cabinet|committee|trustees|executive)",
            ),
        ),
        "The governing body and the Member Responsible for Complaints receive regular reports on "
        "volumes, categories and outcomes, on themes, on the Ombudsman's findings and on the "
        "annual report.",
        once=phrases(
            "(member* responsible|mrc|lead member|portfolio holder|complaints champion)",
            "(report*|reviewed|monitored|presented|information) .. (to|by|with) .. (board|"
            "governing "
            "body|cabinet|committee|councillors|senior (management|leadership)|management team|"
            "leadership team)",
            "(board|governing body|cabinet|committee) ... (receive*|review*|consider*|monitor*) .. "
            "(report*|complaint*|information|performance)",
        ),
    ),
    Statement(
        "9.8",
        "that staff and contractors share an objective for handling complaints",
        (
            phrases("(objective*|collective responsib*|collaborat*|co-operative*)"),
            phrases("(staff|employee*|colleague*|contractor*|third part*|team*)"),
            phrases("(complaint*|blam*|shortfall*)"),
        ),
        "Everybody who handles complaints shares an objective: to work together, to take "
        "responsibility rather than blame others, and to act professionally.",
        silent="",
    ),
)
