"""Who it is about: the resident, how to reach them, the reference, and who writes for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.people import Representative, Resident

if TYPE_CHECKING:
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Message
    from correspondence.intake.passages import Passage
    from correspondence.intake.signals import Signals

POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[A-Z]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w/.-])(?:\+44[ ()-]{0,3}(?:0[ )-]{0,2})?|0)\d(?:[ ()-]{0,2}\d){8,9}(?![\d/-])"
)
_HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Revd|Prof|Sir|Dame|Lady|Lord)\.?"
_WORD = r"(?:[A-ZÀ-ÖØ-ÞŁŚŻŹĆČŠŽİ][\w'’À-ÿŁłŚśŻżŹźĆćČčŠšŽžİı-]*)"
_INITIAL = r"(?:[A-Z]\.?(?= ))"
_PARTICLE = r"(?:de|da|dos|van|von|der|den|bin|al|el|la|le|ap|of the)"
NAME = rf"(?:{_WORD}|{_INITIAL})(?: (?:{_PARTICLE} )?(?:{_WORD}|{_INITIAL})){{0,3}}"
_TITLED = re.compile(rf"\b{_HONORIFIC}(?: and {_HONORIFIC}| & {_HONORIFIC})? ({NAME})", re.UNICODE)
_ADDRESS = re.compile(
    r"(?:(?:flat|apartment|apt|room|unit|maisonette) ?\w{1,4},? ?(?:at )?)?"
    r"\d{1,4}[a-z]?,? (?:[A-Z][\w'’.-]*|of|the|and|St)(?: (?:[A-Z][\w'’.-]*|of|the|and|on)){0,4}"
    r"(?:,? [A-Z][\w'’.-]*){0,4}|(?:[Ff]lat|[Aa]partment|[Rr]oom) ?\w{1,4},? "
    r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}(?:,? [A-Z][\w'’.-]*){0,3}"
)
_NOT_NAMES = frozenset(
    [
        "the",
        "i",
        "dear",
        "hello",
        "hi",
        "regards",
        "sincerely",
        "faithfully",
        "thanks",
        "thank",
        "kind",
        "best",
        "yours",
        "re",
        "ref",
        "sent",
        "from",
        "team",
        "council",
        "housing",
        "complaints",
        "complaint",
        "flat",
        "house",
        "sir",
        "madam",
        "cllr",
        "councillor",
        "mp",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "and",
        "manager",
        "officer",
        "services",
        "department",
        "office",
        "my",
        "our",
        "please",
        "many",
        "all",
        "good",
        "morning",
        "afternoon",
        "evening",
        "tel",
        "phone",
        "mobile",
        "email",
        "address",
        "road",
        "street",
        "lane",
        "close",
        "avenue",
        "court",
        "stage",
        "case",
        "reference",
        "customer",
        "resident",
        "tenant",
        "new",
        "make",
        "form",
        "online",
    ]
)
_MACHINE_NAMES = re.compile(
    r"no-?reply|forms?\b|online|website|survey|system|notification|admin|complaints?\b|housing\b"
    r"|council|helpdesk|mailbox|office of|reception|team\b|customer|scanner|scan\b|copier|mfd"
    r"|post ?room"
    r"|voicemail|service|surgery|enquir|accounts|info\b|^mail\b|support\b|alerts?|tsm|bulletin",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    rf"(?:on behalf of|acting for|act for|instructed by|concerning|regarding|constituent,?|client,?"
    rf"|patient,?|tenant,?|resident,?|leaseholder,?|re:?|about|for|from|mother,?|father,?|mum,?"
    rf"|dad,?"
    rf"|neighbour,?|nan,?|grandmother,?|aunt,?|uncle,?|sister,?|brother,?|son,?|daughter,?)"
    rf"(?: (?:my|our|your|the|a|above|named|constituent|client|tenant|resident|patient|mother"
    rf"|father"
    rf"|mum|dad|neighbour|aunt|uncle|sister|brother|nan|grandmother|elderly)){{0,3}},? "
    rf"(?:{_HONORIFIC} )?({NAME})",
)
_SIGN_OFF = re.compile(
    r"(?:regards|sincerely|faithfully|thanks|thank you|best wishes|cheers|truly|yours|wishes|ta"
    r"|in anticipation|respectfully)[,.! ]*\n+\s*([^\n]{2,60})",
    re.IGNORECASE,
)
_SELF = re.compile(
    rf"(?:[Mm]y name is|[Ii] am|[Ii]'m|[Ii]’m|[Tt]his is|[Ii]t's|[Ii]t’s|[Ss]igned:?) "
    rf"(?:{_HONORIFIC} )?({NAME})"
)


@dataclass(frozen=True, slots=True)
class People:
    """The resident and who writes for them."""

    resident: Resident
    representative: Representative | None = None


def extract(message: Message, matter: Matter, signs: Signals, landlord: LandlordSigns) -> People:
    """Who the message is about, and who writes on their behalf."""
    resident_text, all_text = _texts(matter)
    representative = _representative(message, matter, signs)
    name = _name(message, matter, signs, landlord, representative is not None)
    form = matter.form
    postcode = _postcode(resident_text) or _postcode(all_text)
    phone = _phone(form.value("phone") if form else "") or _phone(resident_text)
    if not phone and representative is None and signs.writer == "person":
        phone = _phone(all_text)
    address = (form.value("address") if form else "") or _address(resident_text)
    reference = _reference(message, matter, landlord)
    email = (form.value("email") if form else "") or _email(message, matter, signs, representative)
    return People(
        Resident(
            name=name,
            address=" ".join(address.split()),
            postcode=postcode,
            phone=phone,
            email=email,
            reference=reference,
        ),
        representative,
    )


def _texts(matter: Matter) -> tuple[str, str]:
    """The text in which the resident's details stand, and all of it."""
    form_text = "\n".join(entry.value for entry in matter.form.fields) if matter.form else ""
    accounts = "\n".join(part.text for part in matter.accounts)
    own = "\n".join((matter.cover.text, matter.signature.text))
    supporting = "\n".join(part.text for part in matter.supporting)
    everything = "\n".join((form_text, accounts, own, matter.subject.text, supporting))
    if matter.forwarded_from is not None:
        return "\n".join((form_text, accounts, matter.cover.text)), everything
    return "\n".join((form_text, own, accounts)), everything


