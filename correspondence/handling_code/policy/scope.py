"""What a corporate policy says of other services, which the Code leaves alone."""

from __future__ import annotations

import re
from typing import Final

_OTHER: Final = re.compile(
    r"\bsocial care\b|\bchildren'?s? (?:act|services?|social|procedure|complaint)|\bschools?\b"
    r"|\bcorporate complaints?\b(?! officer| team| manager| policy| procedure)|"
    r"\bcorporate (?:stage|process)\b"
    r"|\bnon[- ]housing\b|\bother (?:council )?services\b|\bother than (?:\w+ "
    r"){0,3}(?:landlord|housing)\b"
    r"|\ball other complaints?\b|\bother council complaints?\b"
    r"|\bfreedom of information\b|\bdata protection (?:complaints?|act)|\bsubject access\b"
    r"|\bcode of conduct for (?:members|councillors)|\bcouncillor conduct\b|"
    r"\bconduct of councillors\b"
    r"|\bplanning (?:appeals?|complaints?|enforcement)\b|\bparking penalt|\bpenalty charge\b"
    r"|\bwhistleblow|\blicensing\b|\bhousing benefit appeals?\b|\bcouncil tax\b"
    r"|\blocal government (?:and social care )?ombudsman(?:'s)? (?:code|complaints?)\b"
)
_HOUSING: Final = re.compile(
    r"\b(?:landlord|tenan(?:t|ts|cy)|leaseholders?|housing (?:ombudsman|complaints?|"
    r"services?)|repairs?)\b"
)
_NOT_HOUSING: Final = re.compile(r"\b(?:non[- ]housing|other than|save|except|not)\b")


def is_elsewhere(said: str) -> bool:
    """Whether folded words speak of another service's complaints and not of the landlord's."""
    if not _OTHER.search(said):
        return False
    return not _HOUSING.search(said) or bool(_NOT_HOUSING.search(said))
