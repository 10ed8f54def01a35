"""Draft a letter that a person decides: an answer, an extension, an update, a refusal …"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from pydantic import BaseModel, ValidationError

from correspondence.casework.drafting import extend, in_hand
from correspondence.casework.drafting.considered import at_stage_1, may_consider
from correspondence.casework.drafting.decided import decided_before, form_for
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.letter_facts import EXTENSIONS
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.handling_code.remedies import remedies_table
from correspondence.handling_code.stages import Part
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, users
from correspondence.store import in_hand as store
from correspondence.web.decided_form import (
    as_written,
    complaints,
    decided,
    fields,
    rows_shown,
    with_a_row,
    without_a_row,
)
from correspondence.web.desk import actor, desk, house, now, today
from correspondence.web.forms import Problems, number_given
from correspondence.web.letter_in_hand import asks_for_data, clock_time, others_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from correspondence.cases.case import Case
    from correspondence.casework.drafting.draft import Drafted
    from correspondence.store.in_hand import InHand

ANSWERS: Final = frozenset({LetterKind.STAGE1_RESPONSE, LetterKind.STAGE2_RESPONSE})
"""The letters of which it matters who decided them (Code 6.13)."""

_NOT_WRITTEN: Final = frozenset({"csrf_token", "kind", "version", "add", "remove", "held_form"})
_LONGEST: Final = 20_000  # characters of a field


def kinds_for(case: Case) -> tuple[LetterKind, ...]:
    """The letters that can be begun on a case; its acknowledgement follows its definition."""
    other = {1: "stage2_", 2: "stage1_"}[case.stage]
    return tuple(
        kind
        for kind in LetterKind
        if not kind.value.startswith(other) and not kind.value.endswith("_acknowledgement")
    )


def show(reference: str) -> ResponseReturnValue:
    """The fields of a kind of letter, with what was decided for it before."""
    case, kind = _case(reference), _kind(request.args.get("kind", ""))
    held = _in_hand(reference, kind)
    if held is not None:
        return _page(case, kind, held.words, Problems(), held)
    return _page(case, kind, as_written(_form(kind), _held(case, kind)), Problems())


def draft_now(reference: str) -> ResponseReturnValue:
    """Draft the letter from what was decided; or show the page with a row more, or one less."""
    case, kind = _case(reference), _kind(request.form.get("kind", ""))
    form, written = _form(kind), _form_sent()
    if "add" in request.form:
        row = request.form["add"]
        return _page(case, kind, with_a_row(written, row), Problems(), added=row)
    if "remove" in request.form:
        return _page(case, kind, without_a_row(written, request.form["remove"]), Problems())
    problems, made = _drafted(case, kind, form, written)
    if made is None:
        return _page(case, kind, written, problems), 400
    in_hand.put_away(house(), _place(reference, kind), actor=actor())
    left = len(made.missing)
    flash(f"{made.letter} is drafted." + (f" {left} to put right." if left else ""))
    return redirect(url_for("letter", letter=made.letter))


def keep_now(reference: str) -> ResponseReturnValue:
    """Keep what was written so far, without drafting anything."""
    case, kind, form = _case(reference), _kind(request.form.get("kind", "")), request.form
    try:
        kept = in_hand.keep(
            house(),
            _place(reference, kind),
            _form_sent(),
            version=number_given(form.get("version", "")),
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        if asks_for_data():
            return jsonify({"problem": str(refused)}), 409
        problems = Problems()
        problems.add("kind", str(refused))
        return _page(case, kind, _form_sent(), problems), 409
    if asks_for_data():
        said = f"Kept at {clock_time(now())}, and not drafted yet."
        return jsonify({"version": kept.version if kept else 0, "says": said})
    flash("What you wrote is kept for you. The letter is not drafted yet.")
    return redirect(url_for("draft", reference=reference, kind=kind.value))


def put_away_now(reference: str) -> ResponseReturnValue:
    """Forget what was kept and begin with what was decided before."""
    kind = _kind(request.form.get("kind", ""))
    in_hand.put_away(house(), _place(reference, kind), actor=actor())
    return redirect(url_for("draft", reference=reference, kind=kind.value))


def _drafted(
    case: Case, kind: LetterKind, form: type[BaseModel], written: dict[str, str]
) -> tuple[Problems, Drafted | None]:
    """The letter, or what is wrong with what was decided for it."""
    problems = Problems()
    said, filled = decided(form, written)
    decider = _decider(case, kind, written, problems)
    try:
        content: Any = form.model_validate(said)
    except ValidationError as refused:
        for name, says in complaints(form, refused, filled):
            problems.add(name, says)
    if problems:
        return problems, None
    try:
        if isinstance(content, extend.ExtensionForm):
            extend.decide(house(), case.reference, content, now=now(), actor=actor())
            content = None
        made = draft(
            house(),
            desk().press,
            case.reference,
            kind,
            now=now(),
            actor=actor(),
            content=content,
            decided_by=decider,
        )
    except CorrespondenceError as refused:
        problems.add("kind", str(refused))
        return problems, None
    return problems, made


def _decider(case: Case, kind: LetterKind, written: Mapping[str, str], problems: Problems) -> str:
    """Who decides what an answer says; at stage 2 nobody of stage 1 (Code 6.13)."""
    if kind not in ANSWERS:
        return ""
    named = written.get("decided_by") or actor().name
    with house().database.reading() as conn:
        known = {one.name for one in users.listing(conn)}
        ruling = may_consider(conn, case.reference, named, Part.DECIDE)
    if named not in known:
        problems.add("decided_by", "Choose who decides what this answer says")
    elif kind is LetterKind.STAGE2_RESPONSE and not ruling:
        problems.add("decided_by", f"{ruling.because} (Code {ruling.clause})")
    return named


def _form_sent() -> dict[str, str]:
    """What was written, by the names of the fields."""
    return {
        name: value.replace("\r\n", "\n")[:_LONGEST]
        for name, value in request.form.items()
        if name not in _NOT_WRITTEN
    }


def _place(reference: str, kind: LetterKind) -> str:
    return f"{reference}/{kind.value}"


def _in_hand(reference: str, kind: LetterKind) -> InHand | None:
    mine = (one for one in in_hand.of(house(), _place(reference, kind)))
    return next((one for one in mine if one.user == actor().name), None)


def _case(reference: str) -> Case:
    with house().database.reading() as conn:
        return case_files.load(conn, reference)


def _kind(given: str) -> LetterKind:
    try:
        kind = LetterKind(given)
    except ValueError:
        abort(404)
    if kind.value.endswith("_acknowledgement"):
        abort(404)
    return kind


def _form(kind: LetterKind) -> type[BaseModel]:
    if kind in EXTENSIONS.values():
        return extend.ExtensionForm
    form = form_for(kind)
    if form is None:
        abort(404)
    return form


def _held(case: Case, kind: LetterKind) -> dict[str, Any]:
    """What was decided before; for an answer, a row for each point of the definition."""
    stage = {"stage1": 1, "stage2": 2}.get(kind.value.partition("_")[0], case.stage)
    try:
        with house().database.reading() as conn:
            before = decided_before(conn, case, kind, stage)
    except NotAllowed:
        before = None
    if before is not None:
        return before.model_dump(mode="json")
    if kind.value.endswith("_response") and stage in case.stages:
        points = case.stages[stage].definition.points
        return {"answers": [{"point": number} for number, _ in enumerate(points, 1)]}
    return {}


def _page(
    case: Case,
    kind: LetterKind,
    written: Mapping[str, str],
    problems: Problems,
    held: InHand | None = None,
    *,
    added: str = "",
) -> str:
    stage = {"stage1": 1, "stage2": 2}.get(kind.value.partition("_")[0], case.stage)
    definition = (case.stages.get(stage) or case.now_at).definition
    with house().database.reading() as conn:
        people = users.listing(conn)
        took = {name for name, _ in at_stage_1(conn, case.reference)}
        others = [
            one for one in store.at(conn, _place(case.reference, kind)) if one.user != actor().name
        ]
    asked = fields(_form(kind), written)
    return render_template(
        "decide.html",
        case=case,
        kind=kind,
        fields=asked,
        definition=definition,
        problems=problems,
        people=people,
        took=took if kind is LetterKind.STAGE2_RESPONSE else set(),
        decided_by=written.get("decided_by") or actor().name,
        answers=kind in ANSWERS,
        held=held,
        version=held.version if held else number_given(request.form.get("version", "")),
        others=others_of(others, {one.name: one.display_name for one in people}, actor().name),
        table=remedies_table(today()),
        rule=house().settings.approval,
        last_row=f"{added}-{rows_shown(written, added) - 1}" if added else "",
    )
