"""Section 6: stage 1 and stage 2."""

from typing import Final

from correspondence.handling_code.provisions.housing_ombudsman.clause import (
    COMPLAINT_HANDLER,
    LANDLORD,
    clause,
)

_RESPONSE: Final = (
    "The stage of the complaint.",
    "The complaint definition.",
    "The decision on the complaint.",
    "The reasons for each decision.",
    "What any remedy offered to put things right consists of.",
    "Any actions still outstanding.",
)

_STAGE_1: Final = (
    clause(
        "6.1",
        "Consider which complaints can be answered early and which need investigation, looking at "
        "how complex they are and whether the resident is vulnerable or at risk. Most can be "
        "resolved promptly with an explanation, an apology or a resolution.",
    ),
    clause(
        "6.2",
        "Acknowledge, define and log a complaint at stage 1 within five working days of receiving "
        "it.",
    ),
    clause(
        "6.3",
        "Give a full response at stage 1 within ten working days of the acknowledgement.",
    ),
    clause(
        "6.4",
        "Decide whether the complexity of a complaint calls for an extension, and tell the "
        "resident when to expect the response. Without good reason an extension is no more than "
        "ten working days; the reasons are explained clearly.",
    ),
    clause(
        "6.5",
        "Give the resident the Ombudsman's contact details whenever telling them of an extension.",
    ),
    clause(
        "6.6",
        "Respond when the answer is known, not when the work is finished. Track outstanding "
        "actions, do them promptly, and keep the resident updated.",
    ),
    clause(
        "6.7",
        "Answer every point of the complaint definition, with clear reasons that refer to the "
        "policy, law and good practice that apply.",
        LANDLORD,
        COMPLAINT_HANDLER,
    ),
    clause(
        "6.8",
        "Take related issues raised during the investigation into the stage 1 response if it has "
        "not been issued. Log a new complaint where the response has gone, the issue is unrelated, "
        "or it would delay the response unreasonably.",
    ),
    clause(
        "6.9",
        "Confirm in writing and in plain language, at the end of stage 1, what was decided and "
        "what happens next.",
        parts=(*_RESPONSE, "How to escalate to stage 2 if the resident is not satisfied."),
    ),
)

_STAGE_2: Final = (
    clause(
        "6.10",
        "Take the complaint to stage 2 where all or part of it is not resolved to the resident's "
        "satisfaction at stage 1. Stage 2 is the final response.",
    ),
    clause(
        "6.11",
        "Acknowledge, define and log a request for stage 2 within five working days of receiving "
        "it.",
    ),
    clause(
        "6.12",
        "Require no reasons for a request for stage 2, but make reasonable efforts to understand "
        "why the resident remains unhappy.",
    ),
    clause(
        "6.13",
        "Have stage 2 considered by somebody other than the person who considered stage 1.",
    ),
    clause(
        "6.14",
        "Give the final response within twenty working days of acknowledging the request.",
    ),
    clause(
        "6.15",
        "Decide whether the complexity calls for an extension and tell the resident when to expect "
        "the response. Without good reason an extension is no more than twenty working days; the "
        "reasons are explained clearly.",
    ),
    clause(
        "6.16",
        "Give the resident the Ombudsman's contact details whenever telling them of an extension.",
    ),
    clause(
        "6.17",
        "Respond when the answer is known, not when the work is finished. Track outstanding "
        "actions, do them promptly, and keep the resident updated.",
    ),
    clause(
        "6.18",
        "Answer every point of the complaint definition, with clear reasons that refer to the "
        "policy, law and good practice that apply.",
        LANDLORD,
        COMPLAINT_HANDLER,
    ),
    clause(
        "6.19",
        "Confirm in writing and in plain language, at the end of stage 2, what was decided and "
        "what the resident can do next.",
        parts=(
            *_RESPONSE,
            "How to take the complaint to the Ombudsman if the resident is not satisfied.",
        ),
    ),
    clause(
        "6.20",
        "Make stage 2 the final response, and involve all the staff needed to give it.",
    ),
)

PROVISIONS: Final = _STAGE_1 + _STAGE_2
