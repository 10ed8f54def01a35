"""Section 2: what may be left out of the complaints process, and how a refusal is told."""

from typing import Final

from correspondence.handling_code.provisions.local_government.clause import clause

PROVISIONS: Final = (
    clause(
        "2.1",
        "Accept a complaint unless there is a valid reason not to, be able to show the reasoning "
        "for not accepting one, and consider each on its own merits.",
    ),
    clause(
        "2.2",
        "Accept complaints within twelve months of the matter, or of the individual learning of "
        "it, and consider accepting later ones where there are good reasons.",
    ),
    clause(
        "2.3",
        "Say in the policy when a matter might not be considered or escalated. Those circumstances "
        "are reasonable and keep nobody from redress.",
    ),
    clause(
        "2.4",
        "Where a complaint is not accepted, explain why it does not suit the complaints process, "
        "and tell the individual that they may take that decision to the Ombudsman.",
    ),
    clause(
        "2.5",
        "Exclude nothing wholesale; look at the circumstances of each complaint.",
    ),
)
