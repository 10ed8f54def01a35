"""Section 9: scrutiny, oversight and learning."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import (
    GOVERNING_BODY,
    LANDLORD,
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
        "Report what was learned and improved to those concerned, such as residents' panels, "
        "staff and committees.",
    ),
    clause(
        "9.4",
        "Appoint a suitably senior person to be accountable for complaint handling, who looks for "
        "themes, systemic issues, serious risks and policies that need revising.",
        LANDLORD,
        SENIOR_LEAD,
    ),
    clause(
        "9.5",
        "Appoint a member of the governing body to lead on complaints and support a good "
        "complaint handling culture: the member responsible for complaints.",
        GOVERNING_BODY,
    ),
    clause(
        "9.6",
        "The member responsible for complaints sees to it that the governing body regularly "
        "receives information that gives insight into complaint handling, and has access to the "
        "information and staff needed for that.",
        MEMBER_RESPONSIBLE,
    ),
    clause(
        "9.7",
        "Give the member responsible for complaints and the governing body, as a minimum, what "
        "they need to oversee complaint handling.",
        LANDLORD,
        MEMBER_RESPONSIBLE,
        GOVERNING_BODY,
        parts=(
            (
                "Regular updates on how many complaints there are, of what kind and with what "
                "outcome, and on how they were handled."
            ),
            "Regular reviews of issues and trends that arise.",
            (
                "Regular updates on the Ombudsman's investigations and on compliance with its "
                "orders, severe maladministration above all."
            ),
            "The yearly report on complaints performance and service improvement.",
        ),
    ),
    clause(
        "9.8",
        "Set the same objective on complaint handling for all relevant employees and third "
        "parties.",
        parts=(
            "Work together across teams and departments to resolve complaints.",
            "Take responsibility together for shortcomings found, rather than blame others.",
            "Act to the standards of the professional bodies concerned.",
        ),
    ),
)
