"""What happened to a case, each event as a sentence with its day and who did it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from correspondence.handling_code.london import in_london
from correspondence.handling_code.long_date import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from correspondence.store.case_files import RecordedEvent

_LEFT_OUT: Final = frozenset({"kind", "digest", "template", "letterhead", "salt"})
_SAID: Final = {
    "case_opened": "The complaint was taken down.",
    "message_joined": "A message was put with the case.",
    "escalation_requested": "Stage 2 was asked for.",
    "received_corrected": "The day of receipt was put right.",
    "complaint_defined": "The complaint definition was set out.",
    "adjustments_agreed": "Adjustments were agreed.",
    "letter_drafted": "A letter was drafted.",
    "letter_approved": "A letter was approved.",
    "letter_handed_over": "A letter was handed over for sending.",
    "letter_posting": "A letter was given away to be printed and posted.",
    "letter_printed": "What was printed of a letter was kept.",
    "letter_sent": "A letter went to the resident.",
    "letter_withdrawn": "A letter that had not left was withdrawn.",
    "letter_failed": "A letter to the resident came back undelivered.",
    "letter_arrived": "A letter reported as undelivered was found to have arrived.",
    "action_promised": "A letter promised something.",
    "action_revised": "The day of something promised was moved.",
    "action_done": "Something promised was done.",
    "payment_approved": "A payment was approved.",
    "completion_confirmed": "The resident agreed that something promised is done.",
    "extension_decided": "An extension was decided.",
    "extension_notified": "The resident was told of an extension.",
    "note_logged": "A note was made.",
    "case_closed": "The case was closed.",
    "learning_recorded": "What was learned was recorded.",
    "taken_to_ombudsman": "The case was taken to an Ombudsman.",
    "evidence_requested": "An Ombudsman asked for evidence.",
    "evidence_sent": "Evidence was sent to an Ombudsman.",
    "ombudsman_found": "An Ombudsman determined the case.",
    "order_made": "An Ombudsman ordered or recommended something.",
    "order_complied": "An order was complied with.",
    "tenure_recorded": "Whose home it is about was recorded.",
    "contact_restricted": "Contact was restricted.",
    "figures_kept": "The personal detail of the case was erased.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chronology: when it was recorded (London), what happened, and by whom."""

    number: int
    day: date
    time: str
    by: str
    said: str
    detail: tuple[str, ...]


def chronology(history: Iterable[RecordedEvent], names: dict[str, str]) -> tuple[Line, ...]:
    """Every event in order. `names` gives users' names as they are shown."""
    lines = []
    for one in history:
        at = in_london(one.at)
        lines.append(
            Line(
                number=one.sequence,
                day=at.date(),
                time=f"{at:%H:%M}",
                by=names.get(one.by, one.by),
                said=_SAID.get(one.event.kind, one.event.kind.replace("_", " ").capitalize() + "."),
                detail=tuple(_told(one.event.model_dump(mode="json"))),
            )
        )
    return tuple(lines)


def _told(facts: dict[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        if name in _LEFT_OUT or name.endswith(("sha256", "digest", "version")):
            continue
        if text := _in_words(value):
            yield f"{name.replace('_', ' ').capitalize()}: {text}"


def _in_words(value: Any) -> str:
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "yes" if value else ""
        case list():
            return "; ".join(filter(None, map(_in_words, value)))
        case dict():
            pairs = ((name.replace("_", " "), _in_words(inner)) for name, inner in value.items())
            return ", ".join(f"{name} {text}" for name, text in pairs if text)
        case _:
            return str(value)


def day_said(line: Line) -> str:
    """When it was, as people say it."""
    return f"{long_date(line.day)}, {line.time}"
