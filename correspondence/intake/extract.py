"""Who it is about: the resident, how to reach them, the reference, and who writes for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.people import Representative, Resident
from correspondence.intake.people.contact_details import address, phone, postcode
from correspondence.intake.people.names import (
    fuller,
    kin,
    labelled,
    names_an_organisation,
    plausible_name,
    signed,
    spoken_of,
)
from correspondence.intake.people.representatives import representative
from correspondence.intake.signals import is_organisation
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Kind
    from correspondence.intake.signals import Signals


_SPOKEN_DASH = Expression(r" (?:dash|hyphen|stroke) ", re.IGNORECASE)
_OUR_REF = Expression(r"\bour (?:ref(?:erence)?|file|case)\b[^\n]{0,12}$", re.IGNORECASE)
# A number residents give as that of their complaint; a job or a form's number is none.
_CALLED_OURS = Expression(
    r"\b(?:your (?:ref(?:erence)?|case)|(?:complaint|case)(?: (?:ref(?:erence)?|number|no\.?))|my"
    r" (?:complaint|case) (?:ref(?:erence)?|number|no\.?)|my (?:complaint|case))(?: is"
    r"| was)?[ :.#]{1,4}"
    r"(?=[A-Z0-9/-]*\d{3})([A-Z0-9][A-Z0-9/-]{2,24})\b",
    re.IGNORECASE,
)
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
    helper = None if kind == "third_party" else representative(message, matter, signs)
    source = _Source(message, matter, signs, landlord, kind, helper)
    own, everything = _texts(matter)
    form = matter.form
    number = phone(form.value("phone") if form else "") or phone(own)
    if not number and not source.speaks_for_others:
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
            re.search(r"\d", given) and re.search(r"complaint|case|stage|your ref", label)
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
    short = (landlord.short_reference.search(part.text) for part in said)
    found = next((match.group() for match in short if match), "")
    if found or is_organisation(message.sender.domain, landlord):
        return found
    called = (_CALLED_OURS.search(part.text) for part in (*said, matter.signature))
    return next((match.group(1).rstrip("/-.") for match in called if match), "")


def _is_theirs(text: str, start: int, message: Message, landlord: LandlordSigns) -> bool:
    """Whether another body calls a number its own: 'our ref' in a letter from outside."""
    if not is_organisation(message.sender.domain, landlord):
        return False
    return bool(_OUR_REF.search(text[max(0, start - 24) : start]))


def _email(source: _Source) -> str:
    inner = source.matter.forwarded_from
    if source.passes_on and inner is not None:
        return inner.address
    return "" if source.speaks_for_others or source.signs.machine else source.message.sender.address


def _name(source: _Source) -> str:
    """The resident's name; never the representative's, a colleague's or a machine's."""
    matter, sender = source.matter, source.message.sender
    form = matter.form
    if form is not None:
        value = form.value("behalf_of", "name")
        named = plausible_name(value) or plausible_name(value.split("\n")[0].title())
        if named:
            return named
    inner = matter.forwarded_from
    if source.passes_on and inner is not None:
        return fuller(plausible_name(inner.name), matter.accounts)
    own = (matter.cover, matter.signature)
    if source.signs.machine in ("auto_reply", "receipt", "list"):
        return "" if names_an_organisation(sender.name) else plausible_name(sender.name)
    if source.speaks_for_others or source.signs.organisation or source.signs.machine:
        about = _labelled(source) or (_kin(source) if source.representative else "")
        about = about or _about(source)
        if about or source.speaks_for_others:
            return about or _own_account(source)
    if source.kind == "service_request" and source.is_concern:
        about = _about(source)
        if about:
            return about
    if not sender.name or names_an_organisation(sender.name):
        return signed((*own, *matter.accounts)) or _about(source)
    return fuller(plausible_name(sender.name) or sender.name, (*own, *matter.accounts))


def _labelled(source: _Source) -> str:
    matter = source.matter
    return labelled(
        (matter.cover, *matter.accounts, matter.frame, *matter.supporting),
        (source.landlord.name, source.message.sender.name),
    )


def _kin(source: _Source) -> str:
    return kin((source.matter.cover, *source.matter.accounts))


def _own_account(source: _Source) -> str:
    """Whoever signs the account passed on, or speaks into a telephone."""
    spoken = source.matter.accounts or (
        (source.matter.cover,) if source.matter.is_transcript else ()
    )
    return signed(spoken)


def _about(source: _Source) -> str:
    matter = source.matter
    if matter.passed_on:
        return signed(matter.accounts) or spoken_of(matter.accounts)
    parts = (matter.cover, matter.subject, *matter.accounts, *matter.supporting)
    not_these = (source.message.sender.name, source.landlord.name)
    return spoken_of(parts, not_these)
