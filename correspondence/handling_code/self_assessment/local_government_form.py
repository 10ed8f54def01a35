"""The Local Government and Social Care Ombudsman's self-assessment form, as councils publish it.

One row a section of the Code, section 6 in two; each asks whether the council follows the Code, Yes
or No, with explanations and commentary. What each row states is told here in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from correspondence.handling_code.provisions import LOCAL_GOVERNMENT_CODE_2024 as CODE

COLUMNS: Final = ("Code section", "Action", "Do we follow the Code: Yes/No", "Commentary")
"""The columns of the form, in order."""

_FIRST_OF_STAGE_2: Final = 10


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: its section of the Code, what it states, and the stage where it is about one.

    `stage` is 0 where the row is about the whole section. `verified` False: what the row states was
    not read in a published form, but follows from the section.
    """

    section: int
    states: str
    stage: int = 0
    verified: bool = True

    @property
    def title(self) -> str:
        """The section's title, with the stage."""
        title = CODE.sections[self.section - 1]
        return f"{title}: stage {self.stage}" if self.stage else title

    @property
    def provisions(self) -> tuple[str, ...]:
        """The numbers of the provisions that the row is about."""
        return tuple(
            p.number
            for p in CODE.section(self.section)
            if not self.stage or self.stage == _stage_of(p.number)
        )


def _stage_of(number: str) -> int:
    return 2 if int(number.partition(".")[2]) >= _FIRST_OF_STAGE_2 else 1


LOCAL_GOVERNMENT_FORM: Final = (
    FormRow(1, "Service requests and complaints are told apart and defined in our policies."),
    FormRow(
        2,
        "Our policy says when we would not consider a complaint; that is reasonable and keeps "
        "nobody from redress.",
    ),
    FormRow(3, "There are several accessible ways to complain, with adjustments where needed."),
    FormRow(
        4,
        "Designated and sufficient resource is responsible for complaints, as for any core "
        "service.",
    ),
    FormRow(
        5,
        "One policy covers the complaints under the Code, and people who voice dissatisfaction are "
        "given the choice to complain.",
    ),
    FormRow(6, "Stage 1 complaints are handled in the Code's time and manner.", stage=1),
    FormRow(6, "Stage 2 complaints are handled in the Code's time and manner.", stage=2),
    FormRow(
        7,
        "Where something went wrong we say so and put it right, with the Ombudsman's guidance on "
        "remedies in mind.",
        verified=False,
    ),
    FormRow(
        8,
        "We report on complaints every year, assess ourselves against the Code and publish both.",
        verified=False,
    ),
    FormRow(
        9,
        "Senior officers and members oversee complaints, and we learn from them.",
        verified=False,
    ),
)
"""The ten rows of the form, in order."""
