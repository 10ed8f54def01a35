"""Hand an e-mail to a colleague or contractor: by the mail server where letters go so, else into
the outbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import NotAllowed
from correspondence.postroom.delivery import delivery_of
from correspondence.postroom.outbox import Outbox

if TYPE_CHECKING:
    from correspondence.casework.open_office import OpenOffice


class NotTaken(NotAllowed):
    """The mail server did not take it; `passing` where it may another time."""

    def __init__(self, because: str, *, passing: bool) -> None:
        self.passing = passing
        super().__init__(because)


def hand_over(house: OpenOffice, mail: bytes, *, to: str, name: str, place: str) -> None:
    """Send it, or put it into the outbox as the file `name`, laid out under `place`.

    A file that is there already stays as it is. Where a server may have taken it, it is taken to
    have gone: nobody is written to twice. Raises NotTaken with what the server said,
    StoreUnavailable.
    """
    if house.settings.delivery.way != "outbox":
        came_to = delivery_of(house.office).send_notice(mail, to=[to])
        if came_to.state not in {"sent", "uncertain"}:
            raise NotTaken(came_to.because, passing=came_to.passing)
        return
    outbox = Outbox(house.office.outbox)
    if outbox.taken((name,)):
        return  # a crash came after it was put there
    with house.database.writing():  # nothing that is laid out is cleared away meanwhile
        outbox.lay_out(place, {name: mail})
        outbox.put(place, (name,))
