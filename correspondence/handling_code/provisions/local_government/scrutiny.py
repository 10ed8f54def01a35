"""Section 9: scrutiny, oversight and learning."""

from typing import Final

from correspondence.handling_code.provisions.local_government.clause import (
    COUNCIL,
    GOVERNANCE,
    MEMBER_RESPONSIBLE,
    SENIOR_LEAD,
    clause,
)

PROVISIONS: Final = (
    clause(
        "9.1",
        "Look beyond the single complaint and consider what in the service can be improved.",
    ),
    clause(
        "9.2",
        "Use complaints as intelligence, to find problems and bring about change for the better.",
    ),
    clause(
        "9.3",
        "Report what was learned and improved to those concerned, such as citizens' panels, staff "
        "and committees.",
    ),
    clause(
        "9.4",
        "Appoint a suitably senior person to oversee complaint handling, who looks for themes, "
        "systemic issues, serious risks and policies that need revising.",
        COUNCIL,
        SENIOR_LEAD,
    ),
    clause(
        "9.5",
        "Assign lead responsibility for complaints in the council's governance, to a member or a "
        "committee: the member responsible for complaints.",
        COUNCIL,
        GOVERNANCE,
    ),
    clause(
        "9.6",
        "Give that member regular information with insight into complaint handling, and access to "
        "the information and staff needed to report on it.",
        COUNCIL,
        MEMBER_RESPONSIBLE,
    ),
    clause(
        "9.7",
        "Give that member, as a minimum, what they need to oversee complaint handling.",
        COUNCIL,
        MEMBER_RESPONSIBLE,
        parts=(
            (
                "Regular updates on how many complaints there are, of what kind and with what "
                "outcome, and on how they were handled."
            ),
            "Regular reviews of issues and trends that arise.",
            "The yearly report on complaints performance and service improvement.",
        ),
    ),
)
