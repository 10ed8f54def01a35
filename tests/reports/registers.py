"""Registers of past cases, invented at random, for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from correspondence.handling_code.working_days import ENGLAND_AND_WALES, add_working_days
from correspondence.store.register_entry import (
    COLUMNS,
    OUTCOMES,
    TENURES,
    IssueFinding,
    RegisterEntry,
)

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
REFUSALS = ("", "", "", "over_twelve_months", "legal_proceedings")
AREAS = ("repairs", "damp_and_mould", "Estates & Grounds", "rents", "")

_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12
).map(str.strip)
_cell = st.one_of(_words, st.sampled_from(["=1+1", "-2", "'=x", "''@y", "a;b", 'say "so"', "1,2"]))
_name = _cell.map(lambda text: f"x {text}".strip()).filter(lambda name: name not in COLUMNS)


def written(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """A register file with these cells."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@st.composite
def entries(draw: st.DrawFn, reference: str = "R1") -> RegisterEntry:
    """One entry whose dates can all be true."""
    kind = draw(
        st.sampled_from(["complaint"] * 6 + ["escalation", "mp_enquiry", "service_request"])
    )
    received = FIRST + timedelta(days=draw(st.integers(-60, 420)))
    told: dict[str, object] = {}
    if kind == "complaint":
        told |= draw(_stage(1, received))
        if draw(st.booleans()):
            requested = received + timedelta(days=draw(st.integers(0, 90)))
            told |= {"stage2_requested": requested} | draw(_stage(2, requested))
    elif kind == "escalation":
        told |= draw(_stage(2, received))
    if kind in ("complaint", "escalation"):
        told["refused_reason"] = draw(st.sampled_from(REFUSALS))
        told["ombudsman_finding"] = draw(
            st.lists(
                st.builds(
                    IssueFinding,
                    st.sampled_from(["property condition", "complaint handling"]),
                    st.sampled_from(["maladministration", "no maladministration", "redress"]),
                ),
                max_size=3,
            ).map(tuple)
        )
        told["ombudsman_determined"] = draw(
            st.none() | st.integers(0, 500).map(lambda days: received + timedelta(days=days))
        )
    return RegisterEntry(
        reference=reference,
        kind=kind,
        received=received,
        channel=draw(st.sampled_from(["email", "telephone", "letter", ""])),
        service_area=draw(st.sampled_from(AREAS) | _cell),
        tenure=draw(st.sampled_from(("", *TENURES))),
        learning=draw(_cell),
        other=tuple(
            sorted(
                (name, text)
                for name, text in draw(st.dictionaries(_name, _cell, max_size=3)).items()
                if text
            )
        ),
        **told,  # type: ignore[arg-type]
    )


@st.composite
def registers(draw: st.DrawFn, most: int = 12) -> tuple[RegisterEntry, ...]:
    """Several entries, each with a reference of its own."""
    count = draw(st.integers(0, most))
    return tuple(draw(entries(f"R{number}")) for number in range(1, count + 1))


@st.composite
def _stage(draw: st.DrawFn, stage: int, begun: date) -> dict[str, object]:
    """What may have happened at a stage, about the days on which it had to."""
    told: dict[str, object] = {}
    if draw(st.integers(0, 4)):
        acknowledged = begun + timedelta(days=draw(st.integers(0, 12)))
        told["acknowledged"] = acknowledged
        due = add_working_days(acknowledged, 10 * stage, ENGLAND_AND_WALES)
        told["due"] = draw(st.sampled_from([None, due, due + timedelta(days=3)]))
        if draw(st.booleans()):
            told["extended_to"] = due + timedelta(days=draw(st.integers(0, 45)))
            told["extension_notified"] = draw(
                st.none() | st.just(max(begun, due + timedelta(days=draw(st.integers(-4, 2)))))
            )
        if draw(st.integers(0, 5)):
            told["responded"] = max(begun, due + timedelta(days=draw(st.integers(-12, 50))))
    told["outcome"] = draw(st.sampled_from(("", *OUTCOMES))) if told.get("responded") else ""
    return {f"stage{stage}_{name}": value for name, value in told.items() if value}
