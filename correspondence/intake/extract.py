"""Who it is about: the resident, how to reach them, the reference, and who writes for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.people import Representative, Resident
from correspondence.intake.people.contact_details import address, phone, postcode
from correspondence.intake.people.headings import titled_with
from correspondence.intake.people.names import (
    fuller,
    kin,
    labelled,
    names_an_organisation,
    plausible_name,
    signed,
    spoken_for,
    spoken_of,
)
from correspondence.intake.people.representatives import representative
from correspondence.intake.signals import is_organisation
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.forms import Form
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Kind
    from correspondence.intake.signals import Signals


_SPOKEN_DASH = Expression(r" (?:dash|hyphen|stroke) ", re.IGNORECASE)
_OUR_REF = Expression(r"\bour (?:ref(?:erence)?|file|case)\b[^\n]{0,12}$", re.IGNORECASE)
# A number called that of a complaint, or simply a reference. What somebody calls their job's,
# form's, rent account's or their own is none of ours.
_CALLED = Expression(
    r"(?<![\w-])(?:(?P<whose>\w+)[ \t]+)?(?P<cue>(?:your|my|our|the|her|his|stage (?:1|one"
    r"|2|two)|in)"
    r"[ \t]+(?:complaint|[cg]ase|file|letter)(?:[ \t]+(?:ref(?:erence)?|number|no\.?|id))?"
    r"|(?:complaint|[cg]ase|file)(?:[ \t]+(?:ref(?:erence)?|number|no\.?|id))?"
    r"|ref(?:erence)?(?:[ \t]+(?:number|no\.?|on (?:our|your) letter))?)"
    r"(?:[ \t]+(?:is|was))?[ \t:.#(-]{1,8}"
    r"(?P<number>(?=[A-Z0-9/-]*\d{3})[A-Z0-9][A-Z0-9/-]{3,24})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_THREE_FIGURES = Expression(r"\d{3}")
_SHAPED = Expression(
    r"(?:[A-Z]{1,5}[-/ ]?)?\d{2,4}[-/]\d{2,7}$|[A-Z]{1,5}[-/]?\d{4,9}$|\d{4,9}$"
    r"|[A-Z]{2,5}/[A-Z]{2,5}/\d{2,7}$",
    re.IGNORECASE,
)
_OTHER_NUMBERS = frozenset((
    "job", "crime", "order", "rent", "tenancy", "payment", "account", "booking", "claim",
    "planning", "incident", "form", "invoice", "log", "item", "report", "call", "survey",
    "ticket", "claims", "insurance", "policy", "application", "feedback", "web", "request",
    "police", "property", "works", "photo", "parcel", "pcn", "court",
))  # fmt: skip
_CONCERN = Expression(
    r"(?:not|n't|nobody has) (?:been )?seen (?:him|her|them)|(?:worried|concerned|anxious"
    r"|frightened)"
    r" (?:about|for) (?:him|her|them|my neighbour|the (?:old|elderly))|bruis\w+|check on (?:him"
    r"|her|them)"
    r"|look in on (?:him|her)|(?:old|elderly) (?:gentleman|lady|man|woman) (?:at|in|next)"
)


@dataclass(frozen=True, slots=True)
class People:
    """The resident and who writes for them."""

    resident: Resident
    representative: Representative | None = None


@dataclass(frozen=True)
class _Source:
    """All that is looked at to tell who a message is about."""

    message: Message
    matter: Matter
    signs: Signals
    landlord: LandlordSigns
    kind: Kind
    representative: Representative | None

    @property
    def speaks_for_others(self) -> bool:
        """Whether the sender is not the resident, by office, by role or by what is sent."""
        return (
            self.representative is not None
            or self.signs.writer != "person"
            or self.signs.machine in ("notice", "bounce")
            or self.kind in ("third_party", "ombudsman_contact")
            or (self.kind == "legal_claim" and self.signs.organisation)
        )

    @property
    def is_concern(self) -> bool:
        """Whether somebody is worried about another person who lives near them."""
        said = " ".join(part.folded for part in self.matter.spoken)
        return bool(_CONCERN.search(said))

    @property
    def passes_on(self) -> bool:
        """Whether the sender passes on what the resident wrote."""
        inner = self.matter.forwarded_from
        if inner is None or self.landlord.is_ours(inner.domain):
            return False
        return self.speaks_for_others or self.signs.organisation or self.signs.from_us


def extract(
    message: Message, matter: Matter, signs: Signals, landlord: LandlordSigns, kind: Kind
) -> People:
    """Who the message is about, and who writes on their behalf."""
    helper = representative(kind, message, matter, signs)
    source = _Source(message, matter, signs, landlord, kind, helper)
    own, everything = _texts(matter)
    form = matter.form
    number = phone(form.value("phone") if form else "") or phone(own)
    if not number and (matter.is_transcript or not source.speaks_for_others):
        number = phone(everything)
    place = (form.value("address") if form else "") or address(own)
    if kind in ("spam", "automatic"):
        own = everything = number = place = ""
    return People(
        Resident(
            name=_name(source),
            address=" ".join(place.split()),
            postcode=postcode(own) or postcode(everything),
            phone=number,
            email=(form.value("email") if form else "") or _email(source),
            reference=reference(source.message, matter, landlord),
        ),
        helper,
    )


def _texts(matter: Matter) -> tuple[str, str]:
    """The text in which the resident's details stand, and all of it."""
    filled = "\n".join(entry.value for entry in matter.form.fields) if matter.form else ""
    accounts = "\n".join(part.text for part in matter.accounts)
    own = f"{matter.cover.text}\n{matter.signature.text}"
    supporting = "\n".join(part.text for part in matter.supporting)
    everything = "\n".join((filled, accounts, own, matter.subject.text, supporting))
    if matter.forwarded_from is not None:
        return "\n".join((filled, accounts, matter.cover.text)), everything
    return "\n".join((filled, own, accounts)), everything


