"""How one provision of the Local Government and Social Care Ombudsman's Code is written down."""

from datetime import date
from typing import Final

from correspondence.handling_code.provisions.body import Force, Part, Provision

IN_FORCE_FROM: Final = date(2026, 4, 1)
"""From when the Ombudsman holds councils against it; it was published in February 2024."""

COUNCIL: Final = "council"
COMPLAINT_HANDLER: Final = "complaint handler"
MEMBER_RESPONSIBLE: Final = "member responsible for complaints"
SENIOR_LEAD: Final = "senior lead for complaints"
GOVERNANCE: Final = "council's governance arrangements"


def clause(
    number: str,
    requirement: str,
    *binds: str,
    force: Force = Force.SHOULD,
    parts: tuple[str, ...] = (),
    verified: bool = True,
) -> Provision:
    """One provision of the Code; it binds the council where nobody else is named.

    `parts` are lettered from a on: the Code prints bullets. `verified` False: known from what
    councils say of it, not yet read under that number in the Code itself.
    """
    return Provision(
        number=number,
        requirement=requirement,
        force=force,
        binds=binds or (COUNCIL,),
        in_force_from=IN_FORCE_FROM,
        parts=tuple(
            Part(letter, words)
            for letter, words in zip("abcdefghijkl"[: len(parts)], parts, strict=True)
        ),
        verified=verified,
    )
