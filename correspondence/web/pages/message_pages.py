"""Messages: those that ask for a person; one, with what was understood of it; putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from pydantic import ValidationError

from correspondence.casework.following.alert import see, standing, with_clocks
from correspondence.casework.taking_in.accept_answer import accept_answer, may_answer
from correspondence.casework.taking_in.correct import correct
from correspondence.casework.taking_in.join import join
from correspondence.errors import CorrespondenceError, RecordBroken
from correspondence.intake.corrections import Correction
from correspondence.intake.mail.safe_html import safe_html
from correspondence.intake.parsing import parse
from correspondence.intake.reading import FLAGS, KINDS, SERVICE_AREAS
from correspondence.intake.second_thoughts import second_thoughts
from correspondence.store import alerts, case_files, messages, users
from correspondence.store.placements import cases_like
from correspondence.web.dangers import MOST, dangers
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems, words
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from correspondence.intake.message import Attachment
    from correspondence.intake.second_thoughts import SecondThought
    from correspondence.store.case_files import CaseRow
    from correspondence.store.messages import MessageRow
    from correspondence.store.questions import QuestionRow
    from correspondence.web.dangers import Danger

_PLAIN = 0.95  # confidence from which on nobody is shown what else a message could be

MOST_FOUND = 20
"""Cases listed to put a message with."""

MOST_LISTED = 200
"""Messages on the page of what asks for a person; the oldest come first."""


def show_all() -> ResponseReturnValue:
    """What asks for a person, or with ``?all=yes`` the whole register, the newest first."""
    everything = request.args.get("all") == "yes"
    with house().database.reading() as conn:
        if everything:
            whole, count = messages.newest(conn, most=MOST_LISTED)
        else:
            whole = messages.asking(conn, most=MOST_LISTED)
            count = messages.needing_person(conn)
        unseen = () if everything else standing(house())
        alarming = dangers(conn, unseen[:MOST])
    return render_template(
        "messages.html",
        rows=whole,
        count=count,
        everything=everything,
        asked=_asked_because,
        alerts=alarming,
        more_dangers=len(unseen) - len(alarming),
    )


def show(number: int) -> ResponseReturnValue:
    """One message: its words, and what was understood of them on which evidence."""
    return _page(_load(number), Problems())


def as_sent(number: int) -> ResponseReturnValue:
    """The message as its sender laid it out, cleaned of whatever could do harm."""
    row = _load(number)
    message = parse(house().documents.fetch(row.sha256), row.source_name)

    def link(picture: Attachment) -> str:
        return url_for("message_picture", number=number, sha256=picture.sha256)

    return render_template(
        "message_as_sent.html",
        row=row,
        subject=message.subject,
        fragment=Markup(safe_html(message, link)),  # noqa: S704 - cleaned by safe_html
    )


def correct_now(number: int) -> ResponseReturnValue:
    """Keep what an officer says the message is; what follows from it is done."""
    form = request.form
    problems = Problems()
    try:
        said = Correction.model_validate(
            {
                "kind": form.get("kind", ""),
                "service_area": form.get("area"),
                "flags": form.getlist("flag") if "with_flags" in form else None,
            }
        )
    except ValidationError:
        problems.add("kind", "Choose what kind of message it is, which service and which flags")
        return _page(_load(number), problems), 400
    try:
        came_to = correct(house(), number, said, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("kind", str(refused))
        return _page(_load(number), problems), 409
    told = f"Message {number} is {plainly(came_to.kind).lower()}"
    if came_to.reference:
        told += f", with {came_to.reference}"
    flash(". ".join(filter(None, (told, came_to.still_to_do))))
    back = {"list": "messages", "attention": "attention"}.get(form.get("then", ""))
    return redirect(url_for(back) if back else url_for("message", number=number))


def join_now(number: int) -> ResponseReturnValue:
    """Put a message that belongs to no case with the one that was chosen."""
    reference = words(request.form, "reference").upper()
    problems = Problems()
    if not reference:
        problems.add("reference", "Choose a case, or enter its reference")
    else:
        try:
            join(house(), number, reference, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("reference", str(refused))
    if problems:
        return _page(_load(number), problems), 400
    flash(f"Message {number} is with {reference}.")
    return redirect(url_for("message", number=number))


def answers_now(number: int) -> ResponseReturnValue:
    """Keep a message as the answer to a question of an investigation."""
    question, problems = words(request.form, "question").upper(), Problems()
    try:
        accept_answer(house(), number, question, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("question", str(refused))
        return _page(_load(number), problems), 400
    flash(f"Message {number} is the answer to {question}.")
    return redirect(url_for("message", number=number))


def _may_answer(row: MessageRow) -> tuple[QuestionRow, ...]:
    """The questions it may answer; none where it cannot be read again."""
    try:
        with house().database.reading() as conn:
            return may_answer(conn, house(), row)
    except RecordBroken:
        return ()


def alert_seen_now(number: int) -> ResponseReturnValue:
    """Record that a person has seen what the message tells of."""
    try:
        see(house(), str(number), now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems = Problems()
        problems.add("alert", str(refused))
        return _page(_load(number), problems), 409
    flash("On record: you have seen it. Its clocks run on until it is made safe.")
    return redirect(url_for("message", number=number))


def _danger(number: int) -> Danger | None:
    """The alert that a message raised, with its clocks and who is in danger."""
    with house().database.reading() as conn:
        raised = alerts.of_messages(conn, [number]).get(number)
        return dangers(conn, [with_clocks(house(), raised)])[0] if raised else None


def _found(row: MessageRow) -> tuple[CaseRow, ...]:
    """The cases that were searched for, to put the message with one; by the sender's at first."""
    if row.case_reference or row.outcome in {None, "duplicate"}:
        return ()
    asked = request.args.get("case", "").strip()
    with house().database.reading() as conn:
        if asked:
            return cases_like(conn, asked, MOST_FOUND)
        return case_files.by_addresses(conn, [row.sender_address])[:MOST_FOUND]


