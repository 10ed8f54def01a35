"""How letters begin and end, whoever writes them."""

import re
from typing import Final

SALUTATION: Final = re.compile(
    r"^(?:dear|annwyl|hello|hi|good (?:morning|afternoon|evening))\b", re.IGNORECASE
)
"""The line that opens a letter."""

VALEDICTION: Final = re.compile(
    r"^(?:yours\b|.{0,30}\byours (?:\w+ )?(?:sincerely|faithfully|truly|ever)\b"
    r"|sincerely\b|faithfully\b"
    r"|(?:with |kind |kindest |best |warm |warmest |very |every |good |many |all |our )*"
    r"(?:regards|wishes|thanks)\W*$|thank you,?$|in solidarity|take care,?$|yn gywir\b|cofion\b"
    r"|(?:with (?:all our )?)?love,?$|cheers,?$|all the best,?$"
    r"|(?:signed )?for and on behalf of\b)",
    re.IGNORECASE,
)
"""The line that closes it, above the signature."""
