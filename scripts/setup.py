"""Set up a working copy: what the machine must have, then `.venv` with the locked packages.

Run by `make` as `python -m scripts.setup`, with the Python that scripts/find-python chose. Running
it again is quick and harmless. It never asks anything, and it changes nothing outside this folder
but the system packages it names while installing them.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scripts import system_packages
from scripts.commands import CannotSetUp, say
from scripts.virtual_environment import VirtualEnvironment, version_of

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Set up; the exit status is 0 when everything is ready."""
    arguments = argparse.ArgumentParser(description="Set up a working copy of Correspondence.")
    arguments.add_argument(
        "--with-postgresql",
        action="store_true",
        help="also see that PostgreSQL's programs are there, for the tests that need a server",
    )
    arguments.add_argument(
        "--with-mailserver",
        action="store_true",
        help="also see that a mail server is there, for the tests that take in mail by IMAP",
    )
    arguments.add_argument(
        "--with-checkers",
        action="store_true",
        help="also see that the programs by others are there that the tests hold letters against",
    )
    arguments.add_argument(
        "--with-browser",
        action="store_true",
        help="also see that Chromium is there, in which the pages are tested",
    )
    wanted = arguments.parse_args()
    parts = list(system_packages.LETTERS)
    if wanted.with_postgresql:
        parts.append(system_packages.POSTGRESQL)
    if wanted.with_mailserver:
        parts.append(system_packages.MAILSERVER)
    if wanted.with_checkers:
        parts.extend(system_packages.CHECKERS)
    if wanted.with_browser:
        parts.append(system_packages.BROWSER)
    asked_for = "{}.{}".format(*sys.version_info[:2]) if os.environ.get("PYTHON") else None
    # With another environment activated, its Python is what runs here: ours comes from the base.
    base_python = str(getattr(sys, "_base_executable", sys.executable))
    environment = VirtualEnvironment(ROOT, base_python, asked_for)
    try:
        system_packages.provide(parts + environment.needed_of_the_system())
        system_packages.provide_if_possible([system_packages.SCANS])
        environment.provide()
    except CannotSetUp as reason:
        sys.stderr.write(f"Set-up stopped. {reason}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nSet-up was interrupted; run it again and it starts over cleanly.\n")
        return 130
    say(f"Ready: Python {version_of(environment.python)} with the locked packages in .venv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
