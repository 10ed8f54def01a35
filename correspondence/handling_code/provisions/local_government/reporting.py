"""Section 8: performance reporting and self-assessment."""

from typing import Final

from correspondence.handling_code.provisions.local_government.clause import (
    COUNCIL,
    GOVERNANCE,
    clause,
)

PROVISIONS: Final = (
    clause(
        "8.1",
        "Produce a report on complaints performance and service improvement every year.",
        parts=(
            "The yearly self-assessment against the Code.",
            (
                "An analysis of complaint handling in figures and in words, with the kinds of "
                "complaint refused."
            ),
            "Any finding that the Code was not kept.",
            "The service improvements made from learning.",
            "The Ombudsman's annual letter on the council.",
            "Any other relevant report or publication by the Ombudsman about its work.",
        ),
    ),
    clause(
        "8.2",
        "Report it through the council's governance arrangements and publish it on the complaints "
        "section of the website, with their response beside it.",
        COUNCIL,
        GOVERNANCE,
    ),
    clause(
        "8.3",
        "Assess again after a significant restructure, merger or change of procedure.",
    ),
)
