"""Delivery reports that keep to no standard: what mail servers and gateways say in words.

Words count only where a machine speaks, so that a resident who writes that their own mail bounced
is not taken for one. Three kinds of evidence are weighed: who speaks (a daemon, or a gateway that
only calls itself so), what the subject says, and what the text says before our own message begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from correspondence.intake.message import Address, Message

ADDRESS: Final = re.compile(r"[^\s<>()\[\]:;,\"'@=]{1,64}@[^\s<>()\[\]:;,\"'@*]{1,255}")
STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
ORIGINAL: Final = re.compile(
    r"(?im)-{2,} ?below this line|^.{0,30}?("
    r"(?<!your )\boriginal (e-?mail )?message( headers?| text| content)?( as received)?"
    r"( is)?( as)?( follows?)?\W*$|below this line|below the next line|included below"
    r"|this is a copy of (the|your) (\w+ )?message|copy of your message"
    r"|(message|mail|text)( headers?| text| body| you sent)? follows"
    r"|header of the (original|source)"
    r"|returned (mail|message)( follows)?\W*$|message reads( \(in part\))?|unsent message"
    r"|(first|top) \d+ lines|old message:)"
)

_DAEMON: Final = re.compile(
    r"(?i)^\W?(mailer-?daemon|post-?master|mail-?(er-)?daemon|mdaemon|bounces?|"
    r"microsoftexchange[0-9a-f]*|mail[.-]delivery[.-](sub)?system|system[ ._-]?admin\w*)"
    r"\W*([+.@-]|$)"
)
_ROBOT: Final = re.compile(r"(?i)^\W?(mailer-?daemon|mdaemon|microsoftexchange)")
_DAEMON_NAME: Final = re.compile(
    r"(?i)mail (delivery|administrator|router)|delivery (sub)?system|mailer-daemon"
    r"|system administrator|postmaster|microsoft outlook|internet mail|mail system"
)
_GATEWAY: Final = re.compile(
    r"(?i)smtp|\bimss\b|inetgw|anti-?virus|gateway|\bndr\b|daemon|mail.?(service|system|server|gate"
    r"|scan|relay|admin|marshal|sweeper)|mta\b|exchange|mimecast|barracuda|proofpoint|messagelabs"
    r"|^(admin|administrator|noreply|no-reply|system|server|notification)s?$"
)
_SUBJECT: Final = re.compile(
    r"(?i)undeliver|could ?n[o']t (be )?(send|deliver)|not delivered|non[- ]?deliver"
    r"|(delivery|deliver|mail|e-?mail|message)s? (status|failure|has failed|failed|report|error"
    r"|incomplete|delayed|problem|delivery|warning|rejected|rejection)|failed (mail|delivery)"
    r"|error (during|in) delivery|returned (e-?)?mail|returned to sender|returning to sender"
    r"|failure (notice|delivery)|fail(ed|ure) .{0,20}notif|warning: (message|mail|could not|.*user)"
    r"|rejected( mail)?\b|reject(ion)? notice|processing error|user unknown|unknown user"
    r"|mail(box)? (is )?full|quota|not? delivery|mail returned|bounced?"
    r"|methu [âa] (dosbarthu|danfon)|heb ei (dosbarthu|danfon)"
    r"|unzustellbar|nicht zustell|non (remis|délivr|recens)|no se (pudo|puede) entregar"
    r"|не доставлен|mancata consegna|niet bezorgd"
    r"|zustellung.{0,20}verzöger|verzögerte zustellung|retard(é|ement)|différée?\b"
    r"|oedi wrth (ddosb|ddanf)"
    r"|entrega.{0,20}(retras|demor)|consegna.{0,20}ritard|bezorging.{0,20}vertraag"
    r"|niedostarcz|niedoręcz|nie można dostarczyć|opóźnion\w+ dostarcz|non recapit|mancato recapito"
    r"|não é possível entregar|falha (na|de) entrega|onbestelbaar|kan inte levereras|olevererbar"
    r"|kan ikke leveres|uleverbar|nedoručiteln|nelivrabil|nu (a putut fi|se poate) livra|nepristat"
    r"|kézbesíthetetlen|teslim edilemedi|не доставлено|无法送达|未送达|退信|zustellfehler"
    r"|échec (de|d'|d’) ?(la )?(remise|envoi|livraison|distribution)|echec de remise"
)
_ANSWERED: Final = re.compile(r"(?i)\s*\[?(re|fw|fwd|aw|wg|ateb|ymlaen)\s*(\[\d+\])?\s*:")
_FAILED: Final = re.compile(
    r"(?i)(could|can|was|were|has|have|had|is|did|are)( ?n[o'’]t|not| un)( been| be)?"
    r"( successfully)? ?(be )?(deliver|reach|accepted|process|able to (be )?deliver)"
    r"|delivery (to|of) .{0,80}(failed|aborted)|delivery (has )?fail|undeliverable"
    r"|(permanent|fatal|unrecoverable) .{0,12}errors?|encountered (an error|delivery problems?)"
    r"|(un|not )able to (establish|deliver|relay|send)|fail(ed|ure)?( to| permanently| delivery)"
    r"|address(es)?( (not found|failed|rejected))|failed (recipient|address)"
    r"|(was|been|is) (\w+ )?(rejected|refused|aborted|bounced|returned to)"
    r"|this is the qmail-send program|returned below|given up|giving up|not going to try"
    r"|problem delivering|address couldn[’']t be found"
    r"|(no|not a|unknown|invalid|nonexistent|nonexisting) (such |valid |local |final )?(delivery )?"
    r"(user|recipient|mailbox|account|address)|(user|recipient|mailbox|account|host|domain) "
    r"(\w+ )?(\w+ )?(unknown|not found|not known|unavailable|does ?n[o'’]t exist|over quota|full"
    r"|disabled|exceeds|inactive)|does not (exactly )?(match|exist|like)|did not (exactly )?match"
    r"|no (valid recipients|mailbox)|exceed(ed|s|ing)? .{0,30}(quota|size|limit)|quota exceeded"
    r"|intended recipient|error description|account is (disabled|closed)|(too|many) (many )?hops"
    r"|non (remis|délivr)|pas pu [êe]tre d[ée]livr|nicht zugestellt|konnte nicht|no se (ha )?pudo"
    r"|не (может|удалось|доставлен)|无法|配信でき|niet worden|non .{0,20}consegnat"
    r"|methu [âa] (dosbarthu|danfon)|heb ei (dosbarthu|danfon)|nid oedd modd"
    r"|nie powiodło się|nie można (dostarczyć|odnaleźć)|(recapito|consegna) non riuscit"
    r"|impossibile (recapitare|consegnare)|falha na entrega|não foi possível"
    r"|kan niet worden bezorgd"
    r"|kunde inte levereras|kunne ikke leveres|nebylo možné doručit|nu a putut fi livrat"
    r"|nem sikerült kézbesíteni|teslim edilemedi|не вдалося|无法送达|échec de la remise"
    r"|only accepts messages from|not have permission to (post|send)|may not exist"
)
_DELAYED: Final = re.compile(
    r"(?i)(delivery|message).{0,60}(is|has been|was) (being )?(delayed|postponed)"
    r"|warning message only|not yet been delivered|just a warning"
    r"|will (be retried|retry|keep trying|continue to (try|attempt))|attempts? will continue"
    r"|temporarily deferred|still (be )?(trying|attempt|being attempted)|delivery incomplete"
    r"|(delivery )?(attempts|retries) will (be made|continue)|will be (re)?tried (again|for)"
    r"|zustellung.{0,40}verzöger|noch nicht zugestellt|weitere zustellversuche"
    r"|(versucht es|weiterhin|erneut) .{0,20}(weiter|versuch)"
    r"|(remise|livraison|envoi).{0,60}(retard|différé)|pas encore (pu )?(été|être)"
    r"|(continuera|poursuivra) (ses|les) tentatives|(sera|seront) retenté"
    r"|mae oedi|oedi wrth (ddosb|ddanf)|(dal|parhau) i geisio|(ceisio|ceisir) eto"
    r"|entrega.{0,40}(retras|demor)|seguir[áa] intentando|volver[áa] a intentar"
    r"|consegna.{0,40}ritard|bezorging.{0,40}vertraag|(opnieuw|blijven) (geprobeerd|proberen)"
)
_FINAL: Final = re.compile(
    r"(?i)given up|giving up|not going to try|no (more|further) attempts|permanent|has failed"
    r"|after \d+ attempt|in the queue too long|failed permanently|time-?out .{0,20}expired"
)
_REPLY_CODE: Final = re.compile(r"(?<![\d.#])([45])(\d)(\d)(?=[ -#]\S)")
_CODE: Final = re.compile(r"(?<![\d.])[45][0-5]\d[ -]|(?<![\d.])[45]\.\d{1,2}\.\d{1,2}\b")
_PERSON: Final = re.compile(
    r"(?i)\b(my (mail|e-?mail|message|letter|house|flat|home|complaint|husband|wife|repair"
    r"|landlord)"
    r"|dear (sir|madam|mr|mrs|ms|complaints|all|team)|hello|hi there|kind regards|many thanks"
    r"|i (got|tried|sent|received|keep|wrote|am writing)|yours (sincerely|faithfully))\b"
)
_LABELLED: Final = re.compile(
    r"(?im)^[ \t>*-]*(?:(?:failed|intended|invalid|unknown|undeliverable|affected|original(?:ly)?"
    r"|rejected|error)[ \w-]{0,30}?(?:recipients?|users?|address(?:es)?|userid|for|addressed to)"
    r"|error-for|recipient(?:'s)?(?: address)?|to address|user mailbox [\w ]{0,30}"
    r"|addressed to(?: email address)?)[ \t]*:[ \t\n-]*[\"'<]*(?P<who>[^\s<>\"';]+@[^\s<>\"';)]+)"
)
_CUE: Final = re.compile(
    r"(?i)(following|these|this|some|of the|one or more|failed|permanent fatal)[^\n.]{0,60}"
    r"(recipients?|address(?:es)?|users?|groups?|errors?)(?:\(e?s\))?(?![\w@.-])"
    r"|deliver[^\n]{0,40} to\b"
    r"|addressed to|addresses? (?:is|are)\b|reach[^\n]{0,20} to\b|recipients?(?:\(s\))?:"
    r"|d[ée]livr[ée] [àa]|reach(?:ed)? the following"
)
_ALONE: Final = re.compile(
    r"(?m)^[ \t>*|\"'-]*<?(?:smtp[=:])?(?P<who>[^\s<>\"',;:]+@[^\s<>\"',;:)]+)>?[\"']?"
    r"(?=[ \t]*(?:$|[:;(,]|\.\.\.|- | on |\"))",
    re.IGNORECASE,
)
_BARE_NAME: Final = re.compile(r"(?m)^[ \t]+<?([A-Za-z0-9][\w.+-]{1,63})>?[ \t]*(?:$|[ \t]{2,})")
_EXPANDED: Final = re.compile(r"(?i)\((?:generated|expanded) from:? <?([^\s<>()]+@[^\s<>()]+?)>?\)")
_RCPT: Final = re.compile(r"(?i)(?:rcpt to:? ?<?|smtp=)([^\s<>;]+@[^\s<>;]+)")
_NOT_RECIPIENT: Final = re.compile(
    r"(?i)(?:\b(?:from|by|sender|contact|e-?mail)"
    r"|\b(?:send|please|reply|further)[ \w]{0,8} (?:e-?)?mail to)[ :\"'<]*$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a machine says of a failed delivery in words; `own` is its text before our message."""

    own: str
    recipient: str
    status: str
    permanent: bool
    reason: str


