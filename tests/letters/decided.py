"""The invented decisions of the specimens, for every kind of letter."""

from correspondence.letters.specimens.decided import DECIDED

__all__ = ["DECIDED"]
