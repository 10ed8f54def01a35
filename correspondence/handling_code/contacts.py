"""How to reach the two Ombudsmen, dated, so that no letter prints yesterday's details.

Sources: the Housing Ombudsman's and the Local Government and Social Care Ombudsman's own contact
pages. Since 13 January 2026 the Housing Ombudsman takes no new cases by e-mail; the web form comes
first. To be verified: the day on which the Preston box replaced the earlier address; it is taken to
have been in force throughout the statutory Code, from 1 April 2024. To be verified too: that the
step by way of a designated person ended on 1 October 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from correspondence.errors import CorrespondenceError
from correspondence.handling_code.long_date import long_date


class NoContactKnown(CorrespondenceError):
    """No contact details are on record for that day."""


@dataclass(frozen=True, slots=True)
class OmbudsmanContact:
    """One Ombudsman's details, in force from `valid_from` to `valid_until` inclusive.

    `email_for_new_cases` is empty where a new case cannot be brought by e-mail; a letter must not
    offer it then. `post` is one address line an entry. `valid_until` None: still in force.
    """

    name: str
    phone: str
    post: tuple[str, ...]
    web: str
    web_form: str
    email_for_new_cases: str
    valid_from: date
    valid_until: date | None
    source: str

    @property
    def post_line(self) -> str:
        """The postal address on one line."""
        return ", ".join(self.post)

    def in_force(self, on: date) -> bool:
        """Whether these were the details on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class SupersededContact:
    """Something once printed in letters that must not be printed from `since` on.

    `marks` are fragments to look for, in lower case and without regard to spacing; `instead` is
    the advice to whoever wrote it.
    """

    marks: tuple[str, ...]
    what: str
    since: date
    instead: str


_HOUSING_OMBUDSMAN_POST: Final = ("PO Box 1484", "Unit D", "Preston", "PR2 0ET")

HOUSING_OMBUDSMAN: Final = (
    OmbudsmanContact(
        name="Housing Ombudsman Service",
        phone="0300 111 3000",
        post=_HOUSING_OMBUDSMAN_POST,
        web="www.housing-ombudsman.org.uk",
        web_form="www.housing-ombudsman.org.uk/residents/make-a-complaint",
        email_for_new_cases="info@housing-ombudsman.org.uk",
        valid_from=date(2024, 4, 1),
        valid_until=date(2026, 1, 12),
        source="www.housing-ombudsman.org.uk",
    ),
    OmbudsmanContact(
        name="Housing Ombudsman Service",
        phone="0300 111 3000",
        post=_HOUSING_OMBUDSMAN_POST,
        web="www.housing-ombudsman.org.uk",
        web_form="www.housing-ombudsman.org.uk/residents/make-a-complaint",
        email_for_new_cases="",
        valid_from=date(2026, 1, 13),
        valid_until=None,
        source="www.housing-ombudsman.org.uk: no new cases by e-mail from 13 January 2026",
    ),
)
"""The Housing Ombudsman's details through time, oldest first."""

LOCAL_GOVERNMENT_OMBUDSMAN: Final = (
    OmbudsmanContact(
        name="Local Government and Social Care Ombudsman",
        phone="0300 061 0614",
        post=("PO Box 4771", "Coventry", "CV4 0EH"),
        web="www.lgo.org.uk",
        web_form="www.lgo.org.uk/make-a-complaint",
        email_for_new_cases="",
        valid_from=date(2024, 4, 1),
        valid_until=None,
        source="www.lgo.org.uk",
    ),
)
"""The Local Government and Social Care Ombudsman's details through time, oldest first."""

SUPERSEDED: Final = (
    SupersededContact(
        marks=("po box 152", "l33 7w"),
        what="the Housing Ombudsman's former address in Liverpool",
        since=date(2024, 4, 1),
        instead="Print PO Box 1484, Unit D, Preston, PR2 0ET.",
    ),
    SupersededContact(
        marks=("exchange tower", "e14 9ge"),
        what="the Housing Ombudsman's former address in London",
        since=date(2024, 4, 1),
        instead="Print PO Box 1484, Unit D, Preston, PR2 0ET.",
    ),
    SupersededContact(
        marks=("info@housing-ombudsman.org.uk",),
        what="e-mail as a way to bring a new case to the Housing Ombudsman",
        since=date(2026, 1, 13),
        instead="Give the web form, the telephone number and the postal address instead.",
    ),
    SupersededContact(
        marks=("designated person",),
        what="the former step by way of a designated person or a wait of eight weeks",
        since=date(2022, 10, 1),
        instead="Say that the resident may go to the Ombudsman directly.",
    ),
)
"""Details that letters still print though they no longer hold."""


def housing_ombudsman(on: date) -> OmbudsmanContact:
    """The Housing Ombudsman's details in force on that day (Code 2.4, 3.7, 6.5, 6.16, 6.19g).

    Raises NoContactKnown for a day before 1 April 2024, when the statutory Code came into force.
    """
    return _in_force(HOUSING_OMBUDSMAN, on)


def local_government_ombudsman(on: date) -> OmbudsmanContact:
    """The Local Government and Social Care Ombudsman's details in force on that day.

    Raises NoContactKnown for a day before 1 April 2024.
    """
    return _in_force(LOCAL_GOVERNMENT_OMBUDSMAN, on)


def _in_force(versions: tuple[OmbudsmanContact, ...], on: date) -> OmbudsmanContact:
    for contact in versions:
        if contact.in_force(on):
            return contact
    raise NoContactKnown(
        f"No contact details of the {versions[0].name} are on record for {long_date(on)}; the "
        f"earliest are from {long_date(versions[0].valid_from)}. Check the date of the letter."
    )
