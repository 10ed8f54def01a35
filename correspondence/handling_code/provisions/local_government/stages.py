"""Section 6: stage 1 and stage 2."""

from typing import Final

from correspondence.handling_code.provisions.local_government.clause import clause

_STAGE_1: Final = (
    clause(
        "6.1",
        "Consider which complaints can be answered early and which need more, looking at "
        "complexity and at whether the person is vulnerable or at risk.",
    ),
    clause("6.2", "Acknowledge and log a complaint at stage 1 within five working days."),
    clause("6.3", "Respond in full at stage 1 within ten working days of acknowledging."),
    clause(
        "6.4",
        "Decide whether complexity calls for an extension, of no more than ten working days "
        "without good reason, and explain the reasons and the new date.",
    ),
    clause("6.5", "Give the relevant Ombudsman's details when telling of an extension."),
    clause(
        "6.6",
        "Respond when the answer is known, and track the actions that are left with updates.",
    ),
    clause(
        "6.7",
        "Answer every point with clear reasons and the policy, law and good practice that "
        "apply, and be clear what the council is and is not responsible for.",
    ),
    clause("6.8", "Tell the individual, at the end of stage 1, how to escalate to stage 2."),
    clause(
        "6.9",
        "Take related issues raised meanwhile into the stage 1 response if it has not been given. "
        "Log a new complaint where the response has gone, the issue is unrelated, or it would "
        "delay the response unreasonably.",
        verified=False,
    ),
)

_STAGE_2: Final = (
    clause(
        "6.10",
        "Take the complaint to stage 2 where all or part of it is not resolved to the individual's "
        "satisfaction. Stage 2 is the final response.",
        verified=False,
    ),
    clause(
        "6.11",
        "Acknowledge and log a request for stage 2 within five working days of receiving it, with "
        "the council's understanding of what is outstanding and of the outcomes sought.",
        verified=False,
    ),
    clause(
        "6.12",
        "Require no reasons for a request for stage 2, but make reasonable efforts to understand "
        "why the individual remains unhappy.",
        verified=False,
    ),
    clause(
        "6.13",
        "Have stage 2 considered by somebody other than the person who considered stage 1.",
        verified=False,
    ),
    clause(
        "6.14",
        "Give the final response within twenty working days of acknowledging the request.",
        verified=False,
    ),
    clause(
        "6.15",
        "Decide whether complexity calls for an extension, of no more than twenty working days "
        "without good reason, and explain the reasons and the new date.",
        verified=False,
    ),
    clause(
        "6.16",
        "Give the relevant Ombudsman's details when telling of an extension.",
        verified=False,
    ),
    clause(
        "6.17",
        "Respond when the answer is known, and track the actions that are left with updates.",
        verified=False,
    ),
    clause(
        "6.18",
        "Answer every point with clear reasons and the policy, law and good practice that apply.",
        verified=False,
    ),
    clause(
        "6.19",
        "Tell the individual, at the end of stage 2, how to take the complaint to the relevant "
        "Ombudsman.",
        verified=False,
    ),
    clause(
        "6.20",
        "Make stage 2 the final response, and involve all the staff needed to give it.",
        verified=False,
    ),
)

PROVISIONS: Final = _STAGE_1 + _STAGE_2
