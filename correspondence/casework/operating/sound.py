"""Before an office is worked in for long: is its database whole, and are these its documents?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.errors import StoreUnavailable
from correspondence.store import audit, search
from correspondence.store.claim import belongs
from correspondence.store.database import must_be_whole

if TYPE_CHECKING:
    from correspondence.casework.open_office import OpenOffice


def must_be_sound(house: OpenOffice) -> None:
    """Raise StoreUnavailable where the database is damaged or torn, or keeps another's documents.

    Looked at when `run`, `serve` or a worker starts. That nothing was changed by anybody is for
    `audit verify` to say, which takes longer.
    """
    must_be_whole(house.database)
    with house.database.reading() as conn:
        whole = audit.ends_as_noted(conn) and search.ends_as_its_words(conn)
        origin = audit.origin(conn)
    if not whole:
        raise StoreUnavailable(
            f"The database {house.database.place} does not end where its last change ended; it "
            "was put together of copies, or copied while it was written to. Nothing was changed. "
            "Go back to a backup (`correspondence audit verify` says what is wrong)."
        )
    belongs(house.office.data, origin)
