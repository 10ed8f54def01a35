"""What the Code asks, provision by provision, in our own words.

    provision("6.4").requirement
    words("6.9g")

The wording of the Code itself is at www.housing-ombudsman.org.uk; the requirements here are
paraphrases to work by, not to quote as the Code's text.
"""

from correspondence.handling_code.provisions.body import (
    Force,
    HandlingCode,
    Part,
    Provision,
    UnknownProvision,
)
from correspondence.handling_code.provisions.housing_ombudsman import HOUSING_OMBUDSMAN_CODE_2024
from correspondence.handling_code.provisions.local_government import LOCAL_GOVERNMENT_CODE_2024

__all__ = [
    "HOUSING_OMBUDSMAN_CODE_2024",
    "LOCAL_GOVERNMENT_CODE_2024",
    "Force",
    "HandlingCode",
    "Part",
    "Provision",
    "UnknownProvision",
    "provision",
    "words",
]


def provision(number: str) -> Provision:
    """The provision of the Housing Ombudsman's Code with that number, such as '6.4' or '6.9g'.

    A letter after the number is allowed and gives the provision it belongs to. Raises
    UnknownProvision for a number the Code does not have.
    """
    return HOUSING_OMBUDSMAN_CODE_2024.provision(number)


def words(clause: str) -> str:
    """What a clause asks, in our own words: of '6.9' the whole, of '6.9g' the part under g.

    Raises UnknownProvision for a clause the Code does not have.
    """
    return HOUSING_OMBUDSMAN_CODE_2024.words(clause)
