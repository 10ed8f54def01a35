"""Our own cases and enquiries as entries of the register, so that one rule counts them all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import ValidationError

from correspondence.cases.case import fold
from correspondence.handling_code.deadlines import CODE, ClockFacts, deadlines, notify_by
from correspondence.handling_code.london import day_in_london
from correspondence.intake.reading import Kind
from correspondence.letters.contents import CONTENTS
from correspondence.letters.contents.refusal import RefusalContent
from correspondence.letters.contents.response import ResponseContent
from correspondence.letters.kinds import LetterKind
from correspondence.reports.case_detail import CaseDetail, detail_of
from correspondence.store import counted, letters
from correspondence.store.counted import CountedRow
from correspondence.store.register import contacts
from correspondence.store.register_entry import IssueFinding, RegisterEntry, entry_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import sqlalchemy as sa

    from correspondence.cases.case import Case, StageRecord
    from correspondence.handling_code.clock_facts import Extension
    from correspondence.handling_code.working_days import Calendar
    from correspondence.store.register import KeptContact

_DECISIONS: Final = frozenset(
    kind.value
    for kind in (
        LetterKind.STAGE1_RESPONSE,
        LetterKind.STAGE2_RESPONSE,
        LetterKind.REFUSAL,
        LetterKind.ESCALATION_REFUSAL,
    )
)
_NO_CONTACTS: Final = frozenset(
    {"complaint", "escalation", "case_update", "automatic", "spam", "unreadable"}
)
_CONTACTS: Final = tuple(kind for kind in get_args(Kind) if kind not in _NO_CONTACTS)
"""Kinds of messages that are contacts of their own: no part of a case, and somebody's words."""

CONTACT: Final = "message-"
"""What the reference of a contact begins with, before the number of its message."""


@dataclass(frozen=True, slots=True)
class OwnCases:
    """Our cases as reports count them, with detail by reference; `anew` is to be kept."""

    entries: tuple[RegisterEntry, ...]
    details: dict[str, CaseDetail]
    anew: tuple[CountedRow, ...]


def own_cases(
    conn: sa.Connection, calendar: Calendar, only: Collection[str] | None = None
) -> OwnCases:
    """Every case of this office, or those of certain references.

    A case that has not changed since it was counted last is not read again.
    """
    known = counted.current(conn, fingerprint(calendar), only)
    versions = counted.versions(conn, only)
    stale = [reference for reference in versions if reference not in known]
    anew = _counted_anew(conn, stale, calendar) if stale else {}
    entries, details = [], {}
    for reference in versions:
        entry, detail = anew[reference] if reference in anew else _as_counted(known[reference])
        entries.append(entry)
        if detail:
            details[reference] = detail
    rows = tuple(
        CountedRow(reference, versions[reference], entry.cells(), detail.document())
        for reference, (entry, detail) in anew.items()
    )
    return OwnCases(tuple(entries), details, rows)


def _counted_anew(
    conn: sa.Connection, references: Collection[str], calendar: Calendar
) -> dict[str, tuple[RegisterEntry, CaseDetail]]:
    """What is counted of cases that have changed since, from their events."""
    said = _said_in_letters(conn, references)
    found = {}
    for reference, happened in counted.events_of(conn, references):
        case = fold(happened)
        channel = str(getattr(happened[0], "channel", ""))
        told = said.get(reference, Said())
        entry = entry_of_case(case, told, calendar, channel=channel)
        found[reference] = (entry, detail_of(case))
    return found


def own_entries(
    conn: sa.Connection, calendar: Calendar, only: Collection[str] | None = None
) -> tuple[RegisterEntry, ...]:
    """Every case of this office, then every enquiry and request it kept, each under its reference.

    `only` asks for those of certain references. Raises RecordBroken.
    """
    return (*own_cases(conn, calendar, only).entries, *own_contacts(conn, only))


def own_contacts(
    conn: sa.Connection, only: Collection[str] | None = None
) -> tuple[RegisterEntry, ...]:
    """Every enquiry and request this office kept that belongs to no case."""
    if only is not None and not any(one.startswith(CONTACT) for one in only):
        return ()
    kept = map(_entry_of_message, contacts(conn, _CONTACTS))
    return tuple(entry for entry in kept if only is None or entry.reference in only)


def fingerprint(calendar: Calendar) -> str:
    """What tells one set of working days from another."""
    days = [calendar.known_from, calendar.known_until, *sorted(calendar.holidays)]
    return hashlib.sha256(" ".join(day.isoformat() for day in days).encode()).hexdigest()


def _as_counted(row: CountedRow) -> tuple[RegisterEntry, CaseDetail]:
    return entry_of(row.cells), CaseDetail.of(row.detail)


