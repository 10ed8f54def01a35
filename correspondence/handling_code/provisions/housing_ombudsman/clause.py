"""How one provision of the Code 2024 is written down."""

from datetime import date
from typing import Final

from correspondence.handling_code.provisions.body import Force, Part, Provision

IN_FORCE_FROM: Final = date(2024, 4, 1)

LANDLORD: Final = "landlord"
COMPLAINTS_OFFICER: Final = "complaints officer"
COMPLAINT_HANDLER: Final = "complaint handler"
GOVERNING_BODY: Final = "governing body"
MEMBER_RESPONSIBLE: Final = "member responsible for complaints"
SENIOR_LEAD: Final = "senior lead for complaints"


def clause(
    number: str,
    requirement: str,
    *binds: str,
    force: Force = Force.MUST,
    parts: tuple[str, ...] = (),
) -> Provision:
    """One provision of the Code 2024; it binds the landlord where nobody else is named.

    `parts` are lettered from a on.
    """
    return Provision(
        number=number,
        requirement=requirement,
        force=force,
        binds=binds or (LANDLORD,),
        in_force_from=IN_FORCE_FROM,
        parts=tuple(
            Part(letter, words)
            for letter, words in zip("abcdefghijkl"[: len(parts)], parts, strict=True)
        ),
    )
