"""Where the files that ship beside the package are found: letter templates, schemas, samples.

In a checkout they stand at the top level, where people look for them; in an installed wheel
they lie inside the package, under ``shipped/``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "shipped"


def shipped(name: str) -> Path:
    """The folder or file ``name`` (such as ``letter_templates``) as it ships with the product."""
    inside = _SHIPPED / name
    return inside if inside.exists() else _PACKAGE.parent / name
