"""The investigation of a case: questions, interests, who took part, files, service requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, abort, flash, redirect, render_template, request, url_for
from pydantic import ValidationError

from correspondence.casework.investigating import inquire, take_part
from correspondence.casework.investigating.inquire import QuestionForm, how_it_goes
from correspondence.casework.investigating.whose import case_of
from correspondence.errors import CalendarRunsOut, CorrespondenceError
from correspondence.handling_code.stages import Part
from correspondence.handling_code.working_days import add_working_days
from correspondence.store import case_files, handlers, questions, users
from correspondence.web.desk import actor, house, now, today, user
from correspondence.web.documents import download
from correspondence.web.forms import Problems, day_fields, day_given, words
from correspondence.web.spoken import how_long

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask.typing import ResponseReturnValue

WITHIN: Final = 3
"""Working days within which an answer is asked for, where nobody says otherwise."""

PARTS: Final = (Part.INVESTIGATE, Part.DECIDE, Part.SIGN)
"""Parts somebody takes in considering a complaint; logging and posting are anybody's."""


def show(reference: str) -> ResponseReturnValue:
    """The investigation as it stands, with its forms."""
    return _page(reference, Problems())


def ask_now(reference: str) -> ResponseReturnValue:
    """Ask a colleague or contractor."""
    problems, form = Problems(), request.form
    due = day_given(form, "due", problems, what="the day by which you need the answer")
    for name, says in (("asked_of", "Enter who is asked"), ("text", "Enter what they are asked")):
        if not words(form, name):
            problems.add(name, says)
    about = {"yes": True, "no": False}.get(form.get("complained_of", ""))
    if about is None:
        problems.add("complained_of", "Say whether the complaint is about them")
    elif about and not words(form, "fairness"):
        problems.add("fairness", "Say how their interest is dealt with (Code 5.8)")
    if problems or due is None:
        return _page(reference, problems), 400
    try:
        asked = QuestionForm(
            asked_of=words(form, "asked_of"),
            contact=words(form, "contact"),
            text=words(form, "text"),
            due=due,
            complained_of=about,
            fairness=words(form, "fairness") if about else "",
        )
        made = inquire.ask(house(), reference, asked, now=now(), actor=actor())
    except ValidationError:
        problems.add("text", "Enter a name of up to 200 letters and a question of up to 5,000")
        return _page(reference, problems), 400
    except CorrespondenceError as refused:
        problems.add("due-day" if due < today() else "contact", str(refused))
        return _page(reference, problems), 400
    with house().database.reading() as conn:
        email = questions.load(conn, made).email
    flash(f"{made} is on record. {how_it_goes(made, email)}")
    return redirect(url_for("investigation", reference=reference))


def chase_now(question: str) -> ResponseReturnValue:
    """Record that they were reminded."""
    return _settled(
        question,
        "The reminder is on record.",
        lambda: inquire.chase(house(), question, now=now(), actor=actor()),
    )


def answer_now(question: str) -> ResponseReturnValue:
    """Keep the answer."""
    problems = Problems()
    on = day_given(request.form, f"{question}-on", problems, what="the day the answer came")
    text = words(request.form, "text")
    if not text:
        problems.add(f"{question}-text", "Enter what they answered")
    if problems or on is None:
        return _page(_reference(question), problems), 400
    return _settled(
        question,
        "The answer is on record.",
        lambda: inquire.answer(house(), question, text, on=on, now=now(), actor=actor()),
    )


def reopen_now(question: str) -> ResponseReturnValue:
    """What was kept as the answer is none."""
    because = words(request.form, "because")
    return _settled(
        question,
        f"{question} is open again.",
        lambda: inquire.reopen(house(), question, because, now=now(), actor=actor()),
    )


def drop_now(question: str) -> ResponseReturnValue:
    """The answer is not needed any more."""
    because = words(request.form, "because")
    return _settled(
        question,
        "The question is dropped.",
        lambda: inquire.drop(house(), question, because, now=now(), actor=actor()),
    )