def in_words(
    headers: Mapping[str, tuple[str, ...]],
    sender: Address,
    text: str,
    enclosed: Sequence[Message] = (),
) -> Said | None:
    """What a report says in words, or None where no machine speaks, or not of a failed delivery.

    `enclosed` are the messages inside the message; a report that is clear of itself may hold ours.
    """
    subject = headers.get("subject", ("",))[0]
    if not _may_be(headers, sender, subject):
        return None
    found = ORIGINAL.search(text)
    own = text[: found.start()] if found else text
    said_once = one_line(own)
    failed, delayed = bool(_FAILED.search(said_once)), bool(_DELAYED.search(said_once))
    if not _is_report(headers, sender, subject, own, failed or delayed, bool(found or enclosed)):
        return None
    listed = ", ".join(headers.get("x-failed-recipients", ()))
    ours = {match.group().lower() for to in headers.get("to", ()) for match in ADDRESS.finditer(to)}
    recipient = _recipient(listed, set()) or _recipient(own, ours)
    recipient = recipient or _bare_name(own, sender) or _recipient_of(enclosed)
    recipient = recipient or _recipient(subject, ours) or _recipient(own, set())
    status = STATUS.search(own)
    code = _REPLY_CODE.search(own)
    said = (status.group(1) if status else "") or (f"{code.group(1)}.0.0" if code else "")
    return Said(own, recipient, said, _permanent(said_once, delayed), _reason(own, recipient))


