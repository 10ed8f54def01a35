# ruff: noqa: E501  oddities are shown as they come
"""More messages whose fields are known: charsets, damaged words and names, broken structures.

Each family below is one thing that mail programs and gateways do to mail, tried with every charset,
encoding or build it can happen to. A field that is None is not judged, there being no one answer.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import quopri
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_from_bytes

from benchmarks.known_messages import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Words in the language each charset is used for: short for a subject, long for a body.
CHARSETS: Final = {
    "gb18030": ("厨房漏水", "厨房的天花板已经漏水三个星期了，没有人来修理。请尽快派人来。"),
    "gbk": ("锅炉坏了", "锅炉从上个月开始就坏了，孩子们很冷。"),
    "gb2312": ("电梯故障", "电梯又坏了，我的母亲不能下楼。"),
    "hz-gb-2312": ("没有热水", "我们已经没有热水两个星期了。"),
    "big5": ("廚房漏水", "廚房的天花板漏水已經三個星期，沒有人來修理。"),
    "iso-2022-jp": ("台所の水漏れ", "台所の天井から三週間水が漏れています。誰も来ません。"),
    "shift_jis": ("暖房の故障", "暖房が先月から故障しています。子供が寒がっています。"),
    "euc-jp": ("窓の破損", "窓が割れたままです。早く直してください。"),
    "euc-kr": ("보일러 고장", "보일러가 지난달부터 고장입니다. 아무도 오지 않았습니다."),
    "koi8-r": ("Плесень в спальне", "В спальне плесень уже три месяца, никто не пришёл её убрать."),
    "koi8-u": ("Протікає дах", "Дах протікає вже три тижні, ніхто не приїхав."),
    "iso-8859-5": ("Сломан лифт", "Лифт сломан с прошлой недели, мама не может выйти."),
    "windows-1251": ("Течёт крыша", "Крыша течёт уже три недели, и никто не отвечает на письма."),
    "windows-1250": ("Zepsuty piecyk", "Piecyk jest zepsuty od trzech tygodni, dzieci śpią w kurtkach. Proszę o pomoc."),
    "iso-8859-2": ("Zatęchlá ložnice", "V ložnici je plíseň, nikdo nepřišel. Prosím o pomoc."),
    "windows-1252": ("The “leak” – again", "The bill was £250 – “final notice” it says. We can’t pay…"),
    "iso-8859-1": ("Le chauffage cassé", "Le chauffage est cassé depuis trois semaines, personne n'est passé."),
    "iso-8859-15": ("Une facture de 250 €", "On me réclame 250 € pour une fenêtre cassée par le vent."),
    "windows-1253": ("Χαλασμένος λέβητας", "Ο λέβητας είναι χαλασμένος εδώ και τρεις εβδομάδες."),
    "iso-8859-7": ("Μούχλα στο δωμάτιο", "Υπάρχει μούχλα στο δωμάτιο του παιδιού."),
    "windows-1254": ("Bozuk kombi", "Kombi üç haftadır bozuk, kimse gelmedi. Çocuklar üşüyor."),
    "iso-8859-9": ("Küf sorunu", "Yatak odasında küf var, şikâyetime kimse yanıt vermedi."),
    "windows-1255": ("נזילה במטבח", "יש נזילה במטבח כבר שלושה שבועות ואיש לא בא."),
    "windows-1256": ("تسرب في المطبخ", "يوجد تسرب في المطبخ منذ ثلاثة أسابيع ولم يأت أحد."),
    "windows-1257": ("Sugedęs katilas", "Katilas sugedęs jau tris savaites, niekas neatvyko."),
    "windows-1258": ("Nhà bi dôt", "Mái nhà bi dôt dá ba tuân, không ai dên sua."),
    "tis-620": ("น้ำรั่วในครัว", "น้ำรั่วในครัวสามสัปดาห์แล้ว ไม่มีใครมาซ่อม"),
    "utf-7": ("Cost £250", "The window cost £250 to mend; nobody has paid us back."),
    "utf-8": ("Gollyngiad dŵr", "Mae dŵr yn gollwng o’r nenfwd ers tair wythnos ac nid oes neb wedi dod."),
    "utf-16": ("Mould £250", "The mould has cost us £250 — and nobody has come."),
    "utf-16be": ("Mould £250", "The mould has cost us £250 — and nobody has come."),
    "macintosh": ("Café £250", "The café charged £250 – and the boiler is still broken."),
    "ibm850": ("Café £250", "The café charged £250 and the boiler is still broken."),
}  # fmt: skip
_CODEC: Final = {"hz-gb-2312": "hz", "macintosh": "mac_roman", "ibm850": "cp850"}
_DOUBLE_BYTED: Final = ("utf-16", "utf-16be")  # never written without an encoding
_PLAIN_WORDS: Final = (
    "The boiler has been broken for three weeks.\nNobody has come, and nobody rings back."
)
_CONTENT: Final = bytes(range(256)) * 4
_FILE: Final = (("letter.pdf", hashlib.sha256(_CONTENT).hexdigest()),)
_HEAD: Final = {
    "From": "Jo Tenant <jo@example.net>",
    "To": "c@landlord.example",
    "Subject": "Boiler",
    "Date": "Tue, 3 Mar 2026 09:15:00 +0000",
    "Message-ID": "<1@example.net>",
    "MIME-Version": "1.0",
}


def known_oddities() -> Iterator[Known]:
    """All of them, family by family."""
    for family in (
        _charsets, _encoded_words, _names_of_files, _quoted_printable, _base64, _boundaries,
        _header_oddities, _content_types, _builds_as_carried, _addresses, _many, _inside_others,
    ):  # fmt: skip
        yield from family()


def known(
    raw: bytes,
    *,
    subject: str | None = "Boiler",
    body: str | None = _PLAIN_WORDS,
    files: tuple[tuple[str, str], ...] | None = (),
    to: tuple[str, ...] | None = ("c@landlord.example",),
    cc: tuple[str, ...] | None = (),
    sender: str | None = "jo@example.net",
) -> Known:
    """A message, its usual fields unless it is said otherwise."""
    return Known(raw, sender, to, cc, subject, body, files)


def head(**changed: str | bytes) -> bytes:
    """The usual header lines; `changed` names them with _ for -; None of them is folded."""
    lines: dict[str, str | bytes] = {**_HEAD}
    lines.update({name.replace("_", "-"): value for name, value in changed.items()})
    return b"".join(
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
        for name, value in lines.items()
        if value
    )


def part(
    content: bytes | str,
    kind: str = "text/plain; charset=utf-8",
    encoding: str = "",
    more: str = "",
) -> bytes:
    """One part, encoded as it says."""
    content = content.encode() if isinstance(content, str) else content
    lines = f"Content-Type: {kind}\r\n" if kind else ""
    lines += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    return (lines + more).encode() + b"\r\n" + encoded(content, encoding)


def encoded(content: bytes, encoding: str) -> bytes:
    """Content as its transfer encoding writes it."""
    if encoding.lower() == "base64":
        return base64.encodebytes(content).replace(b"\n", b"\r\n")
    if encoding.lower() == "quoted-printable":
        return quopri.encodestring(content)
    return content


def a_file(
    disposition: str = 'attachment; filename="letter.pdf"', kind: str = "application/pdf"
) -> bytes:
    """A part that is a file, of known content."""
    return part(
        _CONTENT, kind, "base64", f"Content-Disposition: {disposition}\r\n" if disposition else ""
    )


def group(*parts: bytes, kind: str = "mixed", boundary: str = "b1", named: str = "") -> bytes:
    """A multipart, without the message's own header lines; `named` is how its header says it."""
    mark = b"--" + boundary.encode()
    inside = b"".join(mark + b"\r\n" + each + b"\r\n" for each in parts)
    parameter = named or f'boundary="{boundary}"'
    return (
        f"Content-Type: multipart/{kind}; {parameter}\r\n\r\n".encode() + inside + mark + b"--\r\n"
    )


