"""Invented decisions for every kind of letter: the least that one can hold, and a full one.

All of them answer the invented complaint of `specimens` and fit a letter of its day.
"""

from __future__ import annotations

from typing import Any, Final

from correspondence.letters.kinds import LetterKind as K

_ANSWER_1: Final = {
    "point": 1,
    "outcome": "upheld",
    "finding": "You reported the boiler on 2 November 2026. We booked visits for 4 and 9 November. "
    "Our records show that no engineer was sent to either of them",
    "reasons": "Our target for a home without heating is 24 hours. You were without it for 15 days",
    "relied_on": ["section 11 of the Landlord and Tenant Act 1985", "our repairs policy"],
}
_ANSWER_2: Final = {
    "point": 2,
    "outcome": "upheld",
    "finding": "Your call of 5 November 2026 was recorded, and the note was put on another address",
    "reasons": "You were told that there was no record, and that was not true",
}
_ANSWER_3: Final = {
    "point": 3,
    "outcome": "not_upheld",
    "finding": "The lock was reported on 10 November 2026 and changed on 11 November 2026",
    "reasons": "That is within the day that our repairs policy allows for an outer door",
    "relied_on": ["our repairs policy"],
}
_APOLOGY: Final = (
    "We left you without heating for 15 days in a cold month, and told you that you had not "
    "reported it. That was our fault. I am sorry for the cold nights and for not being believed."
)
_PAYMENT: Final = {
    "kind": "payment",
    "what": "for 15 days without heating",
    "pence": 12_000,
    "because": "This is £8 for each day",
    "by": "2026-12-07",
    "owner": "Income team",
}

_RESPONSES: Final[dict[str, dict[str, Any]]] = {
    "least": {
        "answers": [
            {name: part for name, part in answer.items() if name != "relied_on"}
            | {"outcome": "not_upheld"}
            for answer in (_ANSWER_1, _ANSWER_2, _ANSWER_3)
        ],
        "no_remedy_because": "We offer no remedy, because we found nothing that we did wrong.",
    },
    "full": {
        "summary": "You were right about the boiler and about your call. You were not right about "
        "the door.",
        "answers": [_ANSWER_1, _ANSWER_2, _ANSWER_3],
        "apology": _APOLOGY,
        "remedies": [
            _PAYMENT,
            {
                "kind": "payment",
                "what": "for the two visits that nobody came to",
                "pence": 3_000,
                "because": "This is £15 for each visit",
                "by": "2026-12-07",
            },
            {
                "kind": "record_corrected",
                "what": "Your call of 5 November 2026 is now on your own record",
            },
        ],
        "actions": [
            {
                "what": "A new pump will be fitted to your boiler.",
                "owner": "Our heating contractor, Emberline,",
                "by": "2026-12-11",
            },
            {
                "what": "Every report of that week will be looked through for others put on the "
                "wrong address.",
                "owner": "The contact centre",
                "by": "2026-12-18",
            },
        ],
        "learning": [
            "The contact centre now reads the address back to each caller",
            "A visit that is booked and not given to an engineer now shows up the same morning",
        ],
        "contributors": ["the heating contractor", "the contact centre"],
    },
}
_EXTENSIONS: Final[dict[str, dict[str, Any]]] = {
    "least": {
        "original_date": "2026-12-07",
        "new_date": "2026-12-18",
        "reasons": [
            "The surveyor who saw your bathroom on 20 November 2026 is ill until 9 December"
        ],
    },
    "full": {
        "original_date": "2026-12-07",
        "new_date": "2026-12-21",
        "reasons": [
            "The roof has to be looked at from a scaffold, and it goes up on 8 December 2026",
            "We need the report of the structural engineer before we can say what caused the crack",
        ],
        "done": [
            "A surveyor saw the crack on 24 November 2026",
            "We spoke with your neighbour on 26 November 2026",
        ],
        "update_interval": 7,
        "first_update_on": "2026-12-14",
        "apology": "I am sorry that you have to wait longer with a crack over your bed",
    },
}
_REFUSAL: Final = {
    "ground": "already_considered",
    "matter": "the new windows of 2024 and the draught in the front room",
    "ground_in_words": "Our policy is not to look again at a matter that has been through "
    "both stages",
    "why_it_applies": "We answered the same complaint about the same windows at stage 2 on "
    "14 May 2026. We have compared your letter with it, and found nothing that is new",
    "circumstances": "You told us that your chest has been worse this winter, so I asked whether "
    "anything has changed since May. The surveyor measured the windows again on 18 November 2026 "
    "and found no draught",
}
_FULL_REFUSAL: Final = _REFUSAL | {
    "ground": "over_twelve_months",
    "ground_in_words": "Our policy says that we look into matters of the last twelve months",
    "why_it_applies": "The bathroom was fitted on 3 March 2025, and you told us about the tiles on "
    "9 March 2025. You complained on 19 November 2026, which is more than twelve months later",
    "discretion": "I considered whether to make an exception. You were well and in touch with us "
    "all year, and the tiles can no longer be seen, so I found no good reason to make one",
    "accepted_parts": ["The leak under the bath, which you first saw this October"],
    "other_route": "If you think that the tiles have harmed your health, you can ask Citizens "
    "Advice on 0800 144 8848 about a claim",
}

