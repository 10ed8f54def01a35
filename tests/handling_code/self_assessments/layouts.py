"""The ways in which web pages and PDFs flatten a form, each as it was seen to happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handling_code.self_assessments.forms import Filled, Form

_MERGED: Final = "Evidence, commentary and any explanations"


def glued(row: Filled) -> str:
    """Number, requirement, answer and evidence run into one another, as cells without a gap do."""
    return f"{row.clause}{row.requirement}{row.answer}{row.evidence} {row.commentary}".rstrip()


def paragraphs(row: Filled) -> str:
    """Every cell a paragraph of its own."""
    cells = (row.clause, row.requirement, row.answer, row.evidence, row.commentary)
    return "\n\n".join(cell or "\u00a0" for cell in cells) + "\n"


def referring(row: Filled) -> str:
    """Labelled, with numbers of the policy at the start of lines, as quotations have them."""
    return (
        f"Code provision {row.clause}\n\nCode requirement\n\n{row.requirement}\n\nComply\n\n"
        f"{row.answer}.\n\nEvidence\n\n{row.evidence}\n\n"
        "7.1 of the Housing Complaints Policy, read with\n4.3 Who deals with complaints.\n\n"
        f"Commentary / explanation\n\n{row.commentary}\n"
    )


def barred(row: Filled) -> str:
    """A bar between cells, the row broken behind the requirement."""
    return f"{row.clause} | {row.requirement} |\n{row.answer} | {row.evidence} | {row.commentary} |"


def spelled(row: Filled) -> str:
    """A colon behind each label."""
    return (
        f"Code section {row.clause}\n{row.requirement}\nCompliance: {row.answer}\n"
        f"{_MERGED}: {row.evidence} {row.commentary}\n"
    )


LAYOUTS: Final[dict[str, Callable[[Filled], str]]] = {
    "glued": glued,
    "paragraphs": paragraphs,
    "referring": referring,
    "barred": barred,
    "spelled": spelled,
}

_HEADS: Final = {
    "glued": f"Code sectionCode requirementComply (Yes/No){_MERGED}",
    "paragraphs": f"Code section\n\nCode requirement\n\nComply: Yes/No\n\n{_MERGED}\n",
    "barred": "Code provision | Code requirement | Comply: Yes/No |\nEvidence | Commentary / "
    "explanation |",
}


def printed(form: Form, layout: str, sections: range = range(1, 10)) -> str:
    """A form, or some sections of it, in one of the layouts."""
    lines = ["Complaint Handling Code 2024: self-assessment", ""]
    for number in sections:
        lines += [f"Section {number} - {CODE.sections[number - 1]}", _HEADS.get(layout, ""), ""]
        lines += [LAYOUTS[layout](r) for r in form.rows if r.clause.startswith(f"{number}.")]
    return "\n".join([*lines, "", "Last modified on 26 June 2026", "Share this page", ""])
