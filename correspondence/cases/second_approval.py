"""Which letters a second person approves before they leave: the landlord's own rule.

The Code asks for nothing of the kind; many landlords do, for what is final and for money.
"""

from __future__ import annotations

from dataclasses import dataclass

_STAGE_2_RESPONSE = "stage2_response"


@dataclass(frozen=True, slots=True)
class SecondApprovals:
    """What the landlord asks a second person to approve.

    `above_pence` is the sum above which they do; None where no sum asks for it.
    """

    stage2: bool = False
    above_pence: int | None = None


def second_because(rule: SecondApprovals, kind: str, pence: int) -> tuple[str, ...]:
    """Why a second person must approve a letter of this kind, a sentence each; empty: nobody must.

    `pence` is all that the letter offers or names, whichever is more.
    """
    because = []
    if rule.stage2 and kind == _STAGE_2_RESPONSE:
        because.append("It is a stage 2 response, our final word on the complaint.")
    if rule.above_pence is not None and pence > rule.above_pence:
        because.append(f"It comes to {_pounds(pence)}, which is above {_pounds(rule.above_pence)}.")
    return tuple(because)


def _pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}".removesuffix(".00")
