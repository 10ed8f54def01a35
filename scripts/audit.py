"""Ask whether faults are known in what is locked: ``make audit``.

The database of known faults is somewhere on the network. A machine that does not reach it says so
loudly and goes on, for a build must not depend on somebody else's server; with
CORRESPONDENCE_AUDIT_REQUIRED=1 that is a failure too. A known fault always is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = ("requirements.lock", "requirements-dev.lock", "scripts/bootstrap.lock")
REQUIRED: Final = "CORRESPONDENCE_AUDIT_REQUIRED"
_MOST_UNKNOWN: Final = 0.2  # of the packages; with more, whoever answered was not the database
_SECONDS: Final = 100.0  # for all lock files together


def command(lock: str) -> list[str]:
    """What asks about one lock file: every package as it is pinned there, nothing installed."""
    return [
        sys.executable, "-m", "pip_audit", "--requirement", str(TOP / lock), "--require-hashes",
        "--disable-pip", "--progress-spinner", "off", "--format", "json", "--timeout", "10",
    ]  # fmt: skip


def faults(answer: str) -> list[str] | None:
    """The faults in pip-audit's answer, a sentence each; None where it knew too little to say."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
        unknown = [one for one in packages if "skip_reason" in one]
        if not packages or len(unknown) > _MOST_UNKNOWN * len(packages):
            return None
        return [
            f"{one['name']} {one['version']}: {fault['id']}; mended in "
            f"{', '.join(fault['fix_versions']) or 'no release yet'}"
            for one in packages
            for fault in one.get("vulns", ())
        ]
    except (ValueError, TypeError, KeyError):
        return None


def asked(words: Sequence[str], seconds: float = _SECONDS) -> list[str] | None:
    """What is known of one lock file; None where nobody answered in so many seconds."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            words, capture_output=True, text=True, timeout=max(seconds, 1), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return faults(done.stdout)


def main(locks: Sequence[str] = LOCKS) -> int:
    """Print what is known; 1 where a fault is, or where an answer is required and none came."""
    worst, until = 0, time.monotonic() + _SECONDS
    for lock in locks:
        known = asked(command(lock), until - time.monotonic())
        if known is None:
            print(
                f"\n!!!! NOT AUDITED: {lock}. The database of known faults was not reached in time."
            )
            print("!!!! Run `make audit` where there is a network, before a release.\n")
            if os.environ.get(REQUIRED):
                worst = 1
            break  # it is not reached for the others either
        for one in known:
            print(f"KNOWN FAULT in {lock}: {one}")
        worst = 1 if known else worst
        if not known:
            print(f"{lock}: no fault is known.")
    return worst


if __name__ == "__main__":
    sys.exit(main())
