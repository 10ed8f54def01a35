"""A register of past cases as a CSV file: read strictly, written so that it reads back the same."""

from correspondence.reports.register_file.reading import ReadRegister, read_register
from correspondence.reports.register_file.writing import register_file

__all__ = ["ReadRegister", "read_register", "register_file"]
