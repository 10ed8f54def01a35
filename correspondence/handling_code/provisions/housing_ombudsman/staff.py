"""Section 4: who handles complaints."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import (
    COMPLAINTS_OFFICER,
    LANDLORD,
    clause,
)

PROVISIONS: Final = (
    clause(
        "4.1",
        "Have a person or team responsible for complaint handling, for dealing with the Ombudsman "
        "and for seeing that the governing body receives reports.",
    ),
    clause(
        "4.2",
        "Give the complaints officer access to staff at all levels, and the authority and "
        "independence to settle disputes promptly and fairly.",
        LANDLORD,
        COMPLAINTS_OFFICER,
    ),
    clause(
        "4.3",
        "Make complaint handling a priority and a core service with a culture of learning, train "
        "the staff concerned, and resource it well.",
    ),
)
