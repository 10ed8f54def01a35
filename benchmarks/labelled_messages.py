"""The labelled messages of the project, file by file."""

from __future__ import annotations

from pathlib import Path

from correspondence.intake.labelled import Labelled, labelled

LABELLED = Path(__file__).parents[1] / "tests" / "intake" / "labelled"
"""A folder of JSONL files, one an author; the To line names the landlord written to."""


def labelled_messages(source: Path = LABELLED) -> list[Labelled]:
    """Every labelled message of a JSONL file, or of a folder of them, in their order."""
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    return [
        entry for file in files for entry in labelled(file.read_text(encoding="utf-8"), file.stem)
    ]
