"""People's names: in a From line, under a letter, and in what is said of somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.wording.passages import Passage

HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Revd|Prof|Sir|Dame|Sr|Fr)\.?"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆČŠŽİ]"
_WORD = rf"(?:{_CAPITAL}[\w'’À-ÿłśżźćčšžı]+(?:-{_CAPITAL}[\w'’À-ÿłśżźćčšžı]+)*)"
_INITIAL = rf"(?:{_CAPITAL}\.?(?: ?{_CAPITAL}\.?){{0,2}}(?= ))"
_PARTICLE = r"(?:de|da|dos|van|von|der|den|bin|al|el|la|le|ap)"
NAME = rf"(?:{_WORD}|{_INITIAL})(?: (?:{_PARTICLE} )?(?:{_WORD}|{_INITIAL})){{0,3}}"
_TITLED = Expression(rf"\b{HONORIFIC}(?: (?:and|&) {HONORIFIC})? ({NAME})")
_ABOUT = Expression(
    rf"(?:[Oo]n behalf of|[Aa]cting for|[Aa]ct for|[Ii]nstructed by|instructions of|[Cc]oncerning"
    rf"|[Rr]egarding|[Cc]onstituent|[Cc]lient|[Pp]atient|[Tt]enant|[Rr]esident|[Ll]easeholder"
    rf"|[Rr]e:?"
    rf"|[Aa]bout|[Ff]or|[Ff]rom|[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Nn]eighbour|[Nn]an"
    rf"|[Gg]randmother"
    rf"|[Aa]unt|[Uu]ncle|[Ss]ister|[Bb]rother|[Ss]on|[Dd]aughter|complaint of|claim of|insured:?"
    rf"|support of|assist|support|name is|called)[:,]? (?:(?:my|our|your|the|a|above|named"
    rf"|constituent"
    rf"|client|tenant|resident|patient|mother|father|mum|dad|neighbour|aunt|uncle|sister|brother"
    rf"|nan"
    rf"|grandmother|elderly),? ){{0,3}}(?:{HONORIFIC} )?({NAME})"
)
_OF_ADDRESS = Expression(
    rf"(?:{HONORIFIC} )?({NAME}),? (?:of |at |, )?(?:[Ff]lat \w+|\d+[A-Za-z]?),? "
)
_SIGN_OFF = Expression(
    r"(?:regards|sincerely|faithfully|thanks|thank you|best wishes|cheers|truly|yours|wishes"
    r"|in anticipation|respectfully|signed)[,.! ]*\n+[ \t]*([^\n]{2,60})",
    re.IGNORECASE,
)
_SELF = Expression(
    rf"(?:[Mm]y name is|[Ii] am|[Ii]['’]?m|[Tt]his is|[Ii]t['’]?s"
    rf"|[Ss]igned:?) (?:{HONORIFIC} )?({NAME})"
)
_LABELLED = Expression(
    r"^[ \t>*|]*(?:(?:respondent|customer|tenant|resident|caller|visitor|client|patient|pupil"
    r"|claimant"
    r"|complainant|policyholder|insured|leaseholder|occupier|applicant|our client|name of \w+)"
    r"(?:'s)?(?: name)?|name|cust|re|visitor name)[ \t]*[:|=\t][ \t|]*"
    rf"(?:{HONORIFIC} )?({NAME})[ \t]*(?:$|[,|;(]|- )",
    re.MULTILINE | re.IGNORECASE,
)
_KIN_NAMED = Expression(
    r"\b[Mm]y (?:elderly |late |dear )?(?:mother|mum|mam|father|dad|nan|gran|grandmother"
    r"|grandfather"
    r"|grandad|aunt|auntie|uncle|sister|brother|son|daughter|wife|husband|partner|friend|neighbour)"
    rf"(?:,| is|'s name is)? (?:{HONORIFIC} )?({NAME})"
)
_GREETED = Expression(r"(?:dear|hi|hello|attn|att|fao|morning|afternoon|hiya)[, ]+$", re.IGNORECASE)
_NOT_NAMES = frozenset((
    "a", "address", "afternoon", "all", "also", "an", "and", "april", "as", "association",
    "at", "august", "avenue", "best", "borough", "but", "case", "city", "claim", "cllr",
    "close", "complainant", "complaint", "complaints", "council", "councillor", "county",
    "court", "customer", "dear", "december", "department", "district", "dob", "email",
    "evening", "faithfully", "february", "flat", "for", "form", "formal", "friday", "from",
    "good", "had", "has", "have", "he", "hello", "her", "hi", "his", "homelessness", "homes",
    "house", "housing", "how", "i", "if", "in", "is", "it", "its", "january", "july", "june",
    "just", "kind", "landlord", "lane", "last", "law", "letter", "limited", "llp", "ltd",
    "madam", "make", "manager", "many", "march", "may", "miss", "mobile", "monday", "morning",
    "mp", "mr", "mrs", "ms", "my", "new", "no", "not", "notice", "november", "october", "of",
    "office", "officer", "ombudsman", "on", "online", "only", "our", "phone", "plc", "please",
    "re", "ref", "reference", "regards", "report", "request", "resident", "road", "saturday",
    "school", "sent", "september", "service", "services", "she", "sincerely", "sir", "so",
    "solicitors", "stage", "statement", "still", "street", "sunday", "surgery", "team", "tel",
    "tenant", "thank", "thanks", "that", "the", "their", "they", "this", "thursday", "to",
    "tuesday", "was", "we", "wednesday", "what", "when", "why", "with", "yes", "you", "your",
    "yours",
))  # fmt: skip
_ORGANISATION = Expression(
    r"no-?reply|forms?\b|online|website|survey|system|notification|admin|complaints?\b|housing\b"
    r"|council|helpdesk|mailbox|office of|reception|team\b|customer|scanner|scan\b|copier|mfd"
    r"|post ?room|voicemail|service|surgery|enquir|accounts|info\b|^mail\b|support\b|alerts?|tsm"
    r"|bulletin|solicitors?|llp|ltd|limited|\blaw\b|tenants of|residents|association|group|advocacy"
    r"|disrepair|claims|contact centre|neighbourhood|homes\b",
    re.IGNORECASE,
)


def names_an_organisation(text: str) -> bool:
    """Whether a From name is some body's and not a person's."""
    return bool(_ORGANISATION.search(text))


def plausible_name(text: str) -> str:
    """The name in a short line, or empty where the line holds none."""
    text = re.sub(r"\([^)]*\)|<[^>]*>|[\"|][^\n]*", " ", text).strip(" ,.-–*_\t\r\n")
    text = re.split(r",| - | – |\d|\||@|\n| for | of | on behalf", text)[0].strip(" ,.")
    text = re.sub(rf"^(?:{HONORIFIC} )+", "", text)
    text = re.split(r"['’]s\b", text)[0]
    words = text.split()
    while words and (words[-1].lower().strip(".,'") in _NOT_NAMES or words[-1].endswith("-")):
        words.pop()
    if not 1 <= len(words) <= 5 or any(word.lower().strip(".,'") in _NOT_NAMES for word in words):
        return ""
    shape = rf"(?:{_WORD}|{_CAPITAL}\.?(?:{_CAPITAL}\.?)*|{_PARTICLE}|&|and)$"
    return " ".join(words) if all(re.match(shape, word) for word in words) else ""


def signed(passages: Iterable[Passage]) -> str:
    """The full name under a message, or the one by which its writer introduces themselves."""
    for passage in passages:
        text = passage.text
        tail = text[-1500:]
        for pattern, where in ((_SIGN_OFF, tail), (_SELF, text[:6000])):
            for match in pattern.finditer(where):
                named = plausible_name(match.group(1))
                if len(named.split()) >= 2:
                    return named
        for line in reversed(text.strip().split("\n")[-7:]):
            named = plausible_name(line)
            if len(named.split()) >= 2:
                return named
        last = re.split(r"(?<=[.!?)]) +", " ".join(tail.split()))
        for sentence in reversed(last[-3:]):
            named = plausible_name(sentence)
            if len(named.split()) >= 2:
                return named
    return ""


def fuller(name: str, passages: Iterable[Passage]) -> str:
    """A From name such as `R K`, `adrian` or `Jo`, made whole from how the message is signed."""
    parts = tuple(passages)
    words = [word for word in re.split(r"[ .]+", name) if len(word) > 1]
    if len(words) >= 2:
        return name
    for first in words[:1]:
        beside = re.compile(rf"\b{re.escape(first)} ({_WORD})", re.IGNORECASE)
        for part in parts:
            for match in beside.finditer(part.text):
                if match.group(1)[0].isupper() and plausible_name(match.group(1)):
                    return f"{first.capitalize()} {match.group(1)}"
    found = signed(parts)
    return found if len(found.split()) >= 2 else (name if words else found or name)


def labelled(passages: Iterable[Passage], not_these: Iterable[str] = ()) -> str:
    """The name on a line that says whose it is, such as `Customer: Mr Ada Wick`; or empty."""
    others = {" ".join(name.lower().split()) for name in not_these}
    for part in passages:
        for match in _LABELLED.finditer(part.text[:8000]):
            named = plausible_name(match.group(1))
            if len(named.split()) < 2 or names_an_organisation(named):
                continue
            if match.group(1)[0].isupper() and not _same_as(named, others):
                return named
    return ""


def kin(passages: Iterable[Passage]) -> str:
    """The full name of a relative or neighbour the writer speaks of as theirs; or empty."""
    for part in passages:
        for match in _KIN_NAMED.finditer(part.text[:8000]):
            named = plausible_name(match.group(1))
            if len(named.split()) >= 2:
                return named
    return ""


def _same_as(named: str, others: set[str]) -> bool:
    """Whether a name, or the surname it may be, is one of these, or begins one of them."""
    small = named.lower()
    return any(
        small == other or (" " not in small and small in other.split()) or small in other
        for other in others
        if other
    )


def spoken_of(passages: Iterable[Passage], not_these: Iterable[str] = ()) -> str:
    """The person a representative, officer or professional writes about, named most fully.

    Whoever is greeted, and whoever is named in `not_these`, is not meant.
    """
    others = {" ".join(name.lower().split()) for name in not_these}
    partial = ""
    for part in passages:
        text = part.text[:8000]
        for pattern in (_TITLED, _ABOUT, _OF_ADDRESS):
            for match in pattern.finditer(text):
                named = plausible_name(match.group(1))
                words = named.split()
                if not named or _GREETED.search(text[max(0, match.start() - 12) : match.start()]):
                    continue
                if _same_as(named, others) or names_an_organisation(named):
                    continue
                if len(words) >= 2 and len(words[0].strip(".")) > 1:
                    return named
                titled = pattern is _TITLED
                if titled and len(words) == 1:
                    named = match.group().split(" ")[0] + " " + named  # a surname keeps its title
                if len(words) >= 2 or (titled and not partial):
                    partial = named if len(words) >= len(partial.split()) else partial
    return partial
