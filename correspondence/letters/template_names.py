"""The names a template asks for, and those among them that stand for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, TypeGuard

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from correspondence.letters.sandbox import TemplateLanguage

_ANYTHING: Final = object()
_NOTHING: Final = object()


def names_in(source: str, language: TemplateLanguage) -> Iterator[str]:
    """Every field a template asks for, with dots, as it is written; loop variables left out."""
    yield from _names(language.parse(source), frozenset({"loop"}))


def _names(node: nodes.Node, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _names(node.iter, bound)
        inner = bound | {n.name for n in node.target.find_all(nodes.Name)}
        if isinstance(node.target, nodes.Name):
            inner |= {node.target.name}
        for child in (*node.body, *((node.test,) if node.test else ())):
            yield from _names(child, inner)
        for child in node.else_:
            yield from _names(child, bound)
        return
    if isinstance(node, nodes.Getattr):
        dotted = _dotted(node)
        if dotted:
            if dotted.partition(".")[0] not in bound:
                yield dotted
            return
    if isinstance(node, nodes.Name):
        if node.name not in bound:
            yield node.name
        return
    for child in node.iter_child_nodes():
        yield from _names(child, bound)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _dotted(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name in a template that stands for nothing: the name as written, and its line from 1."""

    name: str
    line: int
    nearest: str


def strangers(
    source: str, language: TemplateLanguage, fields: Mapping[str, object]
) -> Iterator[Stranger]:
    """The names a template asks for that `fields` does not hold, in every branch and every loop.

    `fields` are those of a letter that has everything; what a loop goes through is known by the
    first there. Raises what reading the template raises.
    """
    yield from _strangers(language.parse(source), {**fields, "loop": _ANYTHING})


def _strangers(node: nodes.Node, known: Mapping[str, object]) -> Iterator[Stranger]:
    if isinstance(node, nodes.For):
        yield from _strangers(node.iter, known)
        through = _stands_for(node.iter, known)
        one = through[0] if isinstance(through, tuple) and through else _ANYTHING
        name = node.target.name if isinstance(node.target, nodes.Name) else ""
        for child in (*node.body, *((node.test,) if node.test else ())):
            yield from _strangers(child, {**known, name: one})
        for child in node.else_:
            yield from _strangers(child, known)
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        if _stands_for(node, known) is _NOTHING:
            name = _dotted(node) or getattr(node, "attr", "")
            yield Stranger(name, node.lineno, _nearest(name, known))
        elif isinstance(node, nodes.Getattr):
            yield from _strangers(node.node, known)
        return
    for child in node.iter_child_nodes():
        yield from _strangers(child, known)


def _stands_for(node: nodes.Node, known: Mapping[str, object]) -> object:
    """An example of what an expression gives, `_NOTHING` where it can give nothing."""
    if isinstance(node, nodes.Name):
        return known.get(node.name, _NOTHING)
    if isinstance(node, nodes.Getattr):
        group = _stands_for(node.node, known)
        if group is _ANYTHING:
            return _ANYTHING
        return getattr(group, node.attr, _NOTHING) if _is_group(group) else _NOTHING
    if isinstance(node, nodes.Getitem):
        group = _stands_for(node.node, known)
        if group is _NOTHING:
            return _NOTHING
        return group[0] if isinstance(group, tuple) and group else _ANYTHING
    return _ANYTHING


def _nearest(name: str, known: Mapping[str, object]) -> str:
    """The known name most like it, or empty."""
    names = [*known]
    for root, value in known.items():
        names += [f"{root}.{inner}" for inner in vars(value)] if _is_group(value) else []
    *_, last = name.split(".")
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return close[0] if close else next((n for n in names if n.rpartition(".")[2] == last), "")


def _is_group(value: object) -> TypeGuard[SimpleNamespace]:
    return isinstance(value, SimpleNamespace)
