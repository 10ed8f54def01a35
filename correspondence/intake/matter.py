"""What of a message is judged: who speaks in it, in their own words, and where those stand.

A message is more than its newest words. A councillor's line stands above a resident's plea, an
officer forwards a letter, a form wraps a complaint, and 'please see attached' hides one in a PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from correspondence.intake.forms import Form, read_form
from correspondence.intake.scans import is_scan, names_a_scan, own_words
from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.passages import Passage

if TYPE_CHECKING:
    from correspondence.intake.message import Address, Message

_COVERING_WORDS = 70  # a note no longer than this may only cover what is attached
_LETTER = Expression(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_GREETING = Expression(
    r"\b(?:dear|to whom it may concern|yours (?:sincerely|faithfully))\b", re.IGNORECASE
)
_TRANSCRIPT = Expression(
    r"voice ?mail|voice message|transcri(?:pt|bed)|call recording", re.IGNORECASE
)
_TURNS, _FEWEST_TURNS, _MOST_TURNS = 4, 2, 100
_TURN = Expression(
    r"^[ \t]*(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]m)?[\])]?[ \t]*[-–]?[ \t]*)?"
    r"(?P<speaker>[A-Za-z][\w'’.() -]{0,40}?)[ \t]*:[ \t]+(?P<said>[^\n]+)$",
    re.MULTILINE,
)
_OURS = Expression(
    r"\b(?:(?:chat ?)?bot|assistant|virtual|agent|advis[eo]r|system|operator|host|team|support)\b",
    re.IGNORECASE,
)
_A_VISITOR = Expression(
    r"^(?:visitor|customer|guest|user|tenant|resident|you|me|client|caller)\b", re.IGNORECASE
)
_NOT_A_TURN = Expression(
    r"^(?:visitor|customer|user|tenant)? ?(?:name|email|e-mail|id|phone|subject|from|to|sent|date"
    r"|cc)\b",
    re.IGNORECASE,
)
_QUOTED_WORDS = Expression(r"[\"“]([^\"”\n]{80,})[\"”]")
_FORWARD_MARK = Expression(
    r"^[ \t>*]*(?:-{2,}[ ]*(?:original|forwarded) message[ ]*-{0,}|begin forwarded message:?"
    r"|-{5,}|_{10,}|from:[ ].{3,120})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Matter:
    """The passages of a message, by who speaks in them.

    `cover` is what the sender wrote; `accounts` are the words of the person the message is about
    where those stand elsewhere: in a form, in a message forwarded, in a letter attached.
    `supporting` is other attached text, such as a report; it says what a matter is about but is
    nobody's complaint. `frame` is the whole of a form, its maker's words among them. Where a
    colleague only passes something on (`passed_on`), the cover is not part of what is said; where
    a copier does (`scanned`), its own lines are no part of anything.
    """

    subject: Passage
    cover: Passage
    accounts: tuple[Passage, ...] = ()
    supporting: tuple[Passage, ...] = ()
    signature: Passage = field(default_factory=lambda: Passage("", "signature"))
    quoted: Passage = field(default_factory=lambda: Passage("", "quoted"))
    frame: Passage = field(default_factory=lambda: Passage("", "form"))
    form: Form | None = None
    passed_on: bool = False
    scanned: bool = False
    forwarded_from: Address | None = None
    speaker: str = ""  # by what name a visitor speaks in a chat

    @cached_property
    def spoken(self) -> tuple[Passage, ...]:
        """What is said, first the sender's own words, then the accounts."""
        parts = self.accounts if self.passed_on else (self.cover, *self.accounts)
        return tuple(part for part in parts if part.text.strip())

    @cached_property
    def all(self) -> tuple[Passage, ...]:
        """Everything but the quoted history."""
        parts = (self.subject, *self.spoken, *self.supporting)
        return tuple(part for part in parts if part.text.strip())

    @property
    def is_transcript(self) -> bool:
        """Whether a telephone system writes down what somebody said."""
        return bool(_TRANSCRIPT.search(f"{self.subject.text}\n{self.cover.text[:400]}"))

    @property
    def has_words(self) -> bool:
        """Whether there is anything to judge besides a subject."""
        return any(re.search(r"\w{2}", part.text) for part in (*self.spoken, *self.supporting))


