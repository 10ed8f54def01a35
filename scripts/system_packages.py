"""What the machine itself must have, how that is found out, and how it gets there.

Letters are laid out by Pango and HarfBuzz and set in Liberation Sans. Python's packages cannot
bring these, so set-up asks the machine's own package tool: it installs them where it may without
asking anybody (as root, or by `sudo` without a password), and otherwise names the packages.

The words in pictures and scans are read by Tesseract. The product stands without it (a person is
asked instead), so that where it cannot be had set-up says so and goes on.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.commands import CannotSetUp, last_words, reached_no_network, run, say

PANGO_FLOOR = (1, 44, 0)
LEAVE_ALONE = "CORRESPONDENCE_LEAVE_SYSTEM_ALONE"


@dataclass(frozen=True, slots=True)
class Part:
    """Something the machine must have.

    `packages` names what brings it, by package tool ("apt-get", "dnf", "brew").
    """

    name: str
    present: Callable[[], bool]
    packages: Mapping[str, str]


def library(linux: str, macos: str) -> Callable[[], bool]:
    """A check that this shared library loads, the way WeasyPrint loads it."""
    name = macos if sys.platform == "darwin" else linux
    return lambda: loaded(name) is not None


def loaded(name: str) -> ctypes.CDLL | None:
    """The shared library, or None where it is missing or broken."""
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


def pango_is_recent() -> bool:
    """Whether Pango is there and new enough for WeasyPrint."""
    pango = loaded("libpango-1.0.dylib" if sys.platform == "darwin" else "libpango-1.0.so.0")
    if pango is None:
        return False
    major, minor, micro = PANGO_FLOOR
    number: int = pango.pango_version()  # 15012 is 1.50.12
    return number >= major * 10000 + minor * 100 + micro


def liberation_sans_is_known() -> bool:
    """Whether fontconfig, or failing its command the usual folders, has Liberation Sans."""
    if shutil.which("fc-list"):
        return bool(run(["fc-list", ":family=Liberation Sans", "family"]).stdout.strip())
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/Library/Fonts"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
        Path.home() / "Library/Fonts",
    )
    return any(True for folder in folders for _ in folder.rglob("LiberationSans-Regular.*"))


def postgresql_is_installed() -> bool:
    """Whether the programs that make and run a PostgreSQL server are on the machine."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return bool(debian) or shutil.which("initdb") is not None


def dovecot_is_installed() -> bool:
    """Whether the mail server Dovecot is there, on the PATH or among the programs for root."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def tesseract_reads_english() -> bool:
    """Whether the program Tesseract is there, with what it needs for English."""
    if not shutil.which("tesseract"):
        return False
    return "eng" in run(["tesseract", "--list-langs"], seconds=30).stdout.split()


LETTERS = (
    Part(
        "Pango 1.44 or later",
        pango_is_recent,
        {"apt-get": "libpango-1.0-0", "dnf": "pango", "brew": "pango"},
    ),
    Part(
        "PangoFT2",
        library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
        {"apt-get": "libpangoft2-1.0-0", "dnf": "pango", "brew": "pango"},
    ),
    Part(
        "HarfBuzz",
        library("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
        {"apt-get": "libharfbuzz0b", "dnf": "harfbuzz", "brew": "harfbuzz"},
    ),
    Part(
        "HarfBuzz's subsetter",
        library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        {"apt-get": "libharfbuzz-subset0", "dnf": "harfbuzz", "brew": "harfbuzz"},
    ),
    Part(
        "the font Liberation Sans",
        liberation_sans_is_known,
        {"apt-get": "fonts-liberation", "dnf": "liberation-sans-fonts", "brew": "font-liberation"},
    ),
)
SCANS = Part(
    "Tesseract, which reads scanned letters",
    tesseract_reads_english,
    {
        "apt-get": "tesseract-ocr",
        "dnf": "tesseract tesseract-langpack-eng",
        "brew": "tesseract",
    },
)
POSTGRESQL = Part(
    "PostgreSQL's server programs",
    postgresql_is_installed,
    {"apt-get": "postgresql", "dnf": "postgresql-server", "brew": "postgresql"},
)
MAILSERVER = Part(
    "the mail server Dovecot, which mailboxes by IMAP are tested against",
    dovecot_is_installed,
    {"apt-get": "dovecot-imapd", "dnf": "dovecot", "brew": "dovecot"},
)
BROWSER = Part(
    "Chromium, in which the pages are tested",
    lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser")),
    {"apt-get": "chromium", "dnf": "chromium", "brew": "chromium"},
)
CHECKERS = (
    Part(
        "qpdf, which checks the letters' PDF",
        lambda: shutil.which("qpdf") is not None,
        {"apt-get": "qpdf", "dnf": "qpdf", "brew": "qpdf"},
    ),
    Part(
        "LibreOffice, through which Word files make a round trip",
        lambda: shutil.which("soffice") is not None,
        {
            "apt-get": "libreoffice-writer-nogui",
            "dnf": "libreoffice-writer",
            "brew": "libreoffice",
        },
    ),
)
"""Programs by others that only the tests use."""


def provide(parts: Iterable[Part]) -> None:
    """See that the machine has every part, installing the packages where that is permitted.

    Raises CannotSetUp naming the exact packages where it is not.
    """
    missing = [part for part in parts if not part.present()]
    if not missing:
        return
    tool = package_tool()
    packages = wanted_packages(missing, tool)
    as_root = way_to_root()
    if tool != "apt-get" or as_root is None:
        raise CannotSetUp(please_install(missing, tool, packages))
    say(f"Installing with apt-get what this machine lacks: {' '.join(packages)}")
    apt_install(packages, as_root)
    missing = [part for part in missing if not part.present()]
    if missing:
        raise CannotSetUp(
            f"apt-get installed {listed(packages)}, and still this machine lacks "
            f"{listed([part.name for part in missing])}: use Debian 12, Ubuntu 22.04 or later with "
            f"its own Python, or name a complete Python with PYTHON=."
        )


def provide_if_possible(parts: Iterable[Part]) -> None:
    """See to parts that the product can do without: where one cannot be had, that is said."""
    for part in parts:
        try:
            provide([part])
        except CannotSetUp as reason:
            say(f"Going on without {part.name}. {reason}")


def package_tool() -> str | None:
    """The machine's package tool, where it is one whose package names we know."""
    return next((tool for tool in ("apt-get", "dnf", "brew") if shutil.which(tool)), None)


