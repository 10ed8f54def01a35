"""Lists cut into pages: which page is asked for, and the links to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from collections.abc import Callable


def page_number() -> int:
    """The page asked for, counted from 1."""
    number = request.args.get("page", "1")
    return max(1, min(int(number), 100_000)) if number.isascii() and number.isdigit() else 1


def pagination(
    total: int, on_a_page: int, address: Callable[[int], str]
) -> dict[str, object] | None:
    """What the pagination shows; None where everything is on one page."""
    last, here = max(1, -(-total // on_a_page)), page_number()
    if last == 1:
        return None
    near = sorted({1, last, *(n for n in range(here - 1, here + 2) if 1 <= n <= last)})
    items: list[dict[str, object]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == here})
    shown: dict[str, object] = {"items": items}
    if here > 1:
        shown["previous"] = {"href": address(min(here - 1, last))}
    if here < last:
        shown["next"] = {"href": address(here + 1)}
    return shown


def onwards(*, more: bool, address: Callable[[int], str]) -> dict[str, object] | None:
    """Links to the page before and the next, where nobody counts how many there are."""
    here = page_number()
    shown: dict[str, object] = {}
    if here > 1:
        shown["previous"] = {"href": address(here - 1)}
    if more:
        shown["next"] = {"href": address(here + 1)}
    return shown or None
