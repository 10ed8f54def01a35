"""What a policy should say of the people who handle complaints (Code 4)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

SAID: Final = (
    Statement(
        "4.1",
        "who is responsible for handling complaints and for liaison with the Ombudsman",
        (
            phrases(
                "(complaint*|feedback|customer (care|relations|resolution*|experience)|"
                "resolution*) "
                "(officer*|team|manager|lead|coordinator|co-ordinator|department|service)",
                "(person|team|officer|manager) .. (responsib*|assigned|dedicated) ... complaint*",
            ),
            phrases("(responsib*|liais*|manag*|oversee*|oversight|contact|co-ordinat*|coordinat*)"),
        ),
        "Our complaints officer is responsible for handling complaints, for liaison with the "
        "Ombudsman and for reporting to our governing body.",
        silent="",
    ),
    Statement(
        "4.2",
        "that complaints staff have the access and authority to resolve complaints",
        (
            phrases("(authority|autonomy|empower*|access to (staff|all|people|colleagues))"),
            phrases("(resolve*|resolution|act|dispute*|decision*|put .. right)"),
        ),
        "Complaints staff can reach colleagues at every level and may act to put things right.",
        unless=phrases("(local|other|public|relevant|data protection) authorit*"),
        silent="",
    ),
    Statement(
        "4.3",
        "that staff are trained in handling complaints",
        (phrases("(train*|skill*|coach*)"), phrases("(staff|officer*|colleague*|employee*|team*)")),
        "All relevant staff are trained in handling complaints, which we treat as a core service.",
        silent="",
    ),
)
