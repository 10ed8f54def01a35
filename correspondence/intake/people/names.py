"""People's names: in a From line, under a letter, and in what is said of somebody."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.wording.passages import Passage

HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Revd|Rev|Prof|Sir|Dame|Sr|Fr|MR|MRS|MS|MISS|DR|REV|Cllr"
    r"|Lt Col|Col|Capt|Major|Sgt)\.?"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆČŠŽİ]"
NAME_WORD = rf"(?:{_CAPITAL}[\w'’À-ÿłśżźćčšžı]+(?:-{_CAPITAL}[\w'’À-ÿłśżźćčšžı]+)*)"
INITIAL = rf"(?:{_CAPITAL}\.?(?: ?{_CAPITAL}\.?){{0,2}}(?= ))"
_PARTICLE = r"(?:de|da|dos|van|von|der|den|bin|al|el|la|le|ap)"
NAME = rf"(?:{NAME_WORD}|{INITIAL})(?: (?:{_PARTICLE} )?(?:{NAME_WORD}|{INITIAL})){{0,3}}"
_TITLED = Expression(rf"\b{HONORIFIC}(?: (?:and|&) {HONORIFIC})? ({NAME})")
_ABOUT = Expression(
    rf"(?:[Oo]n behalf of|[Aa]cting for|[Aa]ct for|[Ii]nstructed by|instructions of|[Cc]oncerning"
    rf"|[Rr]egarding|[Cc]onstituent|[Cc]lient|[Pp]atient|[Tt]enant|[Rr]esident|[Ll]easeholder"
    rf"|[Rr]e:?"
    rf"|[Aa]bout|[Ff]or|[Ff]rom|[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Nn]eighbour|[Nn]an"
    rf"|[Gg]randmother"
    rf"|[Aa]unt|[Uu]ncle|[Ss]ister|[Bb]rother|[Ss]on|[Dd]aughter|complaint of|claim of|insured:?"
    rf"|[Vv]isit to|[Vv]isited|[Ss]poke (?:to|with)|[Cc]all(?:ed)? (?:from|by)|[Cc]onfirm that"
    rf"|[Pp]osted (?:[\w:]+ ){{0,6}}by|says|stands"
    rf"|[Ii]nformation:|support of|assist|support|name is|called)[:,]? (?:(?:my|our|your|the"
    rf"|a|above|named"
    rf"|constituent"
    rf"|client|tenant|resident|patient|mother|father|mum|dad|neighbour|aunt|uncle|sister|brother"
    rf"|nan"
    rf"|grandmother|elderly),? ){{0,3}}[\"“]?(?:{HONORIFIC} )?({NAME})"
)
_OF_ADDRESS = Expression(
    rf"(?<!\d )(?<!\d[a-z] )\b(?:{HONORIFIC} )?({NAME}),? (?:of |at |, |\()?"
    r"(?:[Ff]lat \w+|\d+[A-Za-z]?),? "
)
_SIGN_OFF = Expression(
    r"(?:regards|sincerely|faithfully|thanks|thank you|best wishes|cheers|truly|yours|wishes"
    r"|in anticipation|respectfully|signed|obliged)(?:[,.! ]*\n+[ \t]*|,[ \t]+)([^\n]{2,60})",
    re.IGNORECASE,
)
_SELF = Expression(
    rf"(?:[Mm]y name is|[Mm]y name['’]s|[Ii] am|[Ii]['’]?m|[Tt]his is|[Ii]t['’]?s|[Ii]t is"
    rf"|[Ss]igned:?) (?:(?:er+m?|um+|uh|just|only|me|again),? ){{0,2}}(?:{HONORIFIC} )?({NAME})"
)
_LABELLED = Expression(
    r"(?:^[ \t>*|]*| {2,}|[·|;.] *)(?:(?:respondent|customer|tenant|resident|caller|visitor"
    r"|client|patient|pupil"
    r"|claimant"
    r"|complainant|policyholder|insured|leaseholder|occupier|applicant|our client|name of \w+)"
    r"(?:'s)?(?: name)?|name|cust|re|visitor name|household|acct|account)[ \t]*[:|=\t][ \t|]*"
    rf"(?:[\d#-]{{3,12}} *\(?)?(?:{HONORIFIC} )?({NAME})(?:[ \t]*(?:$|[,|;()·/]|- )|[ \t]{{2,}})",
    re.MULTILINE | re.IGNORECASE,
)
_KIN_NAMED = Expression(
    r"\b[Mm]y (?:elderly |late |dear )?(?:mother|mum|mam|father|dad|nan|gran|grandmother"
    r"|grandfather"
    r"|grandad|aunt|auntie|uncle|sister|brother|son|daughter|wife|husband|partner|friend|neighbour)"
    rf"(?:,| is|'s name,?(?: is)?)? (?:{HONORIFIC} )?({NAME})"
    rf"|\b[Aa]s (?:the )?(?:daughter|son|niece|nephew|sister|brother|granddaughter|grandson|carer"
    rf"|friend|neighbour|mother|father|wife|husband|partner) of (?:{HONORIFIC} )?({NAME})"
)
_ELDER = (
    r"(?:(?:grand)?mother|mum|mam|mom|(?:grand)?father|dad|nan|nana|gran|granny|grandad|grandma"
    r"|grandpa|aunt|auntie|uncle)"
)
_AFTER_NAME = (
    r"(?=[,.;:()]|['’]s\b|\s+(?:at|of|is|was|has|had|who|lives|lived|died|passed|does|needs|cannot"
    r"|can['’]?t|went|asked|said|told|aged|because|and|,|\()|\s*\d|\s*$)"
)
_SPOKEN_FOR = Expression(
    rf"\b(?i:my (?:elderly |late |dear |own )?{_ELDER}(?:,| is|,? \()? ?)(?:{HONORIFIC} )?"
    rf"(?:({NAME_WORD}(?: {NAME_WORD}){{1,2}}){_AFTER_NAME}"
    r"|((?-i:[a-z]{3,} [a-z]{3,})) (?=at \d|of \d))"
    rf"|^[^\n]{{3,40}} (?:for|on behalf of|pp) ({HONORIFIC} {NAME})"
    rf"|\b(?i:{_ELDER}|my (?:brother|sister|son|daughter|uncle|aunt)) \((?:{HONORIFIC} )?"
    rf"({NAME_WORD}(?: {NAME_WORD}){{1,2}})[,)]"
    rf"|(?:\b(?:I am|I['’]m|[Tt]his is) |\()(?:{NAME_WORD},? )?({NAME_WORD} {NAME_WORD})['’]s?"
    r" (?i:daughter|son|niece|nephew|sister|brother|granddaughter|grandson|carer|mother|father"
    r"|mum|dad)\b",
    re.MULTILINE,
)
_CLOSING = Expression(
    r"^(?:yours(?: (?:sincerely|faithfully|truly|etc))?|(?:kind(?:est)? |best |warm )?regards"
    r"|many thanks|thanks|thank you|cheers|best wishes|signed|from)\b[,.:! ]*",
    re.IGNORECASE,
)
_CAME_BY = Expression(
    rf"(?:^|[.!\n] ?)(?:{HONORIFIC} )?({NAME_WORD}(?: {NAME_WORD}){{1,2}}) "
    r"(?:\([^)\n]{1,40}\) |,[^,\n]{1,40}, )?"
    r"(?:(?:has |had )?(?:just )?(?:rang|rung|phoned|called|emailed|came|come|been|visited|popped"
    r"|dropped|written|asked|told)|says|would like|wants)\b"
)
_SMALL_NAME = Expression(r"^[a-zà-ÿ][a-zà-ÿ'’-]+ [a-zà-ÿ][a-zà-ÿ'’-]+$")
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
    r"|disrepair|claims|contact centre|neighbourhood|homes\b|tenants (?:&|and)|leaseholders"
    r"|federation"
    r"|society|satisfaction|\b(?:m?bc|dc|cc)\b|receipts?\b|gateway|portal",
    re.IGNORECASE,
)


_EDGES = " ,.-–*_\t\r\n"


def names_an_organisation(text: str) -> bool:
    """Whether a From name is some body's and not a person's."""
    return bool(_ORGANISATION.search(text))


def plausible_name(text: str) -> str:
    """The name in a short line, or empty where the line holds none."""
    text = re.sub(r"\([^)]*\)|<[^>]*>|[\"|][^\n]*", " ", text.lstrip('"“ ')).strip(_EDGES)
    text = re.split(r",| - | – |\d|\||@|\n|/|·|  | for | of | on behalf", text)[0].strip(" ,.")
    text = re.sub(rf"^(?:{HONORIFIC} )+", "", text)
    text = re.split(r"['’]s\b", text)[0]
    words = text.split()
    if not all(map(str.isupper, words)):  # capitals alone beside a name are a body's or a number's
        first = next((n for n, word in enumerate(words) if len(word) > 2 and word.isupper()), None)
        words = words[:first]
    while words and (words[-1].lower().strip(".,'") in _NOT_NAMES or words[-1].endswith("-")):
        words.pop()
    if not 1 <= len(words) <= 5 or any(_is_no_name(word, words) for word in words):
        return ""
    shape = rf"(?:{NAME_WORD}|{_CAPITAL}\.?(?:{_CAPITAL}\.?)*|{_PARTICLE}|&|and)$"
    return " ".join(words) if all(re.match(shape, word) for word in words) else ""


def _is_no_name(word: str, words: list[str]) -> bool:
    """Whether a word is never part of a name; a capital beside one is somebody's initial."""
    bare = word.strip(".,'")
    if len(bare) == 1 and bare.isupper() and len(words) > 1 and word is not words[-1]:
        return False
    return bare.lower() in _NOT_NAMES


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
        lines = text.strip().split("\n")[-7:]
        last = re.split(r"(?<=[.!?)])[\"”]? +", " ".join(tail.split()))
        for line in (*reversed(lines), *reversed(last[-3:])):
            named = plausible_name(_CLOSING.compiled.sub("", line.strip()))
            if len(named.split()) >= 2:
                return named
        named = _in_small_letters(text, lines, last)
        if named:
            return named
    return ""


