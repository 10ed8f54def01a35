"""A policy held against the Code: every subject's findings, one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.handling_code.policy import escalation
from correspondence.handling_code.policy.breaches import BREACHES
from correspondence.handling_code.policy.contacts_named import ombudsman_details
from correspondence.handling_code.policy.definition import definition
from correspondence.handling_code.policy.exclusions import exclusions
from correspondence.handling_code.policy.extensions import extensions
from correspondence.handling_code.policy.finding import Finding, FindingsReport, report_of
from correspondence.handling_code.policy.hints import in_doubt
from correspondence.handling_code.policy.passages import take_apart
from correspondence.handling_code.policy.promises import promises_of
from correspondence.handling_code.policy.response_times import response_times
from correspondence.handling_code.policy.responses import said_as_at_stage_1
from correspondence.handling_code.policy.rules import broken, said
from correspondence.handling_code.policy.stages import number_of_stages
from correspondence.handling_code.policy.statements import STATEMENTS
from correspondence.handling_code.policy.time_limits import escalation_windows, time_limits

if TYPE_CHECKING:
    from datetime import date


def check_policy(text: str, *, today: date, file: str = "") -> FindingsReport:
    """What a landlord's complaints policy says against the Code, clause by clause.

    `today` decides which details of the Ombudsman still hold. Never raises: a text that is no
    policy is found to say nothing that a policy must.
    """
    policy = take_apart(text)
    promises = promises_of(policy)
    found: list[Finding] = [
        *definition(policy),
        *exclusions(policy),
        *time_limits(policy),
        *ombudsman_details(policy, today),
        *number_of_stages(policy),
        *response_times(policy, promises),
        *extensions(policy, promises),
        *escalation_windows(policy, promises),
    ]
    broken_rules = (*BREACHES, *escalation.BREACHES)
    found.extend(finding for breach in broken_rules if (finding := broken(breach, policy)))
    broken_clauses = {f.clause for f in found if f.verdict in ("fail", "warn")}
    for statement in STATEMENTS:
        finding = said(statement, policy)
        if finding is None:
            continue
        if finding.verdict != "ok" and said_as_at_stage_1(statement, policy, found):
            continue
        if finding.verdict != "ok" and in_doubt(statement.clause, policy):
            continue
        if finding.verdict == "ok" or statement.clause not in broken_clauses:
            found.append(finding)
    return report_of(_once(found), file)


def _once(found: list[Finding]) -> list[Finding]:
    """The findings without repetitions, and without an ok beside a fault under the same clause."""
    faulty = {f.clause for f in found if f.verdict in ("fail", "warn")}
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in found:
        if finding.verdict == "ok" and finding.clause in faulty:
            continue
        kept.setdefault((finding.clause, finding.verdict, finding.why), finding)
    return list(kept.values())
