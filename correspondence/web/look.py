"""The landlord's own colour on the pages, as a style sheet: no page carries a style of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response

from correspondence.web.desk import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_RULES: Final = """\
:root {{ --ours: {colour}; }}
.govuk-generic-header {{ background-color: {colour}; }}
.app-footer {{ border-top-color: {colour}; }}
.app-timeline {{ border-left-color: {colour}; }}
.app-timeline li::before {{ background-color: {colour}; }}
"""


def show() -> ResponseReturnValue:
    """The style sheet. Its one value is a colour of six digits, as the profile takes no other."""
    return Response(
        _RULES.format(colour=house().settings.landlord.colour),
        content_type="text/css; charset=utf-8",
    )