def _in_small_letters(text: str, lines: list[str], sentences: list[str]) -> str:
    """The name under a message that uses no capitals: two words alone, on a line or at the end."""
    written = [word for word in re.findall(r"[^\W\d_]{2,}", text) if not word.isupper()]
    if sum(word[0].isupper() for word in written) > _FEW_CAPITALS * len(written):
        return ""
    for line in (*reversed(lines[-3:]), *sentences[-1:]):
        words = re.split(r",|\d", line.strip(" .!,"))[0].strip()
        if _SMALL_NAME.match(words) and not any(word in _NOT_NAMES for word in words.split()):
            return words
    return ""


_FEW_CAPITALS = 0.1


def fuller(name: str, passages: Iterable[Passage]) -> str:
    """A From name such as `R K`, `adrian` or `Jo & Al`, made whole from how the message is signed.

    Of a whole name and a shorter form of it the whole stays; a surname with an initial is looked
    for in full.
    """
    parts = tuple(passages)
    words = [word for word in re.split(r"[ .]+", name) if len(word) > 1]
    shared = bool(re.search(r"&|\band\b", name))
    titled = re.match(rf"({HONORIFIC}) ({NAME_WORD})$", name)
    if titled:
        return _with_initial(titled[2], parts) or name
    if len(words) >= 2 and not shared:
        return _as_signed(name, parts)
    initial = re.match(rf"({_CAPITAL})\.? ?(?:{_CAPITAL}\.? ?)*({NAME_WORD})$", name)
    if initial:
        full = re.compile(rf"\b({initial[1]}[a-zà-ÿ'’-]+) {re.escape(initial[2])}\b")
        for part in parts:
            for match in full.finditer(part.text):
                if plausible_name(match.group()):
                    return match.group()
    for first in words[:1]:
        beside = re.compile(rf"\b{re.escape(first)} ({NAME_WORD})", re.IGNORECASE)
        for part in parts:
            for match in beside.finditer(part.text):
                if match.group(1)[1:2].islower() and plausible_name(match.group(1)):
                    return f"{first.capitalize()} {match.group(1)}"
    found = signed(parts)
    if shared:
        return found if len([w for w in found.split() if len(w.strip(".")) > 1]) >= 2 else name
    return found if len(found.split()) >= 2 else (name if words else found or name)


