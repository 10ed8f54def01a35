"""Section 7: putting things right."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import clause

PROVISIONS: Final = (
    clause(
        "7.1",
        "Where something went wrong, say so, and set out what has been or will be done about it.",
        parts=(
            "Apologise.",
            "Acknowledge where things went wrong.",
            "Give an explanation, help or reasons.",
            "Act where there was delay.",
            "Reconsider or change a decision.",
            "Amend or add to a record, or correct it.",
            "Make a financial remedy.",
            "Change policies, procedures or practices.",
        ),
    ),
    clause("7.2", "Let a remedy reflect what the fault meant for the resident."),
    clause(
        "7.3",
        "Say clearly in an offer what will happen and by when, agreed with the resident where "
        "that is fitting, and follow it through to the end.",
    ),
    clause("7.4", "Take account of the Ombudsman's guidance when deciding on remedies."),
)