def _charsets() -> Iterator[Known]:
    for charset, (short, long) in CHARSETS.items():
        codec = _CODEC.get(charset, charset)
        title, words = short.encode(codec), long.encode(codec)
        yield known(head(Subject=_word(title, charset, "B")) + part(_PLAIN_WORDS), subject=short)
        if charset not in _DOUBLE_BYTED:
            yield known(
                head(Subject=_word(title, charset, "Q")) + part(_PLAIN_WORDS), subject=short
            )
            yield known(head() + part(words, f"text/plain; charset={charset}", "8bit"), body=long)
        for encoding in ("base64", "quoted-printable"):
            plain = part(words, f'text/plain; charset="{charset}"', encoding)
            page = part(
                f"<html><body><p>{long}</p></body></html>".encode(codec),
                f"text/html; charset={charset.upper()}",
                encoding,
            )
            yield known(head() + plain, body=long)
            yield known(head() + page, body=long)
            yield known(head() + group(plain, page, kind="alternative"), body=long)
        name = f"{short}.pdf"
        if charset not in _DOUBLE_BYTED:
            written = quote_from_bytes(name.encode(codec), safe="")
            star = f"attachment; filename*={charset}''{written}"
            yield _with(star, name)
        word = _word(name.encode(codec), charset, "B").decode()
        yield _with(f'attachment; filename="{word}"', name)
        sender = _word(title, charset, "B").decode() + " <jo@example.net>"
        yield known(
            head(From=sender, Subject=_word(title, charset, "B")) + part(_PLAIN_WORDS),
            subject=short,
        )


