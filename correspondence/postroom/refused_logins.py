"""Remembers across restarts which password a server refused, so that it is never offered again.

A run started every five minutes with an old password would lock the account for everybody. Kept is
a salted digest that is slow to compute, from which no password can be read, and what was said.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from correspondence.disk import write_whole
from correspondence.errors import LoginRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import SecretStr

_COST: Final = {"n": 2**14, "r": 8, "p": 1}  # some 16 MB and 50 ms (RFC 7914)


@dataclass(frozen=True, slots=True)
class RefusedLogins:
    """The refusals on record in `file`, by the name of the mailbox."""

    file: Path

    @contextlib.contextmanager
    def minding(self, name: str, password: SecretStr) -> Iterator[None]:
        """Log in within this block: never with a password on record, and what is refused is noted.

        Raises LoginRefused.
        """
        self.check(name, password)
        try:
            yield
        except LoginRefused as refused:
            self.note(name, password, refused)
            raise
        self.forget(name)

    def check(self, name: str, password: SecretStr) -> None:
        """Raises LoginRefused, with what was said then, where that password was refused before."""
        known = self._known().get(name)
        if isinstance(known, dict) and known.get("digest") == _digest(password, known.get("salt")):
            raise LoginRefused(str(known.get("said")))

    def note(self, name: str, password: SecretStr, refused: LoginRefused) -> None:
        """The password was refused just now."""
        salt = secrets.token_hex(16)
        noted = {"salt": salt, "digest": _digest(password, salt), "said": str(refused)}
        self._keep({**self._known(), name: noted})

    def forget(self, name: str) -> None:
        """The login works, or somebody wants it tried."""
        known = self._known()
        if known.pop(name, None) is not None:
            self._keep(known)

    def _known(self) -> dict[str, Any]:
        try:
            known = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}  # nothing on record, or nothing that can be read: one more try is no harm
        return known if isinstance(known, dict) else {}

    def _keep(self, known: dict[str, Any]) -> None:
        """Whole or not at all; where the disk does not take it, this program alone remembers."""
        with contextlib.suppress(OSError):
            write_whole(self.file, json.dumps(known).encode(), mode=0o600)


def _digest(password: SecretStr, salt: object) -> str:
    raw = password.get_secret_value().encode()
    return hashlib.scrypt(raw, salt=str(salt).encode(), **_COST).hex()
