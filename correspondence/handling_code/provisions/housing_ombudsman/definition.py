"""Section 1: what a complaint is."""

from typing import Final

from correspondence.handling_code.provisions.body import Force
from correspondence.handling_code.provisions.housing_ombudsman.clause import clause

PROVISIONS: Final = (
    clause(
        "1.1",
        "Handling complaints well lets residents be heard and understood, and begins with "
        "everybody meaning the same by a complaint.",
        force=Force.STATEMENT,
    ),
    clause(
        "1.2",
        "Use the Code's definition: a complaint is dissatisfaction, expressed in whatever way, "
        "with the standard of service, or with what the landlord, its staff or anybody acting for "
        "it did or failed to do, where it affects a resident or a group of residents.",
    ),
    clause(
        "1.3",
        "Nobody has to say the word complaint. Whoever voices dissatisfaction is given the choice "
        "to complain, and a complaint made through somebody else is handled under the policy like "
        "any other.",
    ),
    clause(
        "1.4",
        "Tell a request to put something right apart from a complaint, and set the difference out "
        "in the policy. Such service requests are recorded, monitored and reviewed regularly.",
    ),
    clause(
        "1.5",
        "Raise a complaint when a resident is dissatisfied with how their service request was "
        "answered, even while it is still being dealt with, and go on dealing with it.",
    ),
    clause(
        "1.6",
        "Dissatisfaction voiced in a survey is not in itself a complaint, but wherever possible "
        "the person is told how to make one. Every request for wider feedback says how to "
        "complain.",
    ),
)
