"""One archive that installs Correspondence where no package index is reached (`make bundle`).

The index is needed here, while the archive is made: it gives the wheels that requirements.lock
names, each held against its hash. In the archive lie those wheels, the project's own, the fonts
letters are set in, the units and pages for whoever operates it, and `install.sh`, which
reaches no network. An archive is for machines like this one: the same Python, the same processor.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import platform
import shutil
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

from scripts.commands import CannotSetUp, last_words, run, say
from scripts.installers import explained, installer_environment, pip_settings
from scripts.system_packages import LETTERS, SCANS, Part, wanted_packages

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements.lock"
TAKEN_ALONG = ("LICENSE", "CHANGELOG.md", "docs", "deploy")
FONTS = ("LiberationSans-*.ttf", "LiberationMono-*.ttf", "LiberationSerif-*.ttf")
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_LICENCES = (Path("/usr/share/doc/fonts-liberation/copyright"),)


def main() -> int:
    """Make the archive; the exit status is 0 when it lies in `dist`."""
    try:
        archive = made(ROOT, ROOT / "dist")
    except CannotSetUp as reason:
        sys.stderr.write(f"No bundle was made. {reason}\n")
        return 1
    say(f"{archive.relative_to(ROOT)}: {archive.stat().st_size // 1_000_000} MB, with "
        f"SHA-256 {digest_of(archive)}")  # fmt: skip
    say(
        "Carry it over, hold it against that, unpack it, and run: sh install.sh /opt/correspondence"
    )
    return 0


def made(root: Path, into: Path) -> Path:
    """Make the archive of the working copy `root` in the folder `into`. Raises CannotSetUp."""
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    python = "{}.{}".format(*sys.version_info[:2])
    name = f"correspondence-{version}-python{python}-{platform.machine()}"
    into.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".bundle-") as folder:
        bundle = Path(folder, name)
        wheels = bundle / "wheels"
        wheels.mkdir(parents=True)
        say(f"Gathering the wheels of {LOCK} for Python {python} on {platform.machine()}.")
        gather(root, wheels)
        own = build(root, wheels)
        lines = (root / LOCK).read_text("utf-8").rstrip("\n")
        (bundle / LOCK).write_text(
            f"{lines}\ncorrespondence=={version} \\\n    --hash=sha256:{digest_of(own)}\n", "utf-8"
        )
        take_along(root, bundle)
        fonts = take_fonts(bundle / "fonts")
        (bundle / "README.md").write_text(readme(version, python, fonts=fonts), "utf-8")
        shutil.copyfile(root / "scripts" / "install-bundle", bundle / "install.sh")
        (bundle / "python-version").write_text(f"{python}\n")
        write_sums(bundle)
        archive = into / f"{name}.tar.gz"
        pack(bundle, archive)
    return archive


def gather(root: Path, wheels: Path) -> None:
    """Download every locked wheel that this Python and processor need, held against its hash."""
    download = [*pip(), "download", "--quiet", "--no-deps"]
    download += ["--require-hashes", "--only-binary", ":all:", "-r", LOCK, "--dest", str(wheels)]
    environment = installer_environment(os.environ, root, pip_settings([sys.executable]))
    told = run(download, environment, root)
    if told.returncode:
        raise CannotSetUp(explained(told.stdout))


def pip() -> list[str]:
    """The start of a pip command for this Python, whose environment may have none of its own."""
    if run([sys.executable, "-m", "pip", "--version"]).returncode == 0:
        return [sys.executable, "-m", "pip"]
    base = str(getattr(sys, "_base_executable", sys.executable))
    borrowed = [base, "-m", "pip", "--python", sys.executable]
    if run([*borrowed, "--version"]).returncode == 0:
        return borrowed
    raise CannotSetUp(
        f"Downloading takes pip, which neither {sys.executable} nor {base} has: install the "
        "system's package python3-pip, or name another Python with PYTHON= and set up again."
    )


def build(root: Path, wheels: Path) -> Path:
    """Build the project's own wheel, with what set-up installed and without a download."""
    before = set(wheels.iterdir())
    building = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    told = run(building, {**os.environ, "SOURCE_DATE_EPOCH": "1577836800"}, root)
    built = set(wheels.iterdir()) - before
    if told.returncode or len(built) != 1:
        raise CannotSetUp(f"The project's own wheel was not built:\n{last_words(told.stdout)}")
    return built.pop()


