"""Whether everything in an office is well, each answer with the way out."""

from correspondence.casework.doctor.examine import examine
from correspondence.casework.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]
