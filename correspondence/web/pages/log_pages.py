"""What happens to a case beside letters, by the forms of `case log`: learning, Ombudsmen, holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from pydantic import ValidationError

from correspondence.cases.learning import LearningRecorded
from correspondence.cases.ombudsman import FINDINGS
from correspondence.casework.handling.logged import FORMS, Logged, log
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.long_date import long_date
from correspondence.store import case_files
from correspondence.web.decided_form import (
    as_written,
    complaints,
    decided,
    fields,
    rows_shown,
    with_a_row,
    without_a_row,
)
from correspondence.web.desk import actor, house, now, today
from correspondence.web.forms import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flask.typing import ResponseReturnValue

    from correspondence.cases.case import Case
    from correspondence.web.decided_form import Asked


@dataclass(frozen=True, slots=True)
class _About:
    """A form as its page calls it: its title, what stands under it, what is told afterwards."""

    title: str
    explains: str
    told: str


OMBUDSMEN: Final = {
    "housing": "Housing Ombudsman",
    "local_government": "Local Government and Social Care Ombudsman",
}

WORKED: Final = {
    "learning": _About(
        "What was learned",
        "Look beyond the complaint: what went wrong, what was changed, whom else it may concern "
        "(Code 9.1, 9.2). An earlier record of the same stage is replaced.",
        "What was learned is on record.",
    ),
    "ombudsman_taken": _About(
        "Taken to an Ombudsman",
        "An Ombudsman told us that they have the case. Nothing of it is erased while they do.",
        "It is on record that an Ombudsman has the case.",
    ),
    "ombudsman_evidence_asked": _About(
        "An Ombudsman asks for evidence",
        "What they want, and by when. It is followed as a deadline.",
        "What the Ombudsman wants is on record, and followed.",
    ),
    "ombudsman_evidence_sent": _About(
        "Evidence was sent",
        "What an Ombudsman asked for went to them.",
        "It is on record that the evidence was sent.",
    ),
    "ombudsman_found": _About(
        "The Ombudsman's determination",
        "Each issue with its finding; complaint handling is an issue too. Orders bind, and are "
        "followed until they are complied with; so are recommendations.",
        "The determination is on record, and what follows from it is followed.",
    ),
    "ombudsman_complied": _About(
        "An order was complied with",
        "How we know that what was ordered or recommended was done.",
        "The order is on record as complied with.",
    ),
}
"""The forms for those who work on the case."""

HELD: Final = {
    "legal_hold": _About(
        "Hold the case",
        "Nothing of the case may be erased until the hold is lifted.",
        "The case is held.",
    ),
    "legal_hold_lifted": _About(
        "Lift a hold",
        "The case is kept as long as any other from then on, where nothing else holds it.",
        "The hold is lifted.",
    ),
}
"""The forms for administrators."""

_NOT_WRITTEN: Final = frozenset({"csrf_token", "add", "remove"})
_LONGEST: Final = 20_000  # characters of a field
_CODES: Final = re.compile(r"themes|improvements-\d+-theme")


def show_all(reference: str) -> ResponseReturnValue:
    """What was learned, what Ombudsmen did, what holds the case, and the forms that fit."""
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return render_template(
        "lessons.html",
        case=case,
        today=today(),
        problems=Problems(),
        ombudsmen=OMBUDSMEN,
        answered=any(one.responded_on for one in case.stages.values()),
        evidence_owed=any(r.sent_on is None for one in case.matters for r in one.requests),
        undetermined=any(one.determined_on is None for one in case.matters),
    )


def show(reference: str, form: str) -> ResponseReturnValue:
    """An empty form; what was learned before stands in its form."""
    return _begun(reference, form, WORKED)


def log_now(reference: str, form: str) -> ResponseReturnValue:
    """Record it, or show the form with a row more or less, or with what is to be put right."""
    return _logged(reference, form, WORKED)


def show_hold(reference: str, form: str) -> ResponseReturnValue:
    """The form for a hold, or for the end of one."""
    return _begun(reference, form, HELD)


def hold_now(reference: str, form: str) -> ResponseReturnValue:
    """Place a hold, or lift one."""
    return _logged(reference, form, HELD)


def _begun(reference: str, form: str, able: Mapping[str, _About]) -> ResponseReturnValue:
    if form not in able:
        abort(404)
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
        happened = [one.event for one in case_files.history(conn, reference)]
    held: dict[str, Any] = {"on": today().isoformat()}
    if form == "learning":
        held |= _learned_before(case, happened)
    return _page(case, form, able, as_written(FORMS[form], held), Problems())


def _logged(reference: str, form: str, able: Mapping[str, _About]) -> ResponseReturnValue:
    if form not in able:
        abort(404)
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    written = _sent()
    if "add" in request.form:
        row = request.form["add"]
        return _page(case, form, able, with_a_row(written, row), Problems(), added=row)
    if "remove" in request.form:
        fewer = without_a_row(written, request.form["remove"])
        return _page(case, form, able, fewer, Problems())
    problems, (given, filled) = Problems(), decided(FORMS[form], written)
    try:
        log(house(), reference, Logged(FORMS[form].model_validate(given)), now=now(), actor=actor())
    except ValidationError as wrong:
        for name, says in complaints(FORMS[form], wrong, filled, whole="This form"):
            problems.add(name, says)
    except CorrespondenceError as refused:
        problems.add("kind", str(refused))
    if problems:
        return _page(case, form, able, written, problems), 400
    flash(able[form].told)
    return redirect(url_for("lessons", reference=reference))


def _learned_before(case: Case, happened: Iterable[object]) -> dict[str, Any]:
    """What was learned from the last answer, where anything was; else what it is drawn from."""
    answered = [number for number, one in sorted(case.stages.items()) if one.responded_on]
    origin = "ombudsman" if any(one.determined_on for one in case.matters) else ""
    origin = origin or (f"stage{answered[-1]}" if answered else "")
    before = [one for one in happened if isinstance(one, LearningRecorded) and one.origin == origin]
    if not before:
        return {"origin": origin}
    known = before[-1].model_dump(mode="json")
    return {name: known[name] for name in FORMS["learning"].model_fields if name in known} | {
        "on": today().isoformat()
    }


def _sent() -> dict[str, str]:
    """The fields as they were sent: what was chosen of several one a line, themes as codes."""
    written = {}
    for name in request.form:
        if name in _NOT_WRITTEN:
            continue
        said = "\n".join(request.form.getlist(name))[:_LONGEST].replace("\r\n", "\n")
        if _CODES.fullmatch(name):
            said = "\n".join(_as_code(line) for line in said.split("\n"))
        written[name] = said
    return written


def _as_code(words: str) -> str:
    """A theme as a code: `Missed appointments` is missed_appointments."""
    return re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")


def _page(
    case: Case,
    form: str,
    able: Mapping[str, _About],
    written: Mapping[str, str],
    problems: Problems,
    *,
    added: str = "",
) -> str:
    return render_template(
        "case_form.html",
        case=case,
        about=able[form],
        action=url_for(
            "log_now" if able is WORKED else "hold_now", reference=case.reference, form=form
        ),
        fields=list(_fitting(case, form, fields(FORMS[form], written))),
        problems=problems,
        definition=case.now_at.definition,
        last_row=f"{added}-{rows_shown(written, added) - 1}" if added else "",
    )


def _fitting(case: Case, form: str, asked: Iterable[Asked]) -> Iterator[Asked]:
    """The fields with what this very case lets be chosen; what there is only one of is left out."""
    for one in asked:
        match one.name:
            case "ombudsman":
                yield replace(one, choices=tuple(OMBUDSMEN.items()))
            case "ombudsman_reference" if form != "ombudsman_taken":
                known = tuple((m.reference, m.reference) for m in case.matters if m.reference)
                if len(case.matters) > 1 and known:
                    yield replace(one, kind="choice", choices=known)
            case "order":
                yield replace(one, kind="choice", choices=tuple(_open_orders(case)))
            case "request":
                owed = tuple(_open_requests(case))
                if len(owed) > 1:
                    yield replace(one, kind="choice", choices=owed)
            case "hold":
                standing = tuple(
                    (str(h.hold), f"{h.hold_for.replace('_', ' ')}, since {long_date(h.on)}")
                    for h in case.holds
                )
                if len(standing) > 1:
                    yield replace(one, kind="choice", choices=standing)
            case "findings":
                yield replace(one, rows=tuple(_able_to_find(case, row) for row in one.rows))
            case _:
                yield one


def _able_to_find(case: Case, row: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """An issue with what the Ombudsman who has the case may find on it."""
    waiting = [m for m in case.matters if m.determined_on is None] or case.matters
    able = dict.fromkeys(
        finding for which in {m.ombudsman: 1 for m in waiting} for finding in FINDINGS[which]
    )
    choices = tuple((one, one[:1].upper() + one[1:]) for one in able)
    return tuple(
        replace(one, choices=choices) if one.name.endswith("-finding") and choices else one
        for one in row
    )


def _open_orders(case: Case) -> Iterator[tuple[str, str]]:
    for matter in case.matters:
        for one in matter.orders:
            if one.complied_on is None:
                yield one.order, f"{one.order}: {one.what[:90] or one.kind}"


def _open_requests(case: Case) -> Iterator[tuple[str, str]]:
    for matter in case.matters:
        for one in matter.requests:
            if one.sent_on is None:
                yield str(one.request), f"Request {one.request}, due {long_date(one.due)}"
