"""The page of threats is true: what it says stops somebody is there, by module and by test."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parent.parent
PAGE: Final = (TOP / "docs" / "threats.md").read_text("utf-8")
WHO: Final = (
    "Mail from strangers",
    "Hostile documents",
    "A curious officer",
    "A stolen laptop",
    "A malicious template",
    "A compromised worker",
    "A tampering administrator",
)
NAMED: Final = re.compile(r"`((?:correspondence|tests|deploy)/[\w/.]+)(?:::(\w+))?`")


def parts() -> dict[str, str]:
    """The parts of the page by their headings."""
    headings = re.split(r"(?m)^## (.+)\n", PAGE)[1:]
    return dict(zip(headings[::2], headings[1::2], strict=True))


def test_everything_that_is_named_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 40
    for path, test in named:
        assert (TOP / path).exists(), path
        if test:
            tree = ast.parse((TOP / path).read_text("utf-8"))
            tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            assert test in tests, f"{path}::{test}"


def test_of_everybody_it_says_what_they_try_what_stops_it_and_what_remains() -> None:
    found = parts()
    for who in WHO:
        (text,) = (text for heading, text in found.items() if heading.startswith(who))
        told = [text.index(f"**{said}:**") for said in ("Can try", "Stops it", "Remains")]
        assert told == sorted(told), who
        stops = text[told[1] : told[2]]
        assert any(path.startswith("correspondence/") for path, _ in NAMED.findall(stops)), who
        assert any(test for _, test in NAMED.findall(stops)), who


def test_secrets_rights_and_encryption_at_rest_are_spoken_of() -> None:
    assert {"Secrets", "No more rights than needed"} <= set(parts())
    for word in ("LUKS", "NOSUPERUSER", "capabilities", "digest_to"):
        assert word in PAGE
