"""Whoever writes for a resident, and in what role (Code 1.3, 3.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.cases.people import Representative
from correspondence.intake.people.names import spoken_for
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Kind
    from correspondence.intake.signals import Signals

_BY_OFFICE = {"mp": "Member of Parliament", "councillor": "councillor", "solicitor": "solicitor"}
_ROLES: tuple[tuple[str, str], ...] = (
    ("solicitor", r"solicitor|\bllp\b|our client|pre-?action|letter of claim"),
    ("insurer", r"our insured|we are the insurers"),
    ("social worker", r"social worker"),
    ("occupational therapist", r"occupational therapist"),
    ("support worker", r"support worker|key ?worker"),
    ("advocate", r"advoca|citizens advice|age uk|law centre|shelter|pro bono"),
    ("carer", r"\bcarer\b"),
    ("son or daughter", r"\bmy (?:elderly |dear |late )?(?:mother|mum|mam|father|dad|parents)"),
    ("grandchild", r"\bmy (?:nan|nana|gran|granny|grandmother|grandad|grandfather)"),
    ("brother or sister", r"\bmy (?:sister|brother)"),
    ("parent", r"\bmy (?:son|daughter)'?s?\b"),
    ("neighbour", r"\bmy (?:elderly )?neighbour"),
    ("friend", r"\bmy friend|i visit"),
    ("relative", r"\bmy (?:aunt|auntie|uncle|cousin|niece|nephew)"),
)
_KIN = (
    r"(?:mother|mum|mam|father|dad|nan|gran|aunt|uncle|sister|brother|son|daughter|neighbour"
    r"|friend)"
)
_REPRESENTS = Expression(
    rf"\b(?:on behalf of (?!the (?:landlord|council|association|residents))"
    rf"|on (?:my|her|his|their) (?:{_KIN}|client)'?s? behalf|on (?:her|his|their) behalf"
    rf"|power of attorney|act(?:ing)? for (?:mr|mrs|ms|miss|my)|(?:writing|write|complaining"
    rf"|emailing|ringing) for my\b|i am (?:the|her|his|an|a) (?:advocate|support worker|carer"
    rf"|attorney"
    rf"|representative|key ?worker|social worker)|i support m(?:r|rs|s|iss)|we (?:assist|support"
    rf"|act"
    rf" for) m(?:r|rs|s|iss)|(?:she|he) has (?:asked|given) me|authorised me|with (?:her|his|their)"
    rf" (?:authority|consent|permission)|consent (?:form )?(?:is )?attached|our (?:client|insured)"
    rf"|deal with (?:all )?(?:his|her|their) affairs|with the authority of|signed (?:the "
    rf"|a )?(?:paper|form)"
    rf"|\badvocate\b|power of attorney|authority (?:is )?(?:attached|enclosed)|we (?:help"
    rf"|support) (?:mr|mrs"
    rf"|ms|miss|sister)|(?:he|she) has signed to say|our policyholder|petition of"
    rf"|on the instructions of|we recommend|i recommend a|as (?:the |her |his )?(?:daughter"
    rf"|son|niece"
    rf"|nephew|sister|brother|granddaughter|grandson|carer) of|(?:writing|write"
    rf"|complaining) about my"
    rf" (?:{_KIN})\b|in my (?:wife|husband|partner|{_KIN})'s name"
    rf"|(?:she|he) (?:has |had )?asked (?:me|us) to (?:write|complain|e-?mail|get|raise))"
)


def representative(
    kind: Kind, message: Message, matter: Matter, signs: Signals
) -> Representative | None:
    """Who writes on the resident's behalf, or None where residents write for themselves.

    A third party writes about its own work, whomever it names.
    """
    if kind == "third_party":
        return None
    sender = message.sender
    if signs.writer in _BY_OFFICE:
        role = _BY_OFFICE[signs.writer]
        return Representative(name=sender.name, role=role, email=sender.address)
    form = matter.form
    if form is not None:
        behalf = form.value("behalf_of", "helper_name")
        if behalf and not re.match(r"(?:no|none|n/?a|myself|self|me)\b", behalf, re.IGNORECASE):
            name = form.value("helper_name") or form.value("name")
            role = form.value("helper_role")
            return Representative(name=name, role=role, email=form.value("email"))
        return None
    if signs.machine or signs.writer == "staff":
        return None
    own = (matter.cover, matter.signature)
    if spoken_for(own) or any(_REPRESENTS.search(p.folded) for p in (matter.cover, matter.subject)):
        return Representative(name=sender.name, role=_role(matter), email=sender.address)
    return None


def _role(matter: Matter) -> str:
    text = f"{matter.cover.folded}\n{matter.signature.folded}"
    return next((role for role, words in _ROLES if re.search(words, text)), "")
