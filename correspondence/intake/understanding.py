"""From a parsed message to a Reading: the judges in their order, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.classify import classify
from correspondence.intake.extract import extract
from correspondence.intake.flags import flags
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.judges.order import also
from correspondence.intake.judges.subject import ACKNOWLEDGED, Judgement, Subject
from correspondence.intake.landlord_signs import LandlordSigns
from correspondence.intake.matter import matter_of
from correspondence.intake.points import points
from correspondence.intake.reading import Evidence, Reading
from correspondence.intake.service_areas import service_area
from correspondence.intake.signals import signals
from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.intake.corrections import Correction
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Attachment, Message
    from correspondence.intake.reading import Kind

OFFERED: frozenset[str] = frozenset(
    {
        "service_request", "case_update", "councillor_enquiry", "mp_enquiry", "information_request",
        "legal_claim", "survey_feedback", "compliment", "comment",
    }
)  # fmt: skip
_SHOWN = 24


def understand(
    message: Message,
    landlord: LandlordSigns,
    opinions: Opinions | None = None,
    correction: Correction | None = None,
) -> Reading:
    """Read one message. Pure, and it never raises: what cannot be judged asks a person.

    `opinions` are an office's own, learned from its corrections; else the shipped weights speak.
    What a person said of the message in a `correction` stands, and the rest follows from it.
    """
    if message.unreadable and correction is None:
        return _unreadable(message.unreadable)
    signs = signals(message, landlord)
    matter = matter_of(
        message, by_colleague=signs.writer == "staff", by_machine=signs.machine == "notice"
    )
    found = Findings(matter)
    it = Subject(message, matter, signs, found, landlord)
    opinions = opinions or Opinions()
    judgement = classify(it, opinions.kinds) if correction is None else _said(correction)
    kind = judgement.kind
    people = extract(message, matter, signs, landlord, kind)
    told = points(kind, found, signs.writer, opinions)
    area, area_because = service_area(kind, found, told.points, opinions.areas)
    raised, flag_because = flags(
        kind, it, represented=people.representative is not None, opinion=opinions.flags
    )
    because = [*judgement.because, *area_because, *flag_because]
    asks = judgement.needs_person
    acknowledge = kind in ACKNOWLEDGED and not judgement.withheld
    if acknowledge and correction is None and _speaks_by_machine(it):
        acknowledge, asks = False, True
        because.append(Evidence(says="was sent by a machine, which is never answered unseen"))
    if kind != "automatic":
        doubts = [*unreadably(matter), *_unread(message, matter), *_by_machine(message, matter)]
        asks = asks or bool(doubts)
        because += [Evidence(says=doubt) for doubt in doubts]
    if kind in _NEEDS_NO_ANSWER and "emergency" in raised:
        asks = True
        because.append(Evidence(says="tells of a danger that is there now"))
    if correction is not None:
        asks = False
        area = area if correction.service_area is None else correction.service_area
        raised = raised if correction.flags is None else correction.flags
    offer = _offer(kind, raised, it.weight("complaint_denied") > 0)
    return Reading(
        kind=kind,
        confidence=round(min(1.0, max(0.0, judgement.confidence)), 3),
        service_area=area,
        flags=raised,
        needs_person=asks,
        because=tuple(dict.fromkeys(because))[:_SHOWN],
        resident=people.resident,
        representative=people.representative,
        also=also(it, kind),
        offer_complaint=offer,
        outcome_sought=told.outcome,
        points=told.points,
        acknowledge=acknowledge,
    )


_NEEDS_NO_ANSWER: frozenset[str] = frozenset({"compliment", "comment", "survey_feedback"})


def _said(correction: Correction) -> Judgement:
    """What a person said of a message's kind."""
    return Judgement(correction.kind, 1.0, (Evidence(says="was decided by a person"),))


def unreadably(matter: Matter) -> list[str]:
    """Why the words of a message cannot be relied upon, each as a short sentence."""
    doubts = []
    if not matter.has_words:
        doubts.append("holds no words that could be read")
    if any(part.is_cut for part in matter.spoken):
        doubts.append("is longer than what was judged of it")
    words = [word for part in matter.spoken for word in _WORD.findall(part.folded[:4000])]
    known = sum(word in _ENGLISH for word in words)
    if len(words) >= _ENOUGH_WORDS and known < _ENGLISH_SHARE * len(words):
        doubts.append("does not seem to be written in English")
    return doubts


def _unread(message: Message, matter: Matter) -> list[str]:
    """That the matter may stand in an attachment nobody read, where the message says little itself.

    A picture beside a few words is an illustration; a document beside them may be the letter.
    """
    said = sum(len(part.text.split()) for part in matter.spoken)
    enough = 0 if any(part.text.strip() for part in matter.supporting) else _SAYS_LITTLE
    for attachment in _all_attachments(message):
        if not attachment.unread_because or attachment.text.strip():
            continue
        picture = attachment.content_type.startswith("image/")
        if said <= (_SAYS_NOTHING if picture and not matter.scanned else max(enough, 1)):
            return ["comes with an attachment that could not be read and says little without it"]
    return []


def _by_machine(message: Message, matter: Matter) -> list[str]:
    """That what is said was read by machine from a scan or picture, which makes mistakes."""
    pictured = {f"attachment: {one.name}" for one in _all_attachments(message) if one.from_picture}
    if any(part.place in pictured for part in matter.spoken):
        return ["was read by machine from a scan or picture, which may be wrong in places"]
    return []


def _all_attachments(message: Message) -> Iterator[Attachment]:
    yield from message.attachments
    for inner in message.forwarded:
        yield from _all_attachments(inner)


_SAYS_LITTLE, _SAYS_NOTHING = 30, 6  # words
_WORD = Expression(r"[^\W\d_]+")
_ENOUGH_WORDS, _ENGLISH_SHARE = 8, 0.12
_ENGLISH = frozenset((
    "the", "a", "an", "i", "you", "we", "it", "is", "are", "was", "were", "be", "been",
    "have", "has", "had", "do", "does", "did", "not", "no", "and", "or", "but", "of", "to",
    "in", "on", "for", "with", "at", "by", "from", "my", "your", "our", "this", "that",
    "there", "they", "he", "she", "me", "us", "so", "if", "as", "can", "will", "would",
    "please", "what", "when", "up", "out", "all", "any",
))  # fmt: skip


def _speaks_by_machine(it: Subject) -> bool:
    """Whether the sender is a machine that carries nobody's words: no form, no call, no letter."""
    matter = it.matter
    carries = (
        matter.scanned or matter.form is not None or it.message.forwarded or matter.is_transcript
    )
    return bool(it.signs.machine) and not carries and not matter.passed_on


def _offer(kind: Kind, raised: tuple[str, ...], denied: bool) -> bool:
    """Whether the choice to complain must be offered (Code 1.3, 1.6)."""
    return (kind in OFFERED and "dissatisfaction" in raised) or (kind == "complaint" and denied)


def _unreadable(reason: str) -> Reading:
    return Reading(
        kind="unreadable",
        confidence=0.0,
        needs_person=True,
        because=(Evidence(says=f"could not be read: {reason}"),),
    )
