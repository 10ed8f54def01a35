"""Trying out where documents are kept, step by step, with one that is removed again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.errors import CorrespondenceError
from correspondence.store.document_bucket import DocumentBucket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.store.documents import Documents


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the trial. `says` is a sentence; where it does not work, with the way out."""

    works: bool
    step: str
    says: str


def tried(documents: Documents) -> Iterator[Step]:
    """Every step there is, up to one that does not work. What is tried with is removed again."""
    raw = b"A document to try with: " + secrets.token_hex(16).encode()
    step = "keep"
    try:
        if isinstance(documents, DocumentBucket):
            step = "claim"
            documents.claim()
            yield Step(True, step, f"{documents.place} belongs to this office.")
            step = "keep"
        name = documents.keep(raw)
        yield Step(True, step, "A document was kept.")
        step = "read"
        documents.fetch(name)
        yield Step(True, step, "It was read, and is what was kept.")
        step = "list"
        listed = name in documents.names()
        yield Step(
            listed,
            step,
            "It is listed."
            if listed
            else f"{documents.place} does not list what was just kept, so neither backups nor "
            "`audit verify` could see it; use a store that lists at once.",
        )
        step = "remove"
        documents.remove(name)
        gone = not documents.has(name)
        yield Step(
            gone,
            step,
            "It was removed."
            if gone
            else f"{documents.place} still has what was removed, so nothing could be erased there.",
        )
        if isinstance(documents, DocumentBucket):
            yield from _as_a_bucket(documents)
    except CorrespondenceError as refused:
        yield Step(False, step, str(refused))


def _as_a_bucket(bucket: DocumentBucket) -> Iterator[Step]:
    """What a bucket may do that a folder cannot."""
    yield Step(
        True,
        "never overwrite",
        "It refuses to put anything over what is there."
        if bucket.hears_conditions()
        else "It puts things over what is there. Nothing is lost by that, as a document has but "
        "one content; every one is looked at before it is put there.",
    )
    keeps = bucket.keeps_what_is_removed()
    yield Step(
        not keeps,
        "erase",
        "The bucket keeps earlier versions, so what is erased can still be had there: have it "
        "forget them within days, or switch versions off and rely on backups."
        if keeps
        else "What is removed is gone; the bucket keeps no earlier versions.",
    )