def wanted_packages(missing: Iterable[Part], tool: str | None) -> list[str]:
    """The packages that bring these parts, each once, in order."""
    return list(dict.fromkeys(part.packages[tool] for part in missing)) if tool else []


def please_install(missing: Iterable[Part], tool: str | None, packages: Sequence[str]) -> str:
    """One sentence for whoever may install packages here."""
    lacking = f"This machine lacks {listed([part.name for part in missing])}"
    if tool is None:
        return f"{lacking}: install them with your system's package tool, then run this again."
    install = f"{tool} install {' '.join(packages)}"
    if tool != "brew":
        install = f"sudo {install}"
    return f"{lacking}: run `{install}` (or have an administrator do it), then run this again."


def way_to_root() -> list[str] | None:
    """What to put before a command so that it runs as root, or None where nobody permits it."""
    if os.environ.get(LEAVE_ALONE):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run(["sudo", "-n", "true"], seconds=30).returncode == 0:
        return ["sudo", "-n"]
    return None


def apt_install(packages: Sequence[str], as_root: Sequence[str]) -> None:
    """Install Debian packages without asking anything; the package list is updated if need be."""
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt_get += ["-o", "DPkg::Lock::Timeout=300", "--quiet", "--yes"]
    if "postgresql" in packages:
        keep_debian_from_starting_a_server(as_root)
    install = [*apt_get, "install", "--no-install-recommends", *packages]
    if run(install).returncode == 0:
        return
    updated = run([*apt_get, "update"])
    installed = run(install)
    if installed.returncode == 0:
        return
    failed = f"apt-get could not install {listed(packages)}"
    said = updated.stdout + installed.stdout
    if reached_no_network(said):
        raise CannotSetUp(
            f"{failed}, because it reached no package archive: connect this machine, then run this "
            f"again."
        )
    raise CannotSetUp(
        f"{failed}: install it by hand, then run this again. What apt-get said:\n{last_words(said)}"
    )


def keep_debian_from_starting_a_server(as_root: Sequence[str]) -> None:
    """Tests start servers of their own, so Debian's package need not make one and start it."""
    folder = "/etc/postgresql-common/createcluster.d"
    line = "create_main_cluster = false"
    run([*as_root, "mkdir", "-p", folder])
    run([*as_root, "sh", "-c", f"echo '{line}' > {folder}/no-main-cluster.conf"])


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
