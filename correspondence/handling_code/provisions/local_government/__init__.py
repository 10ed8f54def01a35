"""The Local Government and Social Care Ombudsman's Complaint Handling Code 2024.

Issued in February 2024 as advice and guidance under section 23(12A) of the Local Government Act
1974, and used in that Ombudsman's investigations from 1 April 2026. It applies to a council's
services other than its work as a landlord, and not where the law has a complaints process of its
own. It says should where the Housing Ombudsman's Code says must; where it says must, it repeats the
Equality Act 2010.

Taken from www.lgo.org.uk. The provisions marked as not verified follow what councils say of them
and the order of the Housing Ombudsman's Code, with which this one is aligned; their numbers are to
be checked against the page before anybody relies on them. Whether section 9 ends with 9.7 is to be
checked too.
"""

from typing import Final

from correspondence.handling_code.provisions.body import HandlingCode
from correspondence.handling_code.provisions.local_government import (
    accessibility,
    definition,
    exclusions,
    process,
    putting_right,
    reporting,
    resources,
    scrutiny,
    stages,
)

LOCAL_GOVERNMENT_CODE_2024: Final = HandlingCode(
    name="Local Government and Social Care Ombudsman's Complaint Handling Code 2024",
    version="LGSCO-2024",
    issued_by="Local Government and Social Care Ombudsman",
    statutory=False,
    sections=(
        "Definition of a service request and complaint",
        "Exclusions",
        "Accessibility and awareness",
        "Complaint handling resources",
        "The complaint handling process",
        "Complaints stages",
        "Putting things right",
        "Performance reporting and self-assessment",
        "Scrutiny and oversight: continuous learning and improvement",
    ),
    provisions=(
        *definition.PROVISIONS,
        *exclusions.PROVISIONS,
        *accessibility.PROVISIONS,
        *resources.PROVISIONS,
        *process.PROVISIONS,
        *stages.PROVISIONS,
        *putting_right.PROVISIONS,
        *reporting.PROVISIONS,
        *scrutiny.PROVISIONS,
    ),
)
