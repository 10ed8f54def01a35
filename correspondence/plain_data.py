"""Values as bytes for another process, and back only as the type that is expected.

A process that met a hostile document may answer with anything. So an answer is never a pickle: it
is JSON, and bytes with their lengths, and what comes back is built field by field from what the
type declares. Whatever does not fit is refused (`NotPlain`); nothing that is named in the bytes
is ever looked up, imported or called.

    8 bytes   how long the JSON is
    JSON      [value, [length, ...]]: the value, and how long each blob is
    blobs     bytes, and texts too long to be worth escaping, one after the other

A value is None, a truth value, a number, text, bytes, a day or a moment, an enumeration's member, a
tuple or list, a mapping, a frozen dataclass of such, or a pydantic model. `Any` stands for those
of them that need no declared type to be told apart.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

_LENGTH: Final = 8
_MOST_JSON: Final = 64_000_000  # bytes; lists of nothing take forty times as much memory
_LONG: Final = 2_000  # characters from which a text is a blob

_Out = Callable[[Any, "_Blobs"], Any]
_In = Callable[[Any, "_Cut"], Any]


class NotPlain(ValueError):
    """The bytes do not hold what was expected; the sentence repeats nothing of them."""


class _Blobs:
    """What stands beside the JSON, each once."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self._known: dict[int, tuple[int, object]] = {}  # the object too, so that its id is kept

    def put(self, value: bytes | str) -> int:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (len(self.held), value)
            if isinstance(value, str):
                value = value.encode("utf-8", "surrogatepass")
            self.held.append(value)
        return known[0]


class _Cut:
    """The blobs of an answer, each made once however often it is named."""

    def __init__(self, content: memoryview, lengths: Any) -> None:
        self._places: list[tuple[int, int]] = []
        self._bytes: dict[int, bytes] = {}
        self._texts: dict[int, str] = {}
        self._content = content
        at = 0
        for length in _listed(lengths):
            if type(length) is not int or length < 0:
                raise NotPlain("A length is no length.")
            self._places.append((at, at + length))
            at += length
        if at != len(content):
            raise NotPlain("The lengths do not add up to what came.")

    def bytes_at(self, number: Any) -> bytes:
        if type(number) is not int or not 0 <= number < len(self._places):
            raise NotPlain("What is named beside the answer did not come with it.")
        if number not in self._bytes:
            start, end = self._places[number]
            self._bytes[number] = bytes(self._content[start:end])
        return self._bytes[number]

    def text_at(self, number: Any) -> str:
        if type(number) is not int or number not in self._texts:
            self._texts[number] = self.bytes_at(number).decode("utf-8", "surrogatepass")
        return self._texts[number]


def packed(expected: Any, value: Any) -> bytes:
    """The value, of the type `expected`, as bytes. Raises TypeError where it is no plain data."""
    blobs = _Blobs()
    body = _codec(expected).out(value, blobs)
    text = json.dumps([body, [len(one) for one in blobs.held]], separators=(",", ":")).encode()
    return b"".join((len(text).to_bytes(_LENGTH, "big"), text, *blobs.held))


def unpacked(expected: Any, content: bytes) -> Any:
    """The value in these bytes, which is of the type `expected`. Raises NotPlain."""
    view = memoryview(content)
    length = int.from_bytes(view[:_LENGTH], "big")
    text = view[_LENGTH : _LENGTH + length]
    if len(view) < _LENGTH or len(text) != length or length > _MOST_JSON:
        raise NotPlain("The answer is cut short, or longer than an answer can be.")
    try:
        body, lengths = json.loads(bytes(text))
        return _codec(expected).back(body, _Cut(view[_LENGTH + length :], lengths))
    except NotPlain:
        raise
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise NotPlain("The answer is not what was asked for.") from error


@dataclass(frozen=True, slots=True)
class _Codec:
    out: _Out
    back: _In


