"""All that is held of one person, for that person, with what tells of others marked.

UK GDPR article 15, Data Protection Act 2018 schedule 2 paragraph 16: what tells of somebody else is
for a person to decide on, so nothing is left out here and everything of the kind is marked.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from correspondence.cases.event import Event
from correspondence.errors import NotAllowed, NotKnown, WrongUse
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.text import LetterText
from correspondence.reports.dossier import rendering
from correspondence.reports.dossier.archive import archive
from correspondence.reports.dossier.record import chronology
from correspondence.reports.dossier.redaction import Marked, marked
from correspondence.store import audit, case_files, letters, messages, people, users

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.messages import MessageRow
    from correspondence.store.people import Person


class OwnDataExported(Event):
    """What is held of one person was gathered for them; `sha256` is the file's."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["own_data_exported"] = "own_data_exported"
    cases: tuple[str, ...]
    messages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OwnData:
    """The export: a zip, and how much is in it that tells of somebody else."""

    content: bytes
    cases: tuple[str, ...]
    messages: int
    third_parties: int


def export(
    house: OpenOffice,
    *,
    cases: Sequence[str],
    emails: Sequence[str],
    tenancy: str,
    now: datetime,
    actor: Actor,
) -> OwnData:
    """Gather it by cases, mail addresses and tenancy, and record that it was gathered.

    Raises WrongUse where nothing says who it is about, NotKnown where nothing is held.
    """
    if not actor.is_person:
        raise NotAllowed("One person's data is gathered by a named person; say who with --as.")
    if not (cases or emails or tenancy):
        raise WrongUse("Say whose data: with --case, --email or --tenancy.")
    with house.database.reading() as conn:
        gathering = _Gathering(conn, house, tuple(cases), tuple(emails), tenancy)
        files = dict(gathering.files())
    if not gathering.cases and not gathering.messages and gathering.person is None:
        raise NotKnown("Nothing is held under these cases, addresses or this tenancy.")
    content = archive(files)
    made = OwnData(
        content=content,
        cases=tuple(case.reference for case in gathering.cases),
        messages=len(gathering.messages),
        third_parties=len(gathering.others_found),
    )
    with house.database.writing() as conn:
        event = OwnDataExported(
            cases=made.cases,
            messages=made.messages,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        audit.append(conn, audit.OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return made


class _Gathering:
    """What is held of one person, while it is gathered."""

    def __init__(
        self,
        conn: sa.Connection,
        house: OpenOffice,
        references: tuple[str, ...],
        emails: tuple[str, ...],
        tenancy: str,
    ) -> None:
        self._conn = conn
        self._house = house
        self.person: Person | None = people.by_reference(conn, tenancy) if tenancy else None
        addresses = {one.lower() for one in emails}
        addresses.update(self.person.emails if self.person else ())
        known = {row.reference for row in case_files.by_addresses(conn, addresses)}
        found = [case_files.load(conn, one) for one in sorted(known | set(references))]
        # A case in which they are only the representative is somebody else's.
        self.cases: list[Case] = [
            case for case in found if case.reference in references or _is_theirs(case, addresses)
        ]
        self._addresses = addresses | {
            one.resident.email.lower() for one in self.cases if one.resident.email
        }
        self.messages: list[MessageRow] = self._messages()
        self._own = self._known_as()
        self._others = self._other_names()
        self.others_found: list[tuple[str, str]] = []

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, an index that names them in front."""
        parts = list(self._parts())
        rows = [(name, about) for name, about, _ in parts]
        yield (
            "index.html",
            rendering.page(
                "What is held of you",
                rendering.paragraph(
                    "Cases, messages and letters, with what we noted. It is used to answer "
                    "complaints about homes, as the law and the Housing Ombudsman's Complaint "
                    "Handling Code ask of us. Passages marked [somebody else: …] tell of others."
                ),
                rendering.table(("File", "What it is"), rows),
            ),
        )
        for name, _, content in parts:
            yield name, content
        yield (
            "for-the-landlord/third-parties.html",
            rendering.page(
                "Passages that tell of somebody else",
                rendering.paragraph(
                    "Decide on each: leave it, take it out, or ask them. This page is not for the "
                    "person whose data it is."
                ),
                rendering.table(("File", "Passage", "Decision"), [
                    (name, passage, "") for name, passage in self.others_found
                ]),
            ),
        )  # fmt: skip

    def _parts(self) -> Iterator[tuple[str, str, bytes]]:
        if self.person is not None:
            held = json.dumps(asdict(self.person), ensure_ascii=False, indent=2)
            yield "register/home.json", "You and your home, from our housing system", held.encode()
        names = {one.name: one.display_name for one in users.listing(self._conn)}
        for case in self.cases:
            history = case_files.history(self._conn, case.reference)
            name = f"cases/{case.reference}.html"
            told = "\n\n".join(
                f"{line.day.isoformat()} {line.time}  {line.said}\n" + "\n".join(line.detail)
                for line in chronology(history, names)
            )
            page = rendering.page(f"Case {case.reference}", self._marked(name, told))
            yield name, f"What is on record of case {case.reference}", page
            yield from self._letters(case.reference)
        for row in self.messages:
            day = day_in_london(row.received_at or row.kept_at)
            document = row.reading or {}
            text = f"{rendering.message_head(document)}\n\n{rendering.message_text(document)}"
            name = f"messages/{row.id:06d}-{day.isoformat()}.html"
            page = rendering.page(f"Message of {long_date(day)}", self._marked(name, text))
            yield name, f"A message of {long_date(day)}", page

    def _letters(self, reference: str) -> Iterator[tuple[str, str, bytes]]:
        for row in letters.listing(self._conn, references=[reference]):
            if not row.revision:
                continue
            text = LetterText.model_validate(letters.revision(self._conn, row.id).text).plain()
            name = f"letters/{row.id}.html"
            page = rendering.page(f"Letter {row.id}", self._marked(name, text))
            yield name, f"Our letter {row.id}, {row.status.replace('_', ' ')}", page

    def _marked(self, name: str, text: str) -> str:
        made: Marked = marked(text, self._own, self._others)
        self.others_found += [(name, passage) for passage in made.others]
        return rendering.with_marks(made)

    def _messages(self) -> list[MessageRow]:
        theirs = {case.reference for case in self.cases}
        return [
            messages.load(self._conn, row.id)
            for row in messages.register(self._conn)
            if row.case_reference in theirs or row.sender_address.lower() in self._addresses
        ]

    def _known_as(self) -> set[str]:
        """Their own names, addresses and numbers."""
        own = set(self._addresses)
        if self.person is not None:
            own |= {self.person.name, *self.person.phones}
        for case in self.cases:
            own |= {case.resident.name, case.resident.email}
            if not case.messages:  # a colleague took it down; out of a message it may be anybody's
                own.add(case.resident.phone)
        settings = self._house.settings
        own |= {settings.landlord.email, settings.landlord.phone, *settings.inbox.addresses}
        return {one for one in own if one}

    def _other_names(self) -> set[str]:
        """Names of others that stand in their messages and cases."""
        names: set[str] = set()
        for case in self.cases:
            if case.representative is not None:
                names.add(case.representative.name)
        for row in self.messages:
            message = (row.reading or {}).get("message") or {}
            parties = [message.get("from") or {}, *(message.get("to") or ())]
            names |= {
                str(one.get("name") or "")
                for one in (*parties, *(message.get("cc") or ()))
                if str(one.get("address") or "").lower() not in self._addresses
            }
        return {one for one in names if one and one != self._house.settings.landlord.name}


def _is_theirs(case: Case, addresses: set[str]) -> bool:
    own = {case.resident.email.lower()}
    if case.representative is None:
        own.add(case.writes_from.lower())
    return bool(own & addresses)
