"""Outlook message files made from nothing: a small writer of OLE compound files and properties."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Tree = dict[str, "bytes | Tree"]

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096


def compound_file(tree: Tree) -> bytes:
    """An OLE compound file that holds these storages (dicts) and streams (bytes)."""
    return _Writer().write(tree)


@dataclass
class _Writer:
    sectors: list[bytes] = field(default_factory=list)
    fat: list[int] = field(default_factory=list)
    mini: bytearray = field(default_factory=bytearray)
    mini_fat: list[int] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)

    def write(self, tree: Tree) -> bytes:
        self.entries.append(b"")
        child = self._storage(tree)
        mini_start = self._chain(bytes(self.mini))
        self.entries[0] = _entry("Root Entry", 5, child, mini_start, len(self.mini))
        while len(self.entries) % 4:
            self.entries.append(_entry("", 0, _FREE, 0, 0))
        directory = self._chain(b"".join(self.entries))
        padded = self.mini_fat + [_FREE] * (-len(self.mini_fat) % 128)
        mini_fat = self._chain(struct.pack(f"<{len(padded)}I", *padded)) if padded else _END
        count = 1
        while len(self.fat) + count > count * 128:
            count += 1
        first = len(self.sectors)
        table = [*self.fat, *[_FAT] * count]
        table += [_FREE] * (count * 128 - len(table))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            count,
            directory,
            0,
            _CUTOFF,
            mini_fat,
            len(padded) // 128,
            _END,
            0,
        )
        difat = [first + i for i in range(count)] + [_FREE] * (109 - count)
        header += struct.pack("<109I", *difat)
        return header + b"".join(self.sectors) + struct.pack(f"<{len(table)}I", *table)

    def _chain(self, content: bytes) -> int:
        if not content:
            return _END
        start = len(self.sectors)
        for at in range(0, len(content), _SECTOR):
            self.sectors.append(content[at : at + _SECTOR].ljust(_SECTOR, b"\0"))
            self.fat.append(len(self.sectors))
        self.fat[-1] = _END
        return start

    def _stream(self, content: bytes) -> int:
        if len(content) >= _CUTOFF:
            return self._chain(content)
        if not content:
            return _END
        start = len(self.mini) // _MINI
        self.mini += content.ljust(-(-len(content) // _MINI) * _MINI, b"\0")
        self.mini_fat += range(start + 1, len(self.mini) // _MINI + 1)
        self.mini_fat[-1] = _END
        return start

    def _storage(self, tree: Tree) -> int:
        """Write the members as a chain of right siblings; the number of the first."""
        following = _FREE
        for name, member in reversed(tree.items()):
            index = len(self.entries)
            self.entries.append(b"")
            if isinstance(member, bytes):
                start, size = self._stream(member), len(member)
                self.entries[index] = _entry(name, 2, _FREE, start, size, following)
            else:
                child = self._storage(member)
                self.entries[index] = _entry(name, 1, child, 0, 0, following)
            following = index
        return following


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        encoded,
        length,
        kind,
        1,
        _FREE,
        right,
        child,
        0,
        start,
        size,
    )


def storage(
    header: int,
    texts: dict[int, str] | None = None,
    binaries: dict[int, bytes] | None = None,
    integers: dict[int, int] | None = None,
    moments: dict[int, datetime] | None = None,
) -> Tree:
    """A storage of properties; `header` is how many bytes stand before the first."""
    tree: Tree = {}
    table = b"\0" * header
    for number, text in (texts or {}).items():
        tree[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le")
        table += struct.pack("<HHIII", 0x001F, number, 6, 2 * len(text) + 2, 0)
    for number, content in (binaries or {}).items():
        tree[f"__substg1.0_{number:04X}0102"] = content
        table += struct.pack("<HHIII", 0x0102, number, 6, len(content), 0)
    for number, value in (integers or {}).items():
        table += struct.pack("<HHIII", 0x0003, number, 6, value, 0)
    for number, moment in (moments or {}).items():
        ticks = int((moment.timestamp() + 11_644_473_600) * 10_000_000)
        table += struct.pack("<HHIQ", 0x0040, number, 6, ticks)
    return {"__properties_version1.0": table, **tree}
