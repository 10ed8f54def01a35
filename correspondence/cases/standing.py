"""Where a case stands, in the words of the Code's rules on stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.handling_code.stages import Stage, Standing

if TYPE_CHECKING:
    from correspondence.cases.case import Case

_STAGES = {1: Stage.STAGE_1, 2: Stage.STAGE_2}


def standing(case: Case) -> Standing:
    """What the rules on moving between stages need to know of the case."""
    return Standing(
        stage=Stage.CLOSED if case.closed_on else _STAGES[case.stage],
        responded=frozenset(n for n, record in case.stages.items() if record.responded_on),
        withdrawn=case.closed_because == "withdrawn",
        refused=case.closed_because == "refused",
    )
