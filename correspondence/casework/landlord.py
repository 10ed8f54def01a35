"""The landlord's profile in the words of the other rooms: timescales, calendar, who is who."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from correspondence.errors import SettingsRefused
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.months import add_calendar_months
from correspondence.handling_code.timescales import Timescales
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar
from correspondence.intake.landlord_signs import LandlordSigns
from correspondence.letters.facts import Handler, Landlord
from correspondence.settings import PROFILE_NAME

if TYPE_CHECKING:
    from datetime import date

    from correspondence.settings import Settings


def timescales_of(settings: Settings) -> Timescales:
    """The landlord's own timescales, in working days."""
    return Timescales(**settings.timescales.model_dump())


def calendar_of(settings: Settings, known: Calendar = ENGLAND_AND_WALES) -> Calendar:
    """The working days of England and Wales, with the landlord's own closures.

    `known` is the calendar of the published bank holidays. Raises SettingsRefused for a day outside
    the years it knows.
    """
    proclaimed, closed = settings.calendar.extra_bank_holidays, settings.calendar.closed_days
    unknown = [
        f"[calendar] names {long_date(day)}, but bank holidays are known from "
        f"{long_date(known.known_from)} to {long_date(known.known_until)}"
        for day in (*proclaimed, *closed)
        if not known.knows(day)
    ]
    if unknown:
        raise SettingsRefused(PROFILE_NAME, unknown)
    calendar = replace(known, holidays=known.holidays | set(proclaimed))
    return calendar.with_closures(closed)


def signs_of(settings: Settings) -> LandlordSigns:
    """Whom and what a reader of our mail knows: our addresses, colleagues, councillors."""
    known = LandlordSigns()
    return LandlordSigns(
        name=settings.landlord.name,
        own_addresses=_own_addresses(settings),
        staff_domains=settings.reading.staff_domains,
        councillor_domains=settings.reading.councillor_domains or known.councillor_domains,
        reference_pattern=rf"{settings.references.series}-\d{{4}}-\d{{6}}",
    )


def _own_addresses(settings: Settings) -> tuple[str, ...]:
    addresses = (settings.landlord.email, *settings.inbox.addresses)
    return tuple(dict.fromkeys(filter(None, addresses)))


def letterhead_name(settings: Settings) -> Landlord:
    """The landlord as letters name it."""
    landlord = settings.landlord
    return Landlord(
        name=landlord.name,
        department=landlord.department,
        address_lines=landlord.address,
        phone=landlord.phone,
        email=landlord.email,
        website=landlord.website,
    )


def handler_of(settings: Settings, stage: int) -> Handler | None:
    """The person letters name as handling the complaint at that stage; None where nobody can be.

    At stage 2 that is never the officer of stage 1 (Code 6.13).
    """
    officer, reviewer = settings.complaints_officer, settings.stage2_reviewer
    one = officer if stage == 1 else reviewer
    if not one.name or (stage != 1 and reviews_own_work(settings)):
        return None
    return Handler(one.name, one.role, one.phone, one.email)


def reviews_own_work(settings: Settings) -> bool:
    """Whether the profile names the same person for both stages (Code 6.13)."""
    names = (settings.complaints_officer.name, settings.stage2_reviewer.name)
    officer, reviewer = (" ".join(name.split()).casefold() for name in names)
    return bool(officer) and officer == reviewer


def responsibility_for(settings: Settings, service_area: str) -> tuple[bool | None, str]:
    """Whether the landlord answers for such matters, and else who does (Code 5.7).

    None where the profile does not say: an officer decides.
    """
    if service_area in settings.responsibilities.elsewhere:
        return False, settings.responsibilities.elsewhere[service_area]
    return (True, "") if service_area in settings.responsibilities.ours else (None, "")


def sender_of(settings: Settings) -> str:
    """From whom letters go by e-mail: the complaints mailbox, with the landlord's name."""
    address = settings.landlord.email or next(iter(settings.inbox.addresses), "")
    return f"{settings.landlord.name} <{address}>" if address else ""


def review_by(settings: Settings, today: date) -> date:
    """When what is agreed today is looked at again, by the landlord's own rule (Code 5.10)."""
    return add_calendar_months(today, settings.deadlines.review_adjustments_months)
