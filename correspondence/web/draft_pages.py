"""Draft a letter that a person decides: an answer, an extension, an update, a refusal …"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from pydantic import BaseModel, ValidationError

from correspondence.casework import extend
from correspondence.casework.decided import decided_before, form_for
from correspondence.casework.draft import draft
from correspondence.casework.letter_facts import EXTENSIONS
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files
from correspondence.web.decided_form import complaints, decided, fields
from correspondence.web.desk import actor, desk, house, now
from correspondence.web.forms import Problems

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.cases.case import Case


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
    return _page(case, kind, _held(case, kind), Problems())


def draft_now(reference: str) -> ResponseReturnValue:
    """Draft the letter from what was decided."""
    case, kind = _case(reference), _kind(request.form.get("kind", ""))
    problems, form = Problems(), _form(kind)
    said, filled = decided(form, request.form)
    try:
        content: Any = form.model_validate(said)
        if isinstance(content, extend.ExtensionForm):
            extend.decide(house(), reference, content, now=now(), actor=actor())
            content = None
        made = draft(
            house(), desk().press, reference, kind, now=now(), actor=actor(), content=content
        )
    except ValidationError as refused:
        for name, says in complaints(refused, filled):
            problems.add(name, says)
    except CorrespondenceError as refused:
        problems.add("kind", str(refused))
    if problems:
        return _page(case, kind, said, problems), 400
    left = len(made.missing)
    flash(f"{made.letter} is drafted." + (f" {left} to put right." if left else ""))
    return redirect(url_for("letter", letter=made.letter))


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


def _page(case: Case, kind: LetterKind, held: dict[str, Any], problems: Problems) -> str:
    return render_template(
        "decide.html",
        case=case,
        kind=kind,
        fields=fields(_form(kind), held),
        definition=case.now_at.definition,
        problems=problems,
    )
