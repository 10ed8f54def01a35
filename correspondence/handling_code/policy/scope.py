"""What a corporate policy says of other services, which the Code leaves alone."""

from __future__ import annotations

import re
from typing import Final

_OTHER: Final = re.compile(
    r"\bsocial care\b(?! ombudsm)|\bschools?\b"
    r"|\bchildren'?s? (?:act|services?|social|procedure|complaint)"
    r"|\bcorporate complaints?\b(?! officer| team| manager| policy| procedure)|"
    r"\bcorporate (?:stage|process)\b"
    r"|\b(?:not|isn't|is not|not be) (?:about|relat\w+ to|concern\w*|connected \w+)(?: \w+){0,3}"
    r" (?:housing|landlord|tenan\w+)"
    r"|\bnon[- ]housing\b|\bother (?:council )?services\b|\bother than (?:\w+ "
    r"){0,3}(?:landlord|housing)\b"
    r"|\ball other complaints?\b|\bother council complaints?\b"
    r"|\bfreedom of information\b|\bdata protection (?:complaints?|act)|\bsubject access\b"
    r"|\bcode of conduct for (?:members|councillors)|\bcouncillor conduct\b|"
    r"\bconduct of councillors\b"
    r"|\bplanning (?:appeals?|complaints?|enforcement|permissions?|applications?|decisions?|"
    r"matters?)\b|\bparking penalt|\bpenalty charge\b"
    r"|\bwhistleblow|\blicensing\b|\bhousing benefit appeals?\b|\bcouncil tax\b|\bbusiness rates\b|"
    r"\bschool admission|\belectoral\b|\bparking\b"
    r"|\blocal government (?:and social care )?ombudsman(?:'s)? (?:code|complaints?)\b"
)
_HOUSING: Final = re.compile(
    r"\b(?:landlord|tenan(?:t|ts|cy)|leaseholders?|housing (?:ombudsman|complaints?|"
    r"services?)|repairs?)\b"
)
_NOT_HOUSING: Final = re.compile(
    r"\bnon[- ]housing\b"
    r"|\b(?:other than|save|except|not)\b(?: \w+){0,4}"
    r" (?:housing|landlord|tenan\w+|leaseholders?)\b"
)


_OTHERS_TIME: Final = re.compile(
    r"\bnon[- ]housing\b|\b(?:all |any )?other (?:\w+ )?(?:services?|complaints?|departments?|"
    r"teams?"
    r"|areas?|cases|functions?)\b|\bcorporate (?:services?|complaints?|stages?|process)\b|"
    r"\bgeneral complaints?\b|\brest of the council\b"
    r"|\beverything else\b|\bsocial care\b(?! ombudsm)"
)
_OTHERS_COLUMN: Final = re.compile(
    r"(?:the )?(?:corporate|(?:all )?other|non-housing|general)"
    r"(?: (?:council )?(?:services?|complaints?|departments?|stages?|process|procedure))?"
)


def is_others_time(beside: str) -> bool:
    """Whether a time, by the few folded words beside it, is for other services than housing."""
    return bool(_OTHERS_TIME.search(beside)) and not is_housing(beside)


def is_housing(beside: str) -> bool:
    """Whether a few folded words name the landlord's own services."""
    return bool(_HOUSING_TIME.search(beside))


_HOUSING_TIME: Final = re.compile(r"\bhousing\b|\blandlord|\btenan|\bleaseholder|\brepairs?\b")


def is_others_column(heading: str) -> bool:
    """Whether the head of a table's column or row names other services and nothing more."""
    return bool(_OTHERS_COLUMN.fullmatch(heading.strip()))


def without_examples(said: str) -> str:
    """Folded words without the examples they end in, which may be of any service."""
    return _EXAMPLES.split(said)[0]


_EXAMPLES: Final = re.compile(r"\b(?:for (?:example|instance)|such as|e\.? ?g\b|including)")


def names_the_landlord(text: str) -> bool:
    """Whether a folded text speaks of the landlord's own services anywhere."""
    return bool(_HOUSING_TIME.search(text))


_CORPORATE: Final = re.compile(
    r"\bcorporate (?:complaints?|stage|process)\b"
    r"|\b(?:all )?other (?:council )?(?:services|complaints?)\b"
)


def is_elsewhere(said: str, *, parted: bool = True) -> bool:
    """Whether folded words speak of another service's complaints and not of the landlord's.

    Where the policy is not `parted`, and names no complaints to the landlord, what it calls
    corporate is all there is, and is weighed.
    """
    if not parted:
        said = _CORPORATE.sub(" ", said)
    if not _OTHER.search(said):
        return False
    return not _HOUSING.search(said) or bool(_NOT_HOUSING.search(said))