def take_along(root: Path, bundle: Path) -> None:
    """Copy what whoever operates it reads and installs."""
    for name in TAKEN_ALONG:
        if (root / name).is_dir():
            ignored = shutil.ignore_patterns("pictures", "decisions")
            shutil.copytree(root / name, bundle / name, ignore=ignored)
        else:
            shutil.copyfile(root / name, bundle / name)


def take_fonts(into: Path) -> bool:
    """Copy the fonts that letters are set in, with their licence; whether this machine has them."""
    found = {
        path.name: path
        for folder in _FONT_FOLDERS
        for pattern in FONTS
        for path in sorted(folder.rglob(pattern))
    }
    if not any(name.startswith("LiberationSans-") for name in found):
        return False
    into.mkdir()
    for name, path in found.items():
        shutil.copyfile(path, into / name)
    for licence in _LICENCES:
        if licence.is_file():
            shutil.copyfile(licence, into / "LICENCE")
    return True


def readme(version: str, python: str, *, fonts: bool) -> str:
    """What to do with the archive, for somebody who has nothing else at hand."""
    apt, dnf = (_packages((*LETTERS, SCANS), tool) for tool in ("apt-get", "dnf"))
    set_in = (
        "The fonts that letters are set in lie in `fonts`; the script puts them where every "
        "account finds them, or says where they belong."
        if fonts
        else "Fonts are not in it: install Liberation Sans with the packages below."
    )
    return f"""\
# Correspondence {version}, for machines that reach no package index

Needs Python {python} with `venv` (Debian: python{python}-venv), and from the system's own media
the libraries that lay out letters and read scans:

    apt-get install {apt}
    dnf install {dnf}

Then, as whoever may write to /opt:

    sh install.sh /opt/correspondence            or: sh install.sh FOLDER /path/to/python{python}

It holds every file against SHA256SUMS, makes a virtual environment there, and installs the wheels
by the hashes of requirements.lock. Nothing is downloaded, and nothing outside that folder is
changed but the fonts. {set_in}

Go on with docs/office.md and docs/operating.md; the units for systemd are in deploy/systemd. To
upgrade, install the new release into a folder beside the old one and change the link
/opt/correspondence to it.
"""


def _packages(parts: Iterable[Part], tool: str) -> str:
    return " ".join(wanted_packages(parts, tool))


def write_sums(bundle: Path) -> None:
    """The SHA-256 of every file, as `sha256sum --check` reads them."""
    paths = sorted(path for path in bundle.rglob("*") if path.is_file())
    lines = [f"{digest_of(path)}  ./{path.relative_to(bundle)}\n" for path in paths]
    (bundle / "SHA256SUMS").write_text("".join(lines), "utf-8")


def pack(bundle: Path, archive: Path) -> None:
    """Pack the folder, the same bytes each time: sorted, of nobody, of no time."""
    unfinished = archive.with_name(f".{archive.name}.unfinished")
    with (
        unfinished.open("wb") as file,
        gzip.GzipFile("", "wb", 1, file, mtime=0) as packed,  # wheels are packed already
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(bundle.rglob("*")):
            entry = tarfile.TarInfo(str(path.relative_to(bundle.parent)))
            entry.mode = 0o755 if path.is_dir() or path.name == "install.sh" else 0o644
            if path.is_dir():
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
                continue
            content = path.read_bytes()
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    unfinished.replace(archive)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
