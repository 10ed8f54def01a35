"""The landlord's profile, read once: names, timescales, folders, calendar, database."""

from correspondence.settings.loading import load_settings, open_office, read_profile
from correspondence.settings.office import PROFILE_NAME, Office
from correspondence.settings.pages import Notice, Notices, Pages, tenant_of
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
    "PROFILE_NAME",
    "Area",
    "Calendar",
    "ComplaintsOfficer",
    "Database",
    "Delivery",
    "Inbox",
    "Landlord",
    "LetterTemplates",
    "Mailbox",
    "Notice",
    "Notices",
    "Office",
    "Outbox",
    "Pages",
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
