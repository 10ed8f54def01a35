"""Build many thousand small things without the collector of cycles walking through them all.

Python's collector begins anew each time some hundreds of objects were made, and every so often
walks through all there are; a report makes a hundred thousand, none of which refers to itself, so
that ten times the cases would cost a good deal more than ten times as much.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Have the collector wait meanwhile, in every thread; it goes on afterwards.

    Whoever found it at work sets it to work again: two reports at once leave it at work.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
