"""Letters that nobody gets, drawn page by page for whoever works on how letters look."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from flask import Response, abort

from correspondence.casework.stationery.letter_preview import preview
from correspondence.letters.pdf_file import opened
from correspondence.web.desk import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.letters.pdf import Letterhead
    from correspondence.letters.template import LetterTemplate

_MOST_KEPT: Final = 6
_MOST_PAGES: Final = 12
_SCALE: Final = 1.3  # of 72 dots an inch

_kept: OrderedDict[object, bytes] = OrderedDict()
_lock = threading.Lock()


def made(template: LetterTemplate, head: Letterhead, named: object) -> bytes:
    """The letter as PDF; `named` tells apart what it is made of. Raises TemplateRefused."""
    key = (named, house().office.folder, house().settings.landlord)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    pdf = preview(template, head, house().settings)
    with _lock:
        _kept[key] = pdf
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return pdf


def pages(pdf: bytes) -> int:
    """How many of its pages are shown."""
    with opened(pdf) as file:
        return min(len(file), _MOST_PAGES)


def picture(pdf: bytes, page: int) -> ResponseReturnValue:
    """A page, counted from 1, as a picture."""
    with opened(pdf) as file:
        if not 1 <= page <= min(len(file), _MOST_PAGES):
            abort(404)
        drawn = io.BytesIO()
        file[page - 1].render(scale=_SCALE).to_pil().save(drawn, "PNG", optimize=True)
    return Response(drawn.getvalue(), content_type="image/png")