def _otherwise(row: MessageRow) -> tuple[SecondThought, ...]:
    """What else the message could be; nothing where it is plain, or cannot be read again."""
    reading = (row.reading or {}).get("reading") or {}
    kind, plain = reading.get("kind"), reading.get("confidence", 0.0) >= _PLAIN
    if not kind or row.outcome == "duplicate" or (plain and not row.needs_person):
        return ()
    try:
        message = parse(house().documents.fetch(row.sha256), row.source_name)
        return second_thoughts(message, house().signs, kind, house().learned.opinions)
    except Exception:  # noqa: BLE001 - a fault of ours must not keep the message from being seen
        return ()


def _page(row: MessageRow, problems: Problems) -> str:
    document = row.reading or {}
    reading = document.get("reading", {})
    kind = request.form.get("kind", reading.get("kind", row.kind))
    area = request.form.get("area", reading.get("service_area", ""))
    flags = request.form.getlist("flag") if request.form else reading.get("flags", [])
    return render_template(
        "message.html",
        row=row,
        message=document.get("message", {}),
        reading=reading,
        problems=problems,
        kinds=_choices(KINDS, [kind]),
        areas=_choices(SERVICE_AREAS, [area]),
        flags_choices=_choices(FLAGS, flags),
        otherwise=_otherwise(row),
        alert=_danger(row.id),
        found=_found(row),
        may_answer=_may_answer(row),
        searched=request.args.get("case", "").strip(),
        names=_names(),
    )


def _names() -> dict[str, str]:
    with house().database.reading() as conn:
        return {one.name: one.display_name for one in users.listing(conn)}


def _choices(codes: Iterable[str], chosen: Iterable[str]) -> list[dict[str, Any]]:
    held = set(chosen)
    return [
        {"value": c, "text": plainly(c), "checked": c in held, "selected": c in held} for c in codes
    ]


def _asked_because(row: MessageRow) -> list[str]:
    """Why a person is asked, in sentences: what is said of the message without words of its own."""
    reading = (row.reading or {}).get("reading") or {}
    because = reading.get("because") or []
    doubts = [str(one["says"]) for one in because if not one["quote"]]
    if not doubts:
        doubts = ["which kind of message it is stays in doubt"]
    return [f"{one[:1].upper()}{one[1:]}" for one in doubts]


def _load(number: int) -> MessageRow:
    with house().database.reading() as conn:
        return messages.load(conn, number)
