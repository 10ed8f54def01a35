"""`learn`: learn from officers' corrections, and keep what was learned only if it reads better."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from correspondence.cli.output import AsJson, print_json_line, tell

# The labelled messages of a checkout; an installed product is told where they are.
_LABELLED = Path(__file__).parents[2] / "tests" / "intake" / "labelled"


def learn(
    context: typer.Context,
    corrections: Annotated[
        Path,
        typer.Argument(help="Corrected messages, one a line (JSONL), labels as they should be."),
    ],
    labelled: Annotated[
        Path, typer.Option(help="The folder of labelled messages the shipped weights come from.")
    ] = _LABELLED,
    as_json: AsJson = False,
) -> None:
    """Learn kinds and service areas from corrections, beside the messages that are shipped.

    Old and new are tried on messages held back from both. The new weights go into the office's
    folder data/learned/; where they read worse, nothing is written and the exit status is 1.
    """
    from dataclasses import asdict

    from correspondence.errors import FileUnusable
    from correspondence.intake.labelled import labelled as messages
    from correspondence.intake.lessons import Lesson, lesson, relearned

    def lessons(file: Path) -> list[Lesson]:
        try:
            return [lesson(one) for one in messages(file.read_text(encoding="utf-8"), file.stem)]
        except (OSError, ValueError) as error:
            raise FileUnusable(f"{file} cannot be learned from: {error}") from error

    files = sorted(labelled.glob("*.jsonl"))
    if not files:
        raise FileUnusable(
            f"{labelled} holds no labelled messages (.jsonl); name their folder with --labelled."
        )
    known = [one for file in files for one in lessons(file)]
    result = relearned(known, lessons(corrections))
    if as_json:
        print_json_line(
            {
                "before": asdict(result.before),
                "after": asdict(result.after),
                "worse": list(result.worse),
                "kept": not result.worse,
            }
        )
    else:
        for name, old in asdict(result.before).items():
            tell(f"{name}: {old:.3f} before, {asdict(result.after)[name]:.3f} after")
    if result.worse:
        tell(f"Nothing was kept: the new weights read worse ({', '.join(result.worse)}).")
        raise typer.Exit(1)
    folder = context.obj / "data" / "learned"
    folder.mkdir(parents=True, exist_ok=True)
    for name, opinion in (("kinds", result.kinds), ("areas", result.areas)):
        (folder / f"{name}.json").write_text(opinion.as_json(), encoding="utf-8")
    tell(f"The new weights are in {folder}.")
