"""The profile a new office begins with: every key explained, an invented landlord filled in."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from correspondence.settings.profile import Settings, section_model, stands_several_times

if TYPE_CHECKING:
    from correspondence.settings.section import Section

SAMPLE_LANDLORD: Final = "Harrowmere Borough Council"

SAMPLE: Final[dict[str, dict[str, Any]]] = {
    "landlord": {
        "name": SAMPLE_LANDLORD,
        "department": "Housing Complaints Team",
        "address": ["The Guildhall", "1 Market Place", "Harrowmere", "HX0 0AA"],
        "phone": "01632 960100",
        "email": "complaints@harrowmere.example",
        "website": "https://www.harrowmere.example/complaints",
    },
    "complaints_officer": {
        "name": "Rowan Ellery",
        "role": "Housing complaints officer",
        "phone": "01632 960101",
        "email": "rowan.ellery@harrowmere.example",
    },
    "stage2_reviewer": {
        "name": "Imogen Thackray",
        "role": "Head of tenancy services",
        "phone": "01632 960102",
        "email": "imogen.thackray@harrowmere.example",
    },
    "inbox": {"addresses": ["complaints@harrowmere.example", "housing@harrowmere.example"]},
    "reading": {
        "staff_domains": ["harrowmere.example"],
        "councillor_domains": ["members.harrowmere.example"],
        "contractor_domains": ["brackenfix.example"],
        "form_senders": ["forms@harrowmere.example"],
    },
}
"""What the sample profile fills in: nobody real, so all of it is to be replaced."""

_EXAMPLES: Final[dict[tuple[str, str], Any]] = {
    ("reporting", "homes"): 4_250,
    ("reporting", "homes_lcho"): 180,
    ("deadlines", "owners"): {"Our roofing contractor": "jobs@roofing.example"},
    ("approval", "second_above_pence"): 250_00,
    ("approval", "payment_above_pence"): 500_00,
    ("alerts", "to"): ["on-call@harrowmere.example"],
    ("calendar", "closed_days"): [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)],
    ("calendar", "extra_bank_holidays"): [date(2027, 6, 4)],
    ("delivery", "port"): 587,
    ("documents", "bucket"): "landlords",
    ("documents", "prefix"): "harrowmere",
    ("documents", "endpoint"): "https://s3.harrowmere.example",
    ("documents", "region"): "eu-west-2",
    ("documents", "access_key"): "AKEXAMPLE",
    ("documents", "password_file"): "/etc/correspondence/documents.secret",
    ("notify", "key_file"): "/etc/correspondence/notify.key",
    ("print_house", "folder"): "/srv/print-house",
    ("notices", "staff"): [
        "assigned",
        "due_tomorrow",
        "hazard",
        "answered",
        "second_approval",
    ],
    ("pages", "address"): "https://complaints.harrowmere.example",
    ("pages", "roles"): {"Complaints.Officer": "officer", "Complaints.Manager": "manager"},
    ("watch", "digest_folder"): "/mnt/elsewhere/digests",
    ("watch", "digest_to"): ["audit@county.example"],
    ("watch", "metrics_token_file"): "/etc/correspondence/metrics.token",
    ("responsibilities", "elsewhere"): {"leasehold": "Millrace Homes, 01632 960120"},
}
"""What a key that begins empty might hold, shown behind its comment sign."""

_SEVERAL: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "mailboxes": (
        {
            "name": "complaints",
            "kind": "imap",
            "host": "mail.harrowmere.example",
            "port": 993,
            "security": "tls",
            "user": "complaints@harrowmere.example",
            "password_file": "/etc/correspondence/complaints.password",
            "ca_file": "",
            "folder": "INBOX",
            "processed_folder": "Processed",
            "received_since": date(2026, 12, 1),
            "largest_megabytes": 50,
            "poll_seconds": 60.0,
            "idle": True,
            "presumed": "",
            "acknowledge": True,
            "most_per_look": 500,
            "requests_per_minute": 600,
        },
        {
            "name": "repairs",
            "kind": "graph",
            "user": "repairs@harrowmere.example",
            "tenant": "11111111-2222-3333-4444-555555555555",
            "application": "66666666-7777-8888-9999-000000000000",
            "certificate_file": "/etc/correspondence/application.pem",
            "managed_identity": False,
            "login_host": "",
            "proxy": "",
        },
        {
            "name": "lettings",
            "kind": "exchange",
            "url": "https://mail.harrowmere.example/EWS/Exchange.asmx",
            "address": "lettings@harrowmere.example",
            "user": "HARROWMERE\\correspondence",
            "sign_in": "ntlm",
            "access": "delegate",
        },
        {
            "name": "enquiries",
            "kind": "imap",
            "host": "outlook.office365.com",
            "user": "enquiries@harrowmere.example",
            "sign_in": "oauth",
            "tenant": "11111111-2222-3333-4444-555555555555",
            "application": "66666666-7777-8888-9999-000000000000",
            "certificate_file": "/etc/correspondence/application.pem",
            "token_url": "",
            "scope": "",
        },
        {"name": "scans", "kind": "folder", "path": "/srv/scans"},
    ),
}
"""Examples of a section that stands several times, or not at all."""

_HEAD: Final = """\
# The landlord's profile. Lines that begin with # are notes, or show what holds as long as nothing
# else is said: take the # away to change it. `correspondence doctor` says what is not well.
# Any value may come from the environment instead, for example CORRESPONDENCE_DATABASE__URL;
# a password may only come from there.
"""


def sample_profile(landlord_name: str = SAMPLE_LANDLORD) -> str:
    """A valid correspondence.toml for a landlord of that name, every key with its comment."""
    filled = {**SAMPLE, "landlord": {**SAMPLE["landlord"], "name": landlord_name}}
    sections = [_section(name, filled.get(name, {})) for name in Settings.model_fields]
    return "\n".join([_HEAD, *sections])


def _section(name: str, filled: dict[str, Any]) -> str:
    model = section_model(name)
    lines = _comment((model.__doc__ or "").partition("\n")[0])
    if stands_several_times(name):
        return "\n".join([*lines, *_examples(name, model)]) + "\n"
    lines.append(f"[{name}]")
    for key, field in model.model_fields.items():
        if key == "password":  # never in the file
            continue
        lines += _comment(field.description or "")
        if key in filled:
            lines.append(f"{key} = {toml(filled[key])}")
        else:
            usual = _EXAMPLES.get((name, key)) or field.get_default(call_default_factory=True)
            lines += _comment(f"{key} = {toml(usual)}", wrapped=False)
    return "\n".join(lines) + "\n"


def _examples(name: str, model: type[Section]) -> list[str]:
    """Whole sections behind comment signs, each key explained where it first stands."""
    lines: list[str] = []
    explained: set[str] = set()
    for example in _SEVERAL[name]:
        lines += _comment(f"[[{name}]]")
        for key, value in example.items():
            if key not in explained:
                lines += _comment(model.model_fields[key].description or "")
            lines += _comment(f"{key} = {toml(value)}", wrapped=False)
            explained.add(key)
    return lines


def _comment(text: str, *, wrapped: bool = True) -> list[str]:
    rows = textwrap.wrap(text, 96) if wrapped else text.split("\n")
    return [f"# {row}" for row in rows]


def toml_key(key: str) -> str:
    """A key as TOML writes it, in quotes where it holds more than letters, digits and hyphens."""
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else json.dumps(key, ensure_ascii=False)


def toml(value: Any) -> str:
    """A value as TOML writes it; text is one line without control characters."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return value.isoformat()
        case list() | tuple():
            entries = [toml(entry) for entry in value]
            flat = f"[{', '.join(entries)}]"
            return flat if len(flat) < 80 else "[\n" + "".join(f"  {e},\n" for e in entries) + "]"
        case dict():
            pairs = (f"{toml_key(key)} = {toml(entry)}" for key, entry in value.items())
            return "{ " + ", ".join(pairs) + " }" if value else "{}"
        case _:
            return str(value)
