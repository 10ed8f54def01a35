"""The quarterly pack for the member responsible for complaints and the governing body (9.7)."""

from correspondence.reports.quarterly_report.sections import QUARTERLY_FIELDS, quarterly_document

__all__ = ["QUARTERLY_FIELDS", "quarterly_document"]
