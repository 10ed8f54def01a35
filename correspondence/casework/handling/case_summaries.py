"""Cases as `case list` prints them, from what is kept beside them: no case is opened for a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from correspondence.casework.following.alert import with_clocks
from correspondence.store import actions, alerts, caseload, letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import sqlalchemy as sa

    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.actions import ActionRow
    from correspondence.store.case_files import CaseRow


def summaries(
    conn: sa.Connection, house: OpenOffice, rows: Sequence[CaseRow], today: date
) -> list[dict[str, Any]]:
    """These cases, in their order. What is overdue is so as of `today`."""
    references = [row.reference for row in rows]
    owed = caseload.next_of(conn, references)
    promised = actions.of_cases(conn, references)
    drafted: dict[str, list[dict[str, Any]]] = {}
    for letter in letters.listing(conn, references=references):
        told = {"id": letter.id, "kind": letter.kind, "stage": letter.stage}
        drafted.setdefault(letter.reference, []).append({**told, "status": letter.status})
    raised: dict[str, list[dict[str, Any]]] = {}
    asked = set(references)
    for alert in alerts.listing(conn):
        if alert.case_reference in asked:
            document = with_clocks(house, alert).document()
            raised.setdefault(str(alert.case_reference), []).append(document)
    return [
        {
            "reference": row.reference,
            "kind": row.kind,
            "stage": row.stage,
            "status": row.status,
            "service_area": row.service_area,
            "flags": list(row.flags),
            "needs_person": row.needs_person,
            **(row.people or {"resident": {"name": row.resident_name}, "adjustments": {}}),
            "received": row.received_on,
            "acknowledged": row.acknowledged_on,
            "next": _next(owed.get(row.reference), today),
            "messages": row.message_count,
            "letters": drafted.get(row.reference, []),
            "actions": [_action(one, today) for one in promised.get(row.reference, [])],
            "alerts": raised.get(row.reference, []),
            "handler": row.handler,
            "matter": row.matter,
            "merged_into": row.merged_into,
        }
        for row in rows
    ]


def _next(step: caseload.OwedStep | None, today: date) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "duty": step.duty,
        "due": step.due,
        "because": step.because,
        "clause": step.clause,
        "overdue": step.due is not None and step.due < today,
    }


def _action(row: ActionRow, today: date) -> dict[str, Any]:
    return {
        "id": row.id,
        "letter": row.letter,
        "what": row.what,
        "owner": row.owner,
        "due": row.due,
        "promised_for": row.promised_for,
        "pence": row.pence,
        "status": "open" if row.done_on is None else "done",
        "done_on": row.done_on,
        "overdue": row.done_on is None and row.due < today,
    }
