"""Run every measurement of this folder, one after the other: `make bench`.

Modules called `measure_...` or `..._ratio` (ratios of speed) and `score_...` (how well the product
judges) are measurements, each run in a process of its own; the others prepare data or learn from
it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run them all; the status is 1 where one failed."""
    folder = Path(__file__).parent
    failed = []
    for file in sorted(
        [*folder.glob("measure_*.py"), *folder.glob("*_ratio.py"), *folder.glob("score_*.py")]
    ):
        sys.stdout.write(f"\n==== {file.stem} ====\n")
        sys.stdout.flush()
        module = f"{folder.name}.{file.stem}"
        run = subprocess.run([sys.executable, "-m", module], cwd=folder.parent, check=False)  # noqa: S603
        if run.returncode:
            failed.append(file.stem)
    if failed:
        sys.stderr.write(f"These measurements failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
