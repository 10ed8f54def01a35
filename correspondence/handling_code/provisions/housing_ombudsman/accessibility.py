"""Section 3: making it easy to complain, and known."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import clause

PROVISIONS: Final = (
    clause(
        "3.1",
        "Offer several ways to complain, keep to the duties of the Equality Act 2010, and "
        "anticipate what residents need, including reasonable adjustments.",
    ),
    clause(
        "3.2",
        "Let residents complain in any way and to any member of staff; all staff know the process "
        "and can pass a complaint on to the right person.",
    ),
    clause(
        "3.3",
        "Do not take many complaints for a bad sign, as they may show that the process is well "
        "known; few may mean that residents cannot complain.",
    ),
    clause(
        "3.4",
        "Make the policy available to all residents in a clear and accessible form and on the "
        "website, with both stages, what happens at each, and the times for responding.",
    ),
    clause(
        "3.5",
        "Say in the policy how it is made known, together with the Ombudsman and the Code.",
    ),
    clause(
        "3.6",
        "Let residents have a representative deal with the complaint for them, and be represented "
        "or accompanied at any meeting.",
    ),
    clause(
        "3.7",
        "Tell residents of their right to go to the Ombudsman and how to do so about their "
        "complaint.",
    ),
)