def reference(message: Message, matter: Matter, landlord: LandlordSigns) -> str:
    """Our case reference as it is quoted, wherever it stands; or empty."""
    if matter.form and matter.form.value("reference"):
        given = matter.form.value("reference")
        match = landlord.reference.search(given)
        label = matter.form.all_of("reference")[0].label.lower()
        if match or (
            re.search(r"\d", given)
            and re.search(r"complaint|case|stage|your ref|our letter", label)
        ):
            return match.group() if match else given
    said = (matter.subject, matter.cover, *matter.accounts)
    places = (
        *(part.text for part in (*said, *matter.supporting)),
        matter.signature.text,
        matter.quoted.text,
        message.subject,
        message.text,
        " ".join((*message.in_reply_to, *message.references)),
    )
    if matter.is_transcript:
        places = tuple(_SPOKEN_DASH.compiled.sub("-", place) for place in places)
    for place in places:
        for match in landlord.reference.finditer(place):
            if not _is_theirs(place, match.start(), message, landlord):
                return match.group()
    loose = landlord.loose_reference
    copied = (loose.search(place) for place in places) if loose else ()
    written = next((match.group().strip() for match in copied if match), "")
    if written:
        return written
    short = (landlord.short_reference.search(part.text) for part in said)
    found = next((match.group() for match in short if match), "")
    if found:
        return found
    outside = is_organisation(message.sender.domain, landlord)
    own = said if matter.form is None else said[1:]  # the number of a form stands in its subject
    called = (*(part.text for part in (*own, *matter.supporting)), matter.signature.text)
    if matter.form is None:
        called = (*called, matter.quoted.text, message.text)
    return next(filter(None, (_called(text, outside=outside) for text in called)), "")


def _called(text: str, *, outside: bool) -> str:
    """The first number that is called a complaint's or a case's; `outside` bodies say 'your'."""
    if not _THREE_FIGURES.search(text):
        return ""
    for match in _CALLED.finditer(text):
        whose, cue = (match["whose"] or "").lower(), match["cue"].lower()
        number = match["number"].rstrip("/-.")
        if whose in _OTHER_NUMBERS or not _SHAPED.match(number):
            continue
        yours = whose == "your" or cue.startswith("your")
        ours = whose in ("our", "my") and not cue.startswith(("complaint", "stage"))
        if (outside and not yours) or (ours and whose == "our"):
            continue
        return number
    return ""


