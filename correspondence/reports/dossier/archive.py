"""One zip of many files, with their checksums: the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKSUMS: Final = "SHA256SUMS"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNSAFE: Final = re.compile(r"[^\w.() -]+")
_LONGEST: Final = 80


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files in their order, and last their checksums as `sha256sum -c` reads them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name, content in files.items():
            made.writestr(_entry(name), content)
        sums = "".join(
            f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
        )
        made.writestr(_entry(CHECKSUMS), sums.encode())
    return out.getvalue()


def safe_name(name: str, otherwise: str) -> str:
    """A stranger's file name as one that any machine takes: no path, nothing hidden."""
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" ._")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = plain, ""
    stem = stem[: _LONGEST - len(ending)].strip(" .")
    if not stem:
        return otherwise
    return f"{stem}.{ending}" if ending else stem


def _entry(name: str) -> zipfile.ZipInfo:
    """Made on no day and on no machine, so that only the content counts."""
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