def _with(disposition: str, name: str, kind: str = "application/pdf") -> Known:
    """A message with words and one file of that name."""
    files = ((name, _FILE[0][1]),)
    return known(head() + group(part(_PLAIN_WORDS), a_file(disposition, kind)), files=files)


def _word(content: bytes, charset: str, how: str) -> bytes:
    """An encoded word (RFC 2047)."""
    if how.upper() == "B":
        said = base64.b64encode(content).decode()
    else:
        said = "".join(
            chr(one) if chr(one).isalnum() and one < 128 else f"={one:02X}" for one in content
        )
    return f"=?{charset}?{how}?{said}?=".encode()


def _encoded_words() -> Iterator[Known]:
    for charset in (
        "utf-8",
        "gb18030",
        "big5",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "windows-1252",
        "koi8-r",
    ):
        text = CHARSETS[charset][0]
        content = text.encode(charset)
        middle = len(content) // 2
        for how in "BQbq":
            whole = _word(content, charset, how).decode()
            for cut in (1, middle, middle + 1):
                first, second = (
                    _word(some, charset, how).decode() for some in (content[:cut], content[cut:])
                )
                yield known(head(Subject=f"{first} {second}") + part(_PLAIN_WORDS), subject=text)
                yield known(
                    head(Subject=f"{first}\r\n {second}") + part(_PLAIN_WORDS), subject=text
                )
            yield known(
                head(Subject=f"Re: {whole} (2)") + part(_PLAIN_WORDS), subject=f"Re: {text} (2)"
            )
            yield known(head(Subject=f'"{whole}"') + part(_PLAIN_WORDS), subject=f'"{text}"')
            tongue = whole.replace(f"=?{charset}?", f"=?{charset}*en?", 1)
            yield known(head(Subject=tongue) + part(_PLAIN_WORDS), subject=text)
        unpadded = _word(content, charset, "B").decode().replace("=?=", "?=").replace("=?=", "?=")
        yield known(head(Subject=unpadded) + part(_PLAIN_WORDS), subject=text)
        spaced = _word(f"{text} {text}".encode(charset), charset, "Q").decode().replace("=20", " ")
        yield known(head(Subject=spaced) + part(_PLAIN_WORDS), subject=f"{text} {text}")


