"""Which kind of file system a path lies on, from the kernel's own table of mounts.

Format: proc(5), /proc/pid/mountinfo. Spaces in paths are written ``\\040``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

NETWORK_FILE_SYSTEMS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs"}
)

_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def file_system_of(path: Path, mountinfo: str) -> str:
    """The kind of file system that holds `path`, or empty where the table does not tell.

    The mount that was made last over the longest part of the path is the one that counts.
    """
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        columns, described = before.split(), after.split()
        if not dash or len(columns) < 5 or not described:
            continue
        mounted = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), columns[4]))
        if path.is_relative_to(mounted) and len(mounted.parts) >= best:
            best, kind = len(mounted.parts), described[0]
    return kind