def _permanent(said: str, delayed: bool) -> bool:
    """A machine that says it will try again has not given up, unless it says that as well."""
    return not delayed or bool(_FINAL.search(said) and not _DELAYED.search(said))


def _may_be(headers: Mapping[str, tuple[str, ...]], sender: Address, subject: str) -> bool:
    """Whether the text is worth looking at: most mail is from people, and not about this."""
    return _is_machine(headers, sender) or (
        bool(_SUBJECT.search(subject)) and not _ANSWERED.match(subject)
    )


def _is_report(
    headers: Mapping[str, tuple[str, ...]],
    sender: Address,
    subject: str,
    own: str,
    tells: bool,
    returns: bool,
) -> bool:
    """Whether this is a machine's report: `tells` of a failure, `returns` a message of ours."""
    titled = bool(_SUBJECT.search(subject)) and not _ANSWERED.match(subject)
    clear = titled or bool(headers.get("x-failed-recipients")) or "qmail-send program" in own
    clear = clear or "delivery-status" in headers.get("content-type", ("",))[0].lower()
    coded = bool(_CODE.search(own) or _LABELLED.search(own))
    certain = _is_null(headers) or bool(_ROBOT.match(sender.address))
    if _PERSON.search(own):
        # Machines are polite too; but then both who speaks and what about must be beyond doubt.
        return _is_machine(headers, sender) and tells and clear and (coded or returns)
    if _is_machine(headers, sender):
        alone = bool(_ALONE.search(own))
        named = coded or returns or alone
        # In a tongue nobody here reads, an address and a status from a daemon say it all the same.
        return (
            (tells and (clear or named or certain))
            or (clear and (coded or returns))
            or (certain and alone and bool(_DAEMON.match(sender.address) and STATUS.search(own)))
        )
    if tells and clear and _is_gateway(sender, headers):
        return coded or returns or bool(_ALONE.search(own)) or bool(ADDRESS.search(own))
    return False