def _postcode(text: str) -> str:
    match = POSTCODE.search(text)
    if match is None:
        return ""
    compact = match.group().replace(" ", "").upper()
    return f"{compact[:-3]} {compact[-3:]}"


def _phone(text: str) -> str:
    match = PHONE.search(text)
    return " ".join(match.group().split()) if match else ""


def _address(text: str) -> str:
    match = _ADDRESS.search(text)
    return match.group().strip(" ,") if match else ""


def _reference(message: Message, matter: Matter, landlord: LandlordSigns) -> str:
    if matter.form and matter.form.value("reference"):
        given = matter.form.value("reference")
        match = landlord.reference.search(given)
        return match.group() if match else (given if re.search(r"\d", given) else "")
    places = (
        *(part.text for part in (matter.subject, matter.cover, *matter.accounts)),
        *(part.text for part in matter.supporting),
        matter.signature.text,
        matter.quoted.text,
        message.text,
        " ".join((*message.in_reply_to, *message.references)),
    )
    for place in places:
        match = landlord.reference.search(place)
        if match:
            return match.group()
    for place in places[:2]:
        match = landlord.short_reference.search(place)
        if match:
            return match.group()
    return ""


def _email(
    message: Message, matter: Matter, signs: Signals, representative: Representative | None
) -> str:
    if matter.forwarded_from is not None:
        return matter.forwarded_from.address
    if signs.writer == "person" and not signs.machine and representative is None:
        return message.sender.address
    return ""


def plausible_name(text: str) -> str:
    """The name in a short line, or empty where the line holds none."""
    text = re.sub(r"\(.*?\)|<.*?>|[\"|].*$", " ", text).strip(" ,.-–*_\t\r\n")
    text = re.split(r",| - | – |\d|\||@|\n", text)[0].strip(" ,.")
    text = re.sub(rf"^{_HONORIFIC} ", "", text)
    words = text.split()
    if not 1 <= len(words) <= 5 or any(word.lower().strip(".,'") in _NOT_NAMES for word in words):
        return ""
    if not all(re.match(rf"(?:{_WORD}|[A-Z]\.?|{_PARTICLE}|&|and)$", word) for word in words):
        return ""
    return " ".join(words)


def _name(
    message: Message,
    matter: Matter,
    signs: Signals,
    landlord: LandlordSigns,
    represented: bool,
) -> str:
    """The resident's name; never the representative's, a colleague's or a machine's."""
    form = matter.form
    if form is not None:
        value = form.value("behalf_of", "name")
        named = plausible_name(value) or plausible_name(value.split("\n")[0].title())
        if named:
            return named
    if matter.forwarded_from is not None:
        inner = matter.forwarded_from
        if not landlord.is_ours(inner.domain):
            named = plausible_name(inner.name)
            return _fuller(named, matter.accounts) if named else _signed(matter.accounts)
    if represented or signs.writer != "person" or signs.machine in ("notice", "bounce"):
        return _about(matter) or _signed(matter.accounts)
    display = message.sender.name
    if not display or _MACHINE_NAMES.search(display):
        return _signed((matter.cover, matter.signature, *matter.accounts)) or _about(matter)
    named = plausible_name(display)
    return _fuller(named or display, (matter.cover, matter.signature, *matter.accounts))


