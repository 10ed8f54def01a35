"""How mail programs mark what they quote and forward: attributions, header blocks, rules.

Each finder looks at the lines from one place on and says how far the mark reaches. None of them
decides anything; `quoting` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ATTRIBUTION: Final = 5  # lines, as narrow programs wrap it
_LONGEST_MARK: Final = 500  # characters

_FORWARDED: Final = (
    r"(?:begin\s+)?forwarded\s+(?:message|e-?mail|by\b.*)"
    r"|neges\s+(?:(?:wedi['’]i|a)\s+)?(?:hanfon(?:wyd)?|anfonwyd|blaenyrru|flaenyrrwyd)"
    r"(?:\s+ymlaen)?"
    r"|weitergeleitete\s+(?:nachricht|e-?mail)|message\s+transf[ée]r[ée]|courriel\s+transf[ée]r[ée]"
    r"|(?:mensaje|correo)\s+reenviado|mensagem\s+(?:encaminhada|reencaminhada)"
    r"|messaggio\s+inoltrato|doorgestuurd\s+bericht|mesaj\s+(?:redirec[țţt]ionat|transmis)"
    r"|(?:treść\s+)?(?:przekazan|przesłan)\w+\s+(?:dalej\s+)?wiadomoś\w+"
    r"|wiadomość\s+przekazana(?:\s+dalej)?|vidarebefordrat\s+meddelande"
    r"|перес(?:ылаемое|ланное)\s+сообщение|转发的?邮件|转发邮件信息|転送メッセージ"
)
_FORWARD: Final = re.compile(
    rf"""(?ix)\s*(?:
    [-=]{{2,}}\s*(?:{_FORWARDED.replace(" ", "[ ]")})\s*[-=]{{0,}}
    | (?:begin\s+forwarded\s+message | dechrau\s+neges\s+a\s+anfonwyd\s+ymlaen
       | anfang\s+der\s+weitergeleiteten\s+nachricht
       | d[ée]but\s+du\s+message\s+(?:transf|r[ée]exp).{{2,8}}
       | inicio\s+del\s+mensaje\s+reenviado | in[íi]cio\s+da\s+mensagem\s+\w+
       | inizio\s+(?:del\s+)?messaggio\s+inoltrato | początek\s+przekazywanej\s+wiadomości
      )\s*:
    )\s*"""
)
_ORIGINAL: Final = re.compile(
    r"(?i)\s*\*?[-=]{2,}\s*((original|reply|neges\s+wreiddiol)(\s+(message|e-?mail|appointment))?"
    r"|urspr(ü|ue)ngliche\s+(nachricht|e-?mail)|originalnachricht|message\s+(d['’]origine|original)"
    r"|(mensaje|correo|mensagem)\s+original|messaggio\s+originale|oorspronkelijk\s+bericht"
    r"|(oryginalna\s+wiadomość|wiadomość\s+oryginalna)|mesaj\s+(original|initial)"
    r"|mesajul\s+(original|inițial)|исходное\s+сообщение|原始邮件|originalmeddelande"
    r"|eredeti\s+üzenet|orijinal\s+(mesaj|ileti)|pradinis\s+laiškas)\s*[-=]{2,}\*?\s*"
)
_RULE: Final = re.compile(r"\s*(_{8,}|-{12,}|={12,}|\*{12,})\s*")

_WROTE: Final = re.compile(
    r"(?i)\b(wrote|writes|ysgrifennodd|ysgrifennwyd|wedi ysgrifennu|a écrit|schrieb|escribió|"
    r"escreveu|ha scritto|pisze|napisała?|napisał\(a\)|a scris|rašė|írta|schreef|skrev|yazdı|"
    r"написала?|wrote on)(?!\w)|写道|写到"
)
_BETWEEN_DASHES: Final = re.compile(r"-{2,}\s*(\S.*?)\s*-{2,}")  # Zoho
_BETWEEN_ARROWS: Final = re.compile(r">{3}\s*([^>\s].*?)\s*>{3}")  # GroupWise
_ARROWS: Final = re.compile(r">{3}\s+(?=(?:on|am|le|el|ar)\b)", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"(?i)\s*(on|at|ar|am|le|el|em|il|op|w dniu|dnia|în|in a message dated|quoting)\b"
)
_DATE: Final = re.compile(
    r"(?i)\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)?(?: o| de)? [^\W\d]{3,12}\.?,?(?: de)? \d{4}\b"
    r"|\b[^\W\d]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
)
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_MAIL_ADDRESS: Final = re.compile(r"(?<![^\s<>@])[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_SPOKEN: Final = re.compile(
    r"(?i)\b((you|i|he|she|they|we|it|somebody|someone)( \w+)?"
    r"|(the|your|our|my|this|that|an?)( [\w'’-]+){1,3}) (wrote|writes)\s*:"
)

_LABELS: Final = {
    "from": "from|oddi wrth|o|von|de|od|da|van|de la|expeditor|remitente|nadawca|kimden|feladó"
    "|nuo|от|från|发件人|差出人",
    "date": "sent|date|anfonwyd|dyddiad|gesendet|datum|envoyé|enviado|enviada|enviado el"
    "|enviado em|fecha|wysłano|wysłane|data|inviato|trimis|trimis la|gönderildi|tarih|küldve"
    "|elküldve|verzonden|skickat|išsiųsta|отправлено|дата|发送时间|日期|日時",
    "to": "to|at|i|an|à|para|do|a|aan|către|pour|kime|címzett|til|till|kam|кому|收件人|宛先",
    "subject": "subject|pwnc|testun|betreff|objet|sujet|asunto|assunto|temat|oggetto|onderwerp"
    "|subiect|konu|tárgy|ämne|emne|tema|тема|主题|件名",
    "other": "cc|bcc|copi|copïau|reply-to|importance|priority|attachments?|reply to|organisation"
    "|kopie|dw|udw|copia|cc ci|抄送|organization",
}
_LABEL_OF: Final = {name: kind for kind, names in _LABELS.items() for name in names.split("|")}
_LABEL: Final = re.compile(
    r"\s*[*_]{0,2}([^\W\d_][\w -]{0,19}?)\s*[*_]{0,2}\s*:(?!//)[*_]{0,2}\s*(.*)"
)
_MOST_UNLABELLED: Final = 4  # lines of a long list of recipients


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """A From/Sent/To/Subject block within a text: the line after it, and what it says."""

    end: int
    fields: dict[str, str]

    @property
    def is_certain(self) -> bool:
        """Whether only a mail program writes it so: all four, or a mailbox behind From."""
        return len(self.fields.keys() & {"from", "date", "to", "subject"}) == 4 or bool(
            _MAIL_ADDRESS.search(self.fields.get("from", ""))
        )


def is_quoted(line: str) -> bool:
    """Whether the line is marked as quoted."""
    return line.lstrip(" ").startswith((">", "|>", "&gt;"))


def is_rule(line: str) -> bool:
    """Whether the line is only a rule."""
    return _RULE.fullmatch(line) is not None


def is_forward_mark(line: str) -> bool:
    """Whether a forwarded message begins with this line."""
    if len(line) >= _LONGEST_MARK:
        return False
    bare = line.strip()
    if not bare.startswith(("--", "==")) and not bare.endswith(":"):
        return False
    return _FORWARD.fullmatch(line) is not None


def is_original_mark(line: str) -> bool:
    """Whether the message answered begins with this line ('-----Original Message-----')."""
    if len(line) >= _LONGEST_MARK or not ("--" in line or "==" in line):
        return False
    return _ORIGINAL.fullmatch(line) is not None


def attribution(lines: Sequence[str], start: int) -> tuple[int, bool] | None:
    """An 'On … wrote:' that begins at `start`: the line after it, and whether it is certain.

    It may be wrapped over lines and stand in any language; only a certain one, with the time or
    the mailbox in it, may introduce a quotation that is not itself marked.
    """
    if not _may_be_attribution(lines[start]):
        return None
    joined = ""
    for end in range(start, min(start + _LONGEST_ATTRIBUTION, len(lines))):
        line = lines[end].strip()
        if not line or len(joined) + len(line) > _LONGEST_MARK:
            return None
        if end == start:
            line = _ARROWS.sub("", line, count=1)
        joined = f"{joined} {line}" if joined else line
        if joined.endswith((":", "：")):
            return _judged(joined, end + 1)
        if joined.startswith("--") and (within := _BETWEEN_DASHES.fullmatch(joined)):
            return _judged(within.group(1), end + 1)
    return None


def _may_be_attribution(line: str) -> bool:
    """Whether the first line of one may look so; nearly none does, and this is asked of every."""
    bare = line.strip()
    if not bare or len(bare) > _LONGEST_MARK:
        return False
    if bare.endswith((":", "：", "--")):
        return True
    return _OPENS.match(bare.lstrip("->") if bare[0] in "->" else bare) is not None or (
        _has_mailbox(bare)
    )


def between_arrows(line: str) -> bool:
    """Whether the line is '>>> Name <mailbox> 12/01/2026 10:00 >>>', above all that is quoted."""
    if not line.startswith(">>>") or len(line) > _LONGEST_MARK:
        return False
    within = _BETWEEN_ARROWS.fullmatch(line.rstrip())
    return within is not None and bool(_DATE.search(within[1]) and _CLOCK.search(within[1]))


def opens_with_arrows(line: str) -> bool:
    """Whether the line may begin '>>> On 12/01/2026 at 10:00, in message <…>, … wrote:'."""
    return _ARROWS.match(line) is not None


def _judged(joined: str, end: int) -> tuple[int, bool] | None:
    mailbox = _has_mailbox(joined)
    when = _DATE.search(joined) is not None
    clock = _CLOCK.search(joined) is not None
    wrote = _WROTE.search(joined) is not None
    if _SPOKEN.search(joined) and not mailbox:
        return None
    if wrote and (mailbox or when or clock):
        opens = _OPENS.match(joined) is not None
        return end, (mailbox and (when or clock or not opens)) or (opens and when and clock)
    if mailbox and when and clock:  # some other language
        return end, False
    return None


def _has_mailbox(text: str) -> bool:
    return "@" in text and _MAIL_ADDRESS.search(text) is not None


def header_block(lines: Sequence[str], start: int) -> HeaderBlock | None:
    """The block of header lines that begins at `start`, if a mail program wrote one there.

    It names who it is from and at least two of when, to whom and on what. A resident's own line
    'From: your office saying no' is none.
    """
    kind, value = _label(lines[start])
    if kind not in {"from", "date", "subject", "to"}:
        return None
    fields: dict[str, str] = {kind: value}
    last, current, unlabelled = start, kind, 0
    for position in range(start + 1, min(start + 40, len(lines))):
        line = lines[position]
        if not line.strip():
            if len(fields) >= 3 and "from" in fields:
                break
            if position - last > 1:
                break
            continue
        kind, value = _label(line)
        if kind and kind not in fields:
            fields[kind], last, current, unlabelled = value, position, kind, 0
        elif kind:
            if kind != "other":
                break
            last = position
        else:
            unlabelled += 1
            if unlabelled > _MOST_UNLABELLED or position - last > 1 + unlabelled:
                break
            if current in {"to", "other"} and (";" in line or "@" in line or "," in line):
                last = position
                fields[current] = f"{fields[current]} {line.strip()}"
            elif current == "subject" or len(fields) > 2:
                break
    known = fields.keys() & {"from", "date", "to", "subject"}
    if "from" not in known or len(known) < 3:
        return None
    return HeaderBlock(last + 1, fields)


def _label(line: str) -> tuple[str, str]:
    """What a line such as 'Sent: …' is a label for, and its value; empty for none."""
    line = line[:_LONGEST_MARK].lstrip("> ").replace("：", ":", 1)
    colon = line.find(":", 0, 30)
    if colon < 0:
        return "", ""
    match = _LABEL.match(line)
    if match is None:
        return "", ""
    return _LABEL_OF.get(match.group(1).strip().lower(), ""), match.group(2).strip(" *")