def _is_machine(headers: Mapping[str, tuple[str, ...]], sender: Address) -> bool:
    """Whether a mail server wrote this, and not a person about one."""
    return bool(
        headers.get("x-failed-recipients")
        or _is_null(headers)
        or _DAEMON.match(headers.get("return-path", ("",))[0].strip("<> "))
        or _DAEMON.match(sender.address)
        or (_DAEMON_NAME.search(sender.name) and not sender.address)
        or (_DAEMON_NAME.search(sender.name) and headers.get("auto-submitted"))
        or re.match(r"(?i)auto-\w+ \((rejected|failure)\)", headers.get("auto-submitted", ("",))[0])
    )


def _is_null(headers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the sender's envelope is empty, as only machines send (RFC 5321 section 4.5.5)."""
    return headers.get("return-path", ("-",))[0].strip() in {"<>", ""}


def _is_gateway(sender: Address, headers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the sender calls itself a mail service, in its name or its mailbox."""
    return bool(
        _GATEWAY.search(sender.address.partition("@")[0])
        or _GATEWAY.search(sender.name)
        or _DAEMON_NAME.search(sender.name)
        or headers.get("auto-submitted", ("no",))[0].lower() not in {"", "no"}
    )


def _recipient(text: str, ours: set[str]) -> str:
    """The address that failed: labelled, alone on its line after a cue, named in RCPT, else any."""
    cue = _CUE.search(text)
    after = text[cue.end() :] if cue else ""
    for found in _candidates(text, after):
        address = found.lower().strip(".'\"!?*")
        if ADDRESS.fullmatch(address) and not _DAEMON.match(address) and address not in ours:
            return address
    return ""


def _candidates(text: str, after: str) -> Iterator[str]:
    for labelled in _LABELLED.finditer(text):
        yield labelled["who"]
    for expanded in _EXPANDED.finditer(text):  # whom we wrote to, before the server forwarded it
        yield expanded.group(1)
    for part in (after, text):
        for alone in _ALONE.finditer(part):
            yield alone["who"]
    for part in (after, text):
        for found in ADDRESS.finditer(part):
            if not _NOT_RECIPIENT.search(part[max(0, found.start() - 30) : found.start()]):
                yield found.group()
    for rcpt in _RCPT.finditer(text):
        yield rcpt.group(1)


def _bare_name(own: str, sender: Address) -> str:
    """A mailbox named without its domain, which is then the daemon's own."""
    cue = _CUE.search(own)
    found = _BARE_NAME.search(own, cue.end()) if cue and sender.domain else None
    return f"{found.group(1)}@{sender.domain}".lower() if found else ""


def _recipient_of(enclosed: Sequence[Message]) -> str:
    """To whom the message that came back was addressed, where that was one person."""
    sent_to = enclosed[0].to if len(enclosed) == 1 else ()
    return sent_to[0].address if len(sent_to) == 1 else ""


def _reason(text: str, recipient: str) -> str:
    """What the server says after the address that failed, up to the next blank line."""
    start = text.lower().find(recipient) if recipient else -1
    if start < 0:
        return ""
    rest = text[start + len(recipient) :].lstrip(">): \t\n")
    return one_line(re.split(r"\n[ \t]*\n", rest, maxsplit=1)[0])
