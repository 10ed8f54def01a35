"""Mail that no person wrote to us: bounces, automatic replies, newsletters, sales, phishing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from correspondence.intake.judges.content import content
from correspondence.intake.judges.subject import DOUBTFUL, LIKELY, SURE, Judgement

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject


def machine(it: Subject) -> Judgement | None:
    """Mail written by machines; a form, a survey, a call or a forwarded letter is not."""
    sign = it.signs.machine
    if not sign or it.matter.form is not None:
        return None
    automatic = Judgement("automatic", SURE, it.signs.because)
    if sign in ("bounce", "receipt"):
        return automatic
    if it.message.forwarded or it.matter.is_transcript or _carries_a_letter(it):
        return None
    if sign == "notice" and it.weight_with_subject("legal_claim") >= 3:
        return None  # a claims portal serves a claim, whoever typed it
    if sign == "own":
        return automatic
    if sign == "auto_reply":
        return _automatic_reply(it, automatic)
    if it.found.weight("survey", (*it.matter.spoken, it.matter.subject)) >= 2:
        return None
    return _bulk(it, automatic)


def _carries_a_letter(it: Subject) -> bool:
    """Whether a copier or our own system for post passes on what somebody wrote."""
    return it.matter.scanned or (it.matter.passed_on and it.signs.machine == "notice")


def _automatic_reply(it: Subject, automatic: Judgement) -> Judgement:
    """An absence notice says so; words of complaint under such a header are a person's question."""
    if it.weight("absence", "notification") or it.discontent < 3:
        return replace(automatic, because=(*automatic.because, *it.evidence("absence")))
    return replace(automatic, confidence=DOUBTFUL, needs_person=True)


def _bulk(it: Subject, automatic: Judgement) -> Judgement:
    """Newsletters, notices and bulk selling; a resident may write through a list, too."""
    selling, notice = it.weight("selling"), it.weight("notification")
    spam = Judgement("spam", LIKELY, (*automatic.because, *it.evidence("selling")))
    listed = it.signs.machine == "list"
    if selling >= 2 and (selling > notice if listed else notice == 0):
        return spam
    voiced = it.discontent + it.weight("complaint_wish" if listed else "request")
    if notice == 0 and voiced >= (3 if listed else 2):
        return replace(content(it), confidence=DOUBTFUL, needs_person=True)
    because = (*automatic.because, *it.evidence("notification"))
    return replace(automatic, confidence=SURE if notice else LIKELY, because=because)


def selling(it: Subject) -> Judgement | None:
    """Sales and phishing from strangers who know no case and no home."""
    if it.signs.writer not in ("person", "solicitor") or it.open_case or it.matter.form:
        return None
    weight = it.weight_with_subject("selling")
    home = it.weight("landlord_business")
    if (weight >= 3 and weight > home) or (weight >= 2 and (home <= 0.5 or it.signs.organisation)):
        return Judgement("spam", LIKELY if weight >= 3 else 0.7, it.evidence("selling"))
    return None
