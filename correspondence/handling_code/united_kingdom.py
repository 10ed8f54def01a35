"""The working days of the whole United Kingdom, for requests for information only.

Under section 10(6) of the Freedom of Information Act 2000 a bank holiday in any part of the United
Kingdom is no working day, so its calendar has more holidays than the Code's and must never be used
for a complaint.

To be verified: a bank holiday proclaimed for Scotland alone on 15 June 2026. It is left out, which
can only make an answer due earlier.
"""

from datetime import date
from typing import Final

from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar

SCOTLAND_AND_NORTHERN_IRELAND: Final = frozenset(
    {
        # 2 January, St Patrick's Day, 12 July, the Scottish August holiday, St Andrew's Day,
        # each on its substitute day where it falls at a weekend.
        date(2024, 1, 2), date(2024, 3, 18), date(2024, 7, 12), date(2024, 8, 5), date(2024, 12, 2),
        date(2025, 1, 2), date(2025, 3, 17), date(2025, 7, 14), date(2025, 8, 4), date(2025, 12, 1),
        date(2026, 1, 2), date(2026, 3, 17), date(2026, 7, 13), date(2026, 8, 3),
        date(2026, 11, 30),
        date(2027, 1, 4), date(2027, 3, 17), date(2027, 7, 12), date(2027, 8, 2),
        date(2027, 11, 30),
        date(2028, 1, 4), date(2028, 3, 17), date(2028, 7, 12), date(2028, 8, 7),
        date(2028, 11, 30),
    }
)  # fmt: skip
"""Bank holidays in Scotland or Northern Ireland that England and Wales do not have."""

KNOWN_FROM: Final = date(2024, 1, 1)

UNITED_KINGDOM: Final = Calendar(
    name="the whole United Kingdom",
    holidays=SCOTLAND_AND_NORTHERN_IRELAND
    | {day for day in ENGLAND_AND_WALES.holidays if day >= KNOWN_FROM},
    known_from=KNOWN_FROM,
    known_until=ENGLAND_AND_WALES.known_until,
    published_until=ENGLAND_AND_WALES.published_until,
)
"""The calendar of requests for information."""
