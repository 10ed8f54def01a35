"""What a policy should say of telling a complaint, a request and a survey apart (Code 1)."""

from __future__ import annotations

from typing import Final

from correspondence.handling_code.policy.phrases import phrases
from correspondence.handling_code.policy.rules import Statement

SAID: Final = (
    Statement(
        "1.3",
        "that nobody has to use the word complaint and that whoever is dissatisfied is offered the "
        "choice to complain",
        (
            phrases(
                "(not|n't|no|needn't|never|without|whether or not|regardless) "
                "... (word|term) .. complaint",
                "(not|n't|no|needn't|never|without|whether or not|regardless) "
                "... (call*|label*|say*"
                "|use|using|mention*|describe*|named) ... complaint*",
                "word .. complaint .. (not|n't|need*)",
                "(offer*|give*|given|ask*|invite*|have) .. (choice|option|opportunity|"
                "whether|if) .. (to make|to complain|would like|want|wish*|"
                "of making|complaint)",
                "(choice|option|opportunity) .. (to|of) .. (complain*|mak* a complaint)",
                "(dissatisf*|unhappy|concern*) ... (choice|treat* .. as a complaint|"
                "logged as a complaint|whether .. complaint)",
            ),
        ),
        "You do not have to use the word complaint. Whenever you tell us you are dissatisfied we "
        "will give you the choice to make a complaint.",
    ),
    Statement(
        "1.4",
        "what a service request is, how it differs from a complaint, and that such requests are "
        "recorded, monitored and reviewed",
        (
            phrases(
                "service request*",
                "request* for [a] service*",
                "request* .. (service*|action|requiring)",
                "(reporting|report|asking|ask) .. (repair|first time|fault|something|us to fix)",
            ),
            phrases(
                "(record*|log|logs|logged|logging|monitor*|review*|track*|register*|"
                "written in|keep an eye|report on|reported on)"
            ),
        ),
        "A service request asks us to put something right. It is not a complaint; we record, "
        "monitor and regularly review all service requests.",
        unless=phrases("monitored separately"),
    ),
    Statement(
        "1.5",
        "that a complaint is raised when a resident is dissatisfied with the response to a service "
        "request, and that work on the request goes on",
        (
            phrases(
                "request*",
                "(report*|repair*) .. (dissatisf*|unhappy)",
                "(dissatisf*|unhappy|not happy|not satisfied) .. (handled|dealt|response) ... "
                "(report*|repair*)",
            ),
            phrases(
                "(dissatisf*|unhapp*|not (happy|satisfied|content)|n't (happy|"
                "satisfied|content)|complain*)"
            ),
            phrases(
                "(not|n't) stop",
                "(proceed*|regardless|nonetheless|in parallel|unaffected|continue*|"
                "continu*|carry on|go on|going on|keep (working|on|dealing)|"
                "still|ongoing|meanwhile|in progress|under way|underway|at "
                "the same time|alongside)",
                "(raise*|open*|register*|log|logged|treat*|become*|is|make*|can|may) .. complaint "
                ".. (if|when|where|should)",
                "(opportunity|choice|option|able|right) .. (make|raise|log) .. complaint",
                "(dissatisf*|unhapp*|not happy|not satisfied) .. (response|"
                "handl*|deal*|dealt|answer*|how|what we do) ... complain*",
            ),
        ),
        "If you are dissatisfied with how we answered your service request we will raise a "
        "complaint, even if the request is still open, and go on dealing with the request.",
        unless=phrases(
            "(not|rather than) [as] a complaint$", "(escalat*|stage (2|two)|second stage) "
        ),
    ),
    Statement(
        "1.6",
        "that people who voice dissatisfaction in a survey are told how to complain",
        (
            phrases(
                "survey*",
                "(feedback|satisfaction) (form*|questionnaire*|exercise*|call*)",
                "questionnaire*",
            ),
            phrases(
                "(how|pursue|route|explain*|inform*|tell|told|choice|option|"
                "offer*|signpost*|aware|provide*|opportunity|contact*|asked|"
                "ask|invite*|can|may) ... (complain*|make one|do so|do this)",
                "complain* ... (how|details|contact|option|route|choice)",
            ),
        ),
        "Dissatisfaction voiced in a survey is not treated as a complaint, but we will tell you "
        "how to make one, and every survey says how to complain.",
    ),
)
