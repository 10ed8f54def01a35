"""Settings: the mailboxes, and whether each is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from correspondence.postroom.probe import probe
from correspondence.web.desk import house, now

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.postroom.probe_steps import Step


def show() -> ResponseReturnValue:
    """The mailboxes as the profile names them."""
    return _page(())


def test_now() -> ResponseReturnValue:
    """Try every one of them, step by step; nothing is read or sent."""
    return _page(tuple(probe(house().office)))


def _page(steps: tuple[Step, ...]) -> str:
    settings = house().settings
    tried: dict[str, list[Step]] = {}
    for step in steps:
        tried.setdefault(step.mailbox, []).append(step)
    return render_template(
        "mailboxes.html",
        inbox=house().office.inbox.name,
        mailboxes=settings.mailboxes,
        delivery=settings.delivery,
        tried=tried,
        at=now(),
    )
