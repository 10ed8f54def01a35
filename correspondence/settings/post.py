"""The mailboxes that are read beside the inbox folder, how letters leave, and who is alerted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from correspondence.settings.section import Seconds, Section
from correspondence.settings.values import (
    EmailAddress,
    Folder,
    Line,
    ServerName,
    ShortName,
    a_number,
)

Port = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=65535)]
Megabytes = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=200)]
Security = Literal["tls", "starttls"]
"""How a connection is secured: from its first byte, or before anything of ours is said on it."""

DELIVERY: Final = "delivery"
"""The name under which the password for sending is found; no mailbox may have it."""

_IMAP_ONLY: Final = ("host", "port", "security", "user", "password_file", "ca_file")


class Mailbox(Section):
    """A mailbox that is read beside the inbox; write [[mailboxes]] once for each."""

    name: ShortName = Field(description="What it is called, in reports and for its password.")
    kind: Literal["imap", "folder"] = Field(description="imap (a mail server), or folder.")
    path: Folder | None = Field(default=None, description="The folder that is read, for folder.")
    host: ServerName = Field(default="", description="The mail server's name.")
    port: Port | None = Field(
        default=None, description="Its port; 993 with tls, 143 with starttls, where not said."
    )
    security: Security = Field(
        default="tls", description="tls or starttls; a connection without either is not offered."
    )
    user: Line = Field(default="", description="The name to log in with.")
    password_file: Line = Field(
        default="",
        description="A file outside the office, readable by this account alone, that holds the "
        "password and nothing else; without it the environment or the keyring gives it.",
    )
    ca_file: Line = Field(
        default="", description="Certificates to trust, where the server has one of your own."
    )
    folder: Line = Field(
        default="INBOX", min_length=1, description="The folder of the server that is read."
    )
    processed_folder: Line = Field(
        default="Processed",
        min_length=1,
        description="Where messages go once they are kept; made where it is missing.",
    )
    received_since: date | None = Field(
        default=None, description="Messages the server had before that day stay where they are."
    )
    largest_megabytes: Megabytes = Field(
        default=50, description="Larger messages stay where they are, and every run names them."
    )
    poll_seconds: Seconds = Field(default=60.0, description="Seconds between two looks at it.")
    idle: bool = Field(
        default=True, description="Whether the server is asked to say when something arrives."
    )

    @model_validator(mode="after")
    def _what_its_kind_needs(self) -> Mailbox:
        if self.name == DELIVERY:
            raise ValueError(f"no mailbox can be called {DELIVERY}; choose another name")
        if self.kind == "folder" and not self.path:
            raise ValueError('a mailbox of kind folder needs path = "…", the folder that is read')
        if self.kind == "folder" and (said := self.model_fields_set.intersection(_IMAP_ONLY)):
            raise ValueError(f"{min(said)} is for mailboxes of kind imap; take it out")
        if self.kind == "imap" and self.path:
            raise ValueError("path is for mailboxes of kind folder; take it out")
        if self.kind == "imap" and not (self.host and self.user):
            raise ValueError('a mailbox of kind imap needs host = "…" and user = "…"')
        if self.kind == "imap" and self.folder == self.processed_folder:
            raise ValueError("folder and processed_folder are the same; name two folders")
        return self


class Delivery(Section):
    """How letters by e-mail leave: put into the outbox for a person, or sent by a mail server."""

    way: Literal["outbox", "smtp"] = Field(
        default="outbox", description="outbox (a person sends them), or smtp (a mail server)."
    )
    host: ServerName = Field(default="", description="The mail server that takes letters.")
    port: Port | None = Field(
        default=None, description="Its port; 465 with tls, 587 with starttls, where not said."
    )
    security: Security = Field(
        default="starttls", description="tls or starttls; a connection without is not offered."
    )
    user: Line = Field(default="", description="The name to log in with.")
    password_file: Line = Field(
        default="", description="As for a mailbox: a file outside the office, for this account."
    )
    ca_file: Line = Field(
        default="", description="Certificates to trust, where the server has one of your own."
    )
    sender: EmailAddress = Field(
        default="", description="Where undeliverable letters come back to; else [landlord] email."
    )
    null_sender: bool = Field(
        default=True,
        description="Send acknowledgements with an empty return address, as RFC 3834 asks of "
        "automatic answers; false where your server refuses that.",
    )
    sent_mailbox: Annotated[str, Field(max_length=32)] = Field(
        default="",
        description="The [[mailboxes]] name of the account whose sent mail shows what has gone.",
    )
    sent_folder: Line = Field(
        default="Sent", min_length=1, description="The folder of that account for sent mail."
    )

    @model_validator(mode="after")
    def _what_its_way_needs(self) -> Delivery:
        if self.way == "smtp" and not (self.host and self.user):
            raise ValueError('way = "smtp" needs host = "…" and user = "…"')
        return self


class Alerts(Section):
    """Who is told at once when a message tells of a hazard, an emergency or somebody at risk."""

    to: tuple[Annotated[EmailAddress, Field(min_length=1)], ...] = Field(
        default=(),
        max_length=20,
        description="Addresses that people read at all hours, and this office does not. Alerts "
        "name a case, never a person. Once this is filled in, `run` ends with status 1 as long as "
        "nobody has seen an alert.",
    )


def names_used_twice(mailboxes: tuple[Mailbox, ...]) -> tuple[str, ...]:
    """The names that more than one mailbox has."""
    names: list[Any] = [one.name for one in mailboxes]
    return tuple(sorted({name for name in names if names.count(name) > 1}))
