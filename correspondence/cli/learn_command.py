"""`learn`: learn from officers' corrections, and keep what was learned only if it reads better."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import ActingAs, AsJson, print_json_line, tell

if TYPE_CHECKING:
    from correspondence.casework.taking_in.learn import LearningResult

# The labelled messages of a checkout; an installed product is told where they are.
_LABELLED = Path(__file__).parents[2] / "tests" / "intake" / "labelled"


def learn(
    context: typer.Context,
    corrections: Annotated[
        list[Path] | None,
        typer.Argument(help="More corrected messages, one a line (JSONL), as they should be."),
    ] = None,
    labelled: Annotated[
        Path, typer.Option(help="The folder of labelled messages the shipped weights come from.")
    ] = _LABELLED,
    forget: Annotated[
        list[int] | None,
        typer.Option(help="Erase the lesson of this message first, then learn from the rest."),
    ] = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Learn kinds and service areas from what officers put right, beside what is shipped.

    Old and new are tried on messages held back from both. The new weights go into the office's
    folder data/learned/, and `run` and `read` use them; where they read worse, nothing is written
    and the exit status is 1.
    """
    from dataclasses import asdict

    from correspondence.casework.open_office import open_office
    from correspondence.casework.taking_in.learn import forget as erase
    from correspondence.casework.taking_in.learn import learn_from_corrections

    with open_office(context.obj) as house:
        forgotten = 0
        if forget:
            actor = house.actor(acting_as)
            forgotten = erase(
                house, forget, because="asked for", now=datetime.now(UTC), actor=actor
            )
            tell(f"{forgotten} lessons were erased.")
        result = learn_from_corrections(house, labelled, corrections or ())
    if as_json:
        print_json_line({**asdict(result), "forgotten": forgotten})
    else:
        _tell(result)
    raise typer.Exit(1 if result.worse else 0)


def _tell(result: LearningResult) -> None:
    if result.left_out:
        tell(f"{result.left_out} lessons were kept by another version and cannot be learned from.")
    if result.before is None or result.after is None:
        tell("There are no corrections to learn from; the shipped weights are used.")
        return
    tell(f"Learned from {result.corrections} corrections and the shipped lessons, held back:")
    for name in ("kind", "found", "area"):
        old, new = getattr(result.before, name), getattr(result.after, name)
        tell(f"  {name}: {old:.3f} before, {new:.3f} after")
    if result.worse:
        tell(f"Nothing was kept: the new weights read worse ({', '.join(result.worse)}).")
    else:
        tell("The new weights are in use.")
