"""Running other programs during set-up, and saying what is going on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# What pip, uv and apt-get say, in lower case, when they reach nobody.
NO_NETWORK = (
    "connection refused",
    "dns error",
    "error sending request",
    "failed to establish a new connection",
    "name or service not known",
    "network is unreachable",
    "temporary failure in name resolution",
    "temporary failure resolving",
    "timed out",
    "tunnel connection failed",
)


class CannotSetUp(Exception):
    """Set-up cannot go on; the text says what is wrong and what the reader can do about it."""


def say(sentence: str) -> None:
    """Tell the person waiting what happens now."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def run(
    command: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    seconds: float = 1800,
) -> subprocess.CompletedProcess[str]:
    """Run a command without input and without a shell, keeping what it says (both streams as one).

    A command that does not exist, or does not end in time, answers as one that failed.
    """
    try:
        return subprocess.run(  # noqa: S603 (no shell, and no argument comes from a message)
            [str(part) for part in command],
            env=env,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(list(map(str, command)), 127, stdout=str(error))
    except subprocess.TimeoutExpired:
        told = f"it did not end within {seconds:.0f} seconds"
        return subprocess.CompletedProcess(list(map(str, command)), 124, stdout=told)


def reached_no_network(said: str) -> bool:
    """Whether a program failed because it reached nobody, judged by what it said."""
    lower = said.lower()
    # A refused certificate is told in the words of a failed request too, but is another fault.
    return "certificate" not in lower and any(sign in lower for sign in NO_NETWORK)


def last_words(said: str, lines: int = 10) -> str:
    """The end of what a program said, indented, to stand under a sentence of ours."""
    return "\n".join(f"    {line}" for line in said.rstrip().splitlines()[-lines:])
