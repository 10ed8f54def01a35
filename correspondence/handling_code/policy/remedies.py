"""What a policy should say of putting things right (Code 7)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

SAID: Final = (
    Statement(
        "7.1",
        "that the landlord acknowledges what went wrong and what it does to put things right",
        (
            phrases(
                "(apolog*|sorry|own up|acknowledg* .. (wrong|fail*|fault|mistake*|it|this|gone|"
                "error*)|admit)"
            ),
            phrases(
                "(put* .. right|remed*|redress|fix*|action*|compensation|compensat*|"
                "make .. right|explain*|explanation|change*|improve*)"
            ),
        ),
        "Where something has gone wrong we acknowledge it and say what we have "
        "done, or will do, to "
        "put it right: an apology, an explanation, action, compensation or a change of practice.",
    ),
    Statement(
        "7.2",
        "that a remedy reflects the impact on the resident",
        (
            phrases("(remed*|redress|compensat*|put* .. right|apolog*|offer*|sorry|fix|right)"),
            phrases(
                "(impact*|effect*|affect*|proportion*|harm*|loss|suffer*|hardship|"
                "upset|disrupt*|serious*|severity|distress|inconvenience|circumstances|"
                "injustice|detriment|extent)"
            ),
        ),
        "The remedy reflects the impact on you of what went wrong.",
        unless=phrases(
            "(restrict*|behaviour) ",
            "a complaint is (an|any|when|where|about|defined)",
            "expression of dissatisfaction",
            "affecting (a|an) (individual|resident|group)",
        ),
    ),
    Statement(
        "7.3",
        "that an offer sets out what will happen and by when, and is followed through",
        (
            phrases(
                "(remed*|redress|offer*|action*|put* .. right|make* .. right|"
                "to do|compensat*|promise*|what we (will|are going to|'ll|shall) "
                "do)"
            ),
            phrases(
                "(by when|date*|target date*|when .. (will|by|it|they)|timescale*|"
                "and when|deadline*|by what date|timeframe*|with dates)"
            ),
        ),
        "Our offer sets out what will happen and by when, and we follow it through to completion.",
        unless=phrases(
            "(acknowledg* (within|by)|extension*|extend*|respond within|respond by)",
            "(policy|leaflet) .. date",
            "update* .. date",
        ),
    ),
    Statement(
        "7.4",
        "that remedies take account of the Housing Ombudsman's guidance",
        (
            phrases("(remed*|redress|compensat*|put* .. right)"),
            phrases(
                "housing ombudsman's .. (guid*|remed*|polic*|approach|recommend*|"
                "compensation|award*|tariff)",
                "housing ombudsman [service] .. (guid*|remed*|recommend*)",
                "(guidance|guidelines) .. (of|from|by|issued|published) .. "
                "(the housing ombudsman|the ombudsman|ombudsman)",
                "the ombudsman's .. (remed*|guid*|compensation)",
                "(code|hos) .. (remed*|guidance)",
            ),
        ),
        "In deciding a remedy we take account of the Housing Ombudsman's guidance on remedies.",
    ),
)
