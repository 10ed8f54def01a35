"""What a process that opens strangers' files may take, and what one message may take in all."""

from __future__ import annotations

from typing import Final

SECONDS: Final = 9.0
"""Seconds all of one message may take, its documents and pictures among them."""

MESSAGE_SECONDS: Final = 5.0
"""Seconds of those for its structure: headers, parts, words."""

BEGINNING_SECONDS: Final = 2.0
"""Seconds for a second attempt, at the beginning alone."""

DOCUMENT_SECONDS: Final = 4.0
"""Seconds for a PDF's or a Word file's own text; the words in pictures may take what is left."""

LEAST_SECONDS: Final = 0.3
"""Seconds that must be left for a document to be begun."""

BYTES_A_SECOND: Final = 5_000_000
"""A large message may take a second more for every so many bytes, on a slow machine's account."""

MOST_MEMORY: Final = 2_000_000_000
"""Bytes of address space; a message of 60 MB needs half of it."""

TO_START: Final = 30.0
"""Seconds a new process may take until it is ready."""

ERRANDS_EACH: Final = 500
"""After how many errands a process is renewed."""

MOST_RESIDENT: Final = 400_000_000
"""Bytes of memory in use after which a process is renewed."""

LARGEST_ANSWER: Final = 600_000_000
"""Bytes of the longest answer that is taken from the other process."""
