"""Write the published JSON Schemas from the models: ``python scripts/schemas.py``.

Everything that crosses the border of this product has a schema in ``schemas/``. They are never
edited by hand; the tests fail while one of them is not what its model says.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from correspondence.cases.definition import ComplaintDefinition
from correspondence.casework.drafting.decided import form_for
from correspondence.casework.drafting.extend import ExtensionForm
from correspondence.casework.handling.log import Closing, ComplaintTaken, Note
from correspondence.casework.handling.logged import FORMS
from correspondence.casework.keeping.retention import DueForErasure
from correspondence.casework.reporting.people import ImportedPeople
from correspondence.casework.reporting.register import ImportedRegister
from correspondence.cli.documents import (
    ActionDocument,
    CaseDocument,
    ReadingDocument,
    RunDocument,
)
from correspondence.handling_code.deadlines import Deadlines
from correspondence.handling_code.policy import FindingsReport
from correspondence.intake.reading import Reading
from correspondence.letters.checking import CheckResult
from correspondence.letters.kinds import LetterKind
from correspondence.reports.consistency import ReportFindings
from correspondence.reports.dossier.redaction import Redactions
from correspondence.reports.figures import AnnualFigures
from correspondence.reports.figures.quarterly_document import QuarterlyFigures
from correspondence.settings import Settings

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"

PUBLISHED: dict[str, Any] = {
    "action": ActionDocument,
    "annual_figures": AnnualFigures,
    "case": CaseDocument,
    "check": CheckResult,
    "closing": Closing,
    "complaint_definition": ComplaintDefinition,
    "complaint_taken": ComplaintTaken,
    "deadlines": Deadlines,
    "evidence_redactions": Redactions,
    "extension": ExtensionForm,
    "findings": FindingsReport,
    "note": Note,
    "people_import": ImportedPeople,
    "profile": Settings,
    "quarterly_figures": QuarterlyFigures,
    "reading": Reading,
    "reading_document": ReadingDocument,
    "register_import": ImportedRegister,
    "report_findings": ReportFindings,
    "retention": list[DueForErasure],
    "run": RunDocument,
    **{f"log/{name}": form for name, form in FORMS.items()},
    **{
        f"letter_contents/{kind.value}": form
        for kind in LetterKind
        if (form := form_for(kind)) is not None
    },
}
"""File name in ``schemas/``, without its ending, and the model or dataclass it is made from."""


def published(model: Any) -> str:
    """The schema of a model as the text of its file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(model).json_schema(mode="validation"),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Write every schema that has changed, and say which."""
    SCHEMAS.mkdir(exist_ok=True)
    for name, model in PUBLISHED.items():
        file, text = SCHEMAS / f"{name}.json", published(model)
        if not file.exists() or file.read_text("utf-8") != text:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
            sys.stdout.write(f"written: {file.relative_to(SCHEMAS)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
