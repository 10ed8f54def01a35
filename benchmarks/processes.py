"""What a process and all its children have used, as Linux tells it in /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu_of(process: int) -> float:
    """CPU seconds of a process, of its children that live, and of those it waited for."""
    return sum(cpu_of_one(one) for one in family(process))


def resident_of(process: int) -> float:
    """Megabytes that a process and its children have resident, what they share counted for each."""
    return sum(_resident(one) for one in family(process))


def waited_of_one(process: int) -> float:
    """Seconds for which its threads could have run and had no core, as others had them."""
    waited = 0.0
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                waited += int((thread / "schedstat").read_text().split()[1]) / 1e9
    return waited


def machine_busy() -> float:
    """CPU seconds that all processes of the machine have used, whoever's they are."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    user, nice, system, _idle, _waiting, *interrupts = map(int, fields)
    return (user + nice + system + sum(interrupts[:2])) / _TICKS


def family(process: int) -> list[int]:
    """The process, its children and theirs."""
    children: dict[int, list[int]] = {}
    for one in Path("/proc").iterdir():
        if one.name.isdecimal():
            with suppress(OSError):
                parent = int((one / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(one.name))
    found = [process]
    for parent in found:  # which grows as they are found
        found += children.get(parent, ())
    return found


def cpu_of_one(process: int) -> float:
    """CPU seconds of a process and of those it waited for, without its children that live."""
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0.0


def _resident(process: int) -> float:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 1e6
    return 0.0
