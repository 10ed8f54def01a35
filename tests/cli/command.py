"""The command as anybody would type it: as a program of its own, or within the test's process."""

from __future__ import annotations

import ctypes
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from correspondence import cli

TOP = Path(__file__).resolve().parents[2]
_LIBC = ctypes.CDLL(None)
_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2
LONG = 120  # seconds after which a command that should have ended is taken to hang

# Nothing of the machine's own office or profile may reach a test; files need not settle in one.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith("CORRESPONDENCE_")
} | {"CORRESPONDENCE_INBOX__SETTLE_SECONDS": "0"}


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said on standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        """Standard output, one JSON document a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def program(office: Path | None, *arguments: str) -> list[str]:
    """The words of the command line."""
    where = ["--office", str(office)] if office else []
    return [sys.executable, "-m", "correspondence", *where, *arguments]


def run(
    office: Path | None,
    *arguments: str,
    mortal: bool = False,
    cwd: Path = TOP,
    standard_input: bytes = b"",
    **environment: str,
) -> Said:
    """Run the command as a program of its own; `mortal`, as one to whom file modes apply."""
    done = subprocess.run(
        program(office, *arguments),
        cwd=cwd,
        check=False,
        env={**ENVIRONMENT, "PYTHONPATH": str(TOP), **environment},
        input=standard_input,
        capture_output=True,
        timeout=LONG,
        preexec_fn=_obey_file_modes if mortal else None,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def _obey_file_modes() -> None:
    """Give up root's right to read and write what it may not (Linux capabilities(7))."""
    if os.geteuid() == 0:
        for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            _LIBC.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)


def say(office: Path | None, *arguments: str, **environment: str) -> Said:
    """Run the same command within this process: quicker, and all the same code.

    What must be a process of its own (signals, locks, what is loaded) is for `run`.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    status = 0
    words = ["correspondence", *program(office, *arguments)[3:]]
    with (
        patch.object(sys, "argv", words),
        patch.dict(os.environ, ENVIRONMENT | environment, clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return Said(status, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