def _fuller(name: str, passages: tuple[Passage, ...]) -> str:
    """A display name such as `R K`, `adrian` or `Jo`, made whole from how the message is signed."""
    words = [word for word in re.split(r"[ .]+", name) if len(word) > 1]
    if len(words) >= 2:
        return name
    signed = _signed(passages)
    return signed if len(signed.split()) >= 2 else (name if words else signed or name)


def _signed(passages: tuple[Passage, ...]) -> str:
    """The name under a message, or the one by which its writer introduces themselves."""
    for passage in passages:
        text = passage.text
        for pattern in (_SIGN_OFF, _SELF):
            for match in pattern.finditer(text[-1500:] if pattern is _SIGN_OFF else text):
                named = plausible_name(match.group(1))
                if named and len(named.split()) >= 2:
                    return named
        for line in reversed(text.strip().split("\n")[-7:]):
            named = plausible_name(line)
            if len(named.split()) >= 2:
                return named
            tail = re.split(r"(?<=[.!?]) ", line.strip())[-1]
            named = plausible_name(tail)
            if len(named.split()) >= 2:
                return named
    return ""


def _about(matter: Matter) -> str:
    """The person a representative, officer or professional writes about."""
    parts = (matter.subject, matter.cover, *matter.supporting, *matter.accounts)
    best = ""
    for part in parts:
        for match in _BEHALF.finditer(part.text):
            named = plausible_name(match.group(1))
            if len(named.split()) >= 2:
                return named
        for match in _TITLED.finditer(part.text):
            named = plausible_name(match.group(1))
            if named and not _is_greeting(part.text, match.start()):
                if len(named.split()) >= 2:
                    return named
                best = best or named
    return best


def _is_greeting(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?:dear|hi|hello|attn|att|fao) $", text[max(0, start - 6) : start], re.IGNORECASE
        )
    )


_ROLES: tuple[tuple[str, str], ...] = (
    ("solicitor", r"solicitor|llp|legal"),
    ("social worker", r"social worker"),
    ("support worker", r"support worker|key ?worker"),
    ("advocate", r"advoca|citizens advice|age uk|law centre|shelter"),
    ("carer", r"\bcarer\b"),
    ("daughter", r"\bmy (?:elderly |dear |late )?(?:mother|mum|mam|father|dad|parents)"),
    ("grandchild", r"\bmy (?:nan|nana|gran|granny|grandmother|grandad|grandfather)"),
    ("sibling", r"\bmy (?:sister|brother)"),
    ("parent", r"\bmy (?:son|daughter)'?s?\b"),
    ("neighbour", r"\bmy (?:elderly )?neighbour"),
    ("friend", r"\bmy friend"),
    ("relative", r"\bmy (?:aunt|auntie|uncle|cousin|niece|nephew)"),
)  # fmt: skip


def _representative(message: Message, matter: Matter, signs: Signals) -> Representative | None:
    sender = message.sender
    if signs.writer in ("mp", "councillor", "solicitor"):
        role = {"mp": "Member of Parliament", "councillor": "councillor"}.get(
            signs.writer, "solicitor"
        )
        return Representative(name=sender.name, role=role, email=sender.address)
    form = matter.form
    if form is not None:
        behalf = form.value("behalf_of", "helper_name")
        if behalf and not re.match(r"(?:no|none|n/?a|myself|self|me)\b", behalf, re.IGNORECASE):
            return Representative(
                name=form.value("helper_name") or form.value("name"),
                role=form.value("helper_role"),
                email=form.value("email"),
            )
        return None
    if signs.machine or signs.writer == "staff":
        return None
    if _represents(matter):
        text = " ".join(part.folded for part in matter.spoken) + " " + matter.signature.folded
        role = next((role for role, pattern in _ROLES if re.search(pattern, text)), "")
        return Representative(name=sender.name, role=role, email=sender.address)
    return None


_REPRESENTS = re.compile(
    r"\b(?:on behalf of|on (?:my|her|his|their) (?:mother|mum|father|dad|nan|gran|aunt|uncle|sister"
    r"|brother|son|daughter|neighbour|friend|client)'?s? behalf|power of attorney"
    r"|act(?:ing)? for (?:mr|"
    r"mrs|ms|miss|my)|(?:writing|complaining|emailing) for my|i am (?:the|her|his|an"
    r"|a) (?:advocate|"
    r"support worker|carer|attorney|representative|key ?worker|social worker)"
    r"|(?:she|he) has (?:asked|given) me|authorised me|consent (?:form )?(?:is )?attached)"
)


def _represents(matter: Matter) -> bool:
    """Whether the sender says they write for somebody else."""
    return any(_REPRESENTS.search(part.folded) for part in (matter.cover, matter.subject))
