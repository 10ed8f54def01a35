"""What the record says of a case, for a letter to be held against; and what others are known by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.casework.drafting.letter_facts import clock_at
from correspondence.handling_code.contacts import HOUSING_OMBUDSMAN, LOCAL_GOVERNMENT_OMBUDSMAN
from correspondence.letters.checking.record.facts import Belonging, CaseRecord, Ours, Party
from correspondence.letters.checking.record.names import likeness
from correspondence.letters.checking.record.strangers import PRIVATE_MAIL, Mentioned, mentioned
from correspondence.store import case_files, users

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.text import LetterText
    from correspondence.settings import Settings
    from correspondence.store.case_files import CaseRow

_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_OMBUDSMEN: Final = (*HOUSING_OMBUDSMAN, *LOCAL_GOVERNMENT_OMBUDSMAN)


def case_record(
    house: OpenOffice,
    conn: sa.Connection,
    case: Case,
    stage: int,
    *,
    letter_date: date,
    texts: Iterable[LetterText] = (),
    names: bool = True,
) -> CaseRecord:
    """The record of a case as of a letter about that stage, dated `letter_date`.

    What the `texts` name is looked up among the other cases of the office; people's names too where
    `names` says so, which reads through all cases. A stage the case never reached has no dates.
    """
    pattern = house.signs.reference_pattern
    reached = stage if stage in case.stages else case.stage
    record = case.stages[reached]
    dates = clock_at(house, case, stage=reached, letter_date=letter_date)
    target, notice = dates.of("respond_target"), dates.of("extend_by")
    pending = record.pending_extension
    return CaseRecord(
        reference=case.reference,
        stage=stage,
        letter_date=letter_date,
        received=record.received_on,
        reference_pattern=pattern,
        reached=frozenset(case.stages),
        resident=_resident(case),
        representative=_representative(case),
        acknowledged=record.acknowledged_on,
        also_received=frozenset(one.received_on for one in case.stages.values()),
        respond_by=dates.respond_by,
        respond_target=target.due if target else None,
        original_due=notice.due if notice else None,
        extension_limit=dates.extension_limit,
        extension_to=pending.new_date if pending else None,
        beyond_limit=bool(pending and pending.beyond_limit and not pending.wants_second),
        points=record.definition.points,
        outcomes=record.definition.outcomes,
        ours=_ours(house, conn, case),
        elsewhere=tuple(_elsewhere(conn, case, texts, pattern, names=names)),
        calendar=house.calendar,
    )


def _resident(case: Case) -> Party:
    one = case.resident
    elsewhere = next(iter(_postcodes(case.adjustments.address)), "")
    return Party(
        name=one.name,
        emails=_lower(one.email, case.writes_from if case.representative is None else ""),
        phones=frozenset(filter(None, (one.phone,))),
        postcode=elsewhere or one.postcode or next(iter(_postcodes(one.address)), ""),
    )


def _representative(case: Case) -> Party | None:
    one = case.representative
    if one is None:
        return None
    return Party(
        name=one.name,
        emails=_lower(one.email, case.writes_from, *case.known_addresses),
        postcode=next(iter(_postcodes(one.address)), ""),
    )


def _ours(house: OpenOffice, conn: sa.Connection, case: Case) -> Ours:
    settings = house.settings
    people = (settings.complaints_officer, settings.stage2_reviewer)
    emails = _lower(
        settings.landlord.email, *settings.inbox.addresses, *(one.email for one in people)
    )
    told = " ".join((*settings.landlord.address, *settings.responsibilities.elsewhere.values()))
    same = case_files.by_addresses(conn, case.known_addresses)
    return Ours(
        names=frozenset(
            filter(
                None,
                (*(one.name for one in people), *(u.display_name for u in users.listing(conn))),
            )
        ),
        emails=emails,
        domains=frozenset(_domains(settings, emails)),
        phones=frozenset(filter(None, (settings.landlord.phone, *(one.phone for one in people)))),
        postcodes=frozenset(_postcodes(told)),
        references=frozenset(row.reference for row in same if _is_same_resident(row, case)),
    )


def _domains(settings: Settings, emails: frozenset[str]) -> Iterator[str]:
    """Domains from which nobody private writes: ours, our contractors', the Ombudsmen's."""
    reading = settings.reading
    yield from reading.staff_domains
    yield from reading.contractor_domains
    yield from (one.web.removeprefix("www.") for one in _OMBUDSMEN)
    yield from (
        domain for email in emails if (domain := email.rpartition("@")[2]) not in PRIVATE_MAIL
    )


def _elsewhere(
    conn: sa.Connection, case: Case, texts: Iterable[LetterText], pattern: str, *, names: bool
) -> Iterator[Belonging]:
    """What the letter names that another case of the office is known by."""
    named = [mentioned(text, pattern) for text in texts]
    references = _all(one.references for one in named) - {case.reference}
    for row in case_files.by_references(conn, references):
        certain = not _is_same_resident(row, case)
        yield Belonging("reference", row.reference, certain=certain)
    yield from _others_emails(conn, case, named)
    if names:
        for row in case_files.by_resident_names(conn, _all(one.names for one in named)):
            if row.reference != case.reference and not _is_same_resident(row, case):
                yield Belonging("name", row.resident_name.lower())


def _others_emails(
    conn: sa.Connection, case: Case, named: Iterable[Mentioned]
) -> Iterator[Belonging]:
    emails = _all(one.emails for one in named) - case.known_addresses
    for row in case_files.by_addresses(conn, emails):
        if row.reference == case.reference or _is_same_resident(row, case):
            continue
        own = case_files.load(conn, row.reference).resident.email.lower()
        for email in case_files.known_addresses(conn, row.reference) & emails:
            yield Belonging("email", email, certain=email == own)


def _is_same_resident(row: CaseRow, case: Case) -> bool:
    """Whether another case is, or may be, of this very resident."""
    return likeness(row.resident_name, case.resident.name) in {"same", "unknown"}


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _lower(*emails: str) -> frozenset[str]:
    return frozenset(email.lower() for email in emails if email)


def _postcodes(text: str) -> list[str]:
    return _POSTCODE.findall(text)
