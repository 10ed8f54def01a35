"""Look an office over, one thing after another; what is wrong with one hides none of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.doctor import (
    access,
    calendar,
    folders,
    kept_safe,
    letters,
    mailboxes,
    neighbours,
    posting,
    profile,
    reading,
    record,
    server,
    traffic,
    watched,
)
from correspondence.casework.doctor.finding import Finding, fail, ok
from correspondence.errors import CorrespondenceError, SettingsRefused, WrongUse
from correspondence.settings import open_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from correspondence.settings import Office

    Check = Callable[[Office, datetime], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    profile.placeholders,
    profile.contacts,
    profile.alerts,
    profile.timescales,
    profile.ombudsman,
    access.pages_address,
    access.work_accounts,
    calendar.bank_holidays,
    calendar.time_zone,
    calendar.clock,
    folders.folders,
    folders.privacy,
    folders.file_systems,
    folders.room,
    mailboxes.mailboxes,
    mailboxes.compared,
    neighbours.neighbours,
    access.certificates,
    access.secrets,
    watched.looked_at,
    traffic.held_back,
    traffic.sending,
    posting.posting,
    record.database,
    server.server,
    server.workers,
    access.administrators,
    record.documents,
    record.caseload,
    letters.templates,
    letters.published,
    letters.layout,
    reading.weights,
    reading.pictures,
    record.inbox,
    record.work,
    kept_safe.backup,
    kept_safe.digests,
)
"""Every check, in the order an officer would look."""


def examine(folder: Path, *, now: datetime, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """What the checks have to say about the office in that folder; nothing in it is changed.

    `now` is aware of its zone. Never raises for what it finds: a profile that cannot be used is
    itself a finding, and then the only one.
    """
    try:
        office = open_office(folder)
    except SettingsRefused as refused:
        return [
            fail("profile", f"The profile cannot be used: {fault}.", "Put that right first.")
            for fault in refused.findings
        ]
    except WrongUse as refused:
        return [fail("profile", f"{refused}", "Put that right first.")]
    findings = [ok("profile", f"{office.profile} can be used.")]
    for check in checks:
        findings += _findings_of(check, office, now)
    return findings


def _findings_of(check: Check, office: Office, now: datetime) -> list[Finding]:
    name = check.__name__.replace("_", " ")
    findings: list[Finding] = []
    try:
        findings.extend(check(office, now))
    except CorrespondenceError as refused:
        findings.append(fail(name, f"{refused}", "Put that right, then look again."))
    except OSError as refused:
        said = refused.strerror or type(refused).__name__
        findings.append(
            fail(name, f"This could not be looked at: {said}.", "Look at the disk and its rights.")
        )
    return findings
