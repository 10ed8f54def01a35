"""A complaint is refused only on a ground that holds, for this resident, with all on record."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.exclusions import (
    GROUNDS,
    Ground,
    RefusalRecord,
    already_considered,
    legal_proceedings,
    other_ground,
    over_twelve_months,
    time_limit,
    what_is_missing,
)
from correspondence.handling_code.months import add_calendar_months
from correspondence.handling_code.provisions import provision

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CONSIDERED = "The resident was in hospital for a month only, and others depend on the record."


class TestTwelveMonths:
    def test_end_on_the_corresponding_day_which_is_still_in_time(self) -> None:
        happened = date(2025, 11, 21)
        assert time_limit(happened).last_day == date(2026, 11, 21)
        in_time = over_twelve_months(
            received=date(2026, 11, 21), happened=happened, discretion=CONSIDERED
        )
        late = over_twelve_months(
            received=date(2026, 11, 22), happened=happened, discretion=CONSIDERED
        )
        assert (in_time.allowed, late.allowed) == (False, True)

    def test_count_from_when_the_resident_learned_of_it_if_that_is_later(self) -> None:
        ruling = over_twelve_months(
            received=date(2026, 11, 21),
            happened=date(2024, 1, 10),
            learned=date(2026, 2, 1),
            discretion=CONSIDERED,
        )
        assert not ruling
        assert "the resident learned of it" in ruling.because

    def test_are_not_shortened_by_learning_of_it_before_it_ended(self) -> None:
        assert time_limit(date(2026, 3, 1), date(2026, 1, 1)).counted_from == date(2026, 3, 1)

    def test_never_run_out_while_the_matter_goes_on(self) -> None:
        assert not over_twelve_months(
            received=date(2026, 11, 21),
            happened=date(2019, 1, 1),
            continuing=True,
            discretion=CONSIDERED,
        )

    @pytest.mark.parametrize("discretion", ["", "   \n"])
    def test_are_no_ground_until_discretion_was_considered(self, discretion: str) -> None:
        ruling = over_twelve_months(
            received=date(2026, 11, 21), happened=date(2020, 1, 1), discretion=discretion
        )
        assert not ruling
        assert "discretion" in ruling.because

    def test_are_no_ground_where_nobody_knows_when_it_happened(self) -> None:
        ruling = over_twelve_months(
            received=date(2026, 11, 21), happened=None, discretion=CONSIDERED
        )
        assert not ruling

    def test_are_calendar_months_also_from_a_leap_day(self) -> None:
        assert time_limit(date(2024, 2, 29)).last_day == date(2025, 2, 28)

    @given(DAYS, DAYS, DAYS)
    def test_nobody_is_refused_within_365_days_of_learning(
        self, happened: date, learned: date, received: date
    ) -> None:
        ruling = over_twelve_months(
            received=received, happened=happened, learned=learned, discretion=CONSIDERED
        )
        if ruling:
            assert received > max(happened, learned) + timedelta(days=364)


class TestLegalProceedings:
    def test_begin_when_claim_form_and_particulars_are_filed(self) -> None:
        filed = date(2026, 10, 1)
        assert legal_proceedings(
            claim_form_filed=filed, particulars_filed=filed, on=date(2026, 11, 2)
        )

    @pytest.mark.parametrize(
        ("claim_form", "particulars", "missing"),
        [
            (None, None, "the claim form and the particulars"),
            (date(2026, 10, 1), None, "the particulars of claim"),
            (None, date(2026, 10, 1), "the claim form"),
            (date(2026, 12, 1), date(2026, 12, 1), "the claim form and the particulars"),
        ],
    )
    def test_have_not_begun_with_less(
        self, claim_form: date | None, particulars: date | None, missing: str
    ) -> None:
        ruling = legal_proceedings(
            claim_form_filed=claim_form, particulars_filed=particulars, on=date(2026, 11, 2)
        )
        assert not ruling
        assert missing in ruling.because

    @pytest.mark.parametrize("letter", ["letter before action", "pre-action protocol", "insurance"])
    def test_are_not_what_is_often_taken_for_them(self, letter: str) -> None:
        listed = " ".join(n.what.lower() for n in GROUNDS[Ground.LEGAL_PROCEEDINGS].not_enough)
        assert letter in listed


class TestAMatterConsideredBefore:
    CONCLUDED = date(2026, 5, 1)

    def test_is_refused_when_it_is_the_same_and_concluded(self) -> None:
        assert already_considered(concluded=self.CONCLUDED, same_matter=True)

    def test_is_a_new_complaint_when_it_has_come_back(self) -> None:
        ruling = already_considered(concluded=self.CONCLUDED, same_matter=True, recurred_since=True)
        assert not ruling
        assert "new complaint" in ruling.because

    def test_is_still_owed_what_was_promised(self) -> None:
        ruling = already_considered(
            concluded=self.CONCLUDED, same_matter=True, remedy_outstanding=True
        )
        assert (ruling.allowed, ruling.clause) == (False, "7.3")

    def test_is_none_when_only_similar_or_never_concluded(self) -> None:
        assert not already_considered(concluded=self.CONCLUDED, same_matter=False)
        assert not already_considered(concluded=None, same_matter=True)


def test_a_ground_of_our_own_stands_only_in_the_policy_and_in_this_case() -> None:
    assert not other_ground(policy_words="", fair_because="It is fair.")
    assert not other_ground(policy_words="Appeals go to the tribunal.", fair_because=" ")
    assert other_ground(
        policy_words="Appeals go to the tribunal.", fair_because="An appeal is already listed."
    )


def test_disagreement_with_a_decision_is_never_enough() -> None:
    assert any("disagrees" in each.what for each in GROUNDS[Ground.OTHER].not_enough)


def test_every_ground_asks_for_circumstances_evidence_and_who_decided() -> None:
    assert set(GROUNDS) == set(Ground)
    for ground in GROUNDS.values():
        recorded = " ".join(ground.must_record)
        assert "(2.5)" in recorded
        assert "(2.1)" in recorded
        assert "Who decided" in recorded
        assert ground.not_enough
        assert all(provision(clause) for clause in ground.clauses)


def test_a_refusal_with_nothing_on_record_names_all_that_is_missing() -> None:
    assert len(what_is_missing(RefusalRecord())) == 5
    assert len(what_is_missing(RefusalRecord(" ", ("", " "), "\t", "\n"))) == 5


def test_a_refusal_with_all_on_record_lacks_nothing() -> None:
    record = RefusalRecord(
        individual_circumstances="Weighed.",
        evidence=("The claim form.",),
        decided_by="a.officer",
        reasons_given_to_resident="The matter is before the court.",
        ombudsman_right_explained=True,
    )
    assert what_is_missing(record) == ()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_calendar_months_end_on_the_corresponding_day_or_the_months_last(
    day: date, months: int, later: date
) -> None:
    assert add_calendar_months(day, months) == later


def test_months_that_cannot_be_counted_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_calendar_months(date(2026, 1, 1), -1)
    with pytest.raises(OverflowError, match="9999"):
        add_calendar_months(date.max, 12)