def _names_of_files() -> Iterator[Known]:
    long_name = "a letter about the boiler of last winter.pdf"
    ways = (
        ("filename=letter.pdf", "letter.pdf"),
        ('filename = "letter.pdf"', "letter.pdf"),
        ('FILENAME="letter.pdf"', "letter.pdf"),
        ('filename="the \\"final\\" letter.pdf"', None),
        ('filename*0="a letter about the boiler "; filename*1="of last winter.pdf"', long_name),
        ('filename*1="of last winter.pdf"; filename*0="a letter about the boiler "', long_name),
        ("filename*0*=utf-8'en'a%20letter%20about%20the; filename*1*=%20boiler%20of%20; filename*2=\"last winter.pdf\"", long_name),
        ("filename*0*=''a%20letter%20about%20the%20boiler; filename*1*=%20of%20last%20winter.pdf", long_name),
        ("filename*=utf-8''Caf%C3%A9.pdf; filename=\"Cafe.pdf\"", "Café.pdf"),
        ("filename=\"Cafe.pdf\"; filename*=utf-8''Caf%C3%A9.pdf", "Café.pdf"),
        ("filename*=\"utf-8''Caf%C3%A9.pdf\"", "Café.pdf"),
        ("filename*=UTF-8'en-GB'Caf%c3%a9.pdf", "Café.pdf"),
        ("filename*=iso-8859-1''Caf%E9.pdf", "Café.pdf"),
        ("filename==?utf-8?Q?Caf=C3=A9.pdf?=", "Café.pdf"),
        ('filename="=?utf-8?Q?Caf=C3=A9?= bill.pdf"', "Café bill.pdf"),
        ('filename="=?utf-8?B?Q2Fm?= =?utf-8?B?w6kucGRm?="', "Café.pdf"),
        ('filename="=?utf-8?B?Q2Fm?=\r\n =?utf-8?B?w6kucGRm?="', "Café.pdf"),
        ('filename="letter.pdf"; size=1024; creation-date="Tue, 3 Mar 2026 09:15:00 GMT"', "letter.pdf"),
        ('\r\n\tfilename="letter.pdf"', "letter.pdf"),
    )  # fmt: skip
    for first in ("attachment", "inline", "ATTACHMENT"):
        for way, name in ways:
            if name is not None:
                yield _with(f"{first}; {way}", name)
    for kind, name in (
        ('application/pdf; name="letter.pdf"', "letter.pdf"),
        ("application/pdf; name=letter.pdf", "letter.pdf"),
        ("application/pdf; name*=utf-8''Caf%C3%A9.pdf", "Café.pdf"),
        ('application/pdf; name="=?utf-8?B?Q2Fmw6kucGRm?="', "Café.pdf"),
        (
            'application/pdf;\r\n name*0="a letter about the boiler ";\r\n name*1="of last winter.pdf"',
            long_name,
        ),
        ('image/jpeg; name="IMG_0412.jpg"', "IMG_0412.jpg"),
    ):
        yield _with("attachment", name, kind)
        yield _with("", name, kind)


def _quoted_printable() -> Iterator[Known]:
    text = "Café costs £250 and 1 = 1; the rate is =5% they say."
    sound = "Caf=C3=A9 costs =C2=A3250 and 1 =3D 1; the rate is =3D5% they say."
    ways = {
        "sound": sound,
        "small letters": sound.replace("=C3=A9", "=c3=a9").replace("=3D", "=3d"),
        "soft breaks": sound.replace(" and ", " =\r\nand "),
        "soft breaks of LF": sound.replace(" and ", " =\nand "),
        "blanks after a soft break": sound.replace(" and ", " = \t \r\nand "),
        "a bare equals sign": sound.replace("1 =3D 1", "1 = 1"),
        "a bare equals sign before letters": sound.replace("=3D5%", "=5%"),
        "ends in an equals sign": sound + "=",
        "ends in a soft break": sound + "=\r\n",
        "raw eight-bit beside it": sound.replace("=C3=A9", "é"),
        "a character cut by a soft break": sound.replace("=C3=A9", "=C3=\r\n=A9"),
        "everything encoded": "".join(f"={one:02X}" for one in text.encode()),
    }
    for way in ways.values():
        for encoding in (
            "quoted-printable",
            "Quoted-Printable",
            "QUOTED-PRINTABLE ",
            '"quoted-printable"',
        ):
            raw = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{way}"
            yield known(head() + raw.encode(), body=text)
            yield known(head() + group(raw.encode(), a_file()), body=text, files=_FILE)


