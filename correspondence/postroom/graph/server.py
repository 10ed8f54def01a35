"""Where a mailbox in Exchange Online is, and what the landlord's application proves itself by."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from pydantic import SecretStr

ENTRA: Final = "login.microsoftonline.com"
"""Who gives applications their tokens, but in sovereign clouds."""


@dataclass(frozen=True, slots=True)
class GraphServer:
    """A mailbox in Exchange Online, and how it is reached. `timeout` is in seconds.

    `host` answers for mail, `login_host` gives tokens; those of a sovereign cloud are named
    otherwise. `user` is the mailbox's address, `tenant` the directory, `application` the client id.
    """

    user: str
    tenant: str
    application: str
    host: str = "graph.microsoft.com"
    login_host: str = ENTRA
    port: int = 443
    ca_file: Path | None = None
    proxy: str = ""
    timeout: float = 60.0

    @property
    def address(self) -> str:
        """What every request to it begins with."""
        return f"https://{self._at(self.host)}/v1.0"

    @property
    def authority(self) -> str:
        """Where tokens of the directory are given."""
        return f"https://{self._at(self.login_host)}/{self.tenant}"

    @property
    def audience(self) -> str:
        """What the token is for."""
        return f"https://{self.host}"

    def _at(self, host: str) -> str:
        return host if self.port == 443 else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What an application proves itself by. `secret` is empty for a managed identity."""

    kind: Literal["secret", "certificate", "managed_identity"]
    secret: SecretStr = field(default_factory=lambda: SecretStr(""))