def _is_theirs(text: str, start: int, message: Message, landlord: LandlordSigns) -> bool:
    """Whether another body calls a number its own: 'our ref' in a letter from outside."""
    if not is_organisation(message.sender.domain, landlord):
        return False
    return bool(_OUR_REF.search(text[max(0, start - 24) : start]))


_A_DEVICE = Expression(
    r"(?:scan(?:s|ner|ning)?|mfd|mfp|copier|printer|print|photocopier|post-?room|mail-?room)"
    r"(?:[-._+\d][^@]*)?@",
    re.IGNORECASE,
)
"""Addresses that machines and rooms send what they scanned from; nobody lives there."""


def _email(source: _Source) -> str:
    inner = source.matter.forwarded_from
    if source.passes_on and inner is not None:
        return inner.address
    if source.speaks_for_others or source.signs.machine or source.signs.no_reply:
        return ""
    sender = source.message.sender.address
    return "" if _A_DEVICE.match(sender) else sender


def _name(source: _Source) -> str:
    """The resident's name; never the representative's, a colleague's or a machine's."""
    matter, sender = source.matter, source.message.sender
    form = matter.form
    if form is not None:
        named = _filled_in(form)
        if named:
            return named
    if matter.speaker and plausible_name(matter.speaker):
        return fuller(plausible_name(matter.speaker), (matter.frame,))
    if form is not None or matter.is_transcript:
        named = fuller(_own_account(source), matter.accounts)
        if named:
            return named
    inner = matter.forwarded_from
    if source.passes_on and inner is not None:
        return spoken_for(matter.accounts) or fuller(plausible_name(inner.name), matter.accounts)
    own = (matter.cover, matter.signature)
    if source.signs.machine in ("auto_reply", "receipt", "list"):
        return "" if names_an_organisation(sender.name) else plausible_name(sender.name)
    if source.speaks_for_others or source.signs.organisation or source.signs.machine:
        about = _labelled(source) or (_kin(source) if source.representative else "")
        about = about or _headed(source) or _about(source)
        if about or source.speaks_for_others:
            return about or _own_account(source)
    if source.kind == "service_request" and source.is_concern:
        about = _about(source)
        if about:
            return about
    if not sender.name or names_an_organisation(sender.name):
        return _labelled(source) or signed((*own, *matter.accounts)) or _about(source)
    written = plausible_name(sender.name) or sender.name
    return fuller(written, (*own, *matter.accounts, matter.quoted))


def _filled_in(form: Form) -> str:
    """The name given in a form: of whom it is about, else of who filled it in."""
    values = [field.value for name in ("behalf_of", "name") for field in form.all_of(name)]
    joined = form.value("name")
    for value in (*values[:1], joined, *values[1:]):
        named = plausible_name(value) or plausible_name(value.split("\n")[0].title())
        if named and not names_an_organisation(named):
            return named
    return ""


def _labelled(source: _Source) -> str:
    matter = source.matter
    return labelled(
        (matter.cover, *matter.accounts, matter.frame, *matter.supporting),
        (source.landlord.name, source.message.sender.name),
    )


def _headed(source: _Source) -> str:
    """Whom a colleague, an office or a body names in the subject line."""
    matter = source.matter
    said = (matter.cover, *matter.accounts, *matter.supporting)
    named = titled_with(matter.subject.text, said)
    return "" if named and named in source.message.sender.name else named


def _kin(source: _Source) -> str:
    said = (source.matter.cover, *source.matter.accounts)
    return spoken_for((*said, source.matter.signature)) or kin(said)


def _own_account(source: _Source) -> str:
    """Whoever signs the account passed on, or speaks into a telephone."""
    spoken = source.matter.accounts or (
        (source.matter.cover,) if source.matter.is_transcript else ()
    )
    named = signed(spoken)
    return fuller(named, spoken) if named else ""


def _about(source: _Source) -> str:
    matter = source.matter
    if matter.passed_on:
        return _own_account(source) or spoken_of(matter.accounts)
    parts = (matter.cover, matter.subject, *matter.accounts, *matter.supporting)
    not_these = (source.message.sender.name, source.landlord.name)
    return spoken_of(parts, not_these)