def _base64() -> Iterator[Known]:
    text = "The café charged £250. " * 12
    sound = base64.encodebytes(text.encode()).decode()
    flat = sound.replace("\n", "")
    ways = {
        "sound": sound,
        "one line": flat,
        "short lines": "\r\n".join(re.findall(".{1,20}", flat)),
        "no padding": flat.rstrip("="),
        "blank lines": sound.replace("\n", "\r\n\r\n"),
        "blanks within": " ".join(re.findall(".{1,10}", flat)),
        "a note below": sound + "\r\n-- \r\nScanned by the gateway, no virus found.\r\n",
        "odd marks within": flat[:40] + "!*" + flat[40:],
        "in two padded pieces": base64.b64encode(text.encode()[:100]).decode()
        + "\r\n"
        + base64.b64encode(text.encode()[100:]).decode(),
        "line ends of CR": sound.replace("\n", "\r"),
        "tabs before lines": sound.replace("\n", "\n\t"),
    }
    for name, way in ways.items():
        for encoding in ("base64", "BASE64", "Base64 ", "base64 (usual)"):
            raw = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{way}"
            body = None if name == "a note below" else text
            yield known(head() + raw.encode(), body=body)
            yield known(head() + group(raw.encode() + b"\r\n", a_file()), body=body, files=_FILE)


def _boundaries() -> Iterator[Known]:
    text, file = part(_PLAIN_WORDS), a_file()
    for boundary in (
        "b1", "----=_Part_1", "a b", "a'b(c)+_,-./:=?", "=_", "x" * 70, "x" * 200, "==b==", "b1--", "0", "--", "\\b",
    ):  # fmt: skip
        yield known(head() + group(text, file, boundary=boundary), files=_FILE)
        again = group(text, group(file, boundary=boundary + "2"), boundary=boundary)
        yield known(head() + again, files=_FILE)
    sound = group(text, file)
    for changed in (
        sound.replace(b"--b1\r\n", b"--b1 \t\r\n"),
        sound.replace(b"--b1--\r\n", b""),
        sound.replace(
            b"\r\n\r\n--b1", b"\r\n\r\nThis is a multi-part message in MIME format.\r\n--b1", 1
        ),
        sound.replace(b'boundary="b1"', b"boundary=b1"),
        sound.replace(b'boundary="b1"', b"boundary='b1'").replace(b"--b1", b"--'b1'"),
        sound.replace(b'boundary="b1"', b'BOUNDARY="b1"'),
        sound.replace(b'boundary="b1"', b'boundary = "b1"'),
        sound.replace(b'boundary="b1"', b'\r\n\tboundary="b1"'),
        sound.replace(b'boundary="b1"', b'type="text/plain"; boundary="b1"; charset=utf-8'),
        sound.replace(b'boundary="b1"', b'boundary="b1'),
        sound.replace(b'boundary="b1"', b'boundary="b1";'),
        sound.replace(b'boundary="b1"', b'boundary="other"'),
        sound.replace(b'; boundary="b1"', b""),
        sound.replace(b"multipart/mixed", b"Multipart/Mixed"),
        sound.replace(b"multipart/mixed", b"multipart/x-unheard-of"),
        sound.replace(b"multipart/mixed", b"multipart/related"),
        sound.replace(b"multipart/mixed", b"multipart/report"),
        sound.replace(b"\r\n--b1\r\n", b"\r\n\r\n--b1\r\n"),
        sound.replace(b"\r\n", b"\n"),
    ):
        yield known(head() + changed, files=_FILE)
    below = sound.replace(b"--b1--", b"--b1--\r\nWords that stand below the last part.")
    yield known(head() + below, body=None, files=_FILE)  # some show them, some do not


