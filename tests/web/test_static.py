"""What ships with the pages: nobody else's font or crest, and nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import correspondence.web

WEB = Path(correspondence.web.__file__).parent
STATIC = sorted(path for path in (WEB / "static").iterdir())
TEMPLATES = sorted((WEB / "templates").iterdir())
FETCHED = re.compile(
    r"""(?:url\(\s*|@import\s+|\bsrc=|\bhref=|\baction=|\bfrom\s+|\bimport\()\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_no_font_or_crest_of_governments_domains_ships(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "GDS Transport" not in text
    assert "@font-face" not in text
    assert "crest" not in text
    assert path.suffix not in {".woff", ".woff2", ".ico"}


@pytest.mark.parametrize("path", [*STATIC, *TEMPLATES], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert FETCHED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_carries_a_script_or_a_style_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL)
    assert all("token()" in form for form in forms)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_printed_unescaped(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_imports_what_it_uses_and_nothing_else(path: Path) -> None:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    imported = {
        name[1] if isinstance(name, tuple) else name
        for each in tree.find_all(nodes.FromImport)
        for name in each.names
    }
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    assert sorted(imported - used) == []
