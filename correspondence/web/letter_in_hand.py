"""What is being written in a letter: kept as it is typed, found again, and told to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from flask import flash, jsonify, redirect, request, url_for

from correspondence.casework.drafting import in_hand
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.handling_code.london import in_london
from correspondence.letters.text import LetterText
from correspondence.store import in_hand as store
from correspondence.store import letters, users
from correspondence.web.desk import actor, house, now, user
from correspondence.web.forms import Problems, number_given
from correspondence.web.letter_merge import carried, still_beside
from correspondence.web.letter_parts import parts
from correspondence.web.spoken import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from correspondence.store.in_hand import InHand
    from correspondence.store.letters import LetterRow, Revision

EDITABLE: Final = frozenset({"draft", "approved"})
_STILL_AT_IT: Final = timedelta(minutes=15)  # since somebody last typed
_LARGEST_PART: Final = 100_000  # characters


@dataclass(frozen=True, slots=True)
class Writing:
    """How the boxes of a letter stand for whoever looks at it.

    `values` is what stands in each box. `kept_at` is when words were kept that are no revision yet
    and stand in the boxes again, `on` the revision they were written on, `version` under which
    they are kept. `beside` are texts of theirs that stand in no box, for somebody else changed the
    same part. `others` says who else is writing.
    """

    values: tuple[str, ...]
    version: int = 0
    kept_at: datetime | None = None
    on: int = 0
    beside: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def writing(
    revision: Revision, saved_before: Mapping[int, Sequence[str]], held: Iterable[InHand]
) -> Writing:
    """The boxes of the newest revision, with what whoever is signed in had in hand.

    `saved_before` has the parts of the earlier revisions on which anything of theirs was written.
    """
    mine = {one.basis: one for one in held if (signed_in := user()) and one.user == signed_in.name}
    saved = values_of(revision)
    here = mine.pop(revision.number, None)
    boxes, came_from = list(saved), here
    beside: list[str] = []
    for basis, one in sorted(mine.items(), reverse=True):
        if basis not in saved_before:
            continue
        brought = carried(saved_before[basis], bynumber_given(one.words), saved)
        beside += brought.beside
        if here is None and came_from is None:
            boxes, came_from = list(brought.boxes), one
        else:
            beside += [text for text in bynumber_given(one.words).values() if text.strip()]
    if here is not None:
        for number, text in bynumber_given(here.words).items():
            if number < len(boxes):
                boxes[number] = text
    return Writing(
        values=tuple(boxes),
        version=here.version if here else 0,
        kept_at=came_from.saved_at if came_from else None,
        on=came_from.basis if came_from else 0,
        beside=still_beside(beside, (*boxes, *saved)),
    )


def keep_now(letter: str) -> ResponseReturnValue:
    """Keep what was typed, without making a revision of it."""
    try:
        kept, newer = keep_form(letter)
    except CorrespondenceError as refused:
        if asks_for_data():
            return jsonify({"problem": str(refused)}), 409
        from correspondence.web.pages.letter_pages import page

        problems = Problems()
        problems.add("part-0", str(refused))
        return page(letter, problems, boxes=request.form), 409
    if asks_for_data():
        return jsonify(
            {
                "version": kept.version if kept else 0,
                "says": f"Kept at {clock_time(now())}, and not yet a revision."
                if kept
                else "Nothing is changed.",
                "others": list(others(letter)),
                "newer": newer,
            }
        )
    flash(
        "What you wrote is kept for you, and is not a revision yet: save it when it is done."
        if kept
        else "Nothing was changed."
    )
    return redirect(url_for("letter", letter=letter, _anchor="the-letter"))


def keep_form(letter: str) -> tuple[InHand | None, str]:
    """Keep the boxes of the form that was sent; what is kept, and who made a revision meanwhile."""
    form = request.form
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
        basis = number_given(form.get("revision", ""))
        written_on = letters.revision(conn, letter, basis)
        newest = letters.revision(conn, letter)
        names = {one.name: one.display_name for one in users.listing(conn)}
    if row.status not in EDITABLE:
        raise NotAllowed(
            f"{letter} is {row.status.replace('_', ' ')}, and its words can no longer be changed."
        )
    kept = in_hand.keep(
        house(),
        letter,
        changed_parts(values_of(written_on), form),
        basis=basis,
        version=number_given(form.get("version", "")),
        now=now(),
        actor=actor(),
    )
    if newest.number == basis:
        return kept, ""
    by = names.get(newest.made_by, newest.made_by)
    return kept, (
        f"{by} saved revision {newest.number} at {clock_time(newest.made_at)}. Yours are kept too: "
        "load the page again to see both."
    )


def put_away_now(letter: str) -> ResponseReturnValue:
    """Forget what was kept: all of it, or only what was written on earlier revisions."""
    if request.form.get("only") != "older":
        in_hand.put_away(house(), letter, actor=actor())
        flash("The letter stands as it was saved last.")
        return redirect(url_for("letter", letter=letter, _anchor="the-letter"))
    _bring_over(letter)
    flash("Put away. What stands in the boxes is kept as you write.")
    return redirect(url_for("letter", letter=letter, _anchor="the-letter"))


def writing_of(letter: str) -> tuple[Revision, Writing]:
    """The newest revision of a letter, and its boxes as they stand for whoever is signed in."""
    with house().database.reading() as conn:
        revision = letters.revision(conn, letter)
        held = store.at(conn, letter)
        earlier = {
            one.basis: values_of(letters.revision(conn, letter, one.basis))
            for one in held
            if one.user == actor().name and one.basis != revision.number
        }
    return revision, writing(revision, earlier, held)


def _bring_over(letter: str) -> None:
    """Keep what stands in the boxes on the newest revision, and forget what was on earlier ones."""
    revision, stands = writing_of(letter)
    form = {f"part-{number}": value for number, value in enumerate(stands.values)}
    in_hand.keep(
        house(),
        letter,
        changed_parts(values_of(revision), form),
        basis=revision.number,
        version=stands.version,
        now=now(),
        actor=actor(),
    )
    for one in in_hand.of(house(), letter):
        if one.user == actor().name and one.basis != revision.number:
            in_hand.put_away(house(), letter, actor=actor(), basis=one.basis)


def became_a_revision(letter: str, text: LetterText, basis: int) -> None:
    """What was in hand is in the letter now; what of older words is not stays beside it."""
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
        held = [one for one in in_hand.of(house(), letter) if one.user == actor().name]
    saved = [one.value for one in parts(text)]
    for one in held:
        left = still_beside([words for words in one.words.values() if words.strip()], saved)
        if one.basis == basis or not left:
            in_hand.put_away(house(), row.id, actor=actor(), basis=one.basis)


def others(letter: str) -> tuple[str, ...]:
    """Who else is writing in this letter, or left words in it, in a sentence each."""
    with house().database.reading() as conn:
        names = {one.name: one.display_name for one in users.listing(conn)}
    signed_in = user()
    return others_of(in_hand.of(house(), letter), names, signed_in.name if signed_in else "")


def others_of(held: Iterable[InHand], names: Mapping[str, str], me: str) -> tuple[str, ...]:
    """The same of what is in hand, the last kept in front."""
    said = {}
    for one in held:
        if one.user == me or one.user in said:
            continue
        name = names.get(one.user, one.user)
        if now() - one.saved_at <= _STILL_AT_IT:
            said[one.user] = f"{name} is editing this letter since {clock_time(one.began_at)}."
        else:
            said[one.user] = (
                f"{name} has words in this letter since {moment(one.saved_at)} that are no "
                "revision yet."
            )
    return tuple(said.values())


def values_of(revision: Revision) -> tuple[str, ...]:
    """What stands in the boxes of a revision."""
    return tuple(one.value for one in parts(LetterText.model_validate(revision.text)))


def changed_parts(saved: Sequence[str], form: Mapping[str, Any]) -> dict[str, str]:
    """The boxes of a form that say something else than the revision does, by their names."""
    changed = {}
    for number, before in enumerate(saved):
        name = f"part-{number}"
        text = str(form.get(name, before)).replace("\r\n", "\n")[:_LARGEST_PART]
        if [line.rstrip() for line in text.strip().split("\n")] != [
            line.rstrip() for line in before.strip().split("\n")
        ]:
            changed[name] = text
    return changed


def bynumber_given(words: Mapping[str, str]) -> dict[int, str]:
    """What was kept, by the number of its part."""
    return {
        number_given(name.removeprefix("part-")): text
        for name, text in words.items()
        if name.startswith("part-")
    }


def clock_time(at: datetime) -> str:
    """The time of day in London; with the day, where it was another one."""
    if in_london(at).date() == in_london(now()).date():
        return f"{in_london(at):%H:%M}"
    return moment(at)


def asks_for_data() -> bool:
    """Whether a script asks, which is answered in data and not with a page."""
    return request.accept_mimetypes.best == "application/json"


def is_editable(row: LetterRow) -> bool:
    """Whether the words of a letter may still be changed."""
    return row.status in EDITABLE
