"""How people come in to the pages, how long they stay, and what they are told by e-mail."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from correspondence.settings.section import Section
from correspondence.settings.server_addresses import names_server, overheard
from correspondence.settings.values import Line, a_number

PagesRole = Literal["reader", "officer", "manager", "administrator"]
"""What somebody may do on the pages."""

Notice = Literal["assigned", "due_tomorrow", "hazard", "answered", "second_approval"]
"""What staff can be told of by e-mail."""

Minutes = Annotated[int, BeforeValidator(a_number), Field(ge=5, le=720)]
Hours = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=24)]

ENTRA_HOST: Final = "login.microsoftonline.com"

_TENANT: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ENTRA: Final = re.compile(rf"https://{re.escape(ENTRA_HOST)}/({_TENANT})/v2\.0")


def _issuer(value: str) -> str:
    issuer = value.strip()
    if not issuer:
        return ""
    try:
        parts = urlsplit(issuer)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.query or parts.fragment or parts.username:
        raise ValueError("it must be the issuer's address, such as https://login.landlord.example")
    if parts.scheme not in ("https", "http") or overheard(issuer):
        raise ValueError("it must begin with https://, for whoever answers there opens the door")
    if host == ENTRA_HOST and not _ENTRA.fullmatch(issuer):
        raise ValueError(
            f"it must name your own tenant: https://{ENTRA_HOST}/ID/v2.0 with the tenant's id of "
            "digits and letters; common and organizations would let in people of every tenant"
        )
    return issuer


def _site(value: str) -> str:
    site = value.strip().rstrip("/")
    if site and not (re.fullmatch(r"https?://[^\s/@?#]+", site) and names_server(site)):
        raise ValueError(
            "it must be the address of the pages and nothing after it, such as "
            "https://complaints.landlord.example"
        )
    return site


Issuer = Annotated[str, AfterValidator(_issuer)]
"""Who vouches for people, as OpenID Connect Discovery 1.0 names them; or empty."""

Site = Annotated[str, AfterValidator(_site)]
"""Scheme and name of a web site, without a path; or empty."""


def tenant_of(issuer: str) -> str:
    """The id of the Entra tenant an issuer is; empty where it is none."""
    found = _ENTRA.fullmatch(issuer)
    return found[1] if found else ""


class Pages(Section):
    """The pages, and how people come in: by passwords kept here, or by accounts of your own."""

    address: Site = Field(
        default="",
        description="Where the pages are reached, such as https://complaints.landlord.example. "
        "Notices and sign-in by work accounts need it.",
    )
    idle_minutes: Minutes = Field(
        default=120, description="Minutes without a page after which somebody is signed out."
    )
    at_most_hours: Hours = Field(
        default=12, description="Hours after which they are signed out in any case."
    )
    local_accounts: bool = Field(
        default=True,
        description="Whether passwords kept here let anybody in. Without them, `correspondence "
        "user link NAME --break-glass` still lets an administrator in once.",
    )
    issuer: Issuer = Field(
        default="",
        description="Who vouches for work accounts (OpenID Connect): the issuer's address. For "
        "Microsoft Entra ID it holds your tenant's id.",
    )
    client_id: Line = Field(
        default="", description="What the issuer calls this office: the application's id there."
    )
    client_secret_file: Line = Field(
        default="",
        description="A file outside the office, readable by this account alone, that holds the "
        "application's secret; or give it in CORRESPONDENCE_PASSWORD_WORK_ACCOUNTS.",
    )
    first_sign_in: Literal["invited", "role"] = Field(
        default="invited",
        description="Who may come in for the first time: invited (by a one-time link of theirs), "
        "or role (whoever the issuer gives one of the roles below).",
    )
    roles_claim: Line = Field(
        default="roles", min_length=1, description="Where the issuer says somebody's roles."
    )
    roles: dict[str, PagesRole] = Field(
        default_factory=dict,
        description="The issuer's roles and what they are here: reader, officer, manager or "
        "administrator. Once any is named, nobody comes in without one, and the issuer decides.",
    )

    @model_validator(mode="after")
    def _somebody_can_come_in(self) -> Pages:
        if self.issuer and not self.client_id:
            raise ValueError('issuer needs client_id = "…", the id of the application there')
        if self.issuer and not self.address:
            raise ValueError('issuer needs address = "…", where people are sent back to')
        if not self.local_accounts and not self.issuer:
            raise ValueError(
                "local_accounts = false would let nobody in; name the issuer of work accounts first"
            )
        if self.first_sign_in == "role" and not self.roles:
            raise ValueError('first_sign_in = "role" needs roles; name those that may come in')
        return self


class Notices(Section):
    """What the people of this office are told by e-mail: a reference and a link, never a name."""

    staff: tuple[Notice, ...] = Field(
        default=(),
        description="Any of assigned (a case is given to them), due_tomorrow (something is owed "
        "on a case of theirs the next working day), hazard (a message on it tells of danger), "
        "answered (an answer to a question of its investigation came), "
        "second_approval (a letter waits for a second person). Each is told once.",
    )
