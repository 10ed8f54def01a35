"""The API key of a service at GOV.UK Notify: its name, the service, and the secret.

https://docs.notifications.service.gov.uk/python.html#api-keys
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from correspondence.errors import NoCredential
from correspondence.postroom.credentials import Account, password_of
from correspondence.settings import NOTIFY

if TYPE_CHECKING:
    from correspondence.settings import Office

_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY: Final = re.compile(rf"(?P<name>.*?)-?(?P<service>{_UUID})-(?P<secret>{_UUID})")


@dataclass(frozen=True, slots=True)
class NotifyKey:
    """A key as Notify shows it once. `service` is no secret; `name` is of the landlord's giving."""

    name: str
    service: str
    whole: SecretStr


def key_of(office: Office) -> NotifyKey:
    """The key: the environment's, else the file's, else the keyring's; read anew each time.

    Raises NoCredential where there is none, others could read it, or it is no key of Notify.
    """
    secret = password_of(notify_account(office))
    found = _KEY.fullmatch(secret.get_secret_value().strip())
    if found is None:
        raise NoCredential(
            "What was given as the API key of GOV.UK Notify is none: a key is its name and two "
            "long numbers with hyphens (name-service-secret), shown once when it is made. Make a "
            "new one under API integration, and copy all of it."
        )
    return NotifyKey(found["name"], found["service"], SecretStr(found[0]))


def notify_account(office: Office) -> Account:
    """Where the key is looked for."""
    chosen = office.settings.notify
    file = office.folder / chosen.key_file if chosen.key_file else None
    return Account(NOTIFY, "api", chosen.url.partition("://")[2], office.folder, file)
