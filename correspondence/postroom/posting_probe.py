"""Try who prints and posts letters, step by step: what works, and what has to be changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from correspondence.errors import LoginRefused, MailServerUnavailable
from correspondence.postroom.notify.key import key_of
from correspondence.postroom.posting import notify_post, print_house
from correspondence.postroom.probe_steps import Step, reached_at
from correspondence.postroom.tls import NotTrusted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from correspondence.postroom.notify.letters import KeyKind, NotifyPost
    from correspondence.settings import Office

NAME: Final = "post"
_PORTS: Final = {"http": 80, "https": 443}


def probe_posting(office: Office) -> Iterator[Step]:
    """Whoever posts letters: nothing is printed, and nothing is put into anybody's folder."""
    match office.settings.delivery.post:
        case "notify":
            yield from _notify(office)
        case "print_house":
            yield from _print_house(office)
        case _:
            says = "Letters by post are put into the outbox; a person prints and posts them."
            yield Step(NAME, "outbox", True, says)


def _notify(office: Office) -> Iterator[Step]:
    chosen = office.settings.notify
    if not chosen.proxy:
        parts = urlsplit(chosen.url)
        port = parts.port or _PORTS[parts.scheme]
        found = yield from reached_at(NAME, parts.hostname or "", port)
        if not found:
            return
    try:
        key = key_of(office)
    except MailServerUnavailable as missing:
        yield Step(NAME, "key", False, str(missing))
        return
    named = f" called {key.name}" if key.name else ""
    yield Step(NAME, "key", True, f"There is an API key{named}, which is not shown.")
    notify = notify_post(office)
    notify.session.patient.tries = 1
    try:
        kind = yield from _let_in(notify)
        if kind is not None:
            yield from _takes_letters(notify, kind)
    finally:
        notify.session.close()


def _let_in(notify: NotifyPost) -> Generator[Step, None, KeyKind | None]:
    try:
        kind = notify.key_kind()
    except MailServerUnavailable as refused:
        step = "login" if isinstance(refused, LoginRefused) else "server"
        yield Step(NAME, "certificate" if isinstance(refused, NotTrusted) else step, False,
                   str(refused))  # fmt: skip
        return None
    yield Step(NAME, "login", True, "GOV.UK Notify knows the key.")
    return kind


def _takes_letters(notify: NotifyPost, kind: KeyKind) -> Iterator[Step]:
    try:
        fault = notify.try_out()
    except MailServerUnavailable as refused:
        fault = str(refused)
    if fault:
        yield Step(NAME, "letters", False, fault)
        return
    if kind == "not_live":
        says = (
            "The API key is a test key: letters are taken and looked at, and none is printed or "
            "recorded as sent. Make a live key under API integration."
        )
        yield Step(NAME, "letters", False, says)
        return
    says = "Letters are taken, printed and posted."
    if kind == "unknown":
        says += " Whether the key is a live one, Notify does not say."
    yield Step(NAME, "letters", True, says)


def _print_house(office: Office) -> Iterator[Step]:
    house = print_house(office)
    if house is None:
        return
    folder = house.folder
    if not folder.is_dir():
        says = f"{folder} is not there, or is no folder: make it, or correct [print_house] folder."
        yield Step(NAME, "folder", False, says)
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        says = f"{folder} cannot be written by this account: give it the right to."
        yield Step(NAME, "folder", False, says)
        return
    yield Step(NAME, "folder", True, f"Batches for the print house can be put into {folder}.")
    waiting = sum(1 for _ in house.confirmations())
    says = f"{waiting} files of confirmations wait." if waiting else "No confirmations wait."
    yield Step(NAME, "confirmations", True, says)
