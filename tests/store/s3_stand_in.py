"""Starts the stand-in for a store that speaks S3, and tells it what to do wrong."""

from __future__ import annotations

import base64
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from correspondence.postroom.credentials import Account
from correspondence.settings import DocumentStore
from correspondence.store.bucket_line import Limits
from correspondence.store.document_bucket import DocumentBucket
from tests.postroom.stand_in import Running
from tests.store.stand_ins.s3 import ACCESS_KEY, BUCKET, REGION, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PREFIX = "offices/harrowmere"
QUICK = Limits(tries=3, first=0.01, longest=0.02, connect=2, still=2, whole=5)


@dataclass(slots=True)
class S3(Running):
    """A running stand-in; what it holds goes with it."""

    server_of = "tests.store.stand_ins.s3"

    prefix: str = PREFIX

    def arguments(self) -> Sequence[object]:
        return (self.port,)

    def fault(self, **said: object) -> None:
        """Do that wrong, until mended."""
        self.wish("fault", **said)

    def refuse(
        self, status: int, code: str, *, times: int = -1, methods: list[str] | None = None
    ) -> None:
        """Answer so many questions like that; all of them where not said."""
        said: dict[str, object] = {"status": status, "code": code, "times": times}
        self.fault(refuse={**said, "methods": methods} if methods else said)

    def break_at(self, call: int, when: Literal["before", "after"], *, kill: int = 0) -> None:
        """Break off at that call from now, counted from 1; `kill` that process too."""
        self.mend()
        self.fault(**{"break": {"at": call, "when": when, "kill": kill}})

    def mend(self) -> None:
        """Do nothing wrong any more, and count calls anew."""
        self.wish("mend")

    @property
    def calls(self) -> list[str]:
        found: list[str] = self.wish("calls")
        return found

    @property
    def objects(self) -> dict[str, bytes]:
        """All that the bucket holds, by its key below the prefix of this office."""
        return {
            key.removeprefix(f"{self.prefix}/"): base64.b64decode(raw)
            for key, raw in self.wish("objects").items()
        }

    def lay(self, key: str, raw: bytes, **said: object) -> None:
        """Put something there by another way than ours."""
        self.wish("lay", key=f"{self.prefix}/{key}", raw=base64.b64encode(raw).decode(), **said)

    def drop(self, key: str) -> None:
        self.wish("drop", key=f"{self.prefix}/{key}")

    @property
    def secret_file(self) -> Path:
        """The secret access key, readable by us alone."""
        file = self.folder / "secret"
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:
                opened.write(f"{SECRET}\n")
        return file

    def settings(self, **said: Any) -> DocumentStore:
        """As a profile would name it."""
        return DocumentStore(**{
            "store": "s3",
            "bucket": BUCKET,
            "prefix": self.prefix,
            "endpoint": f"http://127.0.0.1:{self.port}",
            "region": REGION,
            "access_key": ACCESS_KEY,
            "password_file": str(self.secret_file),
            **said,
        })  # fmt: skip

    def profile(self, **said: Any) -> str:
        """The section of a profile that names it."""
        shown = self.settings(**said).model_dump(exclude_defaults=True)
        return "[documents]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in shown.items())

    def bucket(
        self, *, limits: Limits = QUICK, origin: Callable[[], str] = str, **said: Any
    ) -> DocumentBucket:
        """The documents of an office that keeps them there."""
        settings = self.settings(**said)
        file = Path(settings.password_file) if settings.password_file else None
        account = Account("documents", settings.access_key, "127.0.0.1", Path("/nowhere"), file)
        return DocumentBucket(settings, account, origin=origin, limits=limits)


@contextmanager
def s3(folder: Path) -> Iterator[S3]:
    """A stand-in that runs as long as the block does."""
    folder.mkdir(parents=True, exist_ok=True)
    stand_in = S3(folder)
    stand_in.start()
    try:
        yield stand_in
    finally:
        stand_in.stop()