def _with_initial(surname: str, parts: tuple[Passage, ...]) -> str:
    """A surname with the forename or initial that some titled mention of it gives; or empty."""
    whole = re.compile(rf"\b{HONORIFIC} ((?:{NAME_WORD}|{INITIAL}) {re.escape(surname)})\b")
    found = [match[1] for part in parts for match in whole.finditer(part.text)]
    return max(filter(plausible_name, found), key=len, default="")


def _as_signed(name: str, parts: tuple[Passage, ...]) -> str:
    """A From name with the accents, or with the surname, that its writer signs or is greeted with.

    Mail programs drop accents, and a first name with an initial stands for more.
    """
    bare = _unaccented(name)
    first, *_, last = re.split(r"[ .]+", name.strip(" ."))
    if bare == name:
        for part in parts:
            for match in re.finditer(NAME, part.text[-2000:]):
                if match.group() != name and _unaccented(match.group()) == bare:
                    return match.group()
    if len(last.strip(".")) == 1:
        full = re.compile(rf"\b(?:{re.escape(first)}|{HONORIFIC}) ({last[0]}[^\W\d_]{{2,}})\b")
        for part in parts:
            for match in full.finditer(part.text):
                return f"{first} {match[1]}"
    return name


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_BARRED))
    return "".join(c for c in apart if not unicodedata.combining(c))


