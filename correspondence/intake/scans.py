"""Mail from a copier or scanner: the machine's own lines told from what people say.

Such mail is an envelope. The machine tells of itself (device, pages, resolution, 'please open the
attached document'), and the letter it carries, in the attachment, is the matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.message import Message

_MAKES = (
    r"work ?cent(?:re|er)|versalink|altalink|imagerunner|image ?press|bizhub|taskalfa|ecosys|aficio"
    r"|laserjet|officejet|pagewide|kyocera|konica|minolta|ricoh|xerox|lexmark|toshiba|e-?studio"
    r"|sharp mx|rnp[0-9a-f]{4,}|km_[a-z0-9]+|develop ineo"
)
_DEVICE = (
    rf"\bscan(?:ner|s|ned)?\d*\b|\bscan[-_ ]?(?:to|2|from)"
    r"|(?:photo)?copier|\bmf[dp]\d*\b|multi-?function"
    rf"|digital sender|(?:post|mail) ?(?:room|hub|desk)|(?:scanned|incoming) post|post scanned"
    rf"|{_MAKES}"
)
_SENDER = Expression(_DEVICE, re.IGNORECASE)
_SUBJECT = Expression(
    rf"^(?:(?:fw|fwd|re): )*(?:scan(?:ned)?\b(?! (?:results?|date at))|attached (?:image|scan)"
    r"|message from (?:km|rnp|mfd|mfp|copier|scanner|the copier)|(?:image|document|file|data) "
    rf"(?:data )?from (?:the )?(?:{_DEVICE}|reception)|incoming scan|new scan|\S*scan\S*\.pdf)",
    re.IGNORECASE,
)
_FIELD = Expression(
    r"^[\s>*•-]*(?:scan(?:ned|ner)?(?: (?:date|time|by|from|to|at|on|user|name|id|job|type))?"
    r"|date(?: ?(?:and|&|/) ?time)?|time(?:stamp)?"
    r"|(?:device|machine|printer|copier|unit|mfd|mfp|host|model|product)"
    r"(?: (?:name|model|id|location|number|no\.?|serial|type))?|serial(?: (?:number|no\.?))?|model"
    r"|(?:ip|mac|network) address|location|site|floor|user(?: ?name)?|sender|operator|owner|job"
    r"(?: (?:id|number|no\.?|name))?|(?:no\.?|number) of (?:images?|pages?|sheets?|originals?)"
    r"|pages?(?: count)?|images?|sheets?|originals?|resolution|dpi|quality|(?:paper|file|original|"
    r"attachment|document|image) ?(?:size|format|type|name)?|attachments?|formats?"
    r"|colou?r(?: mode)?|mode|profile|destination|duplex|encryption|compression|ocr|workflow"
    r"|folder|status|department"
    r"|queries to|contact)[ \t]*[:=][^\n]*$",
    re.IGNORECASE,
)
_SAYING = Expression(
    r"(?:e-?mail|message|document|image|file|scan|page)s? (?:\w+ )?(?:was|were|is|are|has been|have"
    r" been) (?:\w+ )?(?:sent|scanned|created|generated|produced|delivered|attached|digitised)"
    r"[^.\n]{0,40}(?:\b(?:from|by|using|via|with|to|in|on)\b|$)"
    r"|(?:was|were|been) (?:sent|scanned)[^.\n]{0,40}(?:using|from|by|on) (?:an? |the |our )?[^.\n]"
    rf"{{0,40}}(?:{_DEVICE}|device|printer)"
    r"|(?:please )?(?:open|see|view|find) the (?:attached|scanned) (?:document|file|image|scan|pdf)"
    r"s?(?=[\s.!]*$)|(?:scan(?:ned)? (?:image|document|data|file|page|copy|job)s?|image data)"
    r"(?: \w+){0,4} (?:attached|follows|complete\w*)|scan(?:ned)?[- ](?:to|from)[- ]\w+"
    r"|(?:do not|don't) reply|no-?reply|automatically generated|unattended mailbox|unmonitored"
    rf"|^[\s>*-]*(?:{_DEVICE})[^.!?\n]{{0,50}}$|^[\s>*-]*\S+\.(?:pdf|tiff?|jpe?g)\s*$"
    r"|to (?:view|open) the (?:attachment|document|file)|adobe (?:reader|acrobat)"
    r"|sent from (?:the |my |our )?(?:copier|scanner|mfd|mfp|printer)|^[\s_*=.-]+$",
    re.IGNORECASE,
)


def is_scan(message: Message) -> bool:
    """Whether a copier or scanner sent it: by the sender, the subject, or by having no other words.

    Only where something is attached; a person may write about a scanner, too.
    """
    if not message.attachments:
        return False
    text = message.new_text or message.text
    spoken, _, _ = message.sender.address.partition("@")
    if is_copiers(spoken) or _SENDER.search(message.sender.name):
        return True
    said = own_words(text)
    if said and _SUBJECT.match(message.subject):
        return len(said.split()) < len(text.split()) and len(said.split()) <= _A_FEW
    return not said and (bool(_SUBJECT.match(message.subject)) or bool(_SAYING.search(text)))


_A_FEW = 12  # words a person may add to a scan


def is_copiers(local: str) -> bool:
    """Whether the local part of an address is a copier's."""
    return bool(_SENDER.search(local.replace(".", " ")))


def sources() -> tuple[str, ...]:
    """The expressions by which copiers' mail is known; their words are nobody's own."""
    return (_SENDER.source, _SUBJECT.source, _FIELD.source, _SAYING.source)


def names_a_scan(subject: str) -> bool:
    """Whether a subject is a copier's own, which says nothing of the matter."""
    return bool(_SUBJECT.match(subject))


def own_words(text: str) -> str:
    """What remains of a text without the machine's lines."""
    kept = [line for line in text.split("\n") if not _is_machines(line)]
    return "\n".join(kept).strip()


def _is_machines(line: str) -> bool:
    return bool(line.strip()) and bool(_FIELD.match(line) or _SAYING.search(line[:400]))
