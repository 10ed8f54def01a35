"""Environments of other tools, made once beside the checkout, to be measured against."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parents[1] / ".cache" / "benchmarks"
_PATIENCE: Final = 600  # seconds


def python_with(name: str, *packages: str) -> str | None:
    """The Python of an environment that has these packages; None where they cannot be had.

    Nothing of this project's own environment is touched.
    """
    folder = _FOLDER / name
    python = folder / "bin" / "python"
    done = folder / "installed"
    if done.is_file() and done.read_text() == "\n".join(packages):
        return str(python)
    try:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(  # noqa: S603 our own Python and fixed names
            [str(python), "-m", "pip", "install", "--quiet", *packages],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        sys.stdout.write(f"{name} could not be installed, so ours is measured alone.\n")
        return None
    done.write_text("\n".join(packages))
    return str(python)