_BARRED = str.maketrans("łŁøØđĐı", "lLoOdDi")


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


def spoken_for(passages: Iterable[Passage]) -> str:
    """The full name of somebody whose child, grandchild or carer the writer says to be; or empty.

    Only where it is plain that the message is theirs: an elder named in full, a signature `for`
    somebody, or `I am NAME's daughter`.
    """
    for part in passages:
        for match in _SPOKEN_FOR.finditer(part.text[:8000]):
            told = next(filter(None, match.groups()))
            named = plausible_name(told.title() if told.islower() else told)
            if len(named.split()) >= 2:
                return named
    return ""


def kin(passages: Iterable[Passage]) -> str:
    """The full name of a relative or neighbour the writer speaks of as theirs; or empty."""
    for part in passages:
        for match in _KIN_NAMED.finditer(part.text[:8000]):
            named = plausible_name(next(filter(None, match.groups())))
            if len(named.split()) >= 2:
                return named
    return ""


def _same_as(named: str, others: set[str]) -> bool:
    """Whether a name, or the surname it may be, is one of these, or begins one of them."""
    small = named.lower()
    words = small.replace(".", " ").split()
    if len(words) >= 2 and len(words[0]) == 1:  # F. Wick is Dr Freda Wick
        for other in others:
            theirs = other.replace(".", " ").split()
            if theirs[-1:] == words[-1:] and any(word[0] == words[0] for word in theirs[:-1]):
                return True
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
    partial, told = "", tuple(passages)
    for part in told:
        text = part.text[:8000]
        for pattern in (_TITLED, _CAME_BY, _ABOUT, _OF_ADDRESS):
            for match in pattern.finditer(text):
                named = plausible_name(match.group(1))
                words = named.split()
                before = text[max(0, match.start() - 12) : match.start()]
                if not named or (pattern is not _OF_ADDRESS and _GREETED.search(before)):
                    continue
                if _same_as(named, others) or names_an_organisation(named):
                    continue
                if len(words) >= 2 and len(words[0].strip(".")) > 1:
                    return named
                titled = pattern is _TITLED
                if titled and len(words) == 1:
                    named = match.group().split(" ")[0] + " " + named  # a surname keeps its title
                if len(words) >= 2 or (titled and not partial):
                    partial = named if len(words) > len(partial.split()) else partial
    return fuller(partial, told) if partial else ""
