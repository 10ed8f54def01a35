"""The answer to 'may we?': never a bare yes or no."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether something is allowed, by which clause of the Code, and why, as a sentence.

    A ruling is true exactly when it allows, so that it can stand in an `if`.
    """

    allowed: bool
    clause: str
    because: str

    def __bool__(self) -> bool:
        return self.allowed
