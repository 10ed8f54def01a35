"""The self-assessment against the Code: filled from evidence, and held against its own form.

To fill: `practice` measures what the cases show, `asked` says what decides each row, and `fill`
brings policy, profile and practice together into a `filled` form.

To check: text in, findings out. `editions` knows the Code's form from older and other ones,
`anchors` finds where its rows begin, `rows` takes each apart however the table was flattened, with
`answers` for Yes and No in their many spellings, and `form` is the whole. `judging` holds each row
against its own words, without those that `echo` knows for the Code's: `wording` tells what is still
to come or admitted, `dates` when, `denials` what is not done, `hedges` what holds only in part,
`overlong` days beyond the Code's, `departures` what a provision's own row must not say, and
`contradictions` what breaks the Code in any row. `consistency` holds the answers against one
another, and `check` brings the findings together.

`local_government_form` is the other Ombudsman's form, as data.
"""

from correspondence.handling_code.self_assessment.check import check_self_assessment
from correspondence.handling_code.self_assessment.fill import PolicyDocument, fill
from correspondence.handling_code.self_assessment.filled import FilledForm, FilledRow
from correspondence.handling_code.self_assessment.form import SelfAssessmentForm, read_form
from correspondence.handling_code.self_assessment.practice import (
    Period,
    Practice,
    SentLetter,
    StageFacts,
)
from correspondence.handling_code.self_assessment.rows import Row

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
