"""Stage 1, stage 2 and closed: which moves the Code allows, and who may decide at stage 2.

The Code has two stages, no more and no fewer (5.3), and no named step before the first (5.2). A
refused complaint stands closed without a stage. What follows the final response is the Ombudsman's,
who is independent and no third stage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from correspondence.handling_code.ruling import Ruling


class Stage(StrEnum):
    """Where a complaint stands in the landlord's procedure."""

    STAGE_1 = "stage_1"
    STAGE_2 = "stage_2"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a move depends on.

    `responded` names the stages whose written response has gone. `withdrawn` is the resident's own
    wish, `refused` the landlord's decision not to accept the complaint, `ombudsman_overruled` the
    Ombudsman's that it must be taken on (2.4). `response_overdue` is about the present stage.
    `escalation_refused` means valid reasons for not escalating were given in writing (5.11).
    """

    stage: Stage
    responded: frozenset[int] = frozenset()
    withdrawn: bool = False
    refused: bool = False
    ombudsman_overruled: bool = False
    response_overdue: bool = False
    escalation_refused: bool = False


class Part(StrEnum):
    """What a person did, or is to do, at one stage."""

    LOG = "log"
    INVESTIGATE = "investigate"
    DECIDE = "decide"
    SIGN = "sign"
    POST = "post"


_CONSIDERS: Final = frozenset({Part.INVESTIGATE, Part.DECIDE, Part.SIGN})
"""Parts in which a person considers the complaint; logging and posting are anybody's."""


def may_move(standing: Standing, to: Stage) -> Ruling:
    """Whether a complaint may move from where it stands to stage 1, stage 2 or closed."""
    if standing.stage == to:
        return Ruling(False, "5.3", f"The complaint already stands at {_name(to)}.")
    if to is Stage.STAGE_1:
        return _may_reopen(standing)
    if to is Stage.STAGE_2:
        return _may_escalate(standing)
    return _may_close(standing)


def may_decide_stage_2(person: str, part: Part, at_stage_1: Iterable[tuple[str, Part]]) -> Ruling:
    """Whether this person may take this part at stage 2 (Code 6.13).

    `person` is an account name, and `at_stage_1` lists who took which part at stage 1. Whoever
    investigated, decided or signed there may not do any of it here. Names are compared without
    regard to case and surrounding spaces.
    """
    if part not in _CONSIDERS:
        return Ruling(True, "6.13", f"Anybody may {part} at stage 2; it considers nothing.")
    if not person.strip():
        return Ruling(
            False,
            "6.13",
            "Nobody is named. Name the person who considers stage 2, so that it is "
            "plain that it is somebody else than at stage 1.",
        )
    who = _same(person)
    done = sorted({p for name, p in at_stage_1 if _same(name) == who and p in _CONSIDERS})
    if done:
        did = " and ".join(_PAST[p] for p in done)
        return Ruling(
            False,
            "6.13",
            f"{person.strip()} {did} at stage 1, and stage 2 must be considered by somebody else. "
            "Give it to a person who took no part in considering stage 1.",
        )
    return Ruling(True, "6.13", f"{person.strip()} did not consider the complaint at stage 1.")


def may_ask_for_reasons_to_escalate(*, as_a_condition: bool) -> Ruling:
    """Whether the resident may be asked why they want stage 2 (Code 6.12)."""
    if as_a_condition:
        return Ruling(
            False,
            "6.12",
            "A resident need give no reasons for asking for stage 2; the request is enough.",
        )
    return Ruling(
        True, "6.12", "We may invite the resident to say why they remain unhappy, and go on anyway."
    )


_PAST: Final = {
    Part.DECIDE: "decided",
    Part.INVESTIGATE: "investigated",
    Part.SIGN: "signed",
}
_NAMES: Final = {Stage.STAGE_1: "stage 1", Stage.STAGE_2: "stage 2", Stage.CLOSED: "closed"}


def _name(stage: Stage) -> str:
    return _NAMES[stage]


def _same(person: str) -> str:
    return " ".join(person.split()).casefold()


def _may_reopen(standing: Standing) -> Ruling:
    if standing.stage is Stage.STAGE_2:
        return Ruling(
            False,
            "6.8",
            "A complaint does not go back to stage 1. Log a new matter as a complaint of its own.",
        )
    if standing.refused and standing.ombudsman_overruled:
        return Ruling(
            True, "2.4", "The Ombudsman told us to take on the complaint that we had refused."
        )
    if 1 in standing.responded:
        return Ruling(
            False,
            "6.10",
            "Stage 1 has been answered: what is unresolved goes to stage 2, and what happens anew "
            "is a new complaint.",
        )
    if standing.withdrawn:
        return Ruling(
            True,
            "2.1",
            "The resident had withdrawn it and may take it up again; it was never answered.",
        )
    if standing.refused:
        return Ruling(
            True, "2.1", "We may think again about a refusal at any time and accept the complaint."
        )
    return Ruling(True, "6.3", "It was closed without a stage 1 response, which is still owed.")


def _may_escalate(standing: Standing) -> Ruling:
    if 2 in standing.responded:
        return Ruling(
            False,
            "6.20",
            "Stage 2 is our final response. The resident may go to the Ombudsman; there is no "
            "further stage (5.3).",
        )
    if standing.escalation_refused and not standing.ombudsman_overruled:
        return Ruling(
            False,
            "5.11",
            "We gave valid reasons in writing for not escalating. The Ombudsman may "
            "tell us otherwise, and we may think again.",
        )
    if 1 in standing.responded:
        return Ruling(
            True,
            "6.10",
            "Stage 1 has been answered and the resident is not satisfied with all of it. The Code "
            "sets no time within which to ask.",
        )
    if standing.response_overdue:
        return Ruling(
            True,
            "5.11",
            "The stage 1 response is overdue. Our own delay is no valid reason to "
            "hold the resident at stage 1; what was never answered must be answered at stage 2.",
        )
    if standing.refused:
        return Ruling(
            False,
            "2.4",
            "The complaint was refused, so there is no stage 1 to escalate from. The resident may "
            "take the refusal to the Ombudsman.",
        )
    return Ruling(
        False,
        "6.10",
        "Stage 1 has not been answered yet and its response is not overdue. Send it first; nothing "
        "stops us from putting things right before then (5.13).",
    )


def _may_close(standing: Standing) -> Ruling:
    number = 1 if standing.stage is Stage.STAGE_1 else 2
    respond, follow = ("6.3", "6.6") if number == 1 else ("6.14", "6.17")
    if number in standing.responded:
        return Ruling(
            True,
            follow,
            f"The stage {number} response has gone. Actions still outstanding are tracked until "
            "they are done.",
        )
    if standing.withdrawn:
        return Ruling(True, "5.12", "The resident withdrew it; the record says so and is kept.")
    if standing.refused and number == 1:
        return Ruling(
            True,
            "2.4",
            "It is not accepted as a complaint, and the resident is told why and that "
            "they may go to the Ombudsman.",
        )
    return Ruling(
        False, respond, f"The stage {number} response is still owed; send it before closing."
    )
