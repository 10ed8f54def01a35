"""What comes back from the other process is data, and is taken as nothing else.

The bytes that a stranger's file may have had a hand in are unpickled with nothing allowed but the
records a message is made of.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
from typing import Any, Final

from correspondence.intake.message import Address, Attachment, DeliveryReport, Message

_ALLOWED: Final[dict[tuple[str, str], type]] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Address,
        Attachment,
        DeliveryReport,
        Message,
        dt.datetime,
        dt.timedelta,
        dt.timezone,
    )
}


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only the records of a message; anything else is refused."""
        found = _ALLOWED.get((module, name))
        if found is None:
            raise pickle.UnpicklingError("The answer holds something other than a message.")
        return found


def packed(answer: object) -> bytes:
    """An answer as bytes."""
    return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)


def unpacked(content: bytes) -> Any:
    """The answer in these bytes. Raises pickle.UnpicklingError where they hold anything else."""
    try:
        return _Plain(io.BytesIO(content)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:
        raise pickle.UnpicklingError("The answer is damaged.") from error
