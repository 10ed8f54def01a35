"""Steps that the policy puts before stage 1 (Code 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.attempts import comes_first
from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.phrases import occurs, phrases

if TYPE_CHECKING:
    from correspondence.handling_code.policy.passages import Passage, Policy

_BEFORE_STAGE_1: Final = phrases(
    "informal (stage|complaint*|resolution*|process|procedure|route|step|basis|complaints stage)",
    "(stage|step) (0|zero|nought)",
    "(pre-complaint|pre complaint|pre-stage|precomplaint)",
    "(resolve*|resolving|settle*|settled|sort*|dealt with|deal with|handle*|"
    "treat*|record*|log*|address*|raise*|discuss*) .. (informally|as informal|"
    "as an informal)",
    "informally .. (resolve*|settle*|sort*|address*|dealt|deal|at first|with)",
    "(early|local|initial|quick|rapid|frontline|front-line|first contact|first point) "
    "(resolution|fix*) stage",
    "(quick|fast|rapid|instant) (fix*|resolution*) .. (outside|before|prior|"
    "not .. (logged|recorded|complaint*)|rather than)",
    "(outside|before|prior to|instead of) [of] the formal (stage*|complaint*|process|procedure)",
    "(before|prior to|rather than|instead of|without) .. (mak*|rais*|submit*|"
    "log*|lodg*|going through|using|treating|enter*|start*|resort*) .. (formal "
    "complaint|formal process|formal procedure|formal complaints|formally)",
    "(before|prior to) (mak*|rais*|submit*|log*|lodg*|you make|you raise) .. "
    "complaint ... (contact|speak|talk|raise|discuss) .. (the|us|with|to|our|"
    "your)",
    "(if|where|when) .. (unable to|cannot|can't|not possible to|not able to|aren't able to"
    "|fail to|don't) (resolve|sort|settle|fix|put) ... (straight away|straightaway|"
    "immediately|there and then|informally|first contact|on the spot|first "
    "time|front line|frontline|front-line|early resolution|first point|local resolution|initial "
    "contact) ... (stage (1|one)|formal|complaint)",
    "(please|should|must|need to|expect* to|ask* to|required to|encourage* "
    ".. to) (contact|speak|talk|try|raise|discuss|approach|tell|ask|use|go) "
    "... (before|prior to) .. (mak*|rais*|submit*|log*|lodg*|complain*|making) "
    ".. complain*",
    "(give .. (chance|opportunity)|allow) ... (before|prior to) .. (mak*|rais*|"
    "submit*|log*|lodg*|complain*|you complain|making) .. complain*",
    "before .. (making|make|raising|submitting|lodging) .. complaint ... (given|give|allow) ... "
    "(chance|opportunity)",
    "(chance|opportunity) to (resolve|sort|put|fix|address|deal) ... before "
    ".. (complain*|formal|log*|rais*)",
    "(first|in the first instance|initially) ... (contact|speak to|talk to|"
    "raise .. with|discuss .. with|approach) ... (team|officer|service|manager|"
    "department|staff|section|warden|member of staff) ... (before|if .. (not|"
    "still|remain*|unresolved))",
    "(proceed|progress|move|moved|escalat*|moves|progressed) .. to .. formal "
    "(complaint|stage|stage 1)",
    "(called|known as|this is|through|use our|by) .. (local|early|initial|frontline|"
    "front-line|first contact) resolution",
    "(please|try|should|must|need to) .. first .. (settle|resolve|raise|discuss|sort|speak|contact|"
    "try|tell|report)",
    "(settle|resolve|sort|raise|discuss) .. with the (employee|officer|person|member of staff|team|"
    "service|department|manager) .. (first|dealing|before|concerned)",
    "(if|once|after|when|unless) .. (have|has|'ve) (spoken|contacted|raised|reported|tried|asked|"
    "complained) ... (service|team|officer|department|landlord) ... (unhappy|dissatisfied|not "
    "satisfied|not happy|unresolved|not resolved|then)",
    "(at|through|by|using|via) .. (front line|frontline|front-line|local|first contact) resolution "
    ".."
    " (which|or|if|and|stage)",
    "(if|where) .. (not|n't) .. (desired|satisfactory|acceptable) .. (resolution|outcome|result) "
    "... "
    "(registered|logged|recorded|dealt with|treated|raised|become*) .. (formal|stage (1|one))",
    "(registered|logged|recorded|dealt with|treated|raised|become*) .. as a formal complaint",
    "(should|please|try|must|expect*) .. (take|raise|discuss) .. (problem|matter|issue|concern|"
    "complaint) [up] [directly] with .. (team|service|officer|manager|person|department|office)",
    "(cannot|can't|unable to|not able to|can not) (resolve|sort|fix) ... within ... (record*|log|"
    "logged|register*|raise*|treat*|open*) .. (stage (1|one)|formal|complaint)",
    "^if (we|this|that|it|they) (cannot|can't|fails|fail|does not|do not|don't) .. (goes|go|moves|"
    "move|"
    "passes|becomes|progresses) .. stage (1|one)",
    "(first step|first instance|first place) ... (take|raise|report|discuss|contact|speak) .. "
    "(complaint|concern*|matter|issue|it|the|your) .. (office|officer|person|team|service|"
    "department|"
    "member of staff|manager|contractor)",
    "(raise|take|discuss|resolve) .. informal* [with] (them|us|the|with)",
    "(first|firstly|to begin with|start by|initially) (talk*|speak*|contact*|"
    "try|rais*|discuss*) .. (to|with|the|your|us|it)",
    "(if|where|when) .. (unresolved|not resolved|n't resolved|cannot be resolved|"
    "can't be resolved|they can't|this (fails|does not work|doesn't work)) "
    "... (become*|will be|move*|log*|raise*|ask for|treated|make|escalat*) "
    ".. (stage (1|one)|formal|complaint)",
    "(treat*|deal* with|dealt with|handle*|log*) .. as .. (enquir*|query|queries|"
    "concern*|feedback|comment*) .. (first instance|initially|at first)",
    "(following|after|before|part of|through|during|at) (early|local|informal|frontline|front-line|"
    "initial) resolution",
    "only if .. (does not|doesn't|fails|is not|isn't|not) .. formal",
    "(unable|not able|cannot|can't|fail) to do (this|so|that) ... (choose|wish|able|can|may|ask) "
    ".. "
    "(make|raise|submit) .. formal complaint",
    "(talking|speaking|contacting) [directly] [to|with] .. (officer|team|office|staff|service|"
    "manager|warden) ... (if|still|where) ... (complaint|stage (1|one))",
    "(problems|issues|matters|things|concerns) can [often] be (sorted|resolved|settled|put right) "
    ".. "
    "by .. (talk*|speak*|contact*|ask*)",
    "(in the first instance|first of all|in the first place) .. (speak|talk|contact|discuss|raise|"
    "approach|ask) .. (member of|staff|team|officer|office|service|manager|department|contractor|"
    "person|us)",
    "(ask|request|expect|suggest|recommend|advise) that you [first] (contact|speak|talk|raise|"
    "discuss|approach|try)",
    "complaint* .. (only|not) .. [be] (made|accepted|raised|logged|considered) (after|once|until|"
    "unless|before) .. (service|team|we|officer|department) .. (opportunity|chance|tried|had)",
    "(already|first) (discussed|raised|spoken|taken) .. (with|to) .. (service|team|officer|"
    "department|office) ... (unable|not able|not been able|cannot|could not|couldn't)",
    "^(talk|speak) to the (office|officer|person|team|department|staff|member of staff) (that|who|"
    "you) .. (dealt|deal|dealing|spoke|handled)",
    "(try|tries|aim|attempt*|seek*) to (resolve|settle|sort) ... (before|so "
    "that .. not|without .. need) .. (complaint|formal|stage)",
    "(expressions of concern|concerns|issues|dissatisfaction) .. (can|may|will) "
    "be .. (resolved|dealt with) .. without .. (complaint|stage)",
)
_DENIED: Final = phrases(
    "(no|not|never|isn't|without|nor|remove*|don't|avoid*|abolish*|cease*) "
    "... (informal*|pre-complaint|stage 0|stage zero|extra stage*|additional "
    "stage*|before)",
    "(informal*|early resolution|quick) ... (isn't|is not|are not|does not|"
    "doesn't|not be used|no longer|never) .. (a stage|used|part|delay*|stop*|"
    "prevent*|replace*|allow*|offer*|operate|have|appropriate)",
    "(not|never|don't|needn't) (have|need|required|obliged|necessary|has) to .. (before|first)",
    "(don't|doesn't|do not|does not|not) (need|have) to",
    "(gather*|information|evidence|reference number|fill in) ",
    "two stage* ... not",
    "(first|instance|place|suggest|recommend|advise) ... complaint* (team|officer|manager|"
    "department)",
    "(suggest|recommend|advise) that you .. <ombudsman>",
    "complain .. at any (time|point)",
    "(when|time) you first (contact|tell|report|call)",
    "(service|initial|first|any|your) request* ... before .. complaint",
)


def early_steps(policy: Policy) -> list[Finding]:
    """What the policy says that makes a step of its own before stage 1, the first of it."""
    for passage in policy.ours:
        if passage.kind == "heading" and not occurs(_NAMED_STEP, passage.said):
            continue
        told = occurs(_BEFORE_STAGE_1, passage.context) or comes_first(passage)
        if told and not _denied(passage):
            return [
                Finding(
                    clause="5.2",
                    verdict="fail" if _is_a_step(passage) else "warn",
                    quote=policy.quote(passage),
                    why="This puts a step before stage 1. Putting things right early is good, but "
                    "nobody may have to go through an informal stage, or wait, before the "
                    "complaint is logged.",
                    instead="We try to put things right as soon as you tell us. You can make a "
                    "complaint at any time; we log it at stage 1 straight away.",
                )
            ]
    why = "No stage is set before stage 1."
    return [Finding(clause="5.2", verdict="ok", why=why)]


def _denied(passage: Passage) -> bool:
    return occurs(_DENIED, passage.said)


_NAMED_STEP: Final = phrases(
    "informal (stage|resolution|complaint*|process|procedure|step)",
    "(stage|step) (0|zero|nought)",
    "(pre-complaint|pre complaint|pre-stage)",
    "(early|local|initial|frontline|first contact) resolution",
)
_STEP: Final = phrases(
    "informal (stage|complaint*|process|procedure|step|resolution*)",
    "(stage|step) (0|zero|nought)",
    "(pre-complaint|pre complaint|pre-stage)",
    "formal (complaint*|procedure|stage*|process)",
    "(expected|must|required|should|need)",
    "(outside|before|prior)",
)


def _is_a_step(passage: Passage) -> bool:
    return occurs(_STEP, passage.context)
