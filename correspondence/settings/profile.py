"""The landlord's profile, section by section: what correspondence.toml may hold.

Every value can also be given in the environment, which then wins over the file:
``CORRESPONDENCE_DATABASE__URL`` for ``url`` in ``[database]``, lists as JSON (see `environment`).
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from os.path import normpath
from pathlib import PurePath
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from correspondence.settings.approval import Approval
from correspondence.settings.documents import DOCUMENTS, DocumentStore
from correspondence.settings.environment import DELIMITER, PREFIX, EnvironmentSource
from correspondence.settings.following import Deadlines, Reporting, Retention
from correspondence.settings.pages import Notices, Pages
from correspondence.settings.paper import NOTIFY, Notify, PrintHouse
from correspondence.settings.post import (
    BY_MAILBOX,
    Alerts,
    Count,
    Delivery,
    Mailbox,
    names_used_twice,
)
from correspondence.settings.section import Seconds, Section
from correspondence.settings.values import (
    Colour,
    Domain,
    EmailAddress,
    Folder,
    Line,
    Sender,
    Series,
    SqlUrl,
    WebAddress,
    a_number,
)
from correspondence.settings.watching import Watch

Area = Literal[
    "repairs",
    "damp_and_mould",
    "heating_and_gas",
    "planned_works",
    "communal_areas",
    "anti_social_behaviour",
    "allocations",
    "tenancy",
    "rents",
    "leasehold",
    "complaint_handling",
]
"""A service that landlords commonly answer for."""

AREAS: tuple[Area, ...] = get_args(Area)

WorkingDays = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=250)]


class Landlord(Section):
    """The landlord, as letters name it."""

    name: Line = Field(min_length=1, description="The landlord's name, as letters print it.")
    department: Line = Field(default="", description="The team that answers complaints.")
    address: tuple[Line, ...] = Field(
        default=(), description="The postal address, one line of it an entry."
    )
    phone: Line = Field(default="", description="The telephone number residents may ring.")
    email: EmailAddress = Field(default="", description="Where residents send complaints.")
    website: WebAddress = Field(
        default="", description="The page about complaints, with https:// in front."
    )
    colour: Colour = Field(
        default="#123f4a",
        description="The colour of the pages' head, as # and six digits; white letters must be "
        "readable on it.",
    )


class ComplaintsOfficer(Section):
    """The person, or the post, that letters name as handling the complaint (Code 4.1)."""

    name: Line = Field(default="", description="The name letters are signed with.")
    role: Line = Field(default="", description="The post, such as Complaints officer.")
    phone: Line = Field(default="", description="A direct telephone number.")
    email: EmailAddress = Field(default="", description="A direct mail address.")


class Stage2Reviewer(ComplaintsOfficer):
    """The person who considers complaints at stage 2: nobody from stage 1 (Code 6.13)."""


class Inbox(Section):
    """The folder messages arrive in, and how it is watched."""

    folder: Folder = Field(default="inbox", description="The folder messages are put into.")
    settle_seconds: Seconds = Field(
        default=2.0,
        description="A file is taken once two looks this many seconds apart find it unchanged.",
    )
    sweep_seconds: Seconds = Field(
        default=15.0, description="Seconds between two looks through the whole folder."
    )
    empty_hold_seconds: Seconds = Field(
        default=60.0, description="Seconds an empty file is given to be filled by its writer."
    )
    addresses: tuple[Annotated[EmailAddress, Field(min_length=1)], ...] = Field(
        default=(), description="Our own mail addresses, so that our own letters are known."
    )
    most_per_look: Count = Field(
        default=500,
        description="Messages taken in by one look of a run that goes on; then other mailboxes "
        "have their turn.",
    )


class Outbox(Section):
    """The folder finished letters are put into."""

    folder: Folder = Field(default="outbox", description="The folder letters are put into.")


class LetterTemplates(Section):
    """The landlord's own wording, where it differs from the letters that ship."""

    folder: Folder = Field(
        default="letter_templates", description="The folder of the landlord's own templates."
    )


class Storage(Section):
    """The folder of what is kept beside the database, documents included unless said below."""

    folder: Folder = Field(default="data", description="The folder of everything that is kept.")


class Database(Section):
    """The database of cases, events and letters."""

    url: SqlUrl = Field(
        default="sqlite:///data/correspondence.db",
        repr=False,
        description="Where the database is; a relative SQLite path starts at the office folder.",
    )
    password: SkipJsonSchema[SecretStr | None] = Field(
        default=None,
        description="Only ever in the environment, as CORRESPONDENCE_DATABASE__PASSWORD, or as "
        "CORRESPONDENCE_DATABASE__PASSWORD_FILE, a private file that holds it.",
    )