def matter_of(message: Message, *, by_colleague: bool = False, by_machine: bool = False) -> Matter:
    """The matter of a message; of one that a colleague passes on, that of whoever wrote to them.

    What a machine sends (`by_machine`) may be a form with somebody's words in it.
    """
    text = message.new_text or ("" if message.quoted_text else message.text)
    scanned = is_scan(message)
    if scanned:
        text = own_words(text)
    subject = Passage(
        "" if scanned and names_a_scan(message.subject) else message.subject, "subject"
    )
    signature = Passage(message.signature, "signature")
    quoted = Passage(message.quoted_text, "quoted")
    chat, speaker = _chat(text)
    if chat:
        whole = Passage(text, "chat")
        return Matter(
            subject,
            Passage("", "body"),
            chat,
            (),
            signature,
            quoted,
            whole,
            passed_on=True,
            speaker=speaker,
        )
    form = None if scanned else read_form(text, message.subject, by_machine=by_machine)
    if form is not None:
        accounts = tuple(
            Passage(entry.value, f"form: {entry.label}") for entry in form.all_of("details")
        )
        wishes = tuple(
            Passage(entry.value, f"form: {entry.label}") for entry in form.all_of("outcome")
        )
        letters, supporting = _attached(message, " ".join(part.text for part in accounts))
        return Matter(
            subject,
            Passage("" if accounts or wishes else text, "form"),
            (*accounts, *wishes, *letters),
            supporting,
            signature,
            quoted,
            frame=Passage(text, "form"),
            form=form,
        )
    forwarded, cover = _forwarded(message, text)
    said = cover + " ".join(part.text for part in forwarded)
    letters, supporting = _attached(message, said, scanned=scanned)
    told: tuple[Passage, ...] = ()
    if by_colleague and not forwarded and not letters:
        told = tuple(Passage(m.group(1), "quoted words") for m in _QUOTED_WORDS.finditer(cover))
    sender = next((inner.sender for inner in message.forwarded), None)
    inner_form = next((found for part in forwarded if (found := read_form(part.text))), None)
    return Matter(
        subject,
        Passage(cover, "body"),
        (*forwarded, *letters, *told),
        supporting,
        signature,
        quoted,
        form=inner_form,
        passed_on=(by_colleague or scanned) and bool(forwarded or letters),
        scanned=scanned,
        forwarded_from=sender,
    )


def _chat(text: str) -> tuple[tuple[Passage, ...], str]:
    """What the visitor says in a chat that a system wrote down, and the name they go by.

    Several speak in turn, one of them for us; both are empty where there is no chat.
    """
    turns = [turn for turn in _TURN.finditer(text) if not _NOT_A_TURN.match(turn["speaker"])]
    ours = [turn for turn in turns if _OURS.search(turn["speaker"])]
    theirs = [turn for turn in turns if not _OURS.search(turn["speaker"])]
    speakers = Counter(turn["speaker"] for turn in theirs)
    if len(turns) < _TURNS or not ours or not theirs:
        return (), ""
    name, said = speakers.most_common(1)[0]
    if said < _FEWEST_TURNS:
        return (), ""
    words = [
        turn for turn in theirs if turn["speaker"] == name or _A_VISITOR.match(turn["speaker"])
    ]
    passages = tuple(Passage(turn["said"].strip(), "chat") for turn in words[:_MOST_TURNS])
    return passages, "" if _A_VISITOR.match(name) else name


def _forwarded(message: Message, text: str) -> tuple[tuple[Passage, ...], str]:
    """The messages forwarded, and what the sender wrote above them."""
    passages = []
    cover = text
    for inner in message.forwarded:
        words = inner.new_text or inner.text
        scanned = is_scan(inner)
        place = cover.find(words[:200]) if words else -1
        if inner.signature and inner.signature not in words:
            words = f"{words}\n\n{inner.signature}"
        if place >= 0:
            above = cover[:place]
            mark = _FORWARD_MARK.search(above)
            cover = above[: mark.start()] if mark else above
        if scanned:
            words = own_words(words)
        if words.strip():
            passages.append(Passage(words, "forwarded"))
        passages += [
            Passage(deeper.new_text or deeper.text, "forwarded")
            for deeper in inner.forwarded
            if deeper.text.strip() and deeper.text[:200] not in words
        ]
        passages.extend(_attached(inner, words, scanned=scanned)[0])
    return tuple(passages), cover


def _attached(
    message: Message, said: str, *, scanned: bool = False
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Letters attached in somebody's own voice, and other attached text.

    What a copier sends is the letter, whatever its voice.
    """
    letters, supporting = [], []
    covering = len(said.split()) <= _COVERING_WORDS
    for attachment in message.attachments:
        text = attachment.text
        if not text.strip():
            continue
        sample = text[:6000]
        count = max(1, len(sample.split()))
        own_voice = len(_LETTER.findall(sample)) / count > 0.035 or _GREETING.search(sample)
        place = f"attachment: {attachment.name}"
        if scanned or (own_voice and (covering or _GREETING.search(sample))):
            letters.append(Passage(text, place))
        else:
            supporting.append(Passage(text, place))
    return tuple(letters), tuple(supporting)
