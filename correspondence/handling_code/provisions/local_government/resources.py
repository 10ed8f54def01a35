"""Section 4: who handles complaints, and with what."""

from typing import Final

from correspondence.handling_code.provisions.local_government.clause import (
    COMPLAINT_HANDLER,
    COUNCIL,
    clause,
)

PROVISIONS: Final = (
    clause(
        "4.1",
        "Assign designated and sufficient resource to complaint handling, with liaison with the "
        "Ombudsman and reporting through the council's governance.",
        verified=False,
    ),
    clause(
        "4.2",
        "Give whoever answers complaints access to staff at all levels, and the authority to "
        "resolve disputes promptly and fairly.",
        COUNCIL,
        COMPLAINT_HANDLER,
        verified=False,
    ),
    clause(
        "4.3",
        "Put complaint handling and learning first: train the staff concerned, and treat "
        "complaints as a core service with the resources that it needs.",
        verified=False,
    ),
)