@dataclass(slots=True)
class Said:
    """What the letters of a case that were sent decided: outcomes by stage, why it was refused."""

    outcomes: dict[int, str] = field(default_factory=dict)
    refused_because: str = ""


def said_of(conn: sa.Connection, reference: str) -> Said:
    """What the letters of one case decided."""
    return _said_in_letters(conn, [reference]).get(reference, Said())


def entry_of_case(
    case: Case, said: Said, calendar: Calendar, *, channel: str = ""
) -> RegisterEntry:
    """A case as a report counts it, and as the register file holds it."""
    if case.erased is not None:  # its letters say nothing any more
        said = Said(dict(case.erased.outcomes), case.erased.refused_because)
    first = case.stages.get(1)
    second = case.stages.get(2)
    begun = first or case.stages[case.stage]
    told: dict[str, Any] = {}
    for stage, record in case.stages.items():
        told |= _stage(stage, record, calendar)
        told[f"stage{stage}_outcome"] = said.outcomes.get(stage, "")
    refused = case.closed_because == "refused" or bool(said.refused_because)
    if case.closed_because == "withdrawn":
        told["withdrawn_on"] = case.closed_on
        told[f"stage{case.stage}_outcome"] = "withdrawn"
    return RegisterEntry(
        reference=case.reference,
        kind="complaint" if first else "escalation",
        received=begun.received_on,
        channel=channel,
        service_area=case.service_area,
        stage2_requested=second.received_on if second and first else None,
        refused_reason=(said.refused_because or "refused") if refused else "",
        tenure=case.tenure,
        learning=case.learning[-1].publishable_summary if case.learning else "",
        **_before_an_ombudsman(case),
        **told,
    )


def _before_an_ombudsman(case: Case) -> dict[str, Any]:
    """The one matter the register has columns for: the last that was determined, else the last."""
    determined = [one for one in case.matters if one.determined_on]
    this = (determined or list(case.matters))[-1:]
    if not this:
        return {}
    (matter,) = this
    return {
        "ombudsman_reference": matter.reference,
        "ombudsman_determined": matter.determined_on,
        "ombudsman_finding": tuple(
            IssueFinding(one.category, one.finding) for one in matter.findings
        ),
    }


def _stage(stage: int, record: StageRecord, calendar: Calendar) -> dict[str, Any]:
    extended_to, notified = _extension(stage, record, calendar)
    return {
        f"stage{stage}_acknowledged": record.acknowledged_on,
        f"stage{stage}_extended_to": extended_to,
        f"stage{stage}_extension_notified": notified,
        f"stage{stage}_responded": record.responded_on,
    }


def _extension(
    stage: int, record: StageRecord, calendar: Calendar
) -> tuple[date | None, date | None]:
    """The one extension that says the same to the clock as all of them: to which day, told when.

    A chain of extensions each notified before the last ran out reaches as far as its end, and was
    notified in time if its first was.
    """
    told = [
        one.for_the_clock()
        for one in record.told_of
        if one.new_date >= record.received_on
        and (one.notified_on is None or one.notified_on >= record.received_on)
    ]
    if not told:
        return None, None
    facts = ClockFacts(
        record.received_on, stage, record.acknowledged_on, earlier_extensions=tuple(told)
    )
    before = deadlines(ClockFacts(facts.received, stage, facts.acknowledged), CODE, calendar)
    counting: list[Extension] = []
    for extension, by in notify_by(facts, before.respond_by, before.extension_limit):
        if extension.notified is None or by is None or extension.notified <= by:
            counting.append(extension)
    if not counting:
        return told[-1].extended_to, told[-1].notified
    return counting[-1].extended_to, counting[0].notified


def _said_in_letters(conn: sa.Connection, references: Collection[str]) -> dict[str, Said]:
    """What the letters that were sent decided, by case; the last one of a stage counts."""
    found: dict[str, Said] = {}
    for row in letters.listing(conn, references=references, statuses=["sent"]):
        if row.kind not in _DECISIONS or not row.revision:
            continue
        said = found.setdefault(row.reference, Said())
        form = CONTENTS[LetterKind(row.kind)]
        try:
            content = form.model_validate(letters.revision(conn, row.id).content)
        except ValidationError:  # its words were erased; what remains is that it was sent
            continue
        if isinstance(content, ResponseContent):
            said.outcomes[row.stage] = content.overall.value
        elif isinstance(content, RefusalContent):
            said.refused_because = content.ground.value
    return found


def _entry_of_message(kept: KeptContact) -> RegisterEntry:
    """An enquiry or a request, which is no case and counts among the contacts."""
    return RegisterEntry(
        reference=f"{CONTACT}{kept.message}",
        kind=kept.kind,
        received=day_in_london(kept.received_at),
        channel="email",
        service_area=kept.service_area,
    )
