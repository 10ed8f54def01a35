"""Consent decides what we may tell, never whether a complaint counts."""

import pytest

from correspondence.handling_code.consent import (
    ConsentMode,
    ConsentPolicy,
    ConsentRecord,
    Role,
    may_log,
    may_tell,
)


@pytest.mark.parametrize("role", list(Role))
def test_a_complaint_is_logged_before_any_consent_whoever_brings_it(role: Role) -> None:
    assert may_log(role)


@pytest.mark.parametrize(
    ("role", "record", "allowed"),
    [
        (Role.RESIDENT, ConsentRecord(), True),
        (Role.FAMILY_OR_FRIEND, ConsentRecord(), False),
        (Role.FAMILY_OR_FRIEND, ConsentRecord(permission=True), True),
        (Role.ADVOCATE, ConsentRecord(written=True), True),
        (Role.SOLICITOR, ConsentRecord(permission=True), False),
        (Role.SOLICITOR, ConsentRecord(written=True), True),
        (Role.COUNCILLOR, ConsentRecord(asked_by_resident=True), True),
        (Role.COUNCILLOR, ConsentRecord(), False),
        (Role.MP, ConsentRecord(asked_by_resident=True), True),
        (Role.EXECUTOR, ConsentRecord(permission=True), False),
        (Role.EXECUTOR, ConsentRecord(authority_seen=True), True),
        (Role.ATTORNEY_OR_DEPUTY, ConsentRecord(authority_seen=True), True),
        (Role.OTHER, ConsentRecord(), False),
    ],
)
def test_personal_data_wait_for_what_the_role_needs(
    role: Role, record: ConsentRecord, allowed: bool
) -> None:
    assert may_tell(role, record).allowed is allowed


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.RESIDENT])
def test_consent_withdrawn_is_no_consent(role: Role) -> None:
    everything = ConsentRecord(
        asked_by_resident=True, permission=True, written=True, authority_seen=True, withdrawn=True
    )
    assert not may_tell(role, everything)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_can_consent_for_another_persons_health_or_conduct(role: Role) -> None:
    everything = ConsentRecord(
        asked_by_resident=True, permission=True, written=True, authority_seen=True
    )
    assert not may_tell(role, everything, about_somebody_elses_health_or_conduct=True)


def test_a_landlord_may_ask_a_councillor_for_more_and_the_rest_stays() -> None:
    policy = ConsentPolicy({Role.COUNCILLOR: ConsentMode.WRITTEN})
    assert not may_tell(Role.COUNCILLOR, ConsentRecord(asked_by_resident=True), policy)
    assert may_tell(Role.MP, ConsentRecord(asked_by_resident=True), policy)


def test_a_refusal_to_tell_says_what_is_missing_and_lets_the_clock_run() -> None:
    ruling = may_tell(Role.SOLICITOR, ConsentRecord())
    assert "written consent is not on record" in ruling.because
    assert "let the clock run" in ruling.because