DECIDED: Final[dict[K, dict[str, dict[str, Any]]]] = {
    K.STAGE1_EXTENSION: _EXTENSIONS,
    K.STAGE2_EXTENSION: _EXTENSIONS,
    K.STAGE1_RESPONSE: _RESPONSES,
    K.STAGE2_RESPONSE: _RESPONSES,
    K.REFUSAL: {"least": _REFUSAL, "full": _FULL_REFUSAL},
    K.ESCALATION_REFUSAL: {
        name: refusal | {"responded_on": "2026-10-02", "asked_on": "2026-11-19"}
        for name, refusal in (("least", _REFUSAL), ("full", _FULL_REFUSAL))
    },
    K.PROGRESS_UPDATE: {
        "least": {
            "done": ["The engineer inspected the lift on 19 November 2026"],
            "coming": ["The new door motor comes on 27 November 2026 and is fitted the same day"],
            "next_update_on": "2026-11-30",
        },
        "full": {
            "done": [
                "The engineer inspected the lift on 19 November 2026",
                "We asked the fire service about the stairs on 20 November 2026",
            ],
            "coming": [
                "The new door motor comes on 27 November 2026",
                "A carer helps you down the stairs each Monday until it runs",
            ],
            "next_update_on": "2026-11-30",
            "apology": "I am sorry that we did not write on Friday as we had promised.",
        },
    },
    K.CLARIFICATION_REQUEST: {
        "least": {
            "unclear": "You wrote that it happened again, and we do not know which repair you mean",
            "questions": ["Which repair has gone wrong again"],
        },
        "full": {
            "unclear": "You wrote that it happened again, and we do not know which repair you mean",
            "questions": [
                "Which repair has gone wrong again?",
                "On which day did you notice it?",
                "What would you like us to do to put it right?",
            ],
            "helpful_by": "2026-11-30",
        },
    },
    K.CONSENT_REQUEST: {
        "least": {
            "representative": "Your sister, Mrs Imogen Farrow,",
            "covers": ["what you complained about and what we answer"],
        },
        "full": {
            "representative": "Mr Osric Vane of the law centre",
            "covers": [
                "what you complained about and what we answer",
                "our records of repairs to your home since January 2025",
                "what you told us about your health",
            ],
            "until": "until 31 May 2027, or until you tell us to stop",
        },
    },
    K.ACTION_UPDATE: {
        "least": {
            "action": "A new front door",
            "owner": "Planned works",
            "promised_for": "2026-11-20",
            "standing": "The door has been made and lies at the maker's works",
            "new_date": "2026-12-04",
            "why_moved": "The frame was cut 20 millimetres too narrow and had to be made again",
        },
        "full": {
            "action": "A new front door, with a letter box at the height you asked for",
            "owner": "Planned works",
            "promised_for": "2026-11-20",
            "standing": "The door has been made. The frame is being made again and comes on "
            "2 December 2026",
            "new_date": "2026-12-04",
            "why_moved": "The frame was cut 20 millimetres too narrow and had to be made again",
            "apology": "I am sorry that you waited in for a door that did not come.",
            "if_it_slips": "If nobody comes on 4 December 2026, phone me that day. We will then "
            "pay you £15 for the missed visit, and you can make a complaint about the delay",
        },
    },
    K.ACTION_COMPLETION: {
        "least": {"action": "A new front door", "finished_on": "2026-11-20"},
        "full": {
            "action": "A new front door, with a letter box at the height you asked for",
            "finished_on": "2026-11-20",
            "evidence": "You signed for it, and our surveyor has seen photographs of the frame",
        },
    },
    K.SERVICE_REQUEST_REPLY: {
        "least": {
            "request": "a lamp over the bins",
            "decision": "We will put one up",
            "next_steps": ["An electrician comes on 2 December 2026"],
        },
        "full": {
            "request": "a lamp over the bins and a rail by the steps",
            "decision": "We will put up the lamp. The rail belongs to the highway, so we passed "
            "it on to the county council's highways team on 01632 960180",
            "next_steps": [
                "An electrician comes on 2 December 2026, between 8am and 1pm",
                "The highways team tells you by letter what it decides",
            ],
            "done_by": "2026-12-04",
        },
    },
    K.SURVEY_FOLLOW_UP: {
        "least": {
            "survey": "our survey about repairs",
            "what_you_said": "that nobody came back to finish the plaster",
        },
        "full": {
            "survey": "our survey about repairs",
            "what_you_said": "that nobody came back to finish the plaster",
            "about_it": "A plasterer will come on 3 December 2026. That is arranged whether or not "
            "you complain",
        },
    },
    K.ENQUIRY_REPLY: {
        "least": {
            "enquirer": "Councillor Ferris",
            "asked_about": "the damp in a home in Marlpit Lane",
            "answer": [
                "A surveyor looks at each home where damp is reported within ten working days"
            ],
            "footing": "general",
            "copied": False,
        },
        "full": {
            "enquirer": "Councillor Ferris",
            "asked_about": "the damp at 17 Marlpit Lane",
            "answer": [
                "A surveyor saw the home on 16 November 2026 and found a blocked gutter",
                "The gutter was cleared on 18 November 2026, and the wall is treated on 4 December",
            ],
            "footing": "consent",
        },
    },
    K.INCIDENT_NOTICE: {
        "least": {
            "incident": "An attack on our computers on 16 November 2026 shut us out of our records",
            "affected": ["our answers to complaints received since 2 November 2026"],
            "over_by": "2026-12-14",
            "meanwhile": ["Report repairs and emergencies by phone on 01632 960100, at any hour"],
            "ombudsman_told": True,
        },
        "full": {
            "incident": "An attack on our computers on 16 November 2026 shut us out of our records",
            "affected": [
                "our answers to complaints received since 2 November 2026",
                "letters that were promised for this week",
            ],
            "over_by": "2026-12-14",
            "meanwhile": [
                "Report repairs and emergencies by phone on 01632 960100, at any hour",
                "If you sent us photographs since 2 November 2026, please keep them",
            ],
            "concerns": "everybody who rents a home from us",
            "ombudsman_told": True,
        },
    },
}
"""By kind: what a person decided, as the JSON of its form."""
