"""What happened to a case, each event as a line for an officer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.long_date import long_date
from correspondence.web.spoken import moment, plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from correspondence.cases.events import CaseEvent
    from correspondence.store.case_files import RecordedEvent
    from correspondence.store.handlers import Handed


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: what, by whom, when, in which words; `link` is a letter or message it is about."""

    title: str
    by: str
    at: datetime
    text: str = ""
    letter: str = ""
    message: int | None = None
    erased: bool = False


SENSITIVE: Final = frozenset({"contact_restricted", "restriction_reviewed"})
"""What only those who work on a case read the words of."""


def timeline(
    history: Iterable[RecordedEvent],
    handed: Iterable[Handed],
    names: Mapping[str, str],
    *,
    works: bool = True,
) -> tuple[Happened, ...]:
    """The history of a case, the newest in front; `names` are people's names by user name.

    `works` says that whoever looks works on cases.
    """
    lines = [_line(one, names, works=works) for one in history]
    lines += [_handed(one, names) for one in handed]
    lines.sort(key=lambda line: line.at)
    return tuple(reversed(lines))


def _handed(one: Handed, names: Mapping[str, str]) -> Happened:
    to = names.get(one.user, one.user)
    title = f"Given to {to}" if to else "Put back, for anybody to take"
    return Happened(title=title, by=names.get(one.by, one.by), at=one.at)


def _line(one: RecordedEvent, names: Mapping[str, str], *, works: bool) -> Happened:
    event = one.event
    title, text = _SAYS.get(event.kind, _anything)(event)
    if event.kind in SENSITIVE and not works:
        text = "Its words are shown to those who work on the case."
    return Happened(
        title=title,
        by=names.get(one.by, one.by) if one.by != "correspondence" else "",
        at=one.at,
        text="" if one.erased else text,
        letter=str(getattr(event, "letter", "")),
        message=getattr(event, "message", None),
        erased=one.erased,
    )


def _anything(event: CaseEvent) -> tuple[str, str]:
    return plainly(event.kind), ""


def _letter(event: CaseEvent) -> str:
    return plainly(str(getattr(event, "letter_kind", "letter")))


def _day(event: CaseEvent, name: str) -> str:
    day = getattr(event, name, None)
    return long_date(day) if day else "an unknown day"


def _when(event: CaseEvent) -> str:
    """The moment a letter is to leave, on a London clock."""
    at: datetime | None = getattr(event, "leaves_at", None)
    return moment(at)


def _text(event: CaseEvent, name: str) -> str:
    return str(getattr(event, name, "") or "")


def _drafted(event: CaseEvent) -> tuple[str, str]:
    revision = getattr(event, "revision", 1)
    was = "drafted" if revision == 1 else f"changed: revision {revision}"
    whole = getattr(event, "ok", True)
    return f"{_letter(event)} {was}", "" if whole else "Something the Code asks for is missing."


def _handed_over(event: CaseEvent) -> tuple[str, str]:
    in_outbox = getattr(event, "files", ())
    by_post = getattr(event, "by_post", False) and not getattr(event, "by_email", True)
    if by_post and not in_outbox:
        return "Letter given to be printed", ""
    return "Letter put into the outbox", ""


def _promised(event: CaseEvent) -> tuple[str, str]:
    what, owner = _text(event, "what"), _text(event, "owner")
    return f"Promised for {_day(event, 'due')}", f"{what} ({owner})" if owner else what


def _extension(event: CaseEvent) -> tuple[str, str]:
    return f"Extension to {_day(event, 'new_date')} decided", " ".join(
        getattr(event, "reasons", ())
    )