def _header_oddities() -> Iterator[Known]:
    body = part(_PLAIN_WORDS)
    usual = head()
    for changed in (
        usual.lower().replace(b"jo tenant", b"Jo Tenant").replace(b"boiler", b"Boiler"),
        usual.upper().replace(b"BOILER", b"Boiler"),
        usual.replace(b": ", b":"),
        usual.replace(b": ", b":\t"),
        usual.replace(b": ", b" : "),
        usual.replace(b": ", b":   "),
        usual.replace(b": ", b":\r\n "),
        usual.replace(b"Subject", b"X-Empty:\r\nSubject"),
        usual.replace(b"Subject", b"X-Folded: a\r\n \r\n b\r\nSubject"),
        usual.replace(b"Subject", b"not a header line\r\nSubject"),
        usual.replace(b"Subject", b">From somebody\r\nSubject"),
        usual.replace(b"Subject", b"X-8bit: \xe9\xff\r\nSubject"),
        usual.replace(b"Subject", b"X-Nul: a\0b\r\nSubject"),
        usual.replace(b"MIME-Version: 1.0\r\n", b""),
        usual.replace(b"Date: Tue, 3 Mar 2026 09:15:00 +0000\r\n", b""),
        usual.replace(b"Message-ID: <1@example.net>\r\n", b""),
        usual.replace(b"<1@example.net>", b"1@example.net"),
        usual + b"Subject: Another\r\n",
        usual + b"X-Long: " + b"a" * 5_000 + b"\r\n",
        usual + b"X-Long: " + b"a " * 50_000 + b"\r\n",
        b"".join(
            b"Received: from a.example by b.example; Tue, 3 Mar 2026 09:15:00 +0000\r\n"
            for _ in range(400)
        )
        + usual,
        b"".join(b"X-Seen-%d: yes\r\n" % number for number in range(900)) + usual,
        b"Return-Path: <>\r\nDelivered-To: c@landlord.example\r\n" + usual,
        b"DKIM-Signature: v=1; b=" + b"\r\n\t".join([b"A" * 70] * 40) + b"\r\n" + usual,
    ):
        for ends in (b"\r\n", b"\n"):
            yield known((changed + body).replace(b"\r\n", ends))
    for subject, right in (
        (b"Boiler \0 again", "Boiler again"),
        (b"  Boiler  ", "Boiler"),
        (b"Boiler\r\n\t(again)", "Boiler (again)"),
        ("Café £250".encode(), "Café £250"),
        ("Café £250".encode("cp1252"), "Café £250"),
        ("Gollyngiad dŵr".encode(), "Gollyngiad dŵr"),
        ("Protikà “x”".encode("cp1252"), "Protikà “x”"),
        (b"Re: Re: Re: Boiler", "Re: Re: Re: Boiler"),
        (b"a" * 3_000, "a" * 3_000),
        (b"100% = all?", "100% = all?"),
        (b"<b>Boiler</b>", "<b>Boiler</b>"),
    ):
        yield known(head(Subject=subject) + body, subject=right)
        yield known(head(Subject=subject) + group(body, a_file()), subject=right, files=_FILE)


def _content_types() -> Iterator[Known]:
    for kind in (
        "text/plain", "TEXT/PLAIN", "text/plain;", "text/plain; charset", "text/plain; charset=", "text", "text/",
        "plain", "text/plain charset=utf-8", "text/plain; charset=us-ascii", "text/plain; charset=unknown-8bit",
        "text/plain; charset=utf-8; charset=utf-8", 'text/plain; charset="utf-8', "text/plain; charset='utf-8'",
        "text/plain (a note); charset=utf-8", "text/plain; charset=utf8", "text/plain; charset=UTF_8",
        "text/plain; charset=ansi_x3.4-1968", "text/plain; charset=cp1252", "text/plain; charset=latin1",
        "text/plain; charset=x-user-defined", "text/plain; charset=default", "text/plain; format=flowed; delsp=no",
        "text/plain; charset=utf-8; name=body.txt", "text/x-unheard-of; charset=utf-8", "text/enriched",
    ):  # fmt: skip
        files: tuple[tuple[str, str], ...] | None = (
            None if "name=" in kind or "unheard" in kind else ()
        )
        yield known(head() + part(_PLAIN_WORDS, kind), files=files)
        yield known(head() + part(_PLAIN_WORDS, kind, "7bit"), files=files)
        yield known(
            head() + group(part(_PLAIN_WORDS, kind), a_file()),
            files=None if files is None else _FILE,
        )
    for encoding in (
        "7bit",
        "8bit",
        "binary",
        "8-bit",
        "7-bit",
        "none",
        "x-unknown",
        "utf-8",
        "US-ASCII",
        "7bit;",
    ):
        yield known(head() + part(_PLAIN_WORDS, encoding=encoding))
        yield known(head() + group(part(_PLAIN_WORDS, encoding=encoding), a_file()), files=_FILE)


