"""Content that commands take from a JSON file, held against its published schema."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from correspondence.errors import FileUnusable

if TYPE_CHECKING:
    from pathlib import Path

Form = TypeVar("Form", bound=BaseModel)


def read_form(path: Path, form: type[Form]) -> Form:
    """The content of a JSON file (``-`` for standard input) as that form.

    Raises FileUnusable naming every field that is wrong and what it should be.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise FileUnusable(f"{path} cannot be read ({error.strerror}).") from error
    try:
        return form.model_validate_json(raw)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'the whole file'}: "
            f"{fault['msg'].rstrip('.')}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise FileUnusable(f"{path} cannot be used: {faults}.") from None
