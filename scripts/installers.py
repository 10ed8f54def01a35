"""How pip and uv are run: which one is at hand, its environment variables, what a failure means."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.commands import last_words, reached_no_network, run

# Settings of the caller's that would send packages elsewhere than into our environment.
LEADS_ASTRAY = frozenset(
    {
        "PIP_PREFIX",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_TARGET",
        "PIP_USER",
        "PYTHONHOME",
        "PYTHONPATH",
        "UV_BREAK_SYSTEM_PACKAGES",
        "UV_CONSTRAINT",
        "UV_OVERRIDE",
        "UV_PROJECT_ENVIRONMENT",
        "UV_PYTHON",
        "UV_SYSTEM_PYTHON",
        "VIRTUAL_ENV",
    }
)
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def has_ensurepip(python: str) -> bool:
    """Whether this Python can put pip into an environment it makes."""
    return run([python, "-E", "-s", "-c", "import ensurepip; ensurepip.version()"]).returncode == 0


def borrowed_installer(base_python: str, into: Path) -> list[str] | None:
    """The start of a command that installs into the environment of the Python `into`, from outside.

    A pip beside the Python that environments are made with can do it, and so can a uv on the
    machine; neither is changed by it. None where there is neither.
    """
    # Only pip 22.3 and later know --python.
    if run([base_python, "-m", "pip", "--python", base_python, "--version"]).returncode == 0:
        return [base_python, "-m", "pip", "--python", str(into), "install"]
    if shutil.which("uv") and run(["uv", "--version"]).returncode == 0:
        return ["uv", "pip", "install", "--python", str(into)]
    return None


def pip_settings(pythons: Iterable[str | Path]) -> dict[str, str]:
    """What pip is configured with ("index-url", "cert", ...), asked of the first that has a pip."""
    for python in pythons:
        told = run([python, "-m", "pip", "config", "list"], seconds=60)
        if told.returncode == 0:
            return read_pip_settings(told.stdout)
    return {}


def read_pip_settings(listed: str) -> dict[str, str]:
    """Read `pip config list`, which puts environment variables (`:env:`) first; they win."""
    settings: dict[str, str] = {}
    for line in listed.splitlines():
        key, equals, value = line.partition("=")
        if equals:
            settings.setdefault(key.rpartition(".")[2], value.strip("'\""))
    return settings


def installer_environment(
    ours: Mapping[str, str], root: Path, pip: Mapping[str, str]
) -> dict[str, str]:
    """The environment variables pip and uv run with.

    uv does not read pip's configuration, so a mirror, a certificate or a proxy that an
    organisation has given pip is handed on to it, unless uv has settings of its own.
    """
    env = {name: value for name, value in ours.items() if name not in LEADS_ASTRAY}
    env.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_ROOT_USER_ACTION="ignore")
    env.setdefault("UV_HTTP_TIMEOUT", "120")
    if "index-url" in pip and not env.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"}:
        env["UV_DEFAULT_INDEX"] = pip["index-url"]
    if "cert" in pip:
        env.setdefault("SSL_CERT_FILE", pip["cert"])
    if "proxy" in pip:
        env.setdefault("HTTPS_PROXY", pip["proxy"])
    if "SSL_CERT_FILE" not in env and SYSTEM_CERTIFICATES.exists():
        env.setdefault("UV_SYSTEM_CERTS", "true")
    if not can_write_caches(env):
        env.setdefault("UV_CACHE_DIR", str(root / ".cache" / "uv"))
        env.setdefault("PIP_NO_CACHE_DIR", "1")
    return env


def can_write_caches(env: Mapping[str, str]) -> bool:
    """Whether the home folder takes the installers' caches (service accounts often have none)."""
    if "XDG_CACHE_HOME" in env:
        return os.access(env["XDG_CACHE_HOME"], os.W_OK)
    home = Path(env.get("HOME") or "/nonexistent")
    cache = home / ".cache"
    return os.access(cache if cache.exists() else home, os.W_OK)


def explained(said: str) -> str:
    """What went wrong while installing, as a sentence with the way out.

    What the installer said itself follows where the sentence cannot say it all.
    """
    lower = said.lower()
    if "no space left" in lower:
        return "The disk is full: free about 1 GB, then run this again."
    if reached_no_network(said):
        return (
            "The locked packages could not be downloaded, because no package index was reached: "
            "connect this machine, or name your proxy in HTTPS_PROXY or your mirror in "
            "PIP_INDEX_URL, then run this again."
        )
    if "hash mismatch" in lower or "do not match the hashes" in lower:
        sentence = (
            "A downloaded file is not the one whose hash is in the lock file, so it was not "
            "installed: check the package index or mirror that this machine uses."
        )
    elif "certificate" in lower:
        sentence = (
            "The package index's certificate was not trusted: name your organisation's "
            "certificates in SSL_CERT_FILE and PIP_CERT, then run this again."
        )
    else:
        sentence = (
            "The locked packages could not be installed; where they have nothing for this "
            "machine's Python, name another from 3.11 to 3.14 with PYTHON=."
        )
    return f"{sentence} What the installer said:\n{last_words(said)}"
