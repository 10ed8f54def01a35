"""What every event of the record is: codes that are hashed for good, and personal detail beside."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Something that happened to a case, as ids, codes and dates, with personal detail apart."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: str

    def chained(self) -> dict[str, Any]:
        """What is hashed into the record for good: no personal detail."""
        return self.model_dump(mode="json", exclude=set(self.PERSONAL))

    def personal(self) -> dict[str, Any]:
        """The personal detail, which lies beside the record and can be erased."""
        return self.model_dump(mode="json", include=set(self.PERSONAL))
