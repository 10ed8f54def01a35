"""A letter template: the landlord's own words, with fields where the facts go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from correspondence.letters.kinds import LetterKind


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The template of one kind of letter, as published.

    `docx` is a Word file with fields such as ``{{ reference }}``; `subject` is one line of text
    and `email` the body of the e-mail the letter is attached to, both with the same fields.
    `version` is the SHA-256 over all three: it is kept with every letter drafted from it.
    """

    kind: LetterKind
    docx: bytes
    subject: str
    email: str
    version: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256()
        for part in (
            self.kind.value.encode(),
            self.docx,
            self.subject.encode(),
            self.email.encode(),
        ):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        object.__setattr__(self, "version", digest.hexdigest())
