"""Who prints and posts letters on paper, where that is not a person at the outbox."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from correspondence.settings.section import Section
from correspondence.settings.server_addresses import ApiAddress, ProxyAddress
from correspondence.settings.values import Folder, Line, a_number

NOTIFY: Final = "notify"
"""The name under which the API key is found; no mailbox may have it."""

Postage = Literal["first", "second", "economy"]
Minutes = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=1440)]


class Notify(Section):
    """GOV.UK Notify, where [delivery] has it print and post letters."""

    key_file: Line = Field(
        default="",
        description="A file outside the office, readable by this account alone, that holds the API "
        "key and nothing else; without it the environment or the keyring gives it.",
    )
    postage: Postage = Field(default="second", description="first, second or economy.")
    url: ApiAddress = Field(
        default="https://api.notifications.service.gov.uk", description="Where its API is."
    )
    proxy: ProxyAddress = Field(
        default="", description="The proxy on the way out; the environment's is not used."
    )
    ca_file: Line = Field(
        default="", description="Certificates to trust, where a proxy has one of your own."
    )


class PrintHouse(Section):
    """A print house that collects letters from a folder, where [delivery] has it post them."""

    folder: Folder | None = Field(
        default=None,
        description="The folder batches are put into, each as a folder with its manifest; the "
        "house puts its confirmations into confirmations/ there, if it gives any.",
    )
    postage: Postage = Field(default="second", description="first, second or economy.")
    paper: Line = Field(
        default="A4 80 g/m2 white", min_length=1, description="The paper, as the house calls it."
    )
    both_sides: bool = Field(default=True, description="Whether both sides of a sheet are printed.")
    gather_minutes: Minutes = Field(
        default=60, description="How long letters are gathered until a batch of them is made."
    )
