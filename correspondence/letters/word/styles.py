"""What a Word file's styles mean for its words: headings, lists, bold and italic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.letters.word.package import W

if TYPE_CHECKING:
    from correspondence.letters.word.package import Element

COLUMN_HEADING: Final = "table column heading"
ROW_HEADING: Final = "table row heading"
"""The names, in lower case, of the styles by which `write` marks header cells for `walk`."""

STRIKES: Final = ("strike", "dstrike")
"""The properties that draw a line through words."""

_BODY_TEXT: Final = 9
_HEADING_NAME: Final = re.compile(r"heading ([1-9])")
_LIST_NAME: Final = re.compile(r"list (?:bullet|number)(?: ([2-5]))?")
_OFF: Final = frozenset(("0", "false", "off", "none"))


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all it inherits. `outline` 0 is the first level of headings, None no heading.

    `number` is the id of its list, empty where it is none; `level` that list's level from 0, and
    `depth` how deep its items stand by the style's name: 'List Bullet 2' is a list of its own.
    """

    id: str = ""
    name: str = ""
    outline: int | None = None
    number: str = ""
    level: int = 0
    depth: int = 0
    strong: bool = False
    emphasis: bool = False
    hidden: bool = False
    struck: bool = False


class StyleSheet:
    """The styles of one Word file."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default = ""
        self._plain = Style()
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault")
        if defaults is not None:
            self._plain = Style(hidden=toggled(defaults, "rPr/vanish", inherited=False))
        for element in root.iter(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._elements[style_id] = element
            if element.get(W + "type") == "paragraph" and is_on(element, "default", "0"):
                self._default = style_id

    def paragraph(self, style_id: str) -> Style:
        """A paragraph's style; where it names none, or one that is not there, the default."""
        return self.style(style_id if style_id in self._elements else self._default)

    def style(self, style_id: str) -> Style:
        """A style by its id; a plain one where there is none."""
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id, seen=frozenset())
        return self._resolved[style_id]

    def _resolve(self, style_id: str, seen: frozenset[str]) -> Style:
        element = self._elements.get(style_id)
        if element is None or style_id in seen:
            return self._plain
        based_on = value(element, "basedOn")
        parent = self._resolve(based_on, seen | {style_id}) if based_on else self._plain
        name = value(element, "name").lower()
        listed = _LIST_NAME.fullmatch(name)
        return Style(
            id=style_id,
            name=name,
            outline=_outline(element, name, parent),
            number=value(element, "pPr/numPr/numId") or parent.number,
            level=number(value(element, "pPr/numPr/ilvl"), parent.level),
            depth=int(listed[1] or 1) - 1 if listed else parent.depth,
            strong=toggled(element, "rPr/b", parent.strong),
            emphasis=toggled(element, "rPr/i", parent.emphasis),
            hidden=toggled(element, "rPr/vanish", parent.hidden),
            struck=any(toggled(element, f"rPr/{mark}", parent.struck) for mark in STRIKES),
        )


def heading_level(paragraph: Element, style: Style) -> int | None:
    """The level of a heading from 1 to 4, or None where the paragraph is none."""
    own = number(value(paragraph, "pPr/outlineLvl"), -1)
    outline = own if own >= 0 else style.outline
    if outline is None or outline >= _BODY_TEXT:
        return None
    return min(outline + 1, 4)


def value(element: Element, path: str) -> str:
    """The value of a property such as ``pPr/numPr/ilvl``; empty where it is not set."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(W + "val", "")


def toggled(element: Element, path: str, inherited: bool) -> bool:
    """A property that is on by standing there, unless it says it is off."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return inherited if found is None else found.get(W + "val", "1").lower() not in _OFF


def is_on(element: Element, attribute: str, default: str) -> bool:
    """Whether an attribute such as `firstRow` is on."""
    return element.get(W + attribute, default).lower() not in _OFF


def number(written: str, otherwise: int) -> int:
    """A small whole number as Word writes it, or `otherwise` where it is none."""
    return (
        int(written) if written.isascii() and written.isdigit() and len(written) < 6 else otherwise
    )


def _outline(element: Element, name: str, parent: Style) -> int | None:
    own = number(value(element, "pPr/outlineLvl"), -1)
    if own >= 0:
        return own if own < _BODY_TEXT else None
    named = _HEADING_NAME.fullmatch(name)
    if named:
        return int(named[1]) - 1
    return 0 if name == "title" else parent.outline
