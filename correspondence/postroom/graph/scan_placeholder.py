"""Tells a message whose attachments Microsoft is still looking through from one that is whole.

While Defender for Office 365 scans (Safe Attachments, Dynamic Delivery), the message is delivered
already, and a placeholder stands where each attachment will be. Bytes fetched then are no evidence.

https://learn.microsoft.com/en-us/defender-office-365/safe-attachments-about
"""

from __future__ import annotations

import re
from typing import Final

_NAMED: Final = re.compile(
    rb"^(?:[^\r\n]{0,200}\bname\*?=[ \t]*\"?|Subject:[ \t]*|Content-Description:[ \t]*)"
    rb"(?:ATP|Safe[ _]Attachments)[ _]Scan[ _]In[ _]Progress",
    re.IGNORECASE | re.MULTILINE,
)
_ATTACHED: Final = re.compile(
    rb"^Content-(?:Type|Disposition):[^\r\n]{0,400}(?:\r?\n[ \t][^\r\n]{0,400}){0,8}?"
    rb"(?:\b(?:file)?name\*?\d?\*?=|\battachment\b|message/rfc822|application/)",
    re.IGNORECASE | re.MULTILINE,
)


def is_being_scanned(raw: bytes, *, has_attachments: bool) -> bool:
    """Whether these bytes hold a placeholder, or none of the attachments there are said to be.

    A resident may send a file of the placeholder's name, and some messages say of themselves what
    is not so: whoever asks waits for a while, not for ever.
    """
    if not has_attachments:
        return False
    return bool(_NAMED.search(raw)) or not _ATTACHED.search(raw)
