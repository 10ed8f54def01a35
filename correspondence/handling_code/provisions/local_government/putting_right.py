"""Section 7: putting things right."""

from typing import Final

from correspondence.handling_code.provisions.local_government.clause import clause

PROVISIONS: Final = (
    clause(
        "7.1",
        "Where something went wrong, say so, and say what has been or will be done about it.",
        parts=(
            "Apologise.",
            "Acknowledge that something went wrong.",
            "Explain, assist or give reasons.",
            "Act where there has been delay.",
            "Reconsider or change a decision.",
            "Amend a record, or add a correction to it.",
            "Offer a financial remedy.",
            "Change a policy, procedure or practice.",
        ),
    ),
    clause("7.2", "Offer a remedy that reflects what the fault meant for the individual."),
    clause(
        "7.3",
        "Say what will happen and by when, in agreement with the individual where appropriate, and "
        "follow the remedy through.",
    ),
    clause(
        "7.4",
        "Where a remedy cannot be delivered, say why, offer another, and remind the individual of "
        "their right to go to the Ombudsman.",
    ),
    clause("7.5", "Take account of the Ombudsman's good practice guides on remedies."),
)
