"""What messages to a mailbox are taken for, where a landlord keeps it for one kind of them.

A mailbox for councillors' enquiries has letters from addresses that say nothing, and words that
could be anybody's. What was judged by its words alone gives way to what the mailbox is for; what
a sender, a machine, a form or a case says of itself does not.
"""

from __future__ import annotations

from typing import Final

from correspondence.intake.reading import Evidence, Kind, Reading

_GIVE_WAY: Final[frozenset[Kind]] = frozenset({"service_request", "comment", "third_party"})
_ENQUIRIES: Final[frozenset[Kind]] = frozenset({"councillor_enquiry", "mp_enquiry"})
_CASES: Final[frozenset[Kind]] = frozenset({"complaint", "escalation"})


def presumed(reading: Reading, kind: Kind, mailbox: str) -> Reading:
    """The reading of a message that came to that mailbox, whose messages are taken for `kind`.

    A complaint stays one. In a mailbox for elected members it may be a resident's own, or a member
    passing one on, so a person says which, and nothing is acknowledged before that.
    """
    if reading.kind == kind:
        return reading
    if reading.kind in _GIVE_WAY:
        says = f"came to {mailbox}, whose messages are taken for {_plainly(kind)}"
        return reading.model_copy(
            update={"kind": kind, "because": (Evidence(says=says), *reading.because)}
        )
    if kind in _ENQUIRIES and reading.kind in _CASES and reading.acknowledge:
        says = f"came to {mailbox}, which is for {_plainly(kind)}, and reads as a {reading.kind}"
        return reading.model_copy(
            update={
                "acknowledge": False,
                "needs_person": True,
                "because": (*reading.because, Evidence(says=says)),
            }
        )
    return reading


def _plainly(kind: Kind) -> str:
    plain = {
        "councillor_enquiry": "councillors' enquiries",
        "mp_enquiry": "enquiries of Members of Parliament",
        "service_request": "service requests",
        "information_request": "requests for information",
        "survey_feedback": "answers to surveys",
    }
    return plain.get(kind, kind.replace("_", " "))
