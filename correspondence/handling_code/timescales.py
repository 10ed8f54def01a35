"""How many working days the Code allows, and how many a landlord's own policy allows."""

from dataclasses import dataclass, fields
from typing import Final, Literal

from correspondence.errors import WrongUse

CountedFrom = Literal["receipt", "acknowledgement"]
"""Where a landlord's own response time starts; the Code's starts at the acknowledgement."""

_LONGEST: Final = 250  # about one year of working days; anything longer is a slip of the pen


@dataclass(frozen=True, slots=True)
class Timescales:
    """One set of timescales, each in working days; left alone, they are the Code's own.

    `acknowledge` counts from receipt at both stages (Code 6.2, 6.11). `stage1` and `stage2` count
    from what `counted_from` says (6.3, 6.14: the acknowledgement). The extensions count from the
    date the response was due before it was extended (6.4, 6.15).
    Raises WrongUse for a timescale that cannot be.
    """

    acknowledge: int = 5
    stage1: int = 10
    stage1_extension: int = 10
    stage2: int = 20
    stage2_extension: int = 20
    counted_from: CountedFrom = "acknowledgement"

    def __post_init__(self) -> None:
        for timescale in fields(self):
            value = getattr(self, timescale.name)
            if timescale.name != "counted_from" and not 0 <= value <= _LONGEST:
                raise WrongUse(
                    f"The timescale {timescale.name} is {value} working days; give a number from "
                    f"0 to {_LONGEST}."
                )
        if self.counted_from not in ("receipt", "acknowledgement"):
            raise WrongUse(
                f"The timescales are counted from {self.counted_from!r}; say 'receipt' or "
                "'acknowledgement'."
            )

    def response(self, stage: int) -> int:
        """Working days for the response at stage 1 or 2."""
        return self.stage1 if stage == 1 else self.stage2

    def extension(self, stage: int) -> int:
        """Working days by which the response at stage 1 or 2 may be extended."""
        return self.stage1_extension if stage == 1 else self.stage2_extension


CODE: Final = Timescales()
"""The Code's own timescales (6.2, 6.3, 6.4, 6.11, 6.14, 6.15)."""
