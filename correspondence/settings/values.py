"""The kinds of value a profile holds, each refusing what cannot be one, in words."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints

_ADDRESS = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_DATABASES = ("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")


def a_number(value: Any) -> Any:
    """Refuse true and false, which Python would otherwise count as 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("it must be a number, not true or false")  # noqa: TRY004 - pydantic's
    return value


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("it must stand on one line, without control characters")
    return value


def _mail_address(value: str) -> str:
    address = value.strip().lower()
    if address and not _ADDRESS.fullmatch(address):
        raise ValueError("it must be one mail address, such as complaints@landlord.example")
    return address


def _mail_domain(value: str) -> str:
    domain = value.strip().lower().removeprefix("@").rstrip(".")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError("it must be a mail domain, such as landlord.example")
    return domain


def _address_or_domain(value: str) -> str:
    sender = value.strip().lower()
    return _mail_address(sender) if "@" in sender.removeprefix("@") else _mail_domain(sender)


def _web_address(value: str) -> str:
    address = value.strip()
    if address and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", address):
        raise ValueError("it must be a web address, such as https://www.landlord.example")
    return address


def _dark_colour(value: str) -> str:
    colour = value.strip().lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ValueError("it must be # and six digits or letters a to f, such as #123f4a")
    if contrast_with_white(colour) < READABLE:
        raise ValueError(
            "white letters cannot be read on it (WCAG 2.2, 1.4.3); choose a darker colour"
        )
    return colour


def contrast_with_white(colour: str) -> float:
    """How far a colour such as #123f4a stands out from white (WCAG 2.2): from 1 to 21."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


READABLE = 4.5
"""The contrast that words need (WCAG 2.2, 1.4.3)."""


def _folder(value: str) -> str:
    folder = value.strip()
    if not folder or folder.rstrip("/") in ("", ".", "..") or "\0" in folder:
        raise ValueError("it must name a folder of its own, such as 'inbox'")
    return folder


def _server_name(value: str) -> str:
    name = value.strip().lower().rstrip(".")
    if name and not re.fullmatch(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+|[0-9a-f:.]*:[0-9a-f:.]*", name):
        raise ValueError("it must be a server's name, such as mail.landlord.example")
    return name


def _directory_name(value: str) -> str:
    name = value.strip()
    if name and not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", name):
        raise ValueError(
            "it must be an ID such as 11111111-2222-3333-4444-555555555555, or a domain"
        )
    return name


def _bucket_name(value: str) -> str:
    name = value.strip()
    if name and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name):
        raise ValueError(
            "it must be a bucket's name: 3 to 63 small letters, digits, dots and hyphens"
        )
    return name


def _bucket_prefix(value: str) -> str:
    prefix = value.strip().strip("/")
    if prefix and not re.fullmatch(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){0,5}", prefix):
        raise ValueError(
            "it must be small letters, digits and hyphens, such as harrowmere or offices/harrowmere"
        )
    return prefix


def _short_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", value):
        raise ValueError(
            "it must be a short name of small letters, digits and hyphens, such as complaints"
        )
    return value


def _case_series(value: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", value):
        raise ValueError("it must be 2 to 8 capitals or digits, a capital first, such as CMP")
    return value


def _sql_url(value: str) -> str:
    url = value.strip()
    if not url.startswith(_DATABASES):
        raise ValueError(
            "it must start with sqlite:/// (a file) or postgresql:// (a server), such as "
            "sqlite:///data/correspondence.db"
        )
    if re.match(r"sqlite:///(?:$|\?|:memory:|file:)", url):
        raise ValueError(
            "it must name the database's file, such as sqlite:///data/correspondence.db"
        )
    return re.sub(r"^postgres(?:ql)?://", "postgresql+psycopg://", url)


Line = Annotated[str, AfterValidator(_one_line)]
"""Text on one line, as a letter prints it."""

EmailAddress = Annotated[str, AfterValidator(_mail_address)]
"""One mail address in lower case, or empty."""

Domain = Annotated[str, AfterValidator(_mail_domain)]
"""A mail domain in lower case, without the @."""

Sender = Annotated[str, AfterValidator(_address_or_domain)]
"""A mail address or a mail domain."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
"""A web address with its scheme, or empty."""

Folder = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_folder)]
"""A folder; a relative one starts at the office folder."""

ServerName = Annotated[str, AfterValidator(_server_name)]
"""The name or the address of a server, in lower case, or empty."""

DirectoryName = Annotated[str, AfterValidator(_directory_name)]
"""An id, or a domain, of a directory or of an application in it, or empty."""

BucketName = Annotated[str, AfterValidator(_bucket_name)]
"""The name of a bucket, or empty."""

BucketPrefix = Annotated[str, StringConstraints(max_length=200), AfterValidator(_bucket_prefix)]
"""What the names in a bucket begin with, without slashes around it, or empty."""

ShortName = Annotated[str, AfterValidator(_short_name)]
"""A name of the landlord's own giving, by which a mailbox is called."""

SqlUrl = Annotated[str, AfterValidator(_sql_url)]
"""Where a database is, as SQLAlchemy writes it."""

Series = Annotated[str, AfterValidator(_case_series)]
"""What every case reference begins with."""

Colour = Annotated[str, AfterValidator(_dark_colour)]
"""A colour that white words can be read on, as #rrggbb."""
