"""Places a writer left to be filled: marks, template tags, blanks, merge fields."""

import re
from functools import lru_cache
from typing import Final

_GAP: Final = re.compile(
    r"""
      \[(?!\s*(?:sic|\d{1,4}|(?!dd|mm|DD|MM|xx|XX)[\w/.-]{0,20}\d{2}[\w/.-]{0,20})\s*\]|(?:the|this|that|my|our|his|her|their|its|a|an|and|he|she|it|they|we|is|was)\b)
      [^\[\]\n]{2,160}\]                                           # [To be completed: ...]
    | \{\{ | \}\} | \{% | %\} | \{\# | \#\}                        # a template's own tags
    | \$\{\w[\w. ]{0,60}\} | \{\w[\w. ]{0,60}\}                    # ${name}, {name}
    | «[^»\n]{0,80}» | <<[^<>\n]{1,80}>>                           # a mail merge's fields
    | <(?:insert|enter|add|name|date|address|ref|text|your|resident|customer|tenant)\b[^<>\n]{0,80}>
    | \bMERGEFIELD\b | Error!\s(?:Reference|Bookmark)              # Word's own
    | _{4,} | \.{6,} | …{3,}                                       # a line to write on
    | \b(?:X{3,}|x{4,})\b | £\s?[Xx]{1,5}\b | £\s?_+               # XXXX, £XX
    | \b[Xx]{2}[/.-][Xx]{2}[/.-][Xx]{2,4}\b
    | \b(?:[Dd]{2}[/. -][Mm]{2}[/. -][Yy]{2,4})\b | \b(?:DD|dd)\s(?:Month|MONTH|month)\b
    | \bLorem\ ipsum\b | \b(?:INSERT|ENTER)\ [A-Z]{2,}
    | \bTODO\b | \?{3,}
    """,
    re.VERBOSE,
)


_SIGNS: Final = (
    *("[", "{", "}", "«", "<", "_", "......", "…", "???", "XX", "Xx", "xX", "xx", "DD", "Dd", "dD"),
    *("Lorem", "INSERT", "ENTER", "TODO", "MERGEFIELD", "Error!"),
)
_SLOT: Final = re.compile(r"dd[/. -][Mm]|dd\s[Mm]")
_SUM: Final = re.compile(r"£\s?[Xx]")
"""What a text must hold for a gap to be in it; most letters hold none of these."""


def gap_in(text: str) -> re.Match[str] | None:
    """The first place in `text` that was left to be filled; None where there is none."""
    if any(sign in text for sign in _SIGNS) or _SLOT.search(text) or _SUM.search(text):
        return _GAP.search(text)
    return None


@lru_cache(maxsize=1024)
def has_gap(text: str) -> bool:
    """Whether any place in `text` was left to be filled."""
    return gap_in(text) is not None
