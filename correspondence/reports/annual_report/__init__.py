"""What stands in the yearly complaints report: figures and people's words in, sections out."""

from correspondence.reports.annual_report.sections import annual_document
from correspondence.reports.document.parts import ReportDocument

__all__ = ["ReportDocument", "annual_document"]
