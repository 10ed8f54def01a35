"""From what is owed on a case to the page on which it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import url_for

from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.cases.case import Case
    from correspondence.cases.next_steps import Step
    from correspondence.store.actions import ActionRow
    from correspondence.store.letters import LetterRow

_LETTERS: Final = {"acknowledge": "acknowledgement", "respond": "response"}
_GOING: Final = {
    "draft": "Review the {}",
    "approved": "Send the {}",
    "handed_over": "Say that the {} went",
}
"""What is to be done with a letter that has not gone, by where it stands."""

_PAGES: Final = {
    "question": ("investigation", "See what was asked"),
    "learning": ("lessons", "Record it"),
    "ombudsman_evidence": ("lessons", "See what was asked for"),
    "ombudsman_order": ("lessons", "See the order"),
    "review_adjustments": ("adjustments", "See what was agreed"),
    "review_restriction": ("contact", "See the restriction"),
}


def way_on(
    step: Step, case: Case, letters: Sequence[LetterRow], promises: Sequence[ActionRow]
) -> tuple[str, str]:
    """What to do for a step in a few words, and the page for it; both empty where there is none."""
    if step.duty in _LETTERS:
        return _by_letter(f"stage{case.stage}_{_LETTERS[step.duty]}", case, letters)
    if step.duty == "update":
        return _by_letter("progress_update", case, letters)
    if step.duty == "action":
        known = next((one.what for one in promises if one.id == step.about), "")
        return known or step.about, url_for("action", action=step.about)
    if step.duty in _PAGES:
        page, says = _PAGES[step.duty]
        return says, url_for(page, reference=case.reference)
    return "", ""


def _by_letter(kind: str, case: Case, letters: Sequence[LetterRow]) -> tuple[str, str]:
    going = [one for one in letters if one.kind == kind and one.status in _GOING]
    called = plainly(kind).lower()
    if going:
        newest = going[-1]
        return _GOING[newest.status].format(called), url_for("letter", letter=newest.id)
    if not kind.endswith("_acknowledgement"):
        return f"Write the {called}", url_for("draft", reference=case.reference, kind=kind)
    if not case.now_at.defined_by_person:
        return "Set out the definition", url_for("definition", reference=case.reference)
    return "", ""  # the acknowledgement follows its definition by itself
