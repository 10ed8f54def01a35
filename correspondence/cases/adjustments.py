"""How a resident is to hear from us, as agreed with them (Code 5.10, Equality Act 2010 s.20)."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

ENGLISH: Final = "en-GB"

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _language(tag: str) -> str:
    """Empty for English, which letters are in where nothing else was agreed."""
    tag = tag.strip()
    if tag and not _LANGUAGE.fullmatch(tag):
        raise ValueError(
            "give the language as a tag (BCP 47): cy for Welsh, pl for Polish, ur for Urdu, en for "
            "English"
        )
    return "" if tag.partition("-")[0] == "en" else tag


def _one_line_each(address: str) -> str:
    lines = (" ".join(line.split()).strip(" ,") for line in re.split(r"[\n,]", address))
    return ", ".join(line for line in lines if line)


class Adjustments(BaseModel):
    """What every letter and call of a case keeps to. The default is what everybody gets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    large_print: bool = Field(default=False, description="Letters in 18 point.")
    plain_text: bool = Field(
        default=False, description="The letter as plain text as well, for a screen reader."
    )
    language: Annotated[str, AfterValidator(_language)] = Field(
        default="", description="A BCP 47 tag such as cy; empty for English."
    )
    by: Literal["", "post", "email"] = Field(
        default="", description="The one way letters go; empty where either will do."
    )
    no_telephone: bool = Field(default=False, description="Nobody rings them.")
    address: Annotated[str, AfterValidator(_one_line_each)] = Field(
        default="",
        max_length=500,
        description="Where letters are posted, lines parted by commas, where that is not the home.",
    )
    note: str = Field(default="", max_length=2_000, description="Whatever else was agreed.")

    def says(self) -> tuple[str, ...]:
        """Each adjustment in a few words; empty where nothing was agreed."""
        said = (
            ("large print", self.large_print),
            ("plain text for a screen reader", self.plain_text),
            (f"in the language {self.language}", self.language),
            ("by post only", self.by == "post"),
            ("by e-mail only", self.by == "email"),
            ("no telephone calls", self.no_telephone),
            ("letters to another address", self.address),
            (self.note, self.note),
        )
        return tuple(words for words, agreed in said if agreed)
