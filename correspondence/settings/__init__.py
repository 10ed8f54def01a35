"""The landlord's profile, read once: names, timescales, folders, calendar, database."""

from correspondence.settings.documents import DOCUMENTS, DocumentStore
from correspondence.settings.loading import load_settings, open_office, read_profile
from correspondence.settings.office import PROFILE_NAME, Office
from correspondence.settings.pages import Notice, Notices, Pages, tenant_of
from correspondence.settings.paper import NOTIFY, Notify, PrintHouse
from correspondence.settings.post import BY_MAILBOX, DELIVERY, Delivery, Mailbox
from correspondence.settings.profile import (
    AREAS,
    Area,
    Calendar,
    ComplaintsOfficer,
    Database,
    Inbox,
    Landlord,
    LetterTemplates,
    Outbox,
    ReadingHints,
    References,
    Responsibilities,
    Settings,
    Stage2Reviewer,
    Storage,
    Timescales,
)

__all__ = [
    "AREAS",
    "BY_MAILBOX",
    "DELIVERY",
    "DOCUMENTS",
    "NOTIFY",
    "PROFILE_NAME",
    "Area",
    "Calendar",
    "ComplaintsOfficer",
    "Database",
    "Delivery",
    "DocumentStore",
    "Inbox",
    "Landlord",
    "LetterTemplates",
    "Mailbox",
    "Notice",
    "Notices",
    "Notify",
    "Office",
    "Outbox",
    "Pages",
    "PrintHouse",
    "ReadingHints",
    "References",
    "Responsibilities",
    "Settings",
    "Stage2Reviewer",
    "Storage",
    "Timescales",
    "load_settings",
    "open_office",
    "read_profile",
    "tenant_of",
]
