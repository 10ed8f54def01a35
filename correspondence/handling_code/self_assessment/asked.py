"""What decides each row of the form: what the policy says, what the cases show, or a person.

A row can be answered Yes only by what is named for it here, and by all of it. Rows that ask how
people are led, trained, told or listened to are a person's to answer; what is at hand is still
filled in for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Source = Literal[
    "policy", "acknowledged", "responded", "extended", "letters", "complaints officer", "reviewer"
]
"""policy: the policy must say it. letters: every letter sent that must hold it does. The next three
are the measures of the row's stage. complaints officer, reviewer: the profile names them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides one row: its sources, and what only a person can say (empty where nothing).

    Without any source the row is a person's alone. `policy_must_say` where the Code asks that the
    policy itself says it, so that a silent policy is a No.
    """

    clause: str
    sources: tuple[Source, ...] = ()
    person: str = ""
    policy_must_say: bool = False


_ROWS: Final = (
    Asked("1.2", ("policy",), policy_must_say=True),
    Asked("1.3", ("policy",), "How do staff give the choice to complain to whoever is unhappy?"),
    Asked(
        "1.4",
        ("policy",),
        "How, and how often, are service requests reviewed?",
        policy_must_say=True,
    ),
    Asked("1.5", ("policy",), "Does work on a service request go on when a complaint is raised?"),
    Asked("1.6", ("policy",), "Do all surveys and requests for feedback say how to complain?"),
    Asked("2.1", ("letters",)),
    Asked("2.2", ("policy",), policy_must_say=True),
    Asked("2.3", ("policy",)),
    Asked("2.4", ("letters",)),
    Asked("2.5", ("letters",)),
    Asked("3.1", ("policy",), "Which channels are open, and how are adjustments anticipated?"),
    Asked("3.2", ("policy",), "Does every member of staff know how to pass a complaint on?"),
    Asked("3.3", (), "What does the number of complaints say about access to the process?"),
    Asked("3.4", (), "Where is the policy published, and in which formats?"),
    Asked("3.5", ("policy",), policy_must_say=True),
    Asked("3.6", ("policy",), "Are representatives welcome at meetings as well as in letters?"),
    Asked("3.7", ("letters",)),
    Asked("4.1", ("complaints officer",), "How are complaints reported to the governing body?"),
    Asked("4.2", (), "What gives the complaints officer access, authority and autonomy?"),
    Asked("4.3", (), "Who was trained, in what and when, and is the team resourced?"),
    Asked("5.1", (), "Is there one policy, and is nobody treated worse for complaining?"),
    Asked("5.2", ("policy",)),
    Asked("5.3", ("policy",)),
    Asked("5.4", (), "Which third parties answer complaints, and within which stage?"),
    Asked("5.5", (), "How is it made sure that third parties keep to the Code?"),
    Asked("5.6", ("letters",)),
    Asked("5.7", ("letters",)),
    Asked("5.8", (), "How are merits, fairness, conflicts of interest and evidence looked after?"),
    Asked("5.9", ("letters",)),
    Asked("5.10", ("policy",), "How are adjustments and disabilities recorded and reviewed?"),
    Asked("5.11", ("letters",)),
    Asked("5.12", (), "Is everything about a complaint on its record, or also kept elsewhere?"),
    Asked("5.13", (), "Who may put a complaint right at any stage, and how?"),
    Asked("5.14", ("policy",), "Which restrictions are in force, and when were they reviewed?"),
    Asked("5.15", ("policy",), "How was the Equality Act 2010 regarded in each restriction?"),
    Asked("6.1", (), "How are complaints sorted into those for an early answer and the others?"),
    Asked("6.2", ("acknowledged", "letters")),
    Asked("6.3", ("responded",)),
    Asked("6.4", ("extended", "letters")),
    Asked("6.5", ("letters",)),
    Asked("6.6", (), "Are answers given as soon as they are known, and actions tracked?"),
    Asked("6.7", ("letters",)),
    Asked("6.8", (), "How are further issues taken into a complaint, or logged as a new one?"),
    Asked("6.9", ("letters",)),
    Asked("6.10", (), "Is every request for stage 2 taken up?"),
    Asked("6.11", ("acknowledged", "letters")),
    Asked("6.12", (), "Is nobody asked for reasons, and what is done to understand them?"),
    Asked("6.13", ("reviewer",), "Was every stage 2 considered by somebody new to the complaint?"),
    Asked("6.14", ("responded",)),
    Asked("6.15", ("extended", "letters")),
    Asked("6.16", ("letters",)),
    Asked("6.17", (), "Are answers given as soon as they are known, and actions tracked?"),
    Asked("6.18", ("letters",)),
    Asked("6.19", ("letters",)),
    Asked("6.20", ("letters",), "Are all the staff involved who are needed at stage 2?"),
    Asked("7.1", ("letters",)),
    Asked("7.2", (), "How is the effect on the resident weighed in a remedy?"),
    Asked("7.3", ("letters",), "Is every remedy followed through to completion?"),
    Asked("7.4", (), "Which guidance on remedies is used, and how?"),
    Asked("8.1", (), "Is the yearly report complete, a to f?"),
    Asked("8.2", (), "When did the governing body consider it, and where is its response?"),
    Asked("8.3", (), "Was there a restructure, merger or change of procedure since the last form?"),
    Asked("8.4", (), "Did the Ombudsman ask for a review of the self-assessment?"),
    Asked("8.5", (), "Were there exceptional circumstances, and who was told?"),
    Asked("9.1", (), "Which improvements came of single complaints?"),
    Asked("9.2", (), "How are complaints used as intelligence?"),
    Asked("9.3", (), "To whom was what was learned reported, and when?"),
    Asked("9.4", (), "Who is the senior lead, and what have they found?"),
    Asked("9.5", (), "Who is the member responsible for complaints, and since when?"),
    Asked("9.6", (), "What did that member receive, and bring to the governing body?"),
    Asked("9.7", (), "When were the updates, reviews and the report given, a to d?"),
    Asked("9.8", (), "Where is the objective set, for which staff and third parties?"),
)

ASKED: Final = {row.clause: row for row in _ROWS}
"""What decides each of the 72 rows, by provision."""
