"""Section 1: what a service request is, and what a complaint."""

from typing import Final

from correspondence.handling_code.provisions.body import Force
from correspondence.handling_code.provisions.local_government.clause import clause

PROVISIONS: Final = (
    clause(
        "1.1",
        "Handling complaints well begins with everybody meaning the same by a service request "
        "and by a complaint; most things can be put right in the ordinary way.",
        force=Force.STATEMENT,
    ),
    clause(
        "1.2",
        "A service request may be defined as asking the council to provide or improve a "
        "service, fix a problem or reconsider a decision.",
    ),
    clause(
        "1.3",
        "Service requests are a chance to resolve a matter before it becomes a complaint.",
        force=Force.STATEMENT,
    ),
    clause(
        "1.4",
        "A complaint may be defined as dissatisfaction, expressed in whatever way, with the "
        "standard of service or with what the council, its staff or those acting for it did "
        "or failed to do, affecting an individual or a group.",
    ),
    clause(
        "1.5",
        "Nobody needs to say the word complaint; one made through somebody else is handled "
        "under the policy like any other.",
    ),
    clause("1.6", "Tell service requests and complaints apart, and say how in the policy."),
    clause(
        "1.7",
        "A service request may hold dissatisfaction and may be dealt with first. A complaint "
        "may be raised when its answer does not satisfy, and work on the request goes on.",
    ),
    clause("1.8", "Record, monitor and regularly review service requests."),
)
