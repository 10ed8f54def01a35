"""The Housing Ombudsman's Complaint Handling Code 2024, statutory since 1 April 2024.

73 provisions in nine sections. Made under the Social Housing (Regulation) Act 2023; every landlord
in the Scheme must comply. The self-assessment form has 72 rows, because 1.1 asks nothing.
"""

from typing import Final

from correspondence.handling_code.provisions.body import HandlingCode
from correspondence.handling_code.provisions.housing_ombudsman import (
    accessibility,
    definition,
    exclusions,
    process,
    putting_right,
    scrutiny,
    self_assessment,
    staff,
    stages,
)

HOUSING_OMBUDSMAN_CODE_2024: Final = HandlingCode(
    name="Housing Ombudsman's Complaint Handling Code 2024",
    version="HOS-2024",
    issued_by="Housing Ombudsman Service",
    statutory=True,
    sections=(
        "Definition of a complaint",
        "Exclusions",
        "Accessibility and awareness",
        "Complaint handling staff",
        "The complaint handling process",
        "Complaints stages",
        "Putting things right",
        "Self-assessment, reporting and compliance",
        "Scrutiny and oversight: continuous learning and improvement",
    ),
    provisions=(
        *definition.PROVISIONS,
        *exclusions.PROVISIONS,
        *accessibility.PROVISIONS,
        *staff.PROVISIONS,
        *process.PROVISIONS,
        *stages.PROVISIONS,
        *putting_right.PROVISIONS,
        *self_assessment.PROVISIONS,
        *scrutiny.PROVISIONS,
    ),
)
