"""The small language of letter templates: fields, `if` and `for`, and nothing that could do harm.

A template is written by the landlord's own staff, yet it may be copied from anywhere. So what it
can say is listed, not what it cannot: every construct outside the list is refused by name before
anything runs. No calls, no arithmetic, no assignments, so that a template can neither reach the
machine nor keep it busy. Underneath lies Jinja's immutable sandbox.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from correspondence.errors import TemplateRefused
from correspondence.handling_code.long_date import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType, TracebackType

LONGEST_RESULT: Final = 4_000_000
"""Characters one filled template may come to, XML included: some hundred pages of Word."""

DEEPEST_LOOPS: Final = 2
"""How deep `for` may stand in `for`."""

DEEPEST_NESTING: Final = 60
"""How deep one construct may stand in another."""

_STRAY_BRACES: Final = re.compile(r"\{\s*[{%#]|[}%#]\s*\}|\{\s*[A-Za-z_][\w.]*\s*\}")

_FILTERS: Final = ("capitalize", "first", "join", "last", "length", "lower", "trim", "upper")
_TESTS: Final = ("defined", "false", "none", "true", "undefined")

FILLING_ERRORS: Final = (
    TemplateError,
    TemplateRefused,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    LookupError,
    MemoryError,
)
"""What a template can make of itself while it is compiled or filled."""

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Tuple,
    nodes.List,
    nodes.Filter,
    nodes.Test,
)

_IN_WORDS: Final = {
    nodes.Call: "a call with round brackets",
    nodes.Assign: "{% set %}",
    nodes.AssignBlock: "{% set %}",
    nodes.Macro: "{% macro %}",
    nodes.CallBlock: "{% call %}",
    nodes.FilterBlock: "{% filter %}",
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
    nodes.FromImport: "{% from %}",
    nodes.Extends: "{% extends %}",
    nodes.Block: "{% block %}",
    nodes.With: "{% with %}",
    nodes.BinExpr: "arithmetic",
    nodes.UnaryExpr: "arithmetic",
    nodes.Concat: "the sign ~",
    nodes.Slice: "a slice with a colon",
    nodes.Dict: "curly brackets",
}


class _BoundedTemplate(Template):
    """A template whose result is counted while it grows."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        pieces: list[str] = []
        size = 0
        for piece in self.generate(*args, **kwargs):
            size += len(piece)
            if size > LONGEST_RESULT:
                raise TemplateRefused(
                    f"The filled letter comes to more than {LONGEST_RESULT:,} characters; "
                    "shorten what stands inside its {% for %}."
                )
            pieces.append(piece)
        return "".join(pieces)


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """Jinja reduced to what a letter needs. `autoescape` for XML and HTML, off for plain text.

    Braces left over between the fields are a field gone wrong, unless `braces_are_words`, as they
    are in a page with a style sheet.
    """

    template_class = _BoundedTemplate

    def __init__(self, *, autoescape: bool, braces_are_words: bool = False) -> None:
        super().__init__(
            autoescape=autoescape,
            undefined=StrictUndefined,
            finalize=_printable,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.braces_are_words = braces_are_words
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def compile(  # type: ignore[override]  # Jinja overloads it by the type of `raw`
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        if isinstance(source, str) and not (name or filename or raw or defer_init):
            return _compiled(source, bool(self.autoescape), self.braces_are_words)
        return self._vetted(source, name, filename, raw, defer_init)

    def _vetted(self, source: str | nodes.Template, *how: str | bool | None) -> str | CodeType:
        if isinstance(source, str):
            source = self.parse(source)
        _vet(source)
        if not self.braces_are_words:
            _vet_words(source)
        return super().compile(source, *how)  # type: ignore[call-overload,no-any-return]


@lru_cache(maxsize=128)
def _compiled(source: str, autoescape: bool, braces_are_words: bool) -> str | CodeType:
    """The code of a template that was vetted; a published one fills many letters."""
    language = TemplateLanguage(autoescape=autoescape, braces_are_words=braces_are_words)
    return language._vetted(source, None, None, False, False)


def fill_text(template: str, fields: Mapping[str, object], place: str) -> str:
    """A plain-text template filled. `place` names it in errors, such as 'the subject line'.

    Raises TemplateRefused, naming the field and the line it stands in.
    """
    language = TemplateLanguage(autoescape=False)
    try:
        return language.from_string(template).render(fields)
    except FILLING_ERRORS as error:
        line = line_of(error)
        lines = template.splitlines()
        where = lines[line - 1].strip() if line and line <= len(lines) else ""
        raise refusal(error, place, where) from None


def refusal(error: BaseException, place: str, where: str) -> TemplateRefused:
    """The error as a sentence that names the field and the place. `where` is the words around it.

    `where` is the template's own text, so it may be quoted: no resident stands in a template.
    """
    spot = f"In {place}" + (f", at “{shorten(where)}”" if where else "")
    return TemplateRefused(f"{spot}: {_what_is_wrong(error)}")


def line_of(error: BaseException) -> int | None:
    """The line of the template where the error arose, counted from 1, as far as it is known."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    at = getattr(error, "template_line", None)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            at = trace.tb_lineno
        trace = trace.tb_next
    return at


def shorten(words: str, most: int = 80) -> str:
    """Some words on one line, cut where they run on."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _what_is_wrong(error: BaseException) -> str:
    if isinstance(error, TemplateRefused):
        return str(error)
    if isinstance(error, UndefinedError):
        message = error.message or ""
        named = re.findall(r"'([^']*)'", message)
        name = f" “{named[-1]}”" if named else " of that kind"
        return (
            f"there is no field{name}. Check its spelling against the list of fields that "
            "comes with the letter templates (README.md)."
        )
    if isinstance(error, TemplateSyntaxError):
        message = error.message or ""
        if "end of template" in message or "end of block" in message:
            return (
                "an {% if %} or {% for %} is not closed. Give each its {% endif %} or {% endfor %}."
            )
        if message.startswith(("No filter named", "No test named")):
            return f"{message.rstrip('.')} in letter templates."
        return (
            f"a field is not written as it should be ({message.rstrip('.')}). Write {{{{ name }}}}."
        )
    if isinstance(error, RecursionError):
        return "its {% if %} and {% for %} stand too deep in one another."
    if isinstance(error, SyntaxError | MemoryError):
        return "it is too intricate. Use fewer {% if %} and {% for %} inside one another."
    if isinstance(error, TypeError | ValueError | LookupError):
        return "a field is used for what it is not, such as text compared with a number."
    return "it asks for something that letter templates may not use."


def _vet(node: nodes.Node, loops: int = 0, depth: int = 0) -> None:
    """Refuse every construct that is not on the list."""
    if depth > DEEPEST_NESTING:
        raise RecursionError
    if isinstance(node, nodes.For):
        loops += 1
        _vet_loop(node, loops)
    elif not isinstance(node, _ALLOWED):
        found = next((words for kind, words in _IN_WORDS.items() if isinstance(node, kind)), "")
        raise _not_allowed(node, found or type(node).__name__.lower())
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise _not_allowed(node, f"the name “{node.attr}”")
    if isinstance(node, nodes.Name) and node.name.startswith("_"):
        raise _not_allowed(node, f"the name “{node.name}”")
    if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
        raise _not_allowed(node, "square brackets around anything but a number")
    for child in node.iter_child_nodes():
        _vet(child, loops, depth + 1)


def _vet_words(template: nodes.Template) -> None:
    """Refuse braces outside a field: '{ name }', a bracket too few, or code printed as words."""
    for data in template.find_all(nodes.TemplateData):
        stray = _STRAY_BRACES.search(data.data)
        if stray:
            line = data.lineno + data.data.count("\n", 0, stray.start())
            raise _refused(
                line,
                f"a field is not written whole (“{shorten(stray[0], 30)}”). Write {{{{ name }}}}.",
            )


def _vet_loop(loop: nodes.For, loops: int) -> None:
    if loops > DEEPEST_LOOPS:
        raise _not_allowed(loop, f"{{% for %}} more than {DEEPEST_LOOPS} deep")
    if loop.recursive or not isinstance(loop.target, nodes.Name):
        raise _not_allowed(loop, "any {% for %} but {% for point in points %}")
    if not isinstance(loop.iter, nodes.Name | nodes.Getattr):
        raise _not_allowed(loop, "{% for %} over anything but a field")


def _not_allowed(node: nodes.Node, found: str) -> TemplateRefused:
    return _refused(
        node.lineno,
        f"letter templates may not use {found}. They know fields, {{% if %}} and {{% for %}}.",
    )


def _refused(line: int, sentence: str) -> TemplateRefused:
    error = TemplateRefused(sentence)
    error.template_line = line  # type: ignore[attr-defined]
    return error


def _printable(value: object) -> object:
    """What a field prints: words and numbers, dates in full; a group of fields is no words."""
    if isinstance(value, Markup | str) or value is None:
        return "" if value is None else value
    if isinstance(value, bool):
        raise TemplateRefused("a yes-or-no field can stand in {% if %} only, not be printed.")
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, StrictUndefined):
        return value
    raise TemplateRefused(
        "a field that holds several others is printed whole. Name the one you mean, as in "
        "{{ handler.name }}, or go through it with {% for %}."
    )
