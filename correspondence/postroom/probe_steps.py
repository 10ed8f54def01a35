"""One thing that was tried with a mail account, and those that are tried of every kind of them."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from correspondence.errors import MailServerUnavailable, NoCredential

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from correspondence.postroom.delivery import Delivery

_Secret = TypeVar("_Secret")

_PATIENCE: Final = 10.0  # seconds for a port to answer


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried with one account. `says` is a sentence, good or bad."""

    mailbox: str
    step: str
    works: bool
    says: str


def reached_at(name: str, host: str, port: int) -> Generator[Step, None, bool]:
    """Whether the server's name is known and its port answers."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        yield Step(
            name,
            "name",
            False,
            f"Nobody knows a server {host}: correct host, or ask for its entry.",
        )
        return False
    yield Step(name, "name", True, f"{host} is {found[0][4][0]}.")
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as closed:
        yield Step(
            name,
            "port",
            False,
            f"Port {port} of {host} does not answer ({closed.strerror or 'no answer'}): correct "
            "port, or have the firewall let this machine through.",
        )
        return False
    yield Step(name, "port", True, f"Port {port} of {host} answers.")
    return True


def kept(
    name: str, what: str, read: Callable[[], _Secret]
) -> Generator[Step, None, _Secret | None]:
    """The password or the key by which we log in, where there is one that we alone can read."""
    try:
        found = read()
    except NoCredential as missing:
        yield Step(name, "password", False, str(missing))
        return None
    yield Step(name, "password", True, f"There is {what}, which is not shown.")
    return found


def may_move(name: str, folder: str, ready: Callable[[], object], otherwise: str) -> Step:
    """Whether kept messages can be moved: `ready` finds or makes the folder they go to."""
    try:
        ready()
    except MailServerUnavailable as refused:
        says = f"{refused} The folder {folder} is not there and cannot be made: {otherwise}"
        return Step(name, "move", False, says)
    return Step(name, "move", True, f"Kept messages can be moved to {folder}.")


def sent_mail(delivery: Delivery, folder: str, otherwise: str = "") -> Step:
    """Whether a letter that went can be found again among the sent mail."""
    try:
        delivery.has_gone("nothing-has-this-name@invalid")
    except MailServerUnavailable as refused:
        return Step("delivery", "sent mail", False, f"{refused} {otherwise}".rstrip())
    return Step("delivery", "sent mail", True, f"{folder} can be looked through.")