_SAYS: Final[dict[str, Callable[[CaseEvent], tuple[str, str]]]] = {
    "case_opened": lambda e: (
        f"{plainly(_text(e, 'opened_as'))} received on {_day(e, 'received_on')}",
        _text(e, "received_because"),
    ),
    "message_joined": lambda e: (
        f"Message put with the case: {plainly(_text(e, 'message_kind')).lower()}",
        _text(e, "because")[:1].upper() + _text(e, "because")[1:],
    ),
    "escalation_requested": lambda e: (
        f"Stage 2 asked for on {_day(e, 'received_on')}",
        _text(e, "received_because"),
    ),
    "received_corrected": lambda e: (
        f"Day of receipt put right: {_day(e, 'received_on')}",
        _text(e, "because"),
    ),
    "complaint_defined": lambda e: (
        "Definition proposed from the message"
        if getattr(e, "proposed", False)
        else "Complaint defined",
        "",
    ),
    "adjustments_agreed": lambda _: ("Agreed how the resident hears from us", ""),
    "letter_drafted": _drafted,
    "passage_confirmed": lambda e: (
        f"Words confirmed: {plainly(_text(e, 'item')).lower()}",
        _text(e, "because"),
    ),
    "enclosures_changed": lambda e: (
        "Enclosures changed",
        ", ".join(getattr(e, "names", ())),
    ),
    "letter_approved": lambda e: (f"{_letter(e)} approved", ""),
    "letter_seconded": lambda _: ("Letter approved by a second person", ""),
    "letter_withdrawn": lambda e: ("Letter withdrawn", _text(e, "because")),
    "letter_returned": lambda e: ("Letter given back by a second person", _text(e, "because")),
    "letter_scheduled": lambda e: (f"Letter to leave at {_when(e)}", ""),
    "letter_called_back": lambda _: ("Letter called back; nothing went", ""),
    "resident_corrected": lambda _: ("Whose complaint it is was put right", ""),
    "letter_handed_over": _handed_over,
    "letter_not_submitted": lambda e: (
        "Letter not sent, and approved as before",
        _text(e, "because"),
    ),
    "letter_uncertain": lambda _: ("Nobody knows whether the letter went", ""),
    "letter_posting": lambda e: (f"Letter to be printed as {_text(e, 'posted_as')}", ""),
    "letter_printed": lambda _: ("What was printed is kept", ""),
    "letter_sent": lambda e: (f"{_letter(e)} sent on {_day(e, 'sent_on')}", ""),
    "letter_failed": lambda e: (f"{_letter(e)} came back: it is owed again", _text(e, "because")),
    "letter_arrived": lambda e: (
        "A letter that had come back did arrive",
        _text(e, "because"),
    ),
    "action_promised": _promised,
    "action_revised": lambda e: (
        f"Promise moved to {_day(e, 'due')}",
        _text(e, "because"),
    ),
    "action_done": lambda e: (f"Promise kept on {_day(e, 'done_on')}", _text(e, "evidence")),
    "payment_approved": lambda e: (f"Payment approved on {_day(e, 'on')}", ""),
    "completion_confirmed": lambda e: (
        f"Resident agreed on {_day(e, 'on')} that it is done",
        _text(e, "said"),
    ),
    "extension_decided": _extension,
    "extension_seconded": lambda _: ("Extension beyond the limit seconded", ""),
    "extension_notified": lambda e: (
        f"Resident told of the extension to {_day(e, 'new_date')}",
        "",
    ),
    "note_logged": lambda e: (
        f"{plainly(_text(e, 'channel'))} on {_day(e, 'on')}",
        _text(e, "text"),
    ),
    "question_asked": lambda e: (
        f"{_text(e, 'question')} asked, wanted by {_day(e, 'due')}",
        ": ".join(filter(None, (_text(e, "asked_of"), _text(e, "text")))),
    ),
    "question_chased": lambda e: (f"{_text(e, 'question')} chased", ""),
    "question_answered": lambda e: (
        f"{_text(e, 'question')} answered on {_day(e, 'on')}",
        _text(e, "text"),
    ),
    "question_dropped": lambda e: (f"{_text(e, 'question')} dropped", _text(e, "because")),
    "question_reopened": lambda e: (
        f"{_text(e, 'question')} open again: that was no answer",
        _text(e, "because"),
    ),
    "conflict_checked": lambda e: (
        "Said that they have an interest in the matter"
        if getattr(e, "conflict", False)
        else "Said that they have no interest in the matter",
        _text(e, "because"),
    ),
    "contributor_recorded": lambda e: (
        f"{plainly(_text(e, 'part'))}: {_text(e, 'user') or _text(e, 'name') or 'somebody'}",
        "",
    ),
    "service_request_linked": lambda e: (
        f"Service request {_text(e, 'number')} linked",
        _text(e, "says"),
    ),
    "document_added": lambda e: (
        f"File kept: {_text(e, 'name') or 'its name was erased'}",
        _text(e, "says"),
    ),
    "contact_restricted": lambda e: (
        f"Contact restricted, to be reviewed by {_day(e, 'review_by')}",
        _text(e, "what"),
    ),
    "restriction_reviewed": lambda e: (
        f"Restriction of contact reviewed, next by {_day(e, 'review_by')}",
        _text(e, "because"),
    ),
    "restriction_lifted": lambda e: (f"Restriction of contact lifted on {_day(e, 'on')}", ""),
    "matter_placed": lambda e: (
        f"Matter of message {getattr(e, 'message', '')} became {_text(e, 'other')}"
        if _text(e, "other")
        else f"Matter of message {getattr(e, 'message', '')} placed here",
        f"Code {_text(e, 'clause')}",
    ),
    "case_merged": lambda e: (f"Made part of {_text(e, 'other')}", ""),
    "case_merged_in": lambda e: (f"{_text(e, 'other')} became part of this case", ""),
    "merge_undone": lambda e: (f"Merging with {_text(e, 'other')} taken back", ""),
    "case_split": lambda e: (f"{_text(e, 'other')} split off as a complaint of its own", ""),
    "split_undone": lambda e: (f"Splitting off {_text(e, 'other')} taken back", ""),
    "case_closed": lambda e: (
        f"Case closed: {plainly(_text(e, 'reason')).lower()}",
        _text(e, "because"),
    ),
}
