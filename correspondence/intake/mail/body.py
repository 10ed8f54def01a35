"""The parts of a message, walked once: its words, its files, the messages inside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.attachments import LONGEST_HTML
from correspondence.intake.mail.decoding import text_from, uuencoded_files
from correspondence.intake.mail.enclosed import (
    lost_boundary,
    message_part,
    report_part,
    smime_part,
)
from correspondence.intake.mail.headers import surrogate_bytes
from correspondence.intake.mail.parts import ENCRYPTED, Body, Part, attach, attach_part, children_of

if TYPE_CHECKING:
    from email.message import Message as StandardMessage

_REPORT_TYPES: Final = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "text/rfc822-headers"}
)
_SMIME_TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ONLY_BOILERPLATE: Final = re.compile(
    r"(?i)\s*(this is (a|an)( cryptographically signed)? (multi-?part )?(mime|message)|"
    r"this is a multi-?part|this message is in mime|if you (can )?(see|read) this)"
)
_SEE_HTML: Final = re.compile(
    r"(?i)\bhtml\b|view (this|it) (e-?mail|message|online)|does not support|cannot be displayed"
    r"|your (e-?mail|mail) (client|program|reader)|(in|with) (your|a) (web )?browser"
)
_TRIVIAL_WORDS: Final = 40  # a plain part this short may only point to the HTML part


def gather(body: Body, entity: StandardMessage) -> None:
    """Walk a part and all within it. The tree's depth has been limited before."""
    part = Part.of(entity)
    main = part.kind.partition("/")[0]
    if entity.is_multipart() and main != "message":
        _multipart(body, part)
    elif main == "multipart":
        lost_boundary(body, part)
    elif part.kind in _REPORT_TYPES:
        report_part(body, part)
    elif main == "message":
        message_part(body, part)
    elif part.kind in _SMIME_TYPES:
        smime_part(body, part)
    elif main == "text" and not part.is_attachment and _is_body_text(body, part):
        _text_part(body, part)
    else:
        attach_part(body, part)


def _multipart(body: Body, part: Part) -> None:
    _beside(body, part.entity.preamble)
    if part.kind == "multipart/alternative":
        _alternative(body, part)
    else:
        if part.kind == "multipart/encrypted":
            protocol = part.parameters.get("protocol", "")
            body.sealed = ENCRYPTED.format("PGP" if "pgp" in protocol.lower() else "S/MIME")
        body.depth += 1
        for child in children_of(part):
            if part.kind == "multipart/report" and child.get_content_maintype() == "message":
                report_part(body, Part.of(child))
            else:
                gather(body, child)
        body.depth -= 1
    _beside(body, part.entity.epilogue)


def _beside(body: Body, text: str | None) -> None:
    """Words before the first boundary or after the last: kept, unless they are the usual note."""
    if not text or not text.strip():
        return
    words, _ = text_from(surrogate_bytes(text))
    if words.strip() and not (_ONLY_BOILERPLATE.match(words) and len(words) < 600):
        body.texts.append(words)
        body.defect("There was text outside the parts of the message; it was kept.")


def _alternative(body: Body, part: Part) -> None:
    """One matter in several forms: plain text is taken, HTML where the plain is trivial."""
    plain: list[str] = []
    rich: list[str] = []
    for child in children_of(part):
        form = Body(body.open_message, body.budget, body.depth + 1, used_names=body.used_names)
        gather(form, child)
        body.attachments += form.attachments
        body.forwarded += form.forwarded
        body.reports += form.reports
        body.defects |= form.defects
        body.sealed = body.sealed or form.sealed
        body.html += form.html
        if form.text:
            (rich if form.html else plain).append(form.text)
    best_plain = max(plain, key=len, default="")
    best_rich = max(rich, key=len, default="")
    if best_plain and not (best_rich and _is_trivial(best_plain, best_rich)):
        body.texts.append(best_plain)
    elif best_rich:
        body.texts.append(best_rich)


def _is_trivial(plain: str, rich: str) -> bool:
    """Whether the plain part only stands in for the HTML part."""
    count, rich_count = len(plain.split()), len(rich.split())
    if count >= rich_count:
        return False
    if count <= _TRIVIAL_WORDS and _SEE_HTML.search(plain):
        return True
    return count * 5 < rich_count and rich_count - count > _TRIVIAL_WORDS // 2


def _is_body_text(body: Body, part: Part) -> bool:
    if part.kind not in {"text/plain", "text/html", "text/enriched", "text/richtext"}:
        return (
            part.kind
            not in {
                "text/calendar",
                "text/csv",
                "text/vcard",
                "text/x-vcard",
                "text/directory",
                "text/rtf",
                "text/x-amp-html",
            }
            and not part.name
        )
    return not part.name or not body.texts


def _text_part(body: Body, part: Part) -> None:
    content, note = part.content()
    body.defect(note)
    text, note = text_from(content, part.parameters.get("charset", ""))
    body.defect(note)
    if part.kind == "text/html" or _is_html(text):
        _html_part(body, text)
        return
    if part.kind in {"text/enriched", "text/richtext"}:
        text = re.sub(r"<[^<>]*>", "", text.replace("<<", "\x00")).replace("\x00", "<")
    elif part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    text, files = uuencoded_files(text)
    for name, file_content in files:
        attach(body, name, "application/octet-stream", file_content)
    if "=ybegin line=" in text:
        body.defect("The text holds a yEnc file, which was not decoded.")
    if "-----BEGIN PGP MESSAGE-----" in text:
        body.sealed = ENCRYPTED.format("PGP")
    body.texts.append(text)


def _html_part(body: Body, markup: str) -> None:
    """HTML, kept and turned into text while the budget for it lasts."""
    from correspondence.intake.mail.html_text import HIDDEN_WORDS, visible_text

    body.html.append(markup)
    text, hid = visible_text(markup[: body.budget.markup])
    body.texts.append(text)
    body.defect(HIDDEN_WORDS if hid else "")
    if len(markup) > body.budget.markup:
        body.defect(f"The HTML is over {LONGEST_HTML:,} characters; the rest was not read.")
    body.budget.markup = max(0, body.budget.markup - len(markup))


def _is_html(text: str) -> bool:
    return text[:200].lstrip().lower().startswith(("<!doctype html", "<html"))


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Join the lines that a format=flowed text broke softly (RFC 3676)."""
    out: list[str] = []
    flowing = ""  # the quote marks of the paragraph that is still open, with a leading +
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        mark = ">" * depth
        if flowing == f"+{mark}" and bare != "-- ":
            out.append(bare[:-1] if delete_space and bare.endswith(" ") else bare)
        else:
            start = "\n" if out else ""
            quote = f"{mark} " if mark else ""
            soft = delete_space and bare.endswith(" ") and bare != "-- "
            out.append(start + quote + (bare[:-1] if soft else bare))
        flowing = f"+{mark}" if bare.endswith(" ") and bare != "-- " else ""
    return "".join(out)
