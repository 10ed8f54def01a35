"""Section 5: how complaints are handled, whatever the stage."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import (
    COMPLAINT_HANDLER,
    clause,
)

PROVISIONS: Final = (
    clause(
        "5.1",
        "Have one policy for all complaints the Code covers, and treat nobody differently for "
        "complaining.",
    ),
    clause(
        "5.2",
        "Resolve matters early and locally, but without extra named stages such as a stage 0 or an "
        "informal complaint.",
    ),
    clause("5.3", "Never have more than two stages; they delay access to the Ombudsman."),
    clause(
        "5.4",
        "Where somebody else, such as a contractor, handles a response at any stage, it is part "
        "of the same two stages; nobody goes through two complaints processes.",
    ),
    clause("5.5", "Answer for others who handle complaints: they keep to the Code."),
    clause(
        "5.6",
        "When a complaint is logged at stage 1 or escalated to stage 2, set out the complaint "
        "definition: our understanding of it and the outcomes the resident seeks. Ask the resident "
        "where anything is unclear.",
    ),
    clause(
        "5.7",
        "In the acknowledgement at either stage, be clear which aspects the landlord is and is "
        "not responsible for, and clear up what is uncertain.",
    ),
    clause(
        "5.8",
        "At each stage the complaint handler works fairly and impartially.",
        COMPLAINT_HANDLER,
        parts=(
            "Deal with the complaint on its merits, independently and with an open mind.",
            "Give the resident a fair chance to set out their position.",
            "Deal with any conflict of interest, actual or perceived.",
            "Consider all relevant information and evidence carefully.",
        ),
    ),
    clause(
        "5.9",
        "Where the response will come later than the Code's timescales, agree with the resident "
        "how often they will be kept informed.",
    ),
    clause(
        "5.10",
        "Make reasonable adjustments under the Equality Act 2010, record those agreed and any "
        "disability disclosed, and keep the adjustments under active review.",
    ),
    clause(
        "5.11",
        "Do not refuse to escalate without valid reasons. Set the reasons out clearly; they have "
        "to stand up to section 2.",
    ),
    clause(
        "5.12",
        "Keep a full record of the complaint and of the outcome at each stage, with the original "
        "complaint and the date it was received, all correspondence with the resident and with "
        "others, and supporting documents such as reports and surveys.",
    ),
    clause(
        "5.13",
        "Be able to put a complaint right at any stage, with a fitting remedy, without the need "
        "to escalate.",
    ),
    clause(
        "5.14",
        "Have policies and procedures for unacceptable behaviour of residents and their "
        "representatives, be able to show the reasons for any restriction, and review it "
        "regularly.",
    ),
    clause(
        "5.15",
        "Keep restrictions on contact proportionate and with regard to the Equality Act 2010.",
    ),
)
