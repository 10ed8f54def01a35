"""What checking one letter of two pages costs, in each form a letter comes in.

The same letter as .txt, .docx, .html, .pdf and .eml is opened and checked in one process, in turn,
several times over; printed is the CPU time of the median turn after the first (start-up apart), and
its ratio to the .txt of the same run.
"""

from __future__ import annotations

import json
import sys
from email.message import EmailMessage
from html import escape
from io import BytesIO
from itertools import cycle
from statistics import median
from time import process_time

from docx import Document
from weasyprint import HTML

from benchmarks.score_checking import OWN_LETTERS
from correspondence.letters.checking import CheckFacts, check
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import open_letter
from correspondence.resources import shipped

TURNS = 9
WORDS = 900
"""Two pages of A4 in the size councils print."""


def two_pages() -> str:
    """A labelled stage 2 response, its longest passages told again until it fills two pages."""
    letters = [json.loads(line) for line in OWN_LETTERS.read_text("utf-8").splitlines()]
    text = max(
        (letter["text"] for letter in letters if letter["kind"] == "stage2_response"), key=len
    )
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    longest = cycle(sorted(paragraphs, key=len, reverse=True)[: len(paragraphs) // 2])
    while sum(len(paragraph.split()) for paragraph in paragraphs) < WORDS:
        paragraphs.insert(middle, next(longest))
    return "\n\n".join(paragraphs)


def in_every_form(text: str) -> dict[str, bytes]:
    """The letter as the files people send, by file name."""
    html = "".join(
        f"<p>{escape(paragraph).replace(chr(10), '<br>')}</p>" for paragraph in text.split("\n\n")
    )
    page = f"<!doctype html><html lang=en-GB><title>Letter</title><body>{html}</body></html>"
    document, file = Document(), BytesIO()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(file)
    message = EmailMessage()
    message["From"], message["To"] = "complaints@example.org", "resident@example.com"
    message["Subject"] = "Your complaint"
    message.set_content(text)
    return {
        "letter.txt": text.encode(),
        "letter.docx": file.getvalue(),
        "letter.html": page.encode(),
        "letter.pdf": HTML(string=page).write_pdf() or b"",  # type: ignore[no-untyped-call]
        "letter.eml": message.as_bytes(),
    }


def main() -> int:
    """Measure and print."""
    names = tuple(in_every_form(two_pages()))
    checklist = load(LetterKind("stage2_response"), shipped("schemas") / "letters")
    spent: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(TURNS + 1):
        for place, name in enumerate(names):
            # Sentences that no letter before had, so that nothing kept from one helps the next.
            fresh = f" at entrance {turn * len(names) + place}."
            raw = in_every_form(two_pages().replace(".", fresh))[name]
            start = process_time()
            check(open_letter(name, raw).text, checklist, CheckFacts())
            spent[name].append(process_time() - start)
    plain = median(spent["letter.txt"][1:])
    for name, turns in spent.items():
        usual = median(turns[1:])
        sys.stdout.write(
            f"{name:12} {usual * 1000:6.0f} ms CPU  {usual / plain:5.2f} times .txt"
            f"   (first of the run {turns[0] * 1000:.0f} ms)\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