class Timescales(Section):
    """The landlord's own timescales, in working days; the earlier of ours and the Code's binds."""

    acknowledge: WorkingDays = Field(
        default=5, description="To acknowledge, at both stages (Code 6.2, 6.11)."
    )
    stage1: WorkingDays = Field(default=10, description="To respond at stage 1 (Code 6.3).")
    stage1_extension: WorkingDays = Field(
        default=10, description="The longest extension at stage 1 (Code 6.4)."
    )
    stage2: WorkingDays = Field(default=20, description="To respond at stage 2 (Code 6.14).")
    stage2_extension: WorkingDays = Field(
        default=20, description="The longest extension at stage 2 (Code 6.15)."
    )
    counted_from: Literal["acknowledgement", "receipt"] = Field(
        default="acknowledgement",
        description="Where the time to respond starts: the acknowledgement, or receipt (stricter).",
    )


class Calendar(Section):
    """Days that are not worked here, beside weekends and bank holidays."""

    closed_days: tuple[date, ...] = Field(
        default=(), description="Days our office is closed; they pull our own targets earlier."
    )
    extra_bank_holidays: tuple[date, ...] = Field(
        default=(), description="Bank holidays proclaimed since this version was published."
    )


class ReadingHints(Section):
    """Who is known to write to us, so that their messages are understood for what they are."""

    staff_domains: tuple[Domain, ...] = Field(
        default=(), description="Mail domains of our own colleagues."
    )
    councillor_domains: tuple[Domain, ...] = Field(
        default=(), description="Mail domains of councillors."
    )
    contractor_domains: tuple[Domain, ...] = Field(
        default=(), description="Mail domains of contractors who work for us."
    )
    form_senders: tuple[Sender, ...] = Field(
        default=(), description="Addresses or domains our web forms send from."
    )


class Responsibilities(Section):
    """Which matters this landlord answers for, and who answers for the others (Code 5.7)."""

    ours: tuple[Area, ...] = Field(
        default=AREAS, description="The service areas this landlord answers for."
    )
    elsewhere: dict[str, Line] = Field(
        default_factory=dict,
        description="For each matter that is not ours: who answers, and how to reach them.",
    )

    @model_validator(mode="before")
    @classmethod
    def _what_is_elsewhere_is_not_ours(cls, section: Any) -> Any:
        if isinstance(section, dict) and isinstance(section.get("elsewhere"), dict):
            elsewhere = section["elsewhere"]
            section = {"ours": [area for area in AREAS if area not in elsewhere], **section}
        return section

    @model_validator(mode="after")
    def _one_answer_for_each_matter(self) -> Responsibilities:
        for area in self.ours:
            if area in self.elsewhere:
                raise ValueError(
                    f"{area} stands both under ours and under elsewhere; keep it in one of them"
                )
        return self


class References(Section):
    """How case references are made."""

    series: Series = Field(default="CMP", description="What every case reference begins with.")


