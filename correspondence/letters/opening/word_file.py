"""A letter that is a Word file, from us or from anybody."""

from __future__ import annotations

from correspondence.errors import DocumentRefused, FileUnusable
from correspondence.letters.checking.result import AccessibilityFinding
from correspondence.letters.opening.opened import OpenedLetter
from correspondence.letters.text import Heading, Table
from correspondence.letters.word import gate, walk


def open_word(raw: bytes) -> OpenedLetter:
    """The letter in a Word file as it would be sent: insertions in, deletions out.

    What would make a reader see something else (tracked changes, comments, hidden text, text
    boxes) is a finding and does not stop the reading. Raises FileUnusable where the file cannot
    be read as Word or holds no words.
    """
    try:
        text = walk(raw)
    except DocumentRefused as refused:
        raise FileUnusable(str(refused)) from None
    if not text.plain().strip():
        raise FileUnusable("The Word file holds no words.")
    findings = []
    try:
        gate(raw)
    except DocumentRefused as refused:
        findings.append(
            AccessibilityFinding(id="not_as_seen", place="the whole file", advice=str(refused))
        )
    if not any(isinstance(block, Heading) for block in text.blocks):
        findings.append(
            AccessibilityFinding(
                id="no_headings",
                place="the whole letter",
                advice="Use Word's heading styles, so that a screen reader finds each part.",
            )
        )
    for block in text.blocks:
        if isinstance(block, Table) and not any(c.heads for row in block.rows for c in row):
            findings.append(
                AccessibilityFinding(
                    id="table_without_heads",
                    place="a table",
                    advice="Mark the first row of the table as its header row.",
                )
            )
            break
    return OpenedLetter(text, tuple(findings), text.language)
