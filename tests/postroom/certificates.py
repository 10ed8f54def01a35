"""An authority of the tests' own, and certificates for servers on this machine."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NO_OPENSSL = "NOT TESTED OVER TLS: the program openssl is missing; install the package openssl"

_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def openssl_is_there() -> bool:
    return shutil.which("openssl") is not None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate and key, and the authority that vouches for it."""

    file: Path
    key: Path
    authority: Path


def certificate(folder: Path, *, names: str = "DNS:localhost", days: int = 2) -> Certificate:
    """A certificate for those names, from an authority made for it alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names").write_text(f"subjectAltName={names}\n")
    _openssl(
        folder, "req", "-x509", *_CURVE, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
        "-subj", "/CN=Invented authority", "-addext", "basicConstraints=critical,CA:TRUE",
        "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    _openssl(folder, "req", *_CURVE, "-keyout", "key.pem", "-out", "wanted", "-subj", "/CN=test")
    _openssl(
        folder, "x509", "-req", "-in", "wanted", "-CA", "ca.pem", "-CAkey", "ca.key",
        "-CAcreateserial", "-out", "server.pem", "-days", str(days), "-extfile", "names",
    )  # fmt: skip
    return Certificate(folder / "server.pem", folder / "key.pem", folder / "ca.pem")


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
