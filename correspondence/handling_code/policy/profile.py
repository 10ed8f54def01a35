"""A landlord's profile held against the Code's timescales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding, FindingsReport, report_of
from correspondence.handling_code.timescales import CODE

if TYPE_CHECKING:
    from correspondence.settings import Settings


@dataclass(frozen=True, slots=True)
class _Setting:
    """One timescale of the profile: its key, the clauses it answers to, the Code's working days."""

    key: str
    clauses: tuple[str, ...]
    most: int
    what: str


_SETTINGS: Final = (
    _Setting("acknowledge", ("6.2", "6.11"), CODE.acknowledge, "to acknowledge"),
    _Setting("stage1", ("6.3",), CODE.stage1, "to respond at stage 1"),
    _Setting("stage1_extension", ("6.4",), CODE.stage1_extension, "to extend stage 1 by"),
    _Setting("stage2", ("6.14",), CODE.stage2, "to respond at stage 2"),
    _Setting("stage2_extension", ("6.15",), CODE.stage2_extension, "to extend stage 2 by"),
)


def check_profile(settings: Settings, *, file: str = "") -> FindingsReport:
    """Every timescale of a profile that breaks the Code, or is stricter than it.

    A quotation is the setting as a profile writes it, whether the file gives it or it is left at
    its default.
    """
    found: list[Finding] = []
    for setting in _SETTINGS:
        days = getattr(settings.timescales, setting.key)
        found.extend(_held(setting, clause, days) for clause in setting.clauses)
    found.extend(_counted_from(settings))
    found.extend(_calendar(settings))
    return report_of(found, file)


def _held(setting: _Setting, clause: str, days: int) -> Finding:
    quote = f"{setting.key} = {days}"
    if days > setting.most:
        return Finding(
            clause=clause,
            verdict="fail",
            quote=quote,
            why=f"{days} working days {setting.what}; the Code allows {setting.most} ({clause}). "
            "Deadlines keep to the Code, whatever the profile says.",
            instead=f"{setting.key} = {setting.most}",
        )
    if days < setting.most:
        why = f"{days} working days {setting.what}, stricter than the Code's {setting.most}."
        return Finding(clause=clause, verdict="stricter", quote=quote, why=why)
    why = f"{days} working days {setting.what}, as the Code asks."
    return Finding(clause=clause, verdict="ok", quote=quote, why=why)


def _counted_from(settings: Settings) -> list[Finding]:
    start = settings.timescales.counted_from
    if start == "acknowledgement":
        return []
    why = (
        "The time to respond runs from receipt, earlier than the Code's acknowledgement. The "
        "earlier date binds; in-time figures are counted on the Code's clock."
    )
    quote = f'counted_from = "{start}"'
    return [
        Finding(clause=clause, verdict="stricter", quote=quote, why=why)
        for clause in ("6.3", "6.14")
    ]


def _calendar(settings: Settings) -> list[Finding]:
    closed = settings.calendar.closed_days
    if not closed:
        return []
    days = ", ".join(day.isoformat() for day in closed)
    return [
        Finding(
            clause="6.3",
            verdict="stricter",
            quote=f"closed_days = [{days}]",
            why="Days the office is closed still count as working days under the Code; here they "
            "only bring the landlord's own targets forward.",
        )
    ]
