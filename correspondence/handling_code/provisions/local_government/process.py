"""Section 5: one policy, fair handling, and a record of it."""

from typing import Final

from correspondence.handling_code.provisions.body import Force
from correspondence.handling_code.provisions.local_government.clause import (
    COMPLAINT_HANDLER,
    clause,
)

PROVISIONS: Final = (
    clause("5.1", "Have a single policy for the complaints that the Code covers."),
    clause(
        "5.2",
        "Resolve matters early and locally, and have no extra named stages, such as an informal "
        "one before the first.",
    ),
    clause(
        "5.3",
        "Give an individual whose dissatisfaction could be a complaint the chance to make one, "
        "knowing that people may fear for the service they receive if they do.",
    ),
    clause(
        "5.4",
        "Handle a complaint fairly.",
        COMPLAINT_HANDLER,
        parts=(
            "Clarify with the individual whatever of the complaint is unclear.",
            "Deal with it on its merits, independently and with an open mind.",
            "Give the individual a fair chance to set out their position.",
            "Deal with any conflict of interest, actual or perceived.",
            "Consider all relevant information and evidence with care.",
        ),
    ),
    clause(
        "5.5",
        "Where the response will be later than the Code's timescales, say when it will come and "
        "why it is late.",
    ),
    clause(
        "5.6",
        "Make reasonable adjustments under the Equality Act 2010 where appropriate. Keep a record "
        "of those agreed, and keep them under active review.",
        force=Force.MUST,  # the adjustments themselves; record and review are shoulds
    ),
    clause(
        "5.7",
        "Refuse to escalate a complaint only for valid reasons, set out clearly, in line with "
        "section 2.",
    ),
    clause(
        "5.8",
        "Keep a full record of the complaint and its outcome at each stage: the complaint and the "
        "day it was received, the correspondence, and the documents that bear on it.",
        verified=False,
    ),
    clause(
        "5.9",
        "Be able to put a complaint right at any stage, without taking it through the others.",
        verified=False,
    ),
    clause(
        "5.10",
        "Have a policy on unacceptable behaviour, be able to show the reasons for any restriction, "
        "and review restrictions regularly.",
        verified=False,
    ),
    clause(
        "5.11",
        "Keep any such restriction proportionate, with regard to the Equality Act 2010.",
        verified=False,
    ),
)
