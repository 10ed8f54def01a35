"""Where documents are kept: in the office's own folder, or in a store that speaks S3."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from correspondence.settings.section import Section
from correspondence.settings.server_addresses import ProxyAddress, StoreAddress
from correspondence.settings.values import (
    BucketName,
    BucketPrefix,
    Line,
    ServerName,
)

DOCUMENTS: Final = "documents"
"""The name under which the secret of the store is found; no mailbox may have it then."""


class DocumentStore(Section):
    """Where documents are kept: raw mail, attachments, letters."""

    store: Literal["folder", "s3"] = Field(
        default="folder",
        description="folder (in the folder of [storage]), or s3 (a store that speaks S3, for "
        "offices on several machines; docs/operating.md).",
    )
    bucket: BucketName = Field(default="", description="For s3: the bucket, which is there.")
    prefix: BucketPrefix = Field(
        default="",
        description="For s3: what the names of this office begin with; no other office has it.",
    )
    endpoint: StoreAddress = Field(
        default="",
        description="For s3: where the store answers; Amazon's for the region, where not said.",
    )
    region: ServerName = Field(
        default="", description="For s3: the region; us-east-1, where an endpoint alone is said."
    )
    access_key: Line = Field(
        default="", description="For s3: the ID of the access key, which is no secret."
    )
    password_file: Line = Field(
        default="",
        description="For s3: a file as for a mailbox's password, with the secret access key; "
        "without it the environment or the keyring gives it.",
    )
    ca_file: Line = Field(
        default="",
        description="For s3: certificates to trust besides those of the system, where the store "
        "has one of your own.",
    )
    proxy: ProxyAddress = Field(
        default="",
        description="For s3: the proxy on the way out; the environment's is not used.",
    )

    @property
    def address(self) -> str:
        """Where the store answers, such as https://s3.eu-west-2.amazonaws.com."""
        return self.endpoint.rstrip("/") or f"https://s3.{self.signed_for}.amazonaws.com"

    @property
    def host(self) -> str:
        """The store's own name, without its port."""
        return urlsplit(self.address).hostname or ""

    @property
    def signed_for(self) -> str:
        """The region that what is asked is signed for."""
        return self.region or "us-east-1"

    @model_validator(mode="after")
    def _what_its_store_needs(self) -> DocumentStore:
        if self.store == "folder":
            return self  # the rest may stand, so that the environment alone can change it
        for key in ("bucket", "prefix", "access_key"):
            if not getattr(self, key):
                raise ValueError(f'store = "s3" needs {key} = "…"')
        if not (self.endpoint or self.region):
            raise ValueError('store = "s3" needs endpoint = "…", or for Amazon\'s region = "…"')
        return self
