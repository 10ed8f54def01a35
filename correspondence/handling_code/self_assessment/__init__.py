"""The self-assessment against the Code: filled from evidence, and held against its own form.

To fill: `practice` measures what the cases show, `asked` says what decides each row, and `fill`
brings policy, profile and practice together into a `filled` form.

To check: text in, findings out. `form` finds the rows however the table was flattened, `answers`
reads Yes and No in their many spellings, `judging` holds each row against its own words, and
`check` brings the findings together.

`local_government_form` is the other Ombudsman's form, as data.
"""

from correspondence.handling_code.self_assessment.check import check_self_assessment
from correspondence.handling_code.self_assessment.fill import PolicyDocument, fill
from correspondence.handling_code.self_assessment.filled import FilledForm, FilledRow
from correspondence.handling_code.self_assessment.form import Row, SelfAssessmentForm, read_form
from correspondence.handling_code.self_assessment.practice import (
    Period,
    Practice,
    SentLetter,
    StageFacts,
)

__all__ = [
    "FilledForm",
    "FilledRow",
    "Period",
    "PolicyDocument",
    "Practice",
    "Row",
    "SelfAssessmentForm",
    "SentLetter",
    "StageFacts",
    "check_self_assessment",
    "fill",
    "read_form",
]