class Settings(BaseSettings):
    """The whole profile, read once when a command starts."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix=PREFIX,
        env_nested_delimiter=DELIMITER,
        title="A landlord's profile (correspondence.toml)",
    )

    landlord: Landlord
    complaints_officer: ComplaintsOfficer = ComplaintsOfficer()
    stage2_reviewer: Stage2Reviewer = Stage2Reviewer()
    inbox: Inbox = Inbox()
    mailboxes: tuple[Mailbox, ...] = ()
    outbox: Outbox = Outbox()
    approval: Approval = Approval()
    delivery: Delivery = Delivery()
    notify: Notify = Notify()
    print_house: PrintHouse = PrintHouse()
    alerts: Alerts = Alerts()
    notices: Notices = Notices()
    pages: Pages = Pages()
    letter_templates: LetterTemplates = LetterTemplates()
    storage: Storage = Storage()
    documents: DocumentStore = DocumentStore()
    database: Database = Database()
    timescales: Timescales = Timescales()
    calendar: Calendar = Calendar()
    reading: ReadingHints = ReadingHints()
    responsibilities: Responsibilities = Responsibilities()
    references: References = References()
    reporting: Reporting = Reporting()
    deadlines: Deadlines = Deadlines()
    retention: Retention = Retention()
    watch: Watch = Watch()

    @model_validator(mode="after")
    def _one_mailbox_for_each_name(self) -> Settings:
        if twice := names_used_twice(self.mailboxes):
            raise ValueError(f"two [[mailboxes]] are called {twice[0]}; give each its own name")
        names = {one.name.replace("-", "_") for one in self.mailboxes}
        if unclear := sorted(name for name in names if f"{name}_file" in names):
            raise ValueError(
                f"with mailboxes called {unclear[0]} and {unclear[0]}-file nobody could tell whose "
                "password an environment variable gives; choose another name for one of them"
            )
        if self.documents.store == "s3" and DOCUMENTS in (one.name for one in self.mailboxes):
            raise ValueError(
                f"a mailbox is called {DOCUMENTS}, under which the secret of the store of "
                "documents is found; choose another name"
            )
        known = [one.name for one in self.mailboxes if one.kind == "imap"]
        looked_in = self.delivery.sent_mailbox
        if looked_in and looked_in not in known:
            raise ValueError(
                f"[delivery] sent_mailbox names no mailbox of kind imap; known: "
                f"{', '.join(known) or 'none'}"
            )
        way = self.delivery.way
        signing = [
            one.name for one in self.mailboxes if (one.kind, one.sign_in) == ("imap", "oauth")
        ]
        if self.delivery.sign_in == "oauth" and self.delivery.mailbox not in signing:
            raise ValueError(
                f'[delivery] mailbox names no mailbox of kind imap with sign_in = "oauth"; known: '
                f"{', '.join(signing) or 'none'}"
            )
        able = [one.name for one in self.mailboxes if one.kind == way]
        if way in BY_MAILBOX and self.delivery.mailbox not in able:
            raise ValueError(
                f"[delivery] mailbox names no mailbox of kind {way}; known: "
                f"{', '.join(able) or 'none'}"
            )
        return self

    @model_validator(mode="after")
    def _who_posts_can_be_reached(self) -> Settings:
        if self.delivery.post == "print_house" and not self.print_house.folder:
            raise ValueError(
                '[delivery] post = "print_house" needs [print_house] folder = "…", the folder the '
                "house collects from"
            )
        if self.delivery.post == "notify" and NOTIFY in (one.name for one in self.mailboxes):
            raise ValueError(
                f"a mailbox is called {NOTIFY}, under which the API key of GOV.UK Notify is found; "
                "choose another name"
            )
        return self

    @model_validator(mode="after")
    def _alerts_go_elsewhere(self) -> Settings:
        ours = {self.landlord.email, *self.inbox.addresses, *(one.user for one in self.mailboxes),
                *(one.address for one in self.mailboxes)}  # fmt: skip
        if looped := sorted(ours.intersection(self.alerts.to)):
            raise ValueError(
                f"[alerts] to names {looped[0]}, whose mail is read here: an alert would come back "
                "as a message; name an address that people read"
            )
        return self

    @model_validator(mode="after")
    def _notices_have_a_link(self) -> Settings:
        if self.notices.staff and not self.pages.address:
            raise ValueError(
                '[notices] staff needs [pages] address = "…", for a notice is a link to a page'
            )
        return self

    def clashes(self) -> tuple[tuple[str, str], ...]:
        """Sections whose folders lie in one another, where mail would be taken for letters."""
        folders = {
            "inbox": self.inbox.folder,
            "outbox": self.outbox.folder,
            "letter_templates": self.letter_templates.folder,
            "storage": self.storage.folder,
            **({"print_house": self.print_house.folder} if self.print_house.folder else {}),
            **{f"mailboxes: {one.name}": one.path for one in self.mailboxes if one.path},
        }
        return tuple(
            (first, second)
            for first, second in combinations(folders, 2)
            if _in_one_another(folders[first], folders[second])
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what the file says; there is no third source."""
        return (EnvironmentSource(settings_cls), init_settings)


def section_model(name: str) -> type[Section]:
    """The model of a section of the profile; of one that may stand several times, of each."""
    model = Settings.model_fields[name].annotation
    if stands_several_times(name):
        model = get_args(model)[0]
    if not (isinstance(model, type) and issubclass(model, Section)):
        raise TypeError(f"{name} is no section of the profile")
    return model


def stands_several_times(name: str) -> bool:
    """Whether a section is written in double brackets, once for each."""
    return get_origin(Settings.model_fields[name].annotation) is tuple


def _in_one_another(first: str, second: str) -> bool:
    one, other = PurePath(normpath(first)), PurePath(normpath(second))
    return one.is_relative_to(other) or other.is_relative_to(one)
