"""The mailboxes that are read beside the inbox folder, how letters leave, and who is alerted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from correspondence.settings.section import Seconds, Section
from correspondence.settings.server_addresses import ProxyAddress, ServicesAddress, TokenAddress
from correspondence.settings.values import (
    DirectoryName,
    EmailAddress,
    Folder,
    Line,
    ServerName,
    ShortName,
    a_number,
)

Port = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=65535)]
Megabytes = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=200)]
Count = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=100_000)]
Security = Literal["tls", "starttls"]
"""How a connection is secured: from its first byte, or before anything of ours is said on it."""

Presumed = Literal[
    "",
    "councillor_enquiry",
    "mp_enquiry",
    "service_request",
    "information_request",
    "survey_feedback",
]
"""What a mailbox may be kept for."""

DELIVERY: Final = "delivery"
"""The name under which the password for sending is found; no mailbox may have it."""

BY_MAILBOX: Final = ("graph", "exchange")
"""The ways in which a mailbox that is read also sends."""

_ACCOUNT: Final = ("user", "password_file", "ca_file")
_SERVER: Final = ("host", "port")
_APPLICATION: Final = ("tenant", "application", "certificate_file", "login_host", "proxy")
_ISSUER: Final = ("token_url", "scope")
_EXCHANGE: Final = ("url", "address", "access")
_FOREIGN: Final = {
    "folder": (
        *_ACCOUNT, *_SERVER, "security", *_APPLICATION, "managed_identity", "sign_in", *_ISSUER,
        *_EXCHANGE, "requests_per_minute",
    ),
    "imap": ("path", "managed_identity", *_EXCHANGE),
    "graph": ("path", "security", "sign_in", *_ISSUER, *_EXCHANGE),
    "exchange": ("path", *_SERVER, "security", "managed_identity", *_ISSUER),
}  # fmt: skip
"""The keys that mean nothing to each kind of mailbox."""


class Mailbox(Section):
    """A mailbox that is read beside the inbox; write [[mailboxes]] once for each."""

    name: ShortName = Field(description="What it is called, in reports and for its password.")
    kind: Literal["imap", "graph", "exchange", "folder"] = Field(
        description="imap (a mail server), graph (Exchange Online), exchange (an Exchange server "
        "of your own), or folder."
    )
    path: Folder | None = Field(default=None, description="The folder that is read, for folder.")
    host: ServerName = Field(
        default="",
        description="The mail server's name; for graph graph.microsoft.com, where not said.",
    )
    port: Port | None = Field(
        default=None,
        description="Its port; 993 with tls, 143 with starttls, 443 for graph, where not said.",
    )
    security: Security = Field(
        default="tls", description="tls or starttls; a connection without either is not offered."
    )
    user: Line = Field(
        default="",
        description="The name to log in with, for exchange such as LANDLORD\\correspondence; for "
        "graph the mailbox's address.",
    )
    url: ServicesAddress = Field(
        default="",
        description="For exchange: where its web services are, such as "
        "https://mail.landlord.example/EWS/Exchange.asmx.",
    )
    address: EmailAddress = Field(
        default="",
        description="For exchange: the mailbox's own address, where another logs in for it.",
    )
    sign_in: Literal["ntlm", "basic", "oauth"] = Field(
        default="ntlm",
        description="For exchange: ntlm or basic, by password, or oauth, by an application's "
        "tenant, application, and certificate or secret. For imap: oauth likewise, else by "
        "password.",
    )
    access: Literal["delegate", "impersonation"] = Field(
        default="delegate",
        description="For exchange: by which right the mailbox of another is opened.",
    )
    token_url: TokenAddress = Field(
        default="",
        description="For imap by oauth, where it is not Microsoft that gives the token: where it "
        "is asked for, by application and a secret.",
    )
    scope: Line = Field(
        default="", description="With token_url: what the token is asked for; may be left out."
    )
    password_file: Line = Field(
        default="",
        description="A file outside the office, readable by this account alone, that holds the "
        "password and nothing else; without it the environment or the keyring gives it.",
    )
    tenant: DirectoryName = Field(
        default="",
        description="For graph, or oauth: the Directory (tenant) ID, or a domain of it.",
    )
    application: DirectoryName = Field(
        default="",
        description="For graph, or oauth: the Application (client) ID of your registration.",
    )
    certificate_file: Line = Field(
        default="",
        description="For graph, better than a secret: a file as for a password, that holds the "
        "application's private key and its certificate in PEM form.",
    )
    managed_identity: bool = Field(
        default=False,
        description="For graph, on a machine in Azure: its managed identity signs in, and there is "
        "no secret at all.",
    )
    login_host: ServerName = Field(
        default="",
        description="For graph in a sovereign cloud: who gives tokens; else "
        "login.microsoftonline.com.",
    )
    proxy: ProxyAddress = Field(
        default="",
        description="For graph: the proxy on the way out; the environment's is not used.",
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
    presumed: Presumed = Field(
        default="",
        description="What messages to it are taken for where they say nothing else of themselves: "
        "councillor_enquiry, mp_enquiry, service_request, information_request or survey_feedback. "
        "A complaint stays one; among enquiries a person is asked about it.",
    )
    acknowledge: bool = Field(
        default=True,
        description="Whether acknowledgements of complaints that come to it are drafted by "
        "themselves; false where an officer writes each.",
    )
    most_per_look: Count = Field(
        default=500,
        description="Messages taken in by one look of a run that goes on; then other mailboxes "
        "have their turn.",
    )
    requests_per_minute: Count = Field(
        default=600, description="How often its server is asked, at most."
    )

    @model_validator(mode="after")
    def _what_its_kind_needs(self) -> Mailbox:
        if self.name == DELIVERY:
            raise ValueError(f"no mailbox can be called {DELIVERY}; choose another name")
        if self.kind == "folder" and not self.path:
            raise ValueError('a mailbox of kind folder needs path = "…", the folder that is read')
        if foreign := self.model_fields_set.intersection(_FOREIGN[self.kind]):
            key = min(foreign)
            whose = " or ".join(kind for kind, keys in _FOREIGN.items() if key not in keys)
            raise ValueError(f"{key} is for mailboxes of kind {whose}; take it out")
        if self.kind == "imap" and not (self.host and self.user):
            raise ValueError('a mailbox of kind imap needs host = "…" and user = "…"')
        if self.kind == "imap":
            self._what_imap_needs()
        if self.kind == "graph":
            self._what_graph_needs()
        if self.kind == "exchange":
            self._what_exchange_needs()
        if self.kind != "folder" and self.folder == self.processed_folder:
            raise ValueError("folder and processed_folder are the same; name two folders")
        return self

    def _what_imap_needs(self) -> None:
        keys = (*_APPLICATION, *_ISSUER)
        if self.sign_in != "oauth":
            if foreign := self.model_fields_set.intersection((*keys, "sign_in")):
                raise ValueError(
                    f'{min(foreign)} is for sign_in = "oauth", or for another kind; take it out'
                )
        elif not self.application or bool(self.tenant) == bool(self.token_url):
            raise ValueError(
                'sign_in = "oauth" needs application = "…", and either tenant = "…" (Microsoft) '
                'or token_url = "…" (another issuer)'
            )
        elif self.certificate_file and (self.password_file or self.token_url):
            raise ValueError("name one of certificate_file and a secret; an issuer takes a secret")

    def _what_graph_needs(self) -> None:
        if "@" not in self.user:
            raise ValueError('a mailbox of kind graph needs user = "…", the mailbox\'s address')
        if not self.managed_identity and not (self.tenant and self.application):
            raise ValueError('a mailbox of kind graph needs tenant = "…" and application = "…"')
        ways = (self.managed_identity, self.certificate_file, self.password_file)
        if sum(map(bool, ways)) > 1:
            raise ValueError(
                "name one of certificate_file, password_file (a secret) and managed_identity"
            )

    def _what_exchange_needs(self) -> None:
        if not self.url:
            raise ValueError(
                'a mailbox of kind exchange needs url = "…", where the web services are'
            )
        if "@" not in (self.address or self.user):
            raise ValueError(
                'a mailbox of kind exchange needs address = "…", the mailbox\'s own address'
            )
        if self.sign_in != "oauth":
            if not self.user:
                raise ValueError('a mailbox of kind exchange needs user = "…", who logs in')
            if foreign := self.model_fields_set.intersection(_APPLICATION):
                raise ValueError(f'{min(foreign)} is for sign_in = "oauth"; take it out')
            return
        if not (self.tenant and self.application):
            raise ValueError('sign_in = "oauth" needs tenant = "…" and application = "…"')
        if self.access != "impersonation":
            raise ValueError(
                'sign_in = "oauth" needs access = "impersonation", for an application is nobody\'s '
                "delegate"
            )
        if self.certificate_file and self.password_file:
            raise ValueError("name one of certificate_file and password_file (a secret)")


class Delivery(Section):
    """How letters leave: by the outbox and a person, a mail server, or somebody who posts them."""

    way: Literal["outbox", "smtp", "graph", "exchange"] = Field(
        default="outbox",
        description="outbox (a person sends them), smtp (a mail server), graph (Exchange Online), "
        "or exchange (an Exchange server of your own).",
    )
    post: Literal["outbox", "notify", "print_house"] = Field(
        default="outbox",
        description="Who posts letters on paper: outbox (a person prints them), notify (GOV.UK "
        "Notify), or print_house (a house that collects them from a folder).",
    )
    mailbox: Annotated[str, Field(max_length=32)] = Field(
        default="",
        description="For graph and exchange: the [[mailboxes]] name of the account that sends; for "
        "smtp by oauth: the one whose application signs in.",
    )
    host: ServerName = Field(default="", description="The mail server that takes letters.")
    port: Port | None = Field(
        default=None, description="Its port; 465 with tls, 587 with starttls, where not said."
    )
    security: Security = Field(
        default="starttls", description="tls or starttls; a connection without is not offered."
    )
    user: Line = Field(default="", description="The name to log in with.")
    sign_in: Literal["password", "oauth"] = Field(
        default="password",
        description="For smtp: password, or oauth, by the application of the mailbox it names.",
    )
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
        default=False,
        description="Send acknowledgements with an empty return address, so that nobody is told of "
        "one that could not be delivered; for servers that ask it of automatic mail.",
    )
    sent_mailbox: Annotated[str, Field(max_length=32)] = Field(
        default="",
        description="The [[mailboxes]] name of the account whose sent mail shows what has gone.",
    )
    sent_folder: Line = Field(
        default="Sent", min_length=1, description="The folder of that account for sent mail."
    )
    file_sent: bool = Field(
        default=False,
        description="Put a copy of what was sent there, where the mail server does not do so.",
    )
    most_per_hour: Count = Field(
        default=200,
        description="Acknowledgements and e-mails of alerts that may leave within an hour. What "
        "comes after is held, and said, until a person runs `correspondence flood release`.",
    )

    @model_validator(mode="after")
    def _what_its_way_needs(self) -> Delivery:
        if self.way == "smtp" and not (self.host and self.user):
            raise ValueError('way = "smtp" needs host = "…" and user = "…"')
        if self.sign_in == "oauth" and (self.way != "smtp" or not self.mailbox):
            raise ValueError(
                'sign_in = "oauth" is for way = "smtp" and needs mailbox = "…", the one of kind '
                "imap whose application signs in"
            )
        if self.file_sent and not self.sent_mailbox:
            raise ValueError('file_sent needs sent_mailbox = "…", the account it is filed in')
        if self.way in BY_MAILBOX and not self.mailbox:
            raise ValueError(
                f'way = "{self.way}" needs mailbox = "…", the one of kind {self.way} that sends'
            )
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
    most_per_sender: Count = Field(
        default=5,
        description="E-mails a day about messages from one address. What comes after stands in "
        "the queue like any other alert, and goes the next day, gathered into one e-mail.",
    )


def names_used_twice(mailboxes: tuple[Mailbox, ...]) -> tuple[str, ...]:
    """The names that more than one mailbox has."""
    names: list[Any] = [one.name for one in mailboxes]
    return tuple(sorted({name for name in names if names.count(name) > 1}))
