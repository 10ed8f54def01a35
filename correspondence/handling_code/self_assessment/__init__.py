"""A filled self-assessment form held against what the form itself asks.

Text in, findings out: `form` finds the rows however the table was flattened, `answers` reads Yes
and No in their many spellings, `judging` holds each row against its own words, and `check` brings
the findings together.
"""

from correspondence.handling_code.self_assessment.check import check_self_assessment
from correspondence.handling_code.self_assessment.form import Row, SelfAssessmentForm, read_form

__all__ = ["Row", "SelfAssessmentForm", "check_self_assessment", "read_form"]
