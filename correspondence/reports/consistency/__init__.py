"""Does a report agree with itself? Its sentences, tables, shares and rates, by arithmetic alone.

Text in, findings out, each with the very words, the sum that was done, and what it comes to. The
way through: `passages` takes the text apart into sentences and tables, `numbers` says what each
number counts, and each rule looks at one thing: `shares`, `sums`, `tables`, `rates`, `totals`.
"""

from correspondence.reports.consistency.check import check_report
from correspondence.reports.consistency.finding import Inconsistency, ReportFindings

__all__ = ["Inconsistency", "ReportFindings", "check_report"]
