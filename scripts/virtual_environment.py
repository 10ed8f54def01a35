"""The virtual environment `.venv`: made once, kept true to the lock files, made afresh when broken.

A finished environment carries a stamp that says for which folder, which Python and which lock
files it was finished. No stamp means that it was never finished, or not by us, so an interrupted
set-up and a moved checkout need no cure of their own.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from scripts.commands import CannotSetUp, last_words, run, say
from scripts.installers import (
    borrowed_installer,
    explained,
    has_ensurepip,
    installer_environment,
    pip_settings,
)
from scripts.system_packages import Part

BOOTSTRAP_LOCK = "scripts/bootstrap.lock"
LOCK_FILES = ("requirements-dev.lock", BOOTSTRAP_LOCK)
DECIDED_BY = (*LOCK_FILES, "scripts/virtual_environment.py")
ONLY_LOCKED_WHEELS = ["--quiet", "--require-hashes", "--only-binary", ":all:"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """For what an environment was finished: its folder, Python's version, the hash of the locks."""

    folder: str
    python: str
    locked: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has to be done about the environment, and why, in words for the person waiting."""

    deed: Literal["nothing", "refresh", "make"]
    because: str


class VirtualEnvironment:
    """`.venv` in the project's folder, made with the interpreter `base_python`.

    `version_asked_for` ("3.12") is given where a person chose the Python: then a finished
    environment of another version gives way.
    """

    def __init__(self, root: Path, base_python: str, version_asked_for: str | None = None) -> None:
        self.root = root
        self.base_python = base_python
        self.version_asked_for = version_asked_for
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.uv = self.folder / "bin" / "uv"
        self.stamp_file = self.folder / "finished.json"

    def provide(self) -> None:
        """Make, refresh or leave the environment, whatever its state needs; or CannotSetUp."""
        if self.verdict().deed == "nothing":
            return
        try:
            with self._one_at_a_time():
                self._carry_out(self.verdict())
        except OSError as error:
            raise CannotSetUp(
                f"{error.filename or self.folder} cannot be written or removed ({error.strerror}): "
                f"have its owner delete {self.folder}, or work in a copy of your own."
            ) from error

    def verdict(self) -> Verdict:
        """What the environment needs, judged from its stamp and from whether its Python runs."""
        if not self.folder.is_dir():
            return Verdict("make", "Making the virtual environment .venv")
        stamp = self.stamp()
        if stamp is None:
            return Verdict("make", "Making .venv afresh: it was never finished")
        if stamp.folder != str(self.root):
            return Verdict("make", f"Making .venv afresh: it was made for {stamp.folder}")
        if version_of(self.python) != stamp.python:
            return Verdict("make", f"Making .venv afresh: its Python {stamp.python} is gone")
        if not self.uv.exists() or not (self.folder / "bin" / "correspondence").exists():
            return Verdict("refresh", "Mending .venv: parts of it are gone")
        if self.version_asked_for not in (None, stamp.python):
            return Verdict("make", f"Making .venv afresh with Python {self.version_asked_for}")
        if stamp.locked != locked(self.root):
            return Verdict("refresh", "Bringing .venv up to date with the lock files")
        return Verdict("nothing", "The virtual environment is up to date")

    def needed_of_the_system(self) -> list[Part]:
        """What making the environment takes beyond Python itself: some way to install into it."""
        if self.verdict().deed != "make":
            return []
        version = version_of(self.base_python)
        way_in = Part(
            f"pip for the virtual environments of Python {version}",
            lambda: (
                has_ensurepip(self.base_python)
                or borrowed_installer(self.base_python, self.python) is not None
            ),
            {"apt-get": f"python{version}-venv", "dnf": "python3-pip", "brew": "python3"},
        )
        return [way_in]

    def stamp(self) -> Stamp | None:
        """The stamp of a finished environment, or None."""
        try:
            return Stamp(**json.loads(self.stamp_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Two set-ups in one folder wait for each other."""
        cache = self.root / ".cache"
        cache.mkdir(exist_ok=True)
        with (cache / "setup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another set-up is at work in this folder; waiting for it to finish.")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _carry_out(self, verdict: Verdict) -> None:
        if verdict.deed == "nothing":
            return
        say(f"{verdict.because}.")
        self.stamp_file.unlink(missing_ok=True)
        if verdict.deed == "make":
            self._remove()
            self._make()
        if not self.uv.exists():
            self._install_uv()
        self._install()
        stamp = Stamp(str(self.root), version_of(self.python) or "", locked(self.root))
        self.stamp_file.write_text(json.dumps(asdict(stamp)) + "\n", encoding="utf-8")

    def _remove(self) -> None:
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(self.folder)

    def _make(self) -> None:
        """A bare environment, with pip where this Python brings pip along."""
        venv = [self.base_python, "-E", "-s", "-m", "venv", str(self.folder)]
        if not has_ensurepip(self.base_python):
            venv.append("--without-pip")
        made = run(venv)
        if made.returncode:
            raise CannotSetUp(
                f"{self.base_python} could not make a virtual environment in {self.folder}; name a "
                f"complete Python with PYTHON=. What it said:\n{last_words(made.stdout)}"
            )

    def _install_uv(self) -> None:
        """The pinned uv, and what builds the project, by whatever way this machine offers."""
        installer: list[str] | None = [str(self.python), "-m", "pip", "install"]
        if run([self.python, "-m", "pip", "--version"]).returncode:
            installer = borrowed_installer(self.base_python, self.python)
        if installer is None:
            raise CannotSetUp(
                f"Nothing on this machine can install into {self.folder}: delete it, then run this "
                f"again."
            )
        self._fetch([*installer, *ONLY_LOCKED_WHEELS, "-r", BOOTSTRAP_LOCK])

    def _install(self) -> None:
        """Exactly what the lock files name, by hash, and the project itself as it lies here."""
        say("Installing the locked packages.")
        into = ["--python", str(self.python)]
        # Compiled once here, so that commands start quickly also where Python may not keep what it
        # compiles: in a folder of another account, or with PYTHONDONTWRITEBYTECODE.
        sync = [str(self.uv), "pip", "sync", "--compile-bytecode"]
        self._fetch([*sync, *into, *ONLY_LOCKED_WHEELS, *LOCK_FILES])
        itself = ["--quiet", "--offline", "--no-deps", "--no-build-isolation", "--editable", "."]
        self._fetch([str(self.uv), "pip", "install", *into, *itself])

    def _fetch(self, command: list[str]) -> None:
        """Run an installer in the project's folder; what goes wrong becomes a sentence."""
        pip = pip_settings([self.python, self.base_python])
        told = run(command, installer_environment(os.environ, self.root, pip), self.root)
        if told.returncode:
            raise CannotSetUp(explained(told.stdout))


def version_of(python: str | Path) -> str | None:
    """The version ("3.12") of an interpreter, or None where it does not run."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    told = run([python, "-E", "-s", "-c", asked], seconds=60)
    return told.stdout.strip() if told.returncode == 0 else None


def locked(root: Path) -> str:
    """One hash over everything that decides what belongs into the environment."""
    digest = hashlib.sha256()
    for name in DECIDED_BY:
        content = (root / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    # Of pyproject.toml only what an install reads; its rules for style change more often.
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    built_from = [declared[table] for table in ("build-system", "project")]
    built_from.append(declared.get("tool", {}).get("hatch"))
    digest.update(json.dumps(built_from, sort_keys=True).encode())
    return digest.hexdigest()
