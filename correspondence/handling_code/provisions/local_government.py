"""The Local Government and Social Care Ombudsman's Complaint Handling Code, as far as it is read.

Issued in 2024 as advice and guidance under section 23(12A) of the Local Government Act 1974, and
used in that Ombudsman's investigations from 1 April 2026. It applies to a council's services other
than its work as a landlord, and not where the law has a complaints process of its own. It says
should where the Housing Ombudsman's Code says must.

Only section 1 and 6.1 to 6.7 are taken up here, from www.lgo.org.uk. To be verified: the rest, and
the titles of sections 8 and 9.
"""

from datetime import date
from typing import Final

from correspondence.handling_code.provisions.body import Force, HandlingCode, Provision

IN_FORCE_FROM: Final = date(2026, 4, 1)
"""From when the Ombudsman holds councils against it; published in February 2024."""


def _should(number: str, requirement: str, force: Force = Force.SHOULD) -> Provision:
    return Provision(
        number=number,
        requirement=requirement,
        force=force,
        binds=("council",),
        in_force_from=IN_FORCE_FROM,
    )


LOCAL_GOVERNMENT_CODE_2024: Final = HandlingCode(
    name="Local Government and Social Care Ombudsman's Complaint Handling Code 2024",
    version="LGSCO-2024",
    issued_by="Local Government and Social Care Ombudsman",
    statutory=False,
    complete=False,
    sections=(
        "Definition of a service request and complaint",
        "Exclusions",
        "Accessibility and awareness",
        "Complaint handling resources",
        "The complaint handling process",
        "Complaints stages",
        "Putting things right",
        "Performance reporting and self-assessment",
        "Scrutiny and oversight",
    ),
    provisions=(
        _should(
            "1.1",
            "Handling complaints well begins with everybody meaning the same by a service request "
            "and by a complaint; most things can be put right in the ordinary way.",
            Force.STATEMENT,
        ),
        _should(
            "1.2",
            "A service request may be defined as asking the council to provide or improve a "
            "service, fix a problem or reconsider a decision.",
        ),
        _should(
            "1.3",
            "Service requests are a chance to resolve a matter before it becomes a complaint.",
            Force.STATEMENT,
        ),
        _should(
            "1.4",
            "A complaint may be defined as dissatisfaction, expressed in whatever way, with the "
            "standard of service or with what the council, its staff or those acting for it did "
            "or failed to do, affecting an individual or a group.",
        ),
        _should(
            "1.5",
            "Nobody needs to say the word complaint; one made through somebody else is handled "
            "under the policy like any other.",
        ),
        _should("1.6", "Tell service requests and complaints apart, and say how in the policy."),
        _should(
            "1.7",
            "A service request may hold dissatisfaction and may be dealt with first. A complaint "
            "may be raised when its answer does not satisfy, and work on the request goes on.",
        ),
        _should("1.8", "Record, monitor and regularly review service requests."),
        _should(
            "6.1",
            "Consider which complaints can be answered early and which need more, looking at "
            "complexity and at whether the person is vulnerable or at risk.",
        ),
        _should("6.2", "Acknowledge and log a complaint at stage 1 within five working days."),
        _should("6.3", "Respond in full at stage 1 within ten working days of acknowledging."),
        _should(
            "6.4",
            "Decide whether complexity calls for an extension, of no more than ten working days "
            "without good reason, and explain the reasons and the new date.",
        ),
        _should("6.5", "Give the relevant Ombudsman's details when telling of an extension."),
        _should(
            "6.6",
            "Respond when the answer is known, and track the actions that are left with updates.",
        ),
        _should(
            "6.7",
            "Answer every point with clear reasons and the policy, law and good practice that "
            "apply, and be clear what the council is and is not responsible for.",
        ),
    ),
)
"""The provisions taken up so far; `complete` says that they are not all."""
