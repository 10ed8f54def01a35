"""The pictures of docs/pages.md, every one made anew: `make pictures`.

    python -m tests.web.pictures [--into FOLDER] [--width PIXELS] [NAME ...]

One invented office on one fixed day, looked at in the system's own Chromium, so that the same pages
give the same pictures.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from correspondence.letters.pool import LetterPress
from correspondence.web.server import Server, in_a_thread
from tests.web.chromium import NO_BROWSER, chromium
from tests.web.pictured_office import Pictured, pictured
from tests.web.site import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pages"
WIDTH = 1120
HEIGHT = 900
MOST_BYTES = 150_000
_COLOURS = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: a page, from that place on it (a CSS selector) if one is given."""

    name: str
    path: str
    who: str = "rowan"
    top: str = ""
    height: int = HEIGHT


def pictures(office: Pictured) -> tuple[Picture, ...]:
    """Every picture there is."""
    case, draft = f"/cases/{office.main}", f"/letters/{office.draft}"
    return (
        Picture("sign-in", "/sign-in", who="", height=760),
        Picture("queue", "/?who=all"),
        Picture("needs-a-person", "/needs-a-person", height=1100),
        Picture("search", "/search?words=gutter"),
        Picture("message", f"/messages/{office.danger}", height=1100),
        Picture("case", case, height=1100),
        Picture("investigation", f"{case}/investigation", height=1100),
        Picture("answer", f"{case}/letters?kind=stage1_response", height=1100),
        Picture("letter", draft, height=1000),
        Picture("checklist", draft, top="#what-the-code-asks"),
        Picture("difference", f"{draft}/differences"),
        Picture("approve", f"/letters/{office.approvable}/approve", height=1000),
        Picture("leaving", f"/letters/{office.leaving}", who="teasel", height=760),
        Picture("second", f"/letters/{office.second}/second", who="mo", height=1000),
        Picture("letters", "/letters", who="mo", height=760),
        Picture("manager", "/manager", who="mo"),
        Picture("trends", "/manager", who="mo", top="#trends", height=1000),
        Picture("lessons", f"/cases/{office.further}/lessons", height=1100),
        Picture("reports", "/reports", who="mo", height=1100),
        Picture("settings", "/settings"),
        Picture("keeping", "/settings/retention", height=1000),
        Picture("letterhead", "/settings/letterhead"),
        Picture("users", "/users"),
        Picture("account", "/account", height=760),
    )


def make(browser: Browser, into: Path, *, width: int = WIDTH, only: Iterable[str] = ()) -> None:
    """Write the pictures, or those that are named, into a folder."""
    wanted = set(only)
    with (
        tempfile.TemporaryDirectory() as folder,
        LetterPress(0) as press,
        pictured(Path(folder) / "office", press) as office,
        _served(office) as base,
    ):
        shown = [one for one in pictures(office) if not wanted or one.name in wanted]
        for who in dict.fromkeys(one.who for one in shown):
            page = _signed_in(browser, base, office, who, width)
            for one in shown:
                if one.who == who:
                    (into / f"{one.name}.png").write_bytes(_shot(page, base, one, width))
            page.context.close()


@contextmanager
def _served(office: Pictured) -> Iterator[str]:
    server = Server(office.site.app, "127.0.0.1", 0)
    faults: list[BaseException] = []
    thread = in_a_thread(server, failed=faults.append)
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()
        thread.join()
    if faults:
        raise faults[0]


def _signed_in(browser: Browser, base: str, office: Pictured, who: str, width: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        reduced_motion="reduce",
        user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0 Safari/537.36",
    )
    page = context.new_page()
    if who:
        page.goto(base + office.site.link(who))
        page.fill("#password", PASSWORD)
        page.click("text=Save and sign in")
        page.wait_for_url(base + "/")
    return page


def _shot(page: Page, base: str, one: Picture, width: int) -> bytes:
    page.set_viewport_size({"width": width, "height": one.height})
    answer = page.goto(base + one.path)
    if answer is None or not answer.ok:
        raise LookupError(f"There is no page {one.path} for the picture {one.name}.")
    page.wait_for_load_state("networkidle")
    if one.top:
        page.locator(one.top).evaluate("at => window.scrollTo(0, at.offsetTop - 20)")
    return _small(page.screenshot(animations="disabled", caret="hide"))


def _small(png: bytes) -> bytes:
    """The picture in few colours, which for pages of words is all there are."""
    from PIL import Image

    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def main() -> None:
    """Make them, as the command line says."""
    parser = argparse.ArgumentParser(description="Make the pictures of the pages anew.")
    parser.add_argument("--into", type=Path, default=FOLDER)
    parser.add_argument("--width", type=int, default=WIDTH, help="pixels")
    parser.add_argument("names", nargs="*", help="only these pictures")
    asked = parser.parse_args()
    with chromium() as browser:
        if browser is None:
            sys.exit(NO_BROWSER)
        asked.into.mkdir(parents=True, exist_ok=True)
        make(browser, asked.into, width=asked.width, only=asked.names)


if __name__ == "__main__":
    main()
