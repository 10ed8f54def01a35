"""Who or what sent a message: machine signs, then the sender's office (RFC 3834, RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from correspondence.intake.landlord_signs import belongs
from correspondence.intake.reading import Evidence
from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.message import Message

Machine = Literal[
    "",
    "bounce",  # a mail server reports on a message of ours
    "auto_reply",  # a person's or system's automatic answer
    "receipt",  # read, delivered, recalled, calendar
    "list",  # a newsletter or mailing list
    "notice",  # a system tells us something
    "own",  # our own mail come back
]
Writer = Literal[
    "person", "ombudsman", "mp", "councillor", "staff", "solicitor", "professional", "trade", "form"
]

_BOUNCE_SUBJECT = Expression(
    r"^(?:undeliver\w*|delivery status notification|mail delivery (?:failed|failure|subsystem)"
    r"|returned mail|failure notice|delivery (?:has )?(?:failed|failure|delayed|incomplete)"
    r"|message (?:not|could not be) delivered|non-?delivery|warning: (?:could not send|message)"
    r"|nachricht nicht zugestellt)",
    re.IGNORECASE,
)
_REPLY_SUBJECT = Expression(
    r"^(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|antwort)|out of (?:the )?office"
    r"|autoreply|automated (?:reply|response|acknowledgement)|réponse automatique"
    r"|(?:re: )?\[?auto[- ]reply|away from|on (?:annual )?leave)\b",
    re.IGNORECASE,
)
_RECEIPT_SUBJECT = Expression(
    r"^(?:read|delivered|not read|accepted|declined|tentative(?:ly accepted)?|recall|cancell?ed"
    r"|message recall|read receipt|recalled|updated invitation|invitation|relayed): ?"
    r"|^(?:return|read|delivery) receipt|would like to recall",
    re.IGNORECASE,
)
_SYSTEM_LOCAL = Expression(
    r"^(?:mailer-daemon|postmaster|mail-?daemon|bounces?|.*-bounces?)(?:\+.*)?$", re.IGNORECASE
)
_NO_REPLY_LOCAL = Expression(
    r"^(?:(?:do-?)?no[-_.]?t?[-_.]?reply|donotreply|notifications?|alerts?|automated|system|robot"
    r"|noreply-.*|.*-noreply|.*no-?reply.*|mailer|newsletters?|bulletins?|surveys?|forms?)$",
    re.IGNORECASE,
)
_MP_NAME = Expression(r"\bMP\b|\bMember of Parliament\b")
_COUNCILLOR_NAME = Expression(r"\b(?:Cllr|Councillor|Coun\.)\b", re.IGNORECASE)
_OMBUDSMAN_NAME = Expression(r"\bombudsman\b", re.IGNORECASE)
_LAW_NAME = Expression(
    r"solicitor|\bllp\b|\blaw\b|legal (?:services|executive)|barrister|advocates? llp|claims?\b",
    re.IGNORECASE,
)
_PROFESSION = Expression(
    r"\bnhs\b|surgery|medical (?:centre|practice)|\bgp\b|health cent|police|constabulary"
    r"|social (?:worker|services|care)|children'?s services|adult (?:social )?care|hospital"
    r"|fire (?:and|&) rescue|ambulance|probation|school\b|academy|women'?s aid|environmental health"
    r"|occupational therap|health visitor|county council|safeguarding|advocacy|citizens advice"
    r"|age uk|shelter\b|mind\b|law centre|\bcab\b|hospice|refuge",
    re.IGNORECASE,
)

_ROLES = (_MP_NAME, _COUNCILLOR_NAME, _OMBUDSMAN_NAME, _LAW_NAME, _PROFESSION)

_PRIVATE_MAIL = (
    "example.com", "example.net", "example.org", "btinternet.com", "btopenworld.com", "aol.com",
    "aol.co.uk", "icloud.com", "me.com", "mac.com", "sky.com", "talktalk.net", "virginmedia.com",
    "ntlworld.com", "blueyonder.co.uk", "tiscali.co.uk", "gmx.com", "gmx.co.uk", "gmx.net",
    "proton.me", "protonmail.com", "mail.com", "msn.com", "plusnet.com", "zoho.com", "fastmail.com",
    "o2.pl", "wp.pl", "onet.pl", "mail.ru", "yandex.ru", "zen.co.uk", "orange.net", "wanadoo.fr",
)  # fmt: skip
_PRIVATE_MAIL_NAME = Expression(
    r"(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|rocketmail)\."
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What the envelope and headers say, each with the line it rests on."""

    machine: Machine = ""
    writer: Writer = "person"
    no_reply: bool = False  # sent by a machine's address, which may still carry a person's words
    quiet: bool = False  # headers ask that nothing be answered automatically
    from_us: bool = False  # from the landlord's own domain
    organisation: bool = False  # from a domain that is neither ours nor a provider of private mail
    because: tuple[Evidence, ...] = ()


