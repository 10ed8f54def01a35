"""Which Ombudsman a matter belongs to: the Housing Ombudsman, the other one, or both.

For a council the line runs between what it does as a landlord and what it does as a housing
authority: repairs, rent, leases, estates and moves it decides as landlord are the Housing
Ombudsman's; the allocation scheme, homelessness, housing benefit and private housing are the Local
Government and Social Care Ombudsman's. A landlord that is no council answers to the Housing
Ombudsman alone. Source: the two Ombudsmen's memorandum of understanding and published decisions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.contacts import (
    OmbudsmanContact,
    housing_ombudsman,
    local_government_ombudsman,
)

if TYPE_CHECKING:
    from datetime import date


class Ombudsman(StrEnum):
    """The two Ombudsmen a resident of a social landlord may go to."""

    HOUSING = "housing"
    LOCAL_GOVERNMENT = "local_government"


class Subject(StrEnum):
    """What a point of a complaint is about, as far as jurisdiction cares."""

    REPAIRS = "repairs"
    CONDITION = "condition"
    RENT_AND_SERVICE_CHARGES = "rent_and_service_charges"
    ANTI_SOCIAL_BEHAVIOUR = "anti_social_behaviour"
    ESTATE_MANAGEMENT = "estate_management"
    TENANCY = "tenancy"
    LEASEHOLD = "leasehold"
    TEMPORARY_MOVE = "temporary_move"
    MUTUAL_EXCHANGE = "mutual_exchange"
    MANAGEMENT_TRANSFER = "management_transfer"
    COMPLAINT_HANDLING = "complaint_handling"
    ALLOCATION_SCHEME = "allocation_scheme"
    PRIORITY_TRANSFER = "priority_transfer"
    HOMELESSNESS = "homelessness"
    HOUSING_BENEFIT = "housing_benefit"
    PRIVATE_HOUSING = "private_housing"
    UNCLEAR = "unclear"


_OF_A_HOUSING_AUTHORITY: Final = frozenset(
    {
        Subject.ALLOCATION_SCHEME,
        Subject.PRIORITY_TRANSFER,
        Subject.HOMELESSNESS,
        Subject.HOUSING_BENEFIT,
        Subject.PRIVATE_HOUSING,
    }
)

SUBJECTS_OF_AREA: Final = MappingProxyType(
    {
        "repairs": frozenset({Subject.REPAIRS}),
        "damp_and_mould": frozenset({Subject.CONDITION}),
        "heating_and_gas": frozenset({Subject.REPAIRS}),
        "planned_works": frozenset({Subject.CONDITION}),
        "communal_areas": frozenset({Subject.ESTATE_MANAGEMENT}),
        "anti_social_behaviour": frozenset({Subject.ANTI_SOCIAL_BEHAVIOUR}),
        "allocations": frozenset({Subject.ALLOCATION_SCHEME, Subject.MANAGEMENT_TRANSFER}),
        "tenancy": frozenset({Subject.TENANCY}),
        "rents": frozenset({Subject.RENT_AND_SERVICE_CHARGES}),
        "leasehold": frozenset({Subject.LEASEHOLD}),
        "complaint_handling": frozenset({Subject.COMPLAINT_HANDLING}),
    }
)
"""What a service area may be about; allocations may be a landlord's matter or an authority's."""


@dataclass(frozen=True, slots=True)
class Route:
    """Which Ombudsmen to name, and why. `ask` tells whether a person should confirm it."""

    ombudsmen: tuple[Ombudsman, ...]
    because: str
    ask: bool

    def contacts(self, on: date) -> tuple[OmbudsmanContact, ...]:
        """Their details in force on that day, in the order a letter prints them."""
        return tuple(_CONTACTS[each](on) for each in self.ombudsmen)


_CONTACTS: Final = MappingProxyType(
    {
        Ombudsman.HOUSING: housing_ombudsman,
        Ombudsman.LOCAL_GOVERNMENT: local_government_ombudsman,
    }
)


def subjects_of(service_area: str) -> frozenset[Subject]:
    """What a point in this service area may be about; unclear for an area not known here."""
    return SUBJECTS_OF_AREA.get(service_area, frozenset({Subject.UNCLEAR}))


def which_ombudsman(subjects: Iterable[Subject], *, council: bool) -> Route:
    """Which Ombudsman, or both, a letter about these subjects names.

    The Housing Ombudsman's details are never left out where there is doubt: the Code requires them
    (2.4, 3.7, 6.5, 6.16, 6.19g), and a needless address does no harm.
    """
    named = frozenset(subjects) or frozenset({Subject.UNCLEAR})
    if not council:
        foreign = named & _OF_A_HOUSING_AUTHORITY
        because = (
            "A landlord that is no council answers to the Housing Ombudsman alone"
            + (f"; {_list(foreign)} may be a council's to answer" if foreign else "")
            + "."
        )
        return Route((Ombudsman.HOUSING,), because, ask=bool(foreign))
    authority = named & _OF_A_HOUSING_AUTHORITY
    landlord = named - _OF_A_HOUSING_AUTHORITY - {Subject.UNCLEAR}
    if Subject.UNCLEAR in named:
        ombudsmen: tuple[Ombudsman, ...] = (
            (Ombudsman.HOUSING, Ombudsman.LOCAL_GOVERNMENT) if authority else (Ombudsman.HOUSING,)
        )
        because = "Part of it cannot be told from its service area, so a person should confirm."
        return Route(ombudsmen, because, ask=True)
    if authority and landlord:
        because = (
            f"{_list(landlord)} is the council's work as a landlord and {_list(authority)} its "
            "work as a housing authority; the two may investigate together."
        )
        return Route((Ombudsman.HOUSING, Ombudsman.LOCAL_GOVERNMENT), because, ask=False)
    if authority:
        because = f"{_list(authority)} is the council's work as a housing authority."
        return Route((Ombudsman.LOCAL_GOVERNMENT,), because, ask=False)
    return Route((Ombudsman.HOUSING,), f"{_list(landlord)} is a landlord's work.", ask=False)


def _list(subjects: frozenset[Subject]) -> str:
    return ", ".join(sorted(subject.value.replace("_", " ") for subject in subjects))
