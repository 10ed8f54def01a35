"""The yearly complaints report as a document: figures in, sections out, then page, PDF, workbook.

The way through: `sections` says what stands in it (Code 8.1), `suppression` hides small numbers
where asked to, `charts` draws, and `page`, `pdf` and `workbook` each write the same sections.
"""

from correspondence.reports.annual_report.parts import ReportDocument
from correspondence.reports.annual_report.sections import annual_document

__all__ = ["ReportDocument", "annual_document"]