def _builds() -> dict[str, tuple[bytes, tuple[tuple[str, str], ...] | None]]:
    """Sound messages of every build, with their files."""
    words, page = (
        part(_PLAIN_WORDS),
        part("<p>" + _PLAIN_WORDS.replace("\n", "<br>"), "text/html; charset=utf-8"),
    )
    both = group(words, page, kind="alternative", boundary="b2")
    coded = part(_PLAIN_WORDS, encoding="base64")
    quoted = part(_PLAIN_WORDS, encoding="quoted-printable")
    return {
        "words": (words, ()),
        "words in base64": (coded, ()),
        "words in quoted-printable": (quoted, ()),
        "a page": (page, ()),
        "words and a page": (both, ()),
        "a page before words": (group(page, words, kind="alternative"), ()),
        "words and a file": (group(words, a_file()), _FILE),
        "a file before words": (group(a_file(), words), _FILE),
        "both and a file": (group(both, a_file()), _FILE),
        "both within related": (group(both, kind="related"), ()),
        "signed": (
            group(
                words, part(b"sig", "application/pgp-signature; name=signature.asc"), kind="signed"
            ),
            None,
        ),
        "with a calendar": (
            group(
                words, part("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "text/calendar"), kind="alternative"
            ),
            None,
        ),
        "deep": (group(group(group(both, boundary="b3"), boundary="b4"), a_file()), _FILE),
        "an empty part before": (group(part("", "text/plain"), words), None),
    }


CARRIED: Final[dict[str, Callable[[bytes], bytes]]] = {
    "as it is": lambda raw: raw,
    "LF": lambda raw: raw.replace(b"\r\n", b"\n"),
    "CR": lambda raw: raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "CRCRLF": lambda raw: raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\r\n"),
    "LF in its head only": lambda raw: raw.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n") + b"\n\n" + raw.partition(b"\r\n\r\n")[2],
    "an mbox line": lambda raw: b"From jo@example.net Tue Mar  3 09:15:00 2026\r\n" + raw,
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "blank lines before": lambda raw: b"\r\n\r\n" + raw,
    "blanks after": lambda raw: raw + b"\r\n" * 30,
    "NULs after": lambda raw: raw + b"\0" * 200,
    "utf-16": lambda raw: raw.decode().encode("utf-16"),
    "a control-Z after": lambda raw: raw + b"\r\n\x1a",
}  # fmt: skip


def _builds_as_carried() -> Iterator[Known]:
    for raw, files in _builds().values():
        for carry in CARRIED.values():
            yield known(carry(head() + raw), files=files)


def _addresses() -> Iterator[Known]:
    body = part(_PLAIN_WORDS)
    ways = (
        ("c@landlord.example", ("c@landlord.example",)),
        ("<c@landlord.example>", ("c@landlord.example",)),
        ('"C" <c@landlord.example>', ("c@landlord.example",)),
        ("'C' <c@landlord.example>", ("c@landlord.example",)),
        ("C <C@Landlord.Example>", ("c@landlord.example",)),
        ("c@landlord.example (the team)", ("c@landlord.example",)),
        ('"Team, Complaints" <c@landlord.example>', ("c@landlord.example",)),
        ("Team, Complaints <c@landlord.example>", ("c@landlord.example",)),
        ("c@landlord.example, d@landlord.example", ("c@landlord.example", "d@landlord.example")),
        ("c@landlord.example; d@landlord.example", ("c@landlord.example", "d@landlord.example")),
        ("c@landlord.example,\r\n d@landlord.example", ("c@landlord.example", "d@landlord.example")),
        ("c@landlord.example,,d@landlord.example,", ("c@landlord.example", "d@landlord.example")),
        ("Team: c@landlord.example, d@landlord.example;", ("c@landlord.example", "d@landlord.example")),
        ("undisclosed-recipients:;", ()),
        ("=?utf-8?B?Q2Fmw6k=?= <c@landlord.example>", ("c@landlord.example",)),
        ("=?utf-8?Q?Team=2C_Complaints?= <c@landlord.example>", ("c@landlord.example",)),
        ("d@landlord.example <c@landlord.example>", ("c@landlord.example",)),
        ('"d@landlord.example" <c@landlord.example>', ("c@landlord.example",)),
        ("<c@landlord.example> (C (the team))", ("c@landlord.example",)),
        ("C <c@landlord.example", ("c@landlord.example",)),
        ("c.d+e_f-g@sub.landlord.example", ("c.d+e_f-g@sub.landlord.example",)),
        ('"c d"@landlord.example', ('"c d"@landlord.example',)),
        ("Caf\u00e9 <c@landlord.example>", ("c@landlord.example",)),
    )  # fmt: skip
    for written, right in ways:
        yield known(head(To=written) + body, to=right)
        yield known(head(Cc=written) + body, cc=right)
        if len(right) == 1:
            yield known(head(From=written) + body, sender=right[0])
            reply = head(From=written, Reply_To="Elsewhere <e@example.org>", Sender="s@example.org")
            yield known(reply + group(body, a_file()), sender=right[0], files=_FILE)


def _many() -> Iterator[Known]:
    for count in (2, 20, 300):
        right = tuple(f"r{number}@landlord.example" for number in range(count))
        yield known(head(To=",\r\n ".join(right)) + part(_PLAIN_WORDS), to=right)
    for count in (2, 10, 60):
        names = [f"photo {number}.jpg" for number in range(count)]
        parts = [a_file(f'attachment; filename="{name}"', "image/jpeg") for name in names]
        files = tuple((name, _FILE[0][1]) for name in names)
        yield known(head() + group(part(_PLAIN_WORDS), *parts), files=files)
    for paragraphs in (50, 1_000):
        words = "\r\n".join(["The boiler has been broken for three weeks."] * paragraphs)
        for encoding in ("", "base64", "quoted-printable"):
            yield known(head() + part(words, encoding=encoding), body=words)
    flowed = "The boiler has been broken \r\nfor three weeks and nobody \r\nhas come.\r\n"
    yield known(head() + part(flowed, "text/plain; charset=utf-8; format=flowed"), body=flowed)
    joined = "The boi \r\nler has bro \r\nken down.\r\n"
    yield known(
        head() + part(joined, "text/plain; format=flowed; delsp=yes"),
        body="The boiler has broken down.",
    )
    stuffed = " From the start\r\n  it was broken.\r\n"
    yield known(
        head() + part(stuffed, "text/plain; format=flowed"), body="From the start it was broken."
    )


def _inside_others() -> Iterator[Known]:
    """Messages within messages and files within words: the outer words and sender must stand."""
    inner = head(From="Ann <ann@example.org>", Subject="The older one") + part("An older letter.")
    for deep in range(1, 6):
        for encoding in ("", "8bit", "base64"):
            lines = "Content-Disposition: attachment; filename=older.eml\r\n" if deep % 2 else ""
            carried = part(inner, "message/rfc822", encoding, lines)
            yield known(head() + group(part(_PLAIN_WORDS), carried), body=None, files=None)
            yield known(
                head() + group(part(_PLAIN_WORDS), carried, a_file()), body=None, files=None
            )
        inner = head(Subject=f"Number {deep}") + group(
            part(f"Letter {deep}."), part(inner, "message/rfc822"), boundary=f"d{deep}"
        )
    for name in ("letter.pdf", "IMG 0412.jpg"):
        rows = [_CONTENT[start : start + 45] for start in range(0, len(_CONTENT), 45)]
        lines = "".join(binascii.b2a_uu(row).decode() for row in rows)
        for text in (
            f"{_PLAIN_WORDS}\n\nbegin 644 {name}\n{lines}`\nend\n",
            f"begin 666 {name}\n{lines}`\nend\n",
        ):
            whole = _PLAIN_WORDS if text.startswith("The") else ""
            raw = head() + part(text.replace("\n", "\r\n"))
            yield known(raw, body=whole, files=((name, _FILE[0][1]),))