@cache
def _codec(expected: Any) -> _Codec:
    """How values of a declared type go out and come back."""
    origin, inner = get_origin(expected), get_args(expected)
    if expected is Any or expected is object:
        return _ANY
    if expected in _PLAIN:
        return _PLAIN[expected]
    if origin in (Union, types.UnionType):
        return _either(inner)
    if origin is tuple:
        return _many(inner[0]) if inner[1:] == (...,) else _row(inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _pairs(*inner)
    if isinstance(expected, type) and issubclass(expected, Enum):
        return _Codec(lambda value, _: value.value, lambda body, _: expected(body))
    if hasattr(expected, "model_validate_json"):
        return _Codec(
            lambda value, blobs: _text_out(value.model_dump_json(), blobs),
            lambda body, cut: expected.model_validate_json(_text_back(body, cut)),
        )
    if is_dataclass(expected):
        return _record(expected)
    raise TypeError(f"{expected} is no plain data")


def _either(inner: tuple[Any, ...]) -> _Codec:
    kinds = [one for one in inner if one is not type(None)]
    if len(kinds) != 1 or len(kinds) == len(inner):
        return _ANY  # what needs no declared type to be told apart
    only = _codec(kinds[0])
    return _Codec(
        lambda value, blobs: None if value is None else [only.out(value, blobs)],
        lambda body, cut: None if body is None else only.back(_one(body), cut),
    )


def _many(kind: Any) -> _Codec:
    def out(value: Any, blobs: _Blobs) -> Any:
        each = _codec(kind).out
        return [each(one, blobs) for one in value]

    def back(body: Any, cut: _Cut) -> Any:
        each = _codec(kind).back
        return tuple([each(one, cut) for one in _listed(body)])

    return _Codec(out, back)


def _row(kinds: tuple[Any, ...]) -> _Codec:
    def out(value: Any, blobs: _Blobs) -> Any:
        return [_codec(kind).out(one, blobs) for kind, one in zip(kinds, value, strict=True)]

    def back(body: Any, cut: _Cut) -> Any:
        return tuple(
            [_codec(kind).back(one, cut) for kind, one in zip(kinds, _listed(body), strict=True)]
        )

    return _Codec(out, back)


def _pairs(key: Any, kind: Any) -> _Codec:
    both = _many(tuple[key, kind])
    return _Codec(
        lambda value, blobs: both.out(value.items(), blobs),
        lambda body, cut: dict(both.back(body, cut)),
    )


def _record(kind: Any) -> _Codec:
    """A dataclass, as the row of the fields it is made from; itself may be among their types."""

    @cache
    def row() -> _Codec:
        declared = get_type_hints(kind)
        return _row(tuple(declared[one.name] for one in fields(kind) if one.init))

    names = [one.name for one in fields(kind) if one.init]
    return _Codec(
        lambda value, blobs: row().out([getattr(value, name) for name in names], blobs),
        lambda body, cut: kind(*row().back(body, cut)),
    )


def _exactly(kind: type) -> _Codec:
    def back(body: Any, _: _Cut) -> Any:
        if type(body) is not kind:
            raise NotPlain(f"Something else stands where a {kind.__name__} was expected.")
        return body

    def out(value: Any, _: _Blobs) -> Any:
        return kind(value)  # a subclass of it, such as an enumeration of texts, goes as what it is

    return _Codec(out, back)


def _number_back(body: Any, _: _Cut) -> float:
    if type(body) not in (int, float):
        raise NotPlain("Something else stands where a number was expected.")
    return float(body)


def _text_out(value: Any, blobs: _Blobs) -> Any:
    text = str(value)
    return text if len(text) < _LONG else blobs.put(text)


def _text_back(body: Any, cut: _Cut) -> str:
    return body if type(body) is str else cut.text_at(body)


def _listed(body: Any) -> list[Any]:
    if type(body) is not list:
        raise NotPlain("Something else stands where a list was expected.")
    return body


def _one(body: Any) -> Any:
    (only,) = _listed(body)
    return only


def _any_out(value: Any, blobs: _Blobs) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            body = _text_out(value, blobs)
            return body if type(body) is str else {"text": body}
        case bytes() | bytearray() | memoryview():
            return {"bytes": blobs.put(bytes(value))}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Mapping():
            both = value.items()
            return {"mapping": [[_any_out(k, blobs), _any_out(v, blobs)] for k, v in both]}
        case Sequence():
            kind = "tuple" if isinstance(value, tuple) else "list"
            return {kind: [_any_out(one, blobs) for one in value]}
    raise TypeError(f"{type(value).__name__} is no plain data")


def _any_back(body: Any, cut: _Cut) -> Any:
    if type(body) is not dict:
        if type(body) is list:
            raise NotPlain("A list stands where it cannot be told apart.")
        return body
    ((kind, held),) = body.items()
    match kind:
        case "text":
            return cut.text_at(held)
        case "bytes":
            return cut.bytes_at(held)
        case "moment":
            return datetime.fromisoformat(held)
        case "day":
            return date.fromisoformat(held)
        case "mapping":
            return {_any_back(k, cut): _any_back(v, cut) for k, v in _listed(held)}
        case "tuple" | "list":
            values = [_any_back(one, cut) for one in _listed(held)]
            return tuple(values) if kind == "tuple" else values
    raise NotPlain("The answer names a kind of value that there is not.")


_ANY: Final = _Codec(_any_out, _any_back)
_TEXT: Final = _Codec(_text_out, _text_back)
_PLAIN: Final[dict[Any, _Codec]] = {
    bool: _exactly(bool),
    int: _exactly(int),
    float: _Codec(lambda value, _: float(value), _number_back),
    str: _TEXT,
    bytes: _Codec(lambda value, blobs: blobs.put(value), lambda body, cut: cut.bytes_at(body)),
    datetime: _Codec(
        lambda value, _: value.isoformat(), lambda body, _: datetime.fromisoformat(body)
    ),
    date: _Codec(lambda value, _: value.isoformat(), lambda body, _: date.fromisoformat(body)),
}