def signals(message: Message, landlord: LandlordSigns) -> Signals:
    """The sender's signs. Content is not looked at here, but for names in the From line."""
    because: list[Evidence] = []
    machine = _machine(message, landlord, because)
    writer = _writer(message, landlord, because)
    address = message.sender.address
    return Signals(
        machine=machine,
        writer=writer,
        no_reply=bool(_NO_REPLY_LOCAL.match(address.partition("@")[0])),
        quiet=_is_quiet(message),
        from_us=landlord.is_ours(message.sender.domain),
        organisation=is_organisation(message.sender.domain, landlord),
        because=tuple(because),
    )


def roles_in(name: str) -> str:
    """The words of a sender's name that say what they are, such as Cllr, MP or solicitors."""
    return " ".join(found.group() for role in _ROLES for found in role.finditer(name))


def is_machines_local(local: str) -> bool:
    """Whether the local part of an address is one that machines write from."""
    return bool(_SYSTEM_LOCAL.match(local) or _NO_REPLY_LOCAL.match(local))


def is_organisation(domain: str, landlord: LandlordSigns) -> bool:
    """Whether a domain is some firm's or body's, neither ours nor a provider of private mail."""
    if not domain or landlord.is_ours(domain):
        return False
    return not (belongs(domain, _PRIVATE_MAIL) or _PRIVATE_MAIL_NAME.match(domain))


def _is_quiet(message: Message) -> bool:
    """Whether headers forbid an automatic answer (RFC 3834, 2)."""
    automatic = message.header("auto-submitted").lower()
    return bool(
        (automatic and not automatic.startswith("no"))
        or message.header("list-id")
        or message.header("list-unsubscribe")
        or message.header("x-auto-response-suppress")
        or message.header("precedence").lower() in ("bulk", "junk", "list", "auto_reply")
        or message.header("x-autoreply")
        or message.header("x-autorespond")
        or message.header("return-path").strip() == "<>"
    )


def _machine(message: Message, landlord: LandlordSigns, because: list[Evidence]) -> Machine:
    header, subject = message.header, message.subject.strip()
    local = message.sender.address.partition("@")[0]
    marked = header("auto-submitted")
    automatic = marked.lower().strip()
    precedence = header("precedence").lower()
    kind = header("content-type").lower()

    def found(machine: Machine, says: str, quote: str) -> Machine:
        because.append(Evidence(says=says, quote=quote))
        return machine

    if message.delivery_report or "delivery-status" in kind:
        return found("bounce", "is a delivery report (RFC 3464)", subject)
    if _SYSTEM_LOCAL.match(local):
        return found("bounce", "comes from a mail system", message.sender.address)
    if _BOUNCE_SUBJECT.match(subject):
        return found("bounce", "has the subject of a delivery report", subject)
    if "disposition-notification" in kind or _RECEIPT_SUBJECT.match(subject):
        return found("receipt", "is a receipt or an answer to an invitation", subject)
    if automatic.startswith("auto-replied"):
        return found("auto_reply", "is marked as an automatic reply (RFC 3834)", marked)
    if _REPLY_SUBJECT.match(subject):
        return found("auto_reply", "has the subject of an automatic reply", subject)
    if header("x-autoreply") or header("x-autorespond") or precedence == "auto_reply":
        mark = header("precedence") or header("x-autoreply") or header("x-autorespond")
        return found("auto_reply", "is marked as an automatic reply", mark)
    if landlord.is_own(message.sender.address):
        return found("own", "comes from our own mailbox", message.sender.address)
    if header("list-id") or precedence in ("bulk", "list", "junk"):
        return found("list", "is sent to a mailing list", header("list-id") or header("precedence"))
    if header("list-unsubscribe"):
        return found("list", "can be unsubscribed from", header("list-unsubscribe"))
    if automatic and not automatic.startswith("no"):
        return found("notice", "is marked as sent by a machine (RFC 3834)", marked)
    if _NO_REPLY_LOCAL.match(local):
        return found("notice", "comes from an address nobody reads", message.sender.address)
    return ""


def _writer(message: Message, landlord: LandlordSigns, because: list[Evidence]) -> Writer:
    domain, name = message.sender.domain, message.sender.name

    def found(writer: Writer, says: str, quote: str) -> Writer:
        because.append(Evidence(says=says, quote=quote))
        return writer

    if landlord.is_ombudsman(domain):
        return found("ombudsman", "comes from an Ombudsman", message.sender.address)
    if landlord.is_parliament(domain):
        return found("mp", "comes from Parliament", message.sender.address)
    if landlord.is_councillor(domain) or _COUNCILLOR_NAME.search(name):
        if _COUNCILLOR_NAME.search(name) or _COUNCILLOR_NAME.match(message.sender.address):
            return found("councillor", "comes from a councillor", name or message.sender.address)
        return found("staff", "comes from the council", message.sender.address)
    if landlord.is_ours(domain):
        return found("staff", "comes from our own organisation", message.sender.address)
    if _MP_NAME.search(name):
        return found("mp", "is written by a Member of Parliament or their office", name)
    if _LAW_NAME.search(name) or re.search(r"law|solicitor|legal", domain):
        return found("solicitor", "comes from a law firm", message.sender.address)
    if _PROFESSION.search(name) or _PROFESSION.search(domain.replace("-", " ")):
        return found("professional", "comes from a public or health service", name or domain)
    return "person"
