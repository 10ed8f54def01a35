"""A landlord's own rules, its profile or its complaints policy, held against the Code.

Text in, findings out. The way through: `lines` gathers a text into blocks, `passages` into
sentences with what they stand under, `promises` reads every time the policy sets; each subject
then has its own room, and `check` brings the findings together.
"""

from correspondence.handling_code.policy.check import check_policy
from correspondence.handling_code.policy.finding import Finding, FindingsReport
from correspondence.handling_code.policy.profile import check_profile

__all__ = ["Finding", "FindingsReport", "check_policy", "check_profile"]