def interest_now(reference: str) -> ResponseReturnValue:
    """Say whether one has an interest in the matter (Code 5.8c)."""
    problems, said = Problems(), request.form.get("interest", "")
    if said not in {"yes", "no"}:
        problems.add("interest", "Say whether you have an interest in the matter")
        return _page(reference, problems), 400
    try:
        take_part.declare_interest(
            house(),
            reference,
            conflict=said == "yes",
            because=words(request.form, "interest-because"),
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        problems.add("interest-because", str(refused))
        return _page(reference, problems), 400
    flash(
        "On record. The case is with nobody now; somebody else has to take it."
        if said == "yes"
        else "On record: you have no interest in the matter."
    )
    return redirect(url_for("investigation", reference=reference))


def took_part_now(reference: str) -> ResponseReturnValue:
    """Record who took part in considering the complaint."""
    problems, form = Problems(), request.form
    try:
        part = Part(form.get("part", ""))
        take_part.took_part(
            house(),
            reference,
            part,
            user=form.get("user", ""),
            name=words(form, "name")[:200],
            now=now(),
            actor=actor(),
        )
    except ValueError:
        problems.add("part", "Choose what they did")
    except CorrespondenceError as refused:
        problems.add("user", str(refused))
    if problems:
        return _page(reference, problems), 400
    flash("On record.")
    return redirect(url_for("investigation", reference=reference))


def link_now(reference: str) -> ResponseReturnValue:
    """Link the request for service the complaint goes back to."""
    problems, form = Problems(), request.form
    try:
        inquire.link_service_request(
            house(),
            reference,
            words(form, "number"),
            words(form, "says")[:500],
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        problems.add("number", str(refused))
        return _page(reference, problems), 400
    flash("The service request is linked.")
    return redirect(url_for("investigation", reference=reference))


def document_now(reference: str) -> ResponseReturnValue:
    """Put a file with the case."""
    problems, file = Problems(), request.files.get("file")
    try:
        inquire.add_document(
            house(),
            reference,
            file.read() if file else b"",
            (file.filename or "file") if file else "",
            words(request.form, "file-says")[:500],
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        problems.add("file", str(refused))
        return _page(reference, problems), 400
    flash("The file is kept with the case.")
    return redirect(url_for("investigation", reference=reference))


def document(reference: str, sha256: str) -> Response:
    """A file of the case, to be downloaded."""
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    found = next((one for one in case.inquiry.documents if one.sha256 == sha256), None)
    if found is None:
        abort(404)
    return download(house().documents.fetch(sha256), found.name)


def _settled(question: str, told: str, act: Callable[[], None]) -> ResponseReturnValue:
    reference = _reference(question)
    try:
        act()
    except CorrespondenceError as refused:
        problems = Problems()
        problems.add(f"{question}-text", str(refused))
        return _page(reference, problems), 400
    flash(told)
    return redirect(url_for("investigation", reference=reference))


def _reference(question: str) -> str:
    with house().database.reading() as conn:
        return case_of(conn, questions.load(conn, question)).reference


def _page(reference: str, problems: Problems) -> str:
    signed_in = user()
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
        known = users.listing(conn)
        handler = handlers.handler_of(conn, reference)
        asked_here = [one.id for one in case.inquiry.questions]
        by_mail = {one.id: one for one in questions.known(conn, asked_here) if one.email}
    mine = case.inquiry.interest_of(signed_in.name, case.stage) if signed_in else None
    asked = sorted(case.inquiry.questions, key=lambda one: (not one.is_open, one.due))
    return render_template(
        "investigation.html",
        case=case,
        record=case.now_at,
        problems=problems,
        asked=asked,
        when=lambda due: how_long(due, today(), house().calendar),
        today=today(),
        interest=mine,
        people=known,
        by_mail=by_mail,
        known_names=sorted(
            {*house().settings.deadlines.owners, *(one.display_name for one in known)}
        ),
        names={one.name: one.display_name for one in known},
        handler=handler,
        parts=PARTS,
        due_fields=day_fields(request.form, "due", _wanted_by()),
        on_fields=lambda name: day_fields(request.form, f"{name}-on", today()),
    )


def _wanted_by() -> date:
    try:
        return add_working_days(today(), WITHIN, house().calendar)
    except CalendarRunsOut:
        return today()
