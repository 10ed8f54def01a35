"""The mail address that may be answered: the complainant's own, never a form's or a colleague's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Reading

_NO_REPLY = re.compile(
    r"^(?:do[-_.]?not[-_.]?reply|no[-_.]?reply|mailer-daemon|postmaster|bounces?)\b", re.IGNORECASE
)


def answerable_address(
    message: Message, reading: Reading, landlord: LandlordSigns, form_senders: Collection[str]
) -> str:
    """Where the complainant wrote from; empty where nobody reads that address, or it is ours.

    A form sends from its own address and a colleague forwards from theirs: then the address the
    resident gave counts, if there is one. `form_senders` are addresses and domains of our forms.
    """
    if reading.representative and reading.representative.email:
        return reading.representative.email.lower()
    if reading.resident.email:
        return reading.resident.email.lower()
    sender = (message.reply_to or (message.sender,))[0]
    address, domain = sender.address.lower(), sender.domain.lower()
    nobodys = (
        _NO_REPLY.match(address)
        or landlord.is_own(address)
        or landlord.is_ours(domain)
        or address in form_senders
        or domain in form_senders
    )
    return "" if nobodys else address
