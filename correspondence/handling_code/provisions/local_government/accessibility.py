"""Section 3: making it easy to complain, and known how."""

from typing import Final

from correspondence.handling_code.provisions.body import Force
from correspondence.handling_code.provisions.local_government.clause import clause

PROVISIONS: Final = (
    clause(
        "3.1",
        "Offer different ways to complain. Think of the duties under the Equality Act 2010 and of "
        "the adjustments that people may need to use the process.",
        force=Force.MUST,  # the duty under the Equality Act; that channels differ is a should
    ),
    clause(
        "3.2",
        "Let people complain in any way and to any member of staff, who know the process and pass "
        "the complaint on to the right person.",
    ),
    clause(
        "3.3",
        "Many complaints are no bad sign; few may mean that people are unable to complain.",
    ),
    clause(
        "3.4",
        "Make the policy available clearly and accessibly to everybody, with the process, what "
        "happens at each stage and by when, and publish it on the website.",
    ),
    clause(
        "3.5",
        "Say in the policy how it is made known, with information about the Ombudsman and the "
        "Code.",
    ),
    clause(
        "3.6",
        "Let a suitable representative deal with the complaint for the individual, and accompany "
        "or represent them at any meeting.",
    ),
    clause(
        "3.7",
        "Tell individuals of their right to go to the Ombudsman and how to do so.",
    ),
    clause(
        "3.8",
        "When asking for feedback in a survey, say how to complain.",
    ),
)
