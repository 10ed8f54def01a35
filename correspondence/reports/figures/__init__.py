"""Figures of complaint handling, counted from plain entries of the register: pure functions."""

from correspondence.reports.figures.annual import Asked, annual_figures
from correspondence.reports.figures.document import AnnualFigures
from correspondence.reports.figures.judged import JudgedCase, judged
from correspondence.reports.figures.quarterly_document import QuarterlyFigures

__all__ = [
    "AnnualFigures",
    "Asked",
    "JudgedCase",
    "QuarterlyFigures",
    "annual_figures",
    "judged",
]
