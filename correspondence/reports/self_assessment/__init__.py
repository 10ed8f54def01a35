"""The yearly self-assessment as a document: the Code's own form, and the action plan (8.1a)."""

from correspondence.reports.self_assessment.document import (
    ROW_FIELDS,
    WHOLE_FIELDS,
    Improvement,
    assessment_document,
    completed,
)

__all__ = ["ROW_FIELDS", "WHOLE_FIELDS", "Improvement", "assessment_document", "completed"]
