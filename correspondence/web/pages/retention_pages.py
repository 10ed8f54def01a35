"""Settings: what is due for erasure, erasing it after a look, and one person's data for them.

due, or named ──► looked at: how much of what ──► erased, where it is still what was looked at
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Final, cast

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.keeping.own_data import export
from correspondence.casework.keeping.retention import due, erase
from correspondence.errors import CorrespondenceError
from correspondence.web.desk import actor, house, now, today
from correspondence.web.documents import download
from correspondence.web.forms import Problems, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from correspondence.casework.keeping.retention import Erased, Reason

MOST: Final = 500
"""Cases and messages that one page erases; the shell takes them all."""

_REASONS: Final = frozenset({"schedule", "request"})


def show() -> ResponseReturnValue:
    """What is due, and what is held all the same, and why."""
    return _page(Problems())


def look_now() -> ResponseReturnValue:
    """A dry run: what would be erased, how much of what, and what is refused."""
    problems, because = Problems(), request.form.get("because", "schedule")
    named = words(request.form, "subjects")
    subjects = named.replace(",", " ").split() if named else request.form.getlist("subject")
    if not subjects:
        problems.add(
            "subjects" if because == "request" else "due",
            "Enter what is to be erased" if because == "request" else "Choose what is to be erased",
        )
    if len(subjects) > MOST:
        problems.add("due", f"Choose {MOST} at most; the shell takes more")
    if because not in _REASONS:
        problems.add("due", "Choose why it is erased")
    if problems:
        return _page(problems), 400
    looked, refused = _looked_at(list(dict.fromkeys(subjects)), cast("Reason", because))
    for one in refused:
        problems.add("subjects" if because == "request" else "due", one)
    if not looked:
        return _page(problems), 400
    return render_template(
        "erasing.html",
        looked=looked,
        refused=refused,
        because=because,
        mark=_mark(looked),
        problems=Problems(),
    )


def erase_now() -> ResponseReturnValue:
    """Erase what was looked at, for good. Where it has changed since, it is looked at again."""
    because, subjects = request.form.get("because", ""), request.form.getlist("subject")
    problems = Problems()
    if because not in _REASONS or not subjects or len(subjects) > MOST:
        problems.add("due", "Choose what is to be erased, and look at it first")
        return _page(problems), 400
    reason = cast("Reason", because)
    looked, refused = _looked_at(subjects, reason)
    if refused or request.form.get("looked_at") != _mark(looked):
        problems.add("due", "It is not what you looked at any more. Look at it again")
        for one in refused:
            problems.add("due", one)
        return _page(problems), 409
    if request.form.get("sure") != "yes":
        problems.add("sure", "Say that it is to be erased for good")
        page = render_template(
            "erasing.html",
            looked=looked,
            refused=[],
            because=because,
            mark=_mark(looked),
            problems=problems,
        )
        return page, 400
    done: list[Erased] = []
    for subject in subjects:
        try:
            done.append(
                erase(house(), subject, because=reason, now=now(), actor=actor(), dry_run=False)
            )
        except CorrespondenceError as stopped:
            problems.add("due", f"{len(done)} of {len(subjects)} are erased. {stopped}")
            return _page(problems), 400
    more = (
        " Readings were learned from some of it: `correspondence learn` learns them anew."
        if any(one.lessons for one in done)
        else ""
    )
    flash(
        f"{len(done)} erased: every word, file and copy in this office. Backups made before still "
        f"hold it.{more}"
    )
    return redirect(url_for("retention"))


def own_data() -> ResponseReturnValue:
    """All that is held of one person, as a zip, with what tells of others marked."""
    form, problems = request.form, Problems()
    cases, emails = (
        words(form, name).replace(",", " ").split() for name in ("own_cases", "own_emails")
    )
    tenancy = words(form, "own_tenancy")
    if not (cases or emails or tenancy):
        problems.add("own_cases", "Enter a case, a mail address or a tenancy of theirs")
        return _page(problems), 400
    try:
        made = export(
            house(), cases=cases, emails=emails, tenancy=tenancy, now=now(), actor=actor()
        )
    except CorrespondenceError as refused:
        problems.add("own_cases", str(refused))
        return _page(problems), 400
    return download(made.content, f"own-data-{today().isoformat()}.zip")


def _looked_at(subjects: Sequence[str], because: Reason) -> tuple[list[Erased], list[str]]:
    """What erasing each would come to, and why some may not be."""
    looked, refused = [], []
    for subject in subjects:
        try:
            looked.append(
                erase(house(), subject, because=because, now=now(), actor=actor(), dry_run=True)
            )
        except CorrespondenceError as error:
            refused.append(str(error))
    return looked, refused


def _mark(looked: Sequence[Erased]) -> str:
    """What was looked at, as a mark that changes with it."""
    told = repr([sorted(asdict(one).items()) for one in looked])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _page(problems: Problems) -> str:
    found = due(house(), today())
    return render_template(
        "retention.html",
        due=[one for one in found if not one.held_by][:MOST],
        held=[one for one in found if one.held_by],
        in_all=sum(not one.held_by for one in found),
        rule=house().settings.retention,
        problems=problems,
    )
