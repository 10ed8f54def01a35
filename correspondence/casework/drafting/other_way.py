"""The other way to reach a resident, where the last letter came back undelivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.drafting.route import postal_address
from correspondence.letters.kinds import LetterKind
from correspondence.letters.mail import can_be_addressed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.cases.case import Case
    from correspondence.casework.drafting.route import Route


def tasks(case: Case, kind: LetterKind, route: Route) -> Iterator[str]:
    """What to see to before another letter goes where the last one came back from."""
    if kind is LetterKind.ENQUIRY_REPLY:
        return
    if route.to and route.to.lower() == case.unreachable_at:
        yield (
            "The last letter to the e-mail address of this resident came back undelivered. "
            f"{instead_of_mail(case)}"
        )
    lives_at = case.adjustments.address or case.resident.address
    if route.by_post and not route.to and case.returned_from and lives_at == case.returned_from:
        yield (
            "The last letter to the address of this resident was brought back by the post. "
            f"{instead_of_post(case)}"
        )


def instead_of_mail(case: Case) -> str:
    """What an officer can do where e-mail does not reach the resident."""
    correct = "put the e-mail address right"
    if postal_address(case).faults():
        return (
            f"Find out by telephone where letters reach them, and {correct} or record where they "
            f"live: correspondence case adjust {case.reference} --address"
        )
    return f"Send it by post (correspondence case adjust {case.reference} --by post), or {correct}."


def instead_of_post(case: Case) -> str:
    """What an officer can do where the post does not reach the resident."""
    correct = f"put the address right: correspondence case adjust {case.reference} --address"
    if case.representative is None and can_be_addressed(case.writes_from):
        return (
            f"Send it by e-mail (correspondence case adjust {case.reference} --by email), or "
            f"{correct}"
        )
    return f"Find out by telephone where letters reach them, and {correct}"
