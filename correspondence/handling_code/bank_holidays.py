"""The bank holidays of England and Wales, year by year, as dated data.

Each year stands in full, so that a holiday proclaimed for one year only (as for the Platinum
Jubilee and the state funeral in 2022 and the coronation in 2023) is simply one more line.

Source: the list published at www.gov.uk/bank-holidays for 2022 to 2027. The year 2028 is not yet
published: it is computed from the Banking and Financial Dealings Act 1971 (with Good Friday and
Christmas Day at common law, and New Year's Day and the early May holiday as proclaimed each year)
and may still gain or move a day. `PUBLISHED_UNTIL` says where the published part ends.
"""

from datetime import date
from types import MappingProxyType
from typing import Final

_NEW_YEAR = "New Year's Day"
_GOOD_FRIDAY = "Good Friday"
_EASTER_MONDAY = "Easter Monday"
_EARLY_MAY = "Early May bank holiday"
_SPRING = "Spring bank holiday"
_SUMMER = "Summer bank holiday"
_CHRISTMAS = "Christmas Day"
_BOXING = "Boxing Day"
_SUBSTITUTE = " (substitute day)"

ENGLAND_AND_WALES_HOLIDAYS: Final = MappingProxyType(
    {
        date(2022, 1, 3): _NEW_YEAR + _SUBSTITUTE,
        date(2022, 4, 15): _GOOD_FRIDAY,
        date(2022, 4, 18): _EASTER_MONDAY,
        date(2022, 5, 2): _EARLY_MAY,
        date(2022, 6, 2): _SPRING,
        date(2022, 6, 3): "Platinum Jubilee bank holiday",
        date(2022, 8, 29): _SUMMER,
        date(2022, 9, 19): "Bank holiday for the state funeral of Queen Elizabeth II",
        date(2022, 12, 26): _BOXING,
        date(2022, 12, 27): _CHRISTMAS + _SUBSTITUTE,
        date(2023, 1, 2): _NEW_YEAR + _SUBSTITUTE,
        date(2023, 4, 7): _GOOD_FRIDAY,
        date(2023, 4, 10): _EASTER_MONDAY,
        date(2023, 5, 1): _EARLY_MAY,
        date(2023, 5, 8): "Bank holiday for the coronation of King Charles III",
        date(2023, 5, 29): _SPRING,
        date(2023, 8, 28): _SUMMER,
        date(2023, 12, 25): _CHRISTMAS,
        date(2023, 12, 26): _BOXING,
        date(2024, 1, 1): _NEW_YEAR,
        date(2024, 3, 29): _GOOD_FRIDAY,
        date(2024, 4, 1): _EASTER_MONDAY,
        date(2024, 5, 6): _EARLY_MAY,
        date(2024, 5, 27): _SPRING,
        date(2024, 8, 26): _SUMMER,
        date(2024, 12, 25): _CHRISTMAS,
        date(2024, 12, 26): _BOXING,
        date(2025, 1, 1): _NEW_YEAR,
        date(2025, 4, 18): _GOOD_FRIDAY,
        date(2025, 4, 21): _EASTER_MONDAY,
        date(2025, 5, 5): _EARLY_MAY,
        date(2025, 5, 26): _SPRING,
        date(2025, 8, 25): _SUMMER,
        date(2025, 12, 25): _CHRISTMAS,
        date(2025, 12, 26): _BOXING,
        date(2026, 1, 1): _NEW_YEAR,
        date(2026, 4, 3): _GOOD_FRIDAY,
        date(2026, 4, 6): _EASTER_MONDAY,
        date(2026, 5, 4): _EARLY_MAY,
        date(2026, 5, 25): _SPRING,
        date(2026, 8, 31): _SUMMER,
        date(2026, 12, 25): _CHRISTMAS,
        date(2026, 12, 28): _BOXING + _SUBSTITUTE,
        date(2027, 1, 1): _NEW_YEAR,
        date(2027, 3, 26): _GOOD_FRIDAY,
        date(2027, 3, 29): _EASTER_MONDAY,
        date(2027, 5, 3): _EARLY_MAY,
        date(2027, 5, 31): _SPRING,
        date(2027, 8, 30): _SUMMER,
        date(2027, 12, 27): _CHRISTMAS + _SUBSTITUTE,
        date(2027, 12, 28): _BOXING + _SUBSTITUTE,
        date(2028, 1, 3): _NEW_YEAR + _SUBSTITUTE,
        date(2028, 4, 14): _GOOD_FRIDAY,
        date(2028, 4, 17): _EASTER_MONDAY,
        date(2028, 5, 1): _EARLY_MAY,
        date(2028, 5, 29): _SPRING,
        date(2028, 8, 28): _SUMMER,
        date(2028, 12, 25): _CHRISTMAS,
        date(2028, 12, 26): _BOXING,
    }
)
"""Every bank holiday of England and Wales in the years known, with its name."""

KNOWN_FROM: Final = date(2022, 1, 1)
"""First day of the table."""

KNOWN_UNTIL: Final = date(2028, 12, 31)
"""Last day of the table; beyond it no working day can be counted."""

PUBLISHED_UNTIL: Final = date(2027, 12, 31)
"""Last day of the years the government has published; what follows is computed."""
