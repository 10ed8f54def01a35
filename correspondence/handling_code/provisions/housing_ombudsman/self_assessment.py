"""Section 8: self-assessment, reporting and compliance."""

from typing import Final

from correspondence.handling_code.provisions.body import Force
from correspondence.handling_code.provisions.housing_ombudsman.clause import (
    GOVERNING_BODY,
    LANDLORD,
    clause,
)

PROVISIONS: Final = (
    clause(
        "8.1",
        "Produce a report on complaints performance and service improvement every year.",
        parts=(
            (
                "The yearly self-assessment against the Code, so that the policy stays in line "
                "with it."
            ),
            (
                "An analysis of complaint handling in figures and in words, with the kinds of "
                "complaint refused."
            ),
            "Any finding by the Ombudsman that the Code was not kept.",
            "The service improvements made from learning.",
            "Any yearly report by the Ombudsman on the landlord.",
            "Any other relevant report or publication by the Ombudsman about its work.",
        ),
    ),
    clause(
        "8.2",
        "Put the report before the governing body and publish it on the complaints section of the "
        "website, with the governing body's response beside it.",
        LANDLORD,
        GOVERNING_BODY,
    ),
    clause(
        "8.3",
        "Assess again after a significant restructure, merger or change of procedure.",
    ),
    clause(
        "8.4",
        "Review and update the self-assessment when asked to after an investigation by the "
        "Ombudsman.",
        force=Force.STATEMENT,
    ),
    clause(
        "8.5",
        "Where exceptional circumstances, such as a cyber incident, keep the landlord from "
        "complying, tell the Ombudsman and the residents affected, publish it, and say when "
        "compliance will return.",
    ),
)
