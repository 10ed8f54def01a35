# ruff: noqa: E501  mail is shown as programs write it, long lines and all
"""How mail programs mark what they answer and what they forward, each in the tongues it speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.forwarding import forwarded_inline
from correspondence.intake.quoting import split

OURS = "complaints@landlord.example"
OLD = """Dear Mr Tenant

We wrote to you about the boiler at your home. The engineer will come on Friday.
Please let us know if the date does not suit you.

Yours sincerely
Complaints Team"""
MARKED = "\n".join(f"> {line}".rstrip() for line in OLD.split("\n"))
REPLY = "I am not happy with this.\nThe engineer never came."

UNMARKED_REPLIES = {
    "zoho": f"---- On Mon, 12 Jan 2026 10:00:00 +0000 Complaints <{OURS}> wrote ----",
    "zoho, no space": f"---- On Mon, 12 Jan 2026 10:00:00 +0000 Complaints<{OURS}> wrote ---",
    "zoho, wrapped": f"---- On Mon, 12 Jan 2026 10:00:00 +0000 Complaints and Resolutions Team\n<{OURS}> wrote ----",
    "zoho spanish": f"---- El lun, 12 ene 2026 10:00:00 +0000 Complaints <{OURS}> escribió ----",
    "zoho french": f"---- Le lun., 12 janv. 2026 10:00:00 +0000 Complaints <{OURS}> a écrit ----",
    "zoho german": f"---- Am Mo, 12 Jan 2026 10:00:00 +0000 Complaints <{OURS}> schrieb ----",
    "groupwise": f">>> Complaints <{OURS}> 12/01/2026 10:00 >>>",
    "groupwise, quoted name": f'>>> "Complaints Team" <{OURS}> 1/12/26 10:00 AM >>>',
    "groupwise, name alone": ">>> Complaints Team 12/01/2026 10:00 >>>",
    "groupwise, long": f">>> On 12/01/2026 at 10:00, in message <5A5F.0@mail.landlord.example>,\nComplaints <{OURS}> wrote:",
    "proton": f"------- Original Message -------\nOn Monday, January 12th, 2026 at 10:00 AM, Complaints <{OURS}> wrote:",
    "proton, new": f"On Monday, 12 January 2026 at 10:00, Complaints <{OURS}> wrote:",
    "fastmail": "On Mon, 12 Jan 2026, at 10:00 AM, Complaints wrote:",
    "yahoo": f"   On Monday, 12 January 2026 at 10:00:00 GMT, Complaints <{OURS}> wrote:",
    "thunderbird": "On 12/01/2026 10:00, Complaints wrote:",
    "thunderbird french": "Le 12/01/2026 à 10:00, Complaints a écrit :",
    "thunderbird italian": "Il 12/01/2026 10:00, Complaints ha scritto:",
    "thunderbird spanish": "El 12/1/26 a las 10:00, Complaints escribió:",
    "thunderbird polish": "W dniu 12.01.2026 o 10:00, Complaints pisze:",
    "thunderbird welsh": "Ar 12/01/2026 10:00, ysgrifennodd Complaints:",
    "outlook mobile": f"Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Complaints <{OURS}>\nSent: Monday, January 12, 2026 10:00:00 AM\nTo: Jo Tenant <jo@example.net>\nSubject: Your boiler",
    "outlook mobile french": f"Téléchargez Outlook pour iOS\n________________________________\nDe : Complaints <{OURS}>\nEnvoyé : lundi 12 janvier 2026 10:00:00\nÀ : Jo Tenant <jo@example.net>\nObjet : Your boiler",
    "outlook mobile german": f"Outlook für Android\n________________________________\nVon: Complaints <{OURS}>\nGesendet: Montag, 12. Januar 2026 10:00:00\nAn: Jo Tenant <jo@example.net>\nBetreff: Your boiler",
    "outlook mobile welsh": f"Cael Outlook ar gyfer iOS\n________________________________\nOddi wrth: Cwynion <{OURS}>\nAnfonwyd: 12 Ionawr 2026 10:00\nAt: Jo Tenant\nPwnc: Eich boeler",
    "outlook spanish": f"De: Complaints <{OURS}>\nEnviado el: lunes, 12 de enero de 2026 10:00\nPara: Jo Tenant\nAsunto: Your boiler",
    "outlook portuguese": f"De: Complaints <{OURS}>\nEnviada em: segunda-feira, 12 de janeiro de 2026 10:00\nPara: Jo Tenant\nAssunto: Your boiler",
    "outlook italian": f"Da: Complaints <{OURS}>\nInviato: lunedì 12 gennaio 2026 10:00\nA: Jo Tenant\nOggetto: Your boiler",
    "outlook romanian": f"De la: Complaints <{OURS}>\nTrimis: luni, 12 ianuarie 2026 10:00\nCătre: Jo Tenant\nSubiect: Your boiler",
    "outlook turkish": f"Kimden: Complaints <{OURS}>\nTarih: 12 Ocak 2026 10:00\nKime: Jo Tenant\nKonu: Your boiler",
    "samsung": f"-------- Original message --------\nFrom: Complaints <{OURS}>\nDate: 12/01/2026 10:00 (GMT+00:00)\nTo: Jo Tenant <jo@example.net>\nSubject: Your boiler",
    "samsung polish": f"-------- Oryginalna wiadomość --------\nOd: Complaints <{OURS}>\nData: 12.01.2026 10:00 (GMT+00:00)\nDo: Jo Tenant <jo@example.net>\nTemat: Your boiler",
    "samsung german": f"-------- Ursprüngliche Nachricht --------\nVon: Complaints <{OURS}>\nDatum: 12.01.26 10:00 (GMT+00:00)\nAn: Jo Tenant <jo@example.net>\nBetreff: Your boiler",
    "samsung french": f"-------- Message d'origine --------\nDe : Complaints <{OURS}>\nDate : 12/01/2026 10:00 (GMT+00:00)\nÀ : Jo Tenant <jo@example.net>\nObjet : Your boiler",
    "samsung spanish": f"-------- Mensaje original --------\nDe: Complaints <{OURS}>\nFecha: 12/1/26 10:00 (GMT+00:00)\nPara: Jo Tenant <jo@example.net>\nAsunto: Your boiler",
    "samsung romanian": f"-------- Mesaj original --------\nDe la: Complaints <{OURS}>\nData: 12.01.2026 10:00 (GMT+00:00)\nCătre: Jo Tenant <jo@example.net>\nSubiect: Your boiler",
    "samsung welsh": f"-------- Neges wreiddiol --------\nOddi wrth: Cwynion <{OURS}>\nDyddiad: 12/01/2026 10:00 (GMT+00:00)\nAt: Jo Tenant <jo@example.net>\nTestun: Eich boeler",
    "huawei": f"-------- Original message --------\nFrom: {OURS}\nDate: Mon, 12 Jan 2026, 10:00\nTo: jo@example.net\nSubject: Your boiler",
    "huawei chinese": f"-------- 原始邮件 --------\n发件人：Complaints <{OURS}>\n日期：2026年1月12日 10:00\n收件人：jo@example.net\n主题：Your boiler",
}

MARKED_REPLIES = {
    "thunderbird german": "Am 12.01.26 um 10:00 schrieb Complaints:",
    "fastmail, marked": "On Mon, 12 Jan 2026, at 10:00 AM, Complaints wrote:",
    "yandex": f'12.01.2026, 10:00, "Complaints" <{OURS}>:',
    "gmail chinese": f"Complaints <{OURS}> 于2026年1月12日周一 10:00写道：",
    "gmail turkish": f"Complaints <{OURS}>, 12 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "gmail hungarian": f"Complaints <{OURS}> ezt írta (időpont: 2026. jan. 12., H, 10:00):",
}

BLOCK = f"From: Jo Tenant <jo@example.net>\nDate: Mon, 12 Jan 2026 at 10:00\nSubject: My boiler\nTo: <{OURS}>"
FORWARDS = {
    "gmail": f"---------- Forwarded message ---------\n{BLOCK}",
    "gmail welsh": f"---------- Neges wedi'i hanfon ymlaen ---------\nOddi wrth: Jo Tenant <jo@example.net>\nDyddiad: Llun, 12 Ion 2026 am 10:00\nPwnc: My boiler\nAt: <{OURS}>",
    "zoho": f'============ Forwarded message ============\nFrom: Jo Tenant<jo@example.net>\nTo: "Complaints"<{OURS}>\nDate: Mon, 12 Jan 2026 10:00:00 +0000\nSubject: My boiler\n============ Forwarded message ============',
    "proton": f"------- Forwarded Message -------\nFrom: Jo Tenant <jo@example.net>\nDate: On Monday, January 12th, 2026 at 10:00 AM\nSubject: My boiler\nTo: {OURS} <{OURS}>",
    "yahoo": f"----- Forwarded message -----\nFrom: Jo Tenant <jo@example.net>\nTo: {OURS} <{OURS}>\nSent: Monday, 12 January 2026 at 10:00:00 GMT\nSubject: My boiler",
    "apple": f"Begin forwarded message:\n\n{BLOCK}",
    "apple german": f"Anfang der weitergeleiteten Nachricht:\n\nVon: Jo Tenant <jo@example.net>\nBetreff: My boiler\nDatum: 12. Januar 2026 um 10:00:00 GMT\nAn: {OURS}",
    "apple french": f"Début du message transféré :\n\nDe: Jo Tenant <jo@example.net>\nObjet: My boiler\nDate: 12 janvier 2026 à 10:00:00 UTC\nÀ: {OURS}",
    "thunderbird": f"-------- Forwarded Message --------\nSubject: My boiler\nDate: Mon, 12 Jan 2026 10:00:00 +0000\nFrom: Jo Tenant <jo@example.net>\nTo: {OURS}",
    "thunderbird german": f"-------- Weitergeleitete Nachricht --------\nBetreff: My boiler\nDatum: Mon, 12 Jan 2026 10:00:00 +0000\nVon: Jo Tenant <jo@example.net>\nAn: {OURS}",
    "thunderbird french": f"-------- Message transféré --------\nSujet : My boiler\nDate : Mon, 12 Jan 2026 10:00:00 +0000\nDe : Jo Tenant <jo@example.net>\nPour : {OURS}",
    "thunderbird polish": f"-------- Treść przekazanej wiadomości --------\nTemat: My boiler\nData: Mon, 12 Jan 2026 10:00:00 +0000\nNadawca: Jo Tenant <jo@example.net>\nDo: {OURS}",
    "thunderbird spanish": f"-------- Mensaje reenviado --------\nAsunto: My boiler\nFecha: Mon, 12 Jan 2026 10:00:00 +0000\nDe: Jo Tenant <jo@example.net>\nPara: {OURS}",
    "thunderbird italian": f"-------- Messaggio Inoltrato --------\nOggetto: My boiler\nData: Mon, 12 Jan 2026 10:00:00 +0000\nDa: Jo Tenant <jo@example.net>\nA: {OURS}",
    "thunderbird welsh": f"-------- Neges a Anfonwyd Ymlaen --------\nTestun: My boiler\nDyddiad: Mon, 12 Jan 2026 10:00:00 +0000\nOddi wrth: Jo Tenant <jo@example.net>\nAt: {OURS}",
    "thunderbird romanian": f"-------- Mesaj redirecționat --------\nSubiect: My boiler\nData: Mon, 12 Jan 2026 10:00:00 +0000\nExpeditor: Jo Tenant <jo@example.net>\nCătre: {OURS}",
    "fastmail": f"----- Original message -----\nFrom: Jo Tenant <jo@example.net>\nTo: {OURS}\nSubject: My boiler\nDate: Monday, 12 January 2026 10:00",
    "outlook mobile": f"Get Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Jo Tenant <jo@example.net>\nSent: Monday, January 12, 2026 10:00:00 AM\nTo: Complaints <{OURS}>\nSubject: My boiler",
    "samsung": f"-------- Original message --------\nFrom: Jo Tenant <jo@example.net>\nDate: 12/01/2026 10:00 (GMT+00:00)\nTo: {OURS}\nSubject: My boiler",
}
MATTER = "My boiler has been broken for three weeks and nobody came.\nI want this put right."


@pytest.mark.parametrize("mark", UNMARKED_REPLIES.values(), ids=UNMARKED_REPLIES)
def test_what_a_program_quotes_without_marks_is_history(mark: str) -> None:
    parts = split(f"{REPLY}\n\n{mark}\n\n{OLD}\n", "Re: Your boiler")
    new = "\n".join(line for line in parts.new_text.split("\n") if "Outlook" not in line).strip()
    assert new == REPLY
    assert parts.quoted_text.endswith("Complaints Team")
    assert parts.forwarded_text == ""


@pytest.mark.parametrize(
    "mark",
    [*UNMARKED_REPLIES.values(), *MARKED_REPLIES.values()],
    ids=[*UNMARKED_REPLIES, *MARKED_REPLIES],
)
def test_what_a_program_quotes_with_marks_is_history(mark: str) -> None:
    parts = split(f"{REPLY}\n\n{mark}\n\n{MARKED}\n", "Re: Your boiler")
    new = "\n".join(line for line in parts.new_text.split("\n") if "Outlook" not in line).strip()
    assert new == REPLY
    assert parts.quoted_text.endswith("> Complaints Team")


@pytest.mark.parametrize("mark", FORWARDS.values(), ids=FORWARDS)
@pytest.mark.parametrize("note", ["", "Please see below from a tenant.\n\n"])
def test_what_a_program_forwards_is_the_matter(mark: str, note: str) -> None:
    parts = split(f"{note}{mark}\n\n{MATTER}\n", "Fwd: My boiler")
    assert parts.quoted_text == ""
    assert MATTER in parts.new_text
    assert MATTER in parts.forwarded_text
    message = forwarded_inline(parts.forwarded_text)
    assert message is not None
    assert message.sender.address == "jo@example.net"
    assert message.subject == "My boiler"
    assert message.new_text == MATTER


def test_an_answer_by_arrows_is_told_from_lines_quoted_thrice() -> None:
    text = f"{REPLY}\n\n>>> We never had that letter.\n>>> Nor the other.\n\nYes you did."
    parts = split(text, "Re: Your boiler")
    assert parts.new_text == f"{REPLY}\n\n\nYes you did.".replace("\n\n\n", "\n\n")


@pytest.mark.parametrize(
    "said",
    [
        "---- On Monday I rang at 10:00 and nobody wrote back ----",
        "-- On and on it goes --",
        ">>> look at this >>>",
        "---- important ----",
        "== The council wrote to me on 12 January 2026 ==",
    ],
)
def test_a_residents_own_dashes_and_arrows_hide_nothing_below_them(said: str) -> None:
    parts = split(f"{REPLY}\n\n{said}\n\nThe damp is back and my son is ill.", "My boiler")
    assert "The damp is back and my son is ill." in parts.new_text


PIECES = st.sampled_from([
    *UNMARKED_REPLIES.values(), *MARKED_REPLIES.values(), *FORWARDS.values(),
    OLD, MARKED, REPLY, MATTER, "", "> quoted", ">> twice", "--", "____________",
])  # fmt: skip


@given(st.lists(PIECES, max_size=6), st.sampled_from(["", "Re: x", "Fwd: x"]))
def test_whatever_is_marked_nothing_is_lost(pieces: list[str], subject: str) -> None:
    text = "\n\n".join(pieces)
    parts = split(text, subject)
    placed = "\n".join([parts.new_text, parts.quoted_text, parts.signature, parts.disclaimer])
    assert sorted(filter(str.strip, placed.split("\n"))) == sorted(
        filter(str.strip, text.split("\n"))
    )
    assert bool(parts.new_text.strip()) == bool(text.strip())
