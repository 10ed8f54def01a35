"""Which parts of an HTML mail its reader never sees.

Newsletters hide a line of preview; others hide words that are meant for machines alone. What is
hidden is left out of the text, and that it was there is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

_END: Final = r"\s*(?:;|$|!)"
_HIDING: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    rf"|(?<![a-z-])opacity\s*:\s*0?(?:\.0+)?{_END}|max-(?:height|width)\s*:\s*0(?:px|pt|em)?{_END}"
    r"|text-indent\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|transform\s*:\s*scale\(\s*0\s*[,)]"
    r"|(?<![a-z-])(?:left|top|margin-left|margin-top)\s*:\s*-\d{4,}"
)
_NO_SIZE: Final = re.compile(rf"(?<![a-z-])(?:height|width)\s*:\s*0(?:px|pt|em)?{_END}")
_CLIPPED: Final = re.compile(r"overflow(?:-[xy])?\s*:\s*hidden")
_TINY: Final = re.compile(rf"font-size\s*:\s*(?:0(?:\.\d+)?(?:px|pt|em|rem|%)?|1px){_END}")
_INK: Final = re.compile(r"(?<![a-z-])color\s*:\s*([^;!]+)")
_WHITE: Final = re.compile(
    r"#?f{3}(?:f{3})?|white|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255\b.*|rgba\(.*,\s*0\s*\)"
)
_GROUND: Final = re.compile(r"background(?:-color|-image)?\s*:")
_RULE: Final = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_NAME: Final = re.compile(r"[.#][\w-]+")
_LONGEST_STYLE: Final = 100_000  # characters of style sheets looked into
_MOST_ANCESTORS: Final = 30
_MOST_SEARCHES: Final = 40


@dataclass(slots=True)
class Hiding:
    """What hides parts of one message: the classes (`.name`) and ids (`#name`) of its style sheet.

    Looking into an element costs time, so that it is done for a few; beyond, letters without size
    count as seen.
    """

    names: frozenset[str] = frozenset()
    _searches: int = _MOST_SEARCHES

    @classmethod
    def of(cls, markup: str) -> Hiding:
        """From the style sheets in the markup; rules for some screens only do not count."""
        lower = markup.lower()
        names: set[str] = set()
        start = lower.find("<style")
        while start >= 0:
            end = lower.find("</style", start)
            end = end if end >= 0 else len(lower)
            sheet = lower[start : min(end, start + _LONGEST_STYLE)].partition(">")[2]
            for selectors, style in _RULE.findall(_for_every_screen(sheet)):
                if _HIDING.search(style):
                    names.update(
                        one.strip() for one in selectors.split(",") if _NAME.fullmatch(one.strip())
                    )
            start = lower.find("<style", end)
        return cls(frozenset(names))

    def hides(self, node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
        """Whether a reader does not see this element."""
        if "hidden" in attributes:
            return True
        if self.names and self._by_name(attributes):
            return True
        style = (attributes.get("style") or "").lower()
        if style and (
            _HIDING.search(style)
            or (_CLIPPED.search(style) and _NO_SIZE.search(style))
            or (_TINY.search(style) and self._is_tiny_throughout(node))
        ):
            return True
        if not style and not attributes.get("color"):
            return False
        ink = _INK.search(style)
        colour = ink.group(1).strip() if ink else (attributes.get("color") or "").strip().lower()
        return bool(colour and _WHITE.fullmatch(colour)) and not _on_a_ground(node)

    def _is_tiny_throughout(self, node: LexborNode) -> bool:
        self._searches -= 1
        return self._searches >= 0 and not _sets_size_within(node)

    def _by_name(self, attributes: Mapping[str, str | None]) -> bool:
        named = {f".{name}" for name in (attributes.get("class") or "").lower().split()}
        named.add(f"#{(attributes.get('id') or '').lower()}")
        return bool(named & self.names)


def _for_every_screen(sheet: str) -> str:
    """A style sheet without its @media blocks."""
    out, position = [], 0
    while (at := sheet.find("@media", position)) >= 0:
        out.append(sheet[position:at])
        depth, position = 0, sheet.find("{", at)
        if position < 0:
            return "".join(out)
        while position < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[position], 0)
            position += 1
            if depth == 0:
                break
    out.append(sheet[position:])
    return "".join(out)


def _sets_size_within(node: LexborNode) -> bool:
    """Whether something inside sets a size of its own, as the cells of layouts do."""
    return any(
        not _TINY.search((found.attributes.get("style") or "").lower())
        for found in node.css("[style*='font-size'], font[size]")
        if found.mem_id != node.mem_id
    )


def _on_a_ground(node: LexborNode) -> bool:
    """Whether the element, or one around it, has a background that light letters show on."""
    place: LexborNode | None = node
    for _ in range(_MOST_ANCESTORS):
        if place is None:
            return False
        attributes = place.attributes
        if {"bgcolor", "background"} & attributes.keys() or _GROUND.search(
            (attributes.get("style") or "").lower()
        ):
            return True
        place = place.parent
    return True
