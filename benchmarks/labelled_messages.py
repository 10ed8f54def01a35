"""The labelled messages of the project, file by file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from correspondence.intake.labelled import Labelled, labelled

LABELLED = Path(__file__).parents[1] / "tests" / "intake" / "labelled"
"""A folder of JSONL files, one an author; the To line names the landlord written to."""


_REFERENCES: dict[str, str] = json.loads((LABELLED / "landlords.json").read_text("utf-8"))
"""The form of a landlord's own references, by its domain, as its profile would tell the reader."""


def labelled_messages(source: Path = LABELLED) -> list[Labelled]:
    """Every labelled message of a JSONL file, or of a folder of them, in their order."""
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    return [
        _known(entry)
        for file in files
        for entry in labelled(file.read_text(encoding="utf-8"), file.stem)
    ]


def _known(entry: Labelled) -> Labelled:
    """The entry with its landlord's own form of references."""
    written = [_REFERENCES[d] for d in entry.landlord.domains if d in _REFERENCES]
    if not written:
        return entry
    return replace(entry, landlord=replace(entry.landlord, reference_pattern=written[0]))
