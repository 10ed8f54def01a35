"""A letter as it would be printed, and what stands against posting it, before it is approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.casework.drafting.route import postal_address
from correspondence.errors import DocumentRefused
from correspondence.letters.post.precheck import PostalFinding, precheck
from correspondence.letters.post.zones import BY_HAND, NOTIFY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from correspondence.cases.case import Case
    from correspondence.letters.enclosures import Enclosure
    from correspondence.letters.pool import LetterPress
    from correspondence.letters.post.print_copy import PrintCopy
    from correspondence.letters.post.zones import PrintRules


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The file that is printed, None where it cannot be made, and what stands against posting."""

    pdf: bytes | None
    objections: tuple[PostalFinding, ...]


def objections(pdf: bytes, case: Case) -> tuple[PostalFinding, ...]:
    """What a print house would object to in the letter alone, without its enclosures."""
    rules = _rules(case)
    found = precheck(pdf, rules)
    if rules.address is not None:
        return found
    # Nothing shows through an envelope that is written on; whoever writes on it needs an address.
    unaddressed = (PostalFinding("address", says) for says in postal_address(case).faults())
    return (*found, *unaddressed)


def printed_together(
    press: LetterPress, pdf: bytes, enclosures: Sequence[Enclosure], case: Case
) -> OnPaper:
    """The letter with its enclosures as one file, each on a fresh sheet, held against the rules."""
    if found := objections(pdf, case):
        return OnPaper(None, found)
    rules = _rules(case)
    try:
        copy = press.join(pdf, enclosures, rules).result()
        return OnPaper(copy.pdf, tuple(_of_enclosures(precheck(copy.pdf, rules), copy)))
    except DocumentRefused as refused:
        return OnPaper(None, (PostalFinding("print-copy", str(refused)),))


def sentence(finding: PostalFinding, reference: str) -> str:
    """The finding with its place on the page, and the way out where the address is at fault."""
    said = f"By post: {finding.says}"
    if finding.code == "address":
        return (
            f"{said} Where letters reach the resident is recorded with `correspondence case adjust "
            f"{reference} --address`."
        )
    if finding.page and finding.place is not None:
        at = finding.place
        said += (
            f" (Page {finding.page}, {at.left:.0f} to {at.right:.0f} mm from the left and "
            f"{at.top:.0f} to {at.bottom:.0f} mm from the top.)"
        )
    return said


def as_kept(finding: PostalFinding) -> dict[str, Any]:
    """The finding as it is kept with a revision; places in millimetres from the top left."""
    at = finding.place
    return {
        "code": finding.code,
        "says": finding.says,
        "page": finding.page,
        "place": at and {"left": at.left, "top": at.top, "right": at.right, "bottom": at.bottom},
    }


def _rules(case: Case) -> PrintRules:
    """Large print does not fit the window of an envelope, and goes into one that is written on."""
    return BY_HAND if case.adjustments.large_print else NOTIFY


def _of_enclosures(found: Sequence[PostalFinding], copy: PrintCopy) -> Iterator[PostalFinding]:
    """The findings, each saying on which page of which enclosure it is."""
    for one in found:
        number = sum(start <= one.page for start in copy.starts) - 1
        if number < 1:
            yield one
            continue
        page = one.page - copy.starts[number] + 1
        says = f"{one.says} That is page {page} of enclosure {number}."
        yield PostalFinding(one.code, says, one.page, one.place)
