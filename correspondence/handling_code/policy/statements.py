"""Everything a policy should say, in the order of the Code's sections."""

from typing import Final

from correspondence.handling_code.policy import (
    access,
    handling,
    oversight,
    recognition,
    remedies,
    responses,
    staff,
)

STATEMENTS: Final = (
    *recognition.SAID,
    *access.SAID,
    *staff.SAID,
    *handling.SAID,
    *responses.SAID,
    *remedies.SAID,
    *oversight.SAID,
)
