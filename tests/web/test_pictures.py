"""The pictures of docs/pages.md are those that can be made anew, and can be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.web.chromium import NO_BROWSER, chromium
from tests.web.pictured_office import Pictured
from tests.web.pictures import FOLDER, MOST_BYTES, WIDTH, make, pictures

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {one.name for one in pictures(Pictured(None, "", "", "", "", "", 0, ""))}  # type: ignore[arg-type]


def test_every_picture_that_is_kept_is_made_is_shown_and_is_small() -> None:
    kept = {path.stem: path for path in FOLDER.iterdir()}
    shown = re.findall(
        r"!\[[^\]]+\]\(pages/([\w-]+)\.png\)", (FOLDER.parent / "pages.md").read_text()
    )
    assert set(kept) == NAMES == set(shown)
    assert len(shown) == len(set(shown))
    for path in kept.values():
        assert path.stat().st_size < MOST_BYTES, path.name
        with Image.open(path) as picture:
            assert picture.width == WIDTH, path.name


@pytest.mark.slow
def test_every_picture_can_be_made_anew(tmp_path: Path) -> None:
    with chromium() as browser:
        if browser is None:
            pytest.skip(NO_BROWSER)
        make(browser, tmp_path)
    made = {path.stem: path for path in tmp_path.iterdir()}
    assert set(made) == NAMES
    for path in made.values():
        assert path.stat().st_size < MOST_BYTES, path.name
        with Image.open(path) as picture:
            assert picture.width == WIDTH, path.name
            assert len(picture.convert("RGB").getcolors(1_000_000) or ()) > 20, path.name
