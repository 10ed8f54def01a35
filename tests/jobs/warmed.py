"""Imported by the process that others are forked from: whatever is loaded late is loaded by then.

Reading a message and making a letter load and compile for seconds what then takes a tenth of one.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.command import say
from tests.jobs import corpus
from tests.jobs.office import make_office

with tempfile.TemporaryDirectory() as _folder:
    _office = make_office(Path(_folder) / "office")
    _at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    for _number, _raw in enumerate((corpus.complaint(0, _at), corpus.with_attachment(1, _at, 400))):
        corpus.put(_office / "inbox" / f"{_number}.eml", _raw, _at)
    _said = say(_office, "run", "--once", "--workers", "0")
    assert _said.status == 0, _said.err
