"""The weights an office has learned, kept in its folder; whatever is wrong with them is named.

`data/learned/` holds kinds.json, areas.json and learned.json, which says of what form they are and
gives each one's SHA-256. Weights that are damaged or of another form are never used: the shipped
ones speak, and whoever runs the office is told.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from correspondence.disk import write_whole
from correspondence.errors import StoreUnavailable
from correspondence.intake.judges.learning import Opinion, from_json, shipped
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.reading import KINDS, SERVICE_AREAS

FORMAT: Final = 1
"""The form of kept weights: another where their features mean something else."""

MANIFEST: Final = "learned.json"
_ANSWERS: Final = {"kinds": frozenset(KINDS), "areas": frozenset(SERVICE_AREAS)}
_WAY_OUT: Final = "`correspondence learn` makes them anew; until then the shipped weights are used."


@dataclass(frozen=True, slots=True)
class Learned:
    """The opinions this office reads with, and why its own weights are not among them."""

    opinions: Opinions
    own: bool
    problem: str = ""


def learned_weights(folder: Path) -> Learned:
    """The weights kept in that folder; the shipped ones where there are none or not whole."""
    manifest = folder / MANIFEST
    try:
        if not folder.is_dir() or not any(folder.iterdir()):
            return Learned(Opinions(), own=False)
        told: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        kinds, areas = _opinions(folder, told)
    except FileNotFoundError as gone:
        reason = f"{Path(str(gone.filename)).name} is not there"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        reason = str(wrong) if type(wrong) is ValueError else f"{MANIFEST} cannot be used"
    else:
        return Learned(Opinions(kinds=kinds, areas=areas), own=True)
    return Learned(
        Opinions(),
        own=False,
        problem=f"The office's learned weights in {folder} are not used: {reason}. {_WAY_OUT}",
    )


def _opinions(folder: Path, told: dict[str, Any]) -> tuple[Opinion, Opinion]:
    """Kinds and areas, as the manifest tells of them."""
    if told["format"] != FORMAT:
        raise ValueError(f"they are of form {told['format']!r}, this version reads {FORMAT}")
    digests = told["sha256"]
    return _opinion(folder, "kinds", digests["kinds"]), _opinion(folder, "areas", digests["areas"])


def _opinion(folder: Path, name: str, digest: str) -> Opinion:
    """One file's weights, whole and for the questions that are asked. ValueError says what not."""
    content = (folder / f"{name}.json").read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(f"{name}.json is not as it was written")
    opinion = from_json(content.decode("utf-8"))
    if unknown := sorted(set(opinion.answers) - _ANSWERS[name]):
        raise ValueError(f"{name}.json knows an answer that is none, {unknown[0]!r}")
    if missing := sorted(set(shipped(name).answers) - set(opinion.answers)):
        raise ValueError(f"{name}.json knows nothing of {missing[0]!r}")
    return opinion


def keep_weights(folder: Path, kinds: Opinion, areas: Opinion) -> None:
    """Write the weights, the manifest last: until it is whole, they count as damaged.

    Raises StoreUnavailable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digests = {}
        for name, opinion in (("kinds", kinds), ("areas", areas)):
            content = opinion.as_json().encode()
            digests[name] = hashlib.sha256(content).hexdigest()
            write_whole(folder / f"{name}.json", content)
        told = {"format": FORMAT, "sha256": digests}
        write_whole(folder / MANIFEST, json.dumps(told, indent=1).encode() + b"\n")
    except OSError as error:
        raise StoreUnavailable(
            f"The learned weights could not be written to {folder} ({error.strerror}); "
            "make room or mend the folder, then learn again."
        ) from error


def drop_weights(folder: Path) -> bool:
    """Remove the office's weights, if there are any, so that the shipped ones speak again.

    Raises StoreUnavailable.
    """
    kept = [folder / name for name in (MANIFEST, "kinds.json", "areas.json")]
    found = [file for file in kept if file.is_file()]
    try:
        for file in found:
            file.unlink()
    except OSError as error:
        raise StoreUnavailable(
            f"The learned weights in {folder} could not be removed ({error.strerror})."
        ) from error
    return bool(found)
