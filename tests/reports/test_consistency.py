"""A report is held against itself: what cannot be is found, and what is right raises no alarm."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.measures import ReportingYear
from correspondence.reports.consistency import Inconsistency, check_report
from correspondence.reports.consistency.check import check_figures
from correspondence.reports.figures import AnnualFigures, Asked, annual_figures
from tests.cli.command import say
from tests.reports.registers import FIRST, LAST, registers

pytestmark = pytest.mark.slow


def found(text: str) -> tuple[Inconsistency, ...]:
    return check_report(text).findings


WRONG = {
    "a share that a sentence concludes": (
        (
            "Of the 45 stage 1 complaints, 34 were responded to within 10 working days and "
            "a further 3 were extended, giving 93% in time."
        ),
        "(34 + 3) / 45 = 82.2%",
        "82%",
    ),
    "the same over three sentences": (
        (
            "There were 60 complaints in all. In time we answered 41 of the 60 and extended six. "
            "This means that 90% were answered in time."
        ),
        "(41 + 6) / 60 = 78.3%",
        "78%",
    ),
    "the total stands elsewhere in the report": (
        (
            "We received 45 stage 1 complaints.\n\nLater we say of stage 1 that 34 were on time "
            "and three extended, which is 93%."
        ),
        "(34 + 3) / 45 = 82.2%",
        "82%",
    ),
    "shares of both, and the total in another paragraph": (
        (
            "In 2025/26 there were 45 stage 1 complaints.\n\n34 (76%) of stage 1 complaints were "
            "on time, with 3 (7%) extended. This equates to 93% of stage 1 complaints."
        ),
        "(34 + 3) / 45 = 82.2%",
        "82%",
    ),
    "a count with its total": (
        "17 of the 26 complaints (68%) were answered on time.",
        "17 / 26 = 65.4%",
        "65%",
    ),
    "a share before its count and total": (
        "We upheld 40% (11 of 31) of them.",
        "11 / 31 = 35.5%",
        "35%",
    ),
    "a share of a total that has no such part": (
        "We answered 65.0% of the 26 complaints in time.",
        "16 of 26 is 61.5%, 17 of 26 is 65.4%",
        "65.4%",
    ),
    "one of several shares in brackets": (
        "Of the 45 complaints, 19 (42%) were upheld, 16 (36%) partially and 10 (32%) not upheld.",
        "10 / 45 = 22.2%",
        "22%",
    ),
    "parts in a sentence": (
        "We had 30 complaints, made up of 15 about repairs, 4 about tenancies and 9 about rents.",
        "15 + 4 + 9 = 28",
        "28",
    ),
    "a column of a table": (
        (
            "| Service | Number |\n|---|---|\n| Repairs | 15 |\n| Tenancy | 4 |\n| Rents | 3 |\n"
            "| Total | 23 |"
        ),
        "15 + 4 + 3 = 22",
        "22",
    ),
    "a row of a table": (
        "| | Stage 1 | Stage 2 | Total |\n| Repairs | 15 | 2 | 18 |\n| Rents | 4 | 1 | 5 |",
        "15 + 2 = 17",
        "17",
    ),
    "a table without rules": (
        "Upheld 19\nPartially upheld 16\nNot upheld 11\nTotal 45",
        "19 + 16 + 11 = 46",
        "46",
    ),
    "shares beside their counts": (
        (
            "| Outcome | Number | Share |\n| Upheld | 19 | 42% |\n| Not upheld | 26 | 48% |\n"
            "| Total | 45 | 100% |"
        ),
        "26 / 45 = 57.8%",
        "58%",
    ),
    "a rate for every thousand homes": (
        "We own 5,011 homes. We received 45 complaints, or 9.98 per 1,000 homes.",
        "45 × 1,000 / 5,011 = 8.980",
        "8.98",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_found_with_its_sum_and_what_it_should_be(name: str) -> None:
    text, arithmetic, instead = WRONG[name]
    failed = [one for one in found(text) if one.verdict == "fail"]
    assert failed, name
    assert failed[0].sum == arithmetic
    assert instead in failed[0].instead
    assert failed[0].quote.split("\n")[0][:20] in text.replace("| ", "").replace(" |", "") or (
        failed[0].quote in text or failed[0].quote.replace(" | ", " ") in text
    )


WAYS_TO_SAY_IT_WRONGLY = (
    (
        "Stage 1 response times: 34 on time and three extended: 93% of the 45 complaints "
        "were answered within the Code's timescales."
    ),
    (
        "93% of stage 1 complaints were answered in time (34 within 10 working days and 3"
        " extended). We received 45 stage 1 complaints."
    ),
    ("In total 37 of 45 stage 1 complaints were answered within timescale. This is 93%."),
    ("We responded to 37 of our 45 stage 1 complaints on time, a rate of 93%."),
    ("We responded to 93% of stage 1 complaints on time, which was 37 out of 45."),
    ("93% (37/45) of stage 1 complaints were answered in time."),
    (
        "All 7 stage 2 complaints were answered in 20 working days. 4 of the 7 stage 2 "
        "complaints (57.1%) were answered in 20 working days, and 3 (52.9%) extended."
    ),
    ("CH01 (1) was 8.98 per 1,000 homes: 54 complaints from 5,011 properties."),
    (
        "The number of stage 1 complaints was 45, of which 34 (85%) were answered within "
        "ten working days."
    ),
    (
        "| | Number | % |\n"
        "| Repairs | 13 | 29% |\n"
        "| Allocations | 10 | 22% |\n"
        "| Housing property services | 9 | 20% |\n"
        "| Neighbourhoods | 9 | 20% |\n"
        "| Gas | 4 | 19% |\n"
        "| Total | 45 | 100% |"
    ),
    (
        "There were 294 contacts in total: 45 stage 1 complaints, 7 stage 2 complaints, "
        "25 councillor enquiries, 62 MP enquiries and 165 service requests."
    ),
    (
        "Of the 45 complaints received at stage 1, 34 were answered in time. Therefore "
        "24% were answered in time."
    ),
    ("Nearly half (49%) of 20 complaints were upheld."),
)


@pytest.mark.parametrize("text", WAYS_TO_SAY_IT_WRONGLY, ids=range(len(WAYS_TO_SAY_IT_WRONGLY)))
def test_however_it_is_said_what_cannot_be_is_found(text: str) -> None:
    assert not check_report(text).ok


DOUBTFUL = {
    "a share no whole number gives": (
        "Stage 1 | 26\nStage 2 | 3\n\nCH02 stage 1 answered within timescale | 65.0%",
        "13 of 20",
    ),
    "two numbers for one thing": (
        "A total of 27 stage 1 complaints were received.\n\nStage 1 | 26\nStage 2 | 3",
        "27",
    ),
    "rates that need different homes": (
        (
            "We received 45 stage 1 complaints. There were 3 stage 2 complaints.\n\n"
            "CH01 (1) stage 1 per 1,000 homes | 8.98\nCH01 (2) stage 2 per 1,000 homes | 1.40"
        ),
        "same homes",
    ),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_may_be_right_of_other_complaints_is_only_a_warning(name: str) -> None:
    text, says = DOUBTFUL[name]
    report = check_report(text)
    assert report.ok
    assert any(says in one.why for one in report.findings)


RIGHT = (
    (
        "Of the 45 stage 1 complaints, 34 were responded to within 10 working days and a further 3 "
        "were extended, giving 82% in time."
    ),
    "34 on time and three extended is 82%, not 93%, of the 45 complaints.",
    "Of the 45 complaints 3 were late, so 93% were in time.",
    "We answered 65.4% of the 26 complaints in time. 65% of the 26 were in time.",
    (
        "Satisfaction was 49%, up from 41.5%. We received 45 stage 1 complaints in 2024/25, "
        "compared with 36 in 2023/24, which is 25% more."
    ),
    "Of the 45 complaints, 19 (42%) were upheld, 16 (36%) partially and 10 (22%) not upheld.",
    "Two thirds (67%) of tenants are satisfied. Of the 45 complaints 12 were about repairs.",
    (
        "We received 45 complaints, or 8.98 per 1,000 homes, for our 5,011 homes. The sector mean "
        "was 42.5 per 1,000."
    ),
    (
        "The Code asks for an answer within 10 working days (stage 1) and 20 (stage 2). Our target "
        "is 95% of all 120 complaints."
    ),
    "We received 1,204 complaints, of which 903 (75%) were upheld. 7 of the 45 (15.6%) escalated.",
    "We paid £1,250 in compensation for 12 complaints, up 8% on 2024. Paragraph 5.27 says 76%.",
    "Complaints rose from 36 to 45, an increase of 25%.",
    "In total we had 30 complaints, made up of 15 about repairs, 4 about tenancies and 11 others.",
    "There were 13 complaints about repairs, including 9 about delays and 5 about quality.",
    (
        "| Area | 2023/24 | 2024/25 | Change |\n| Repairs | 15 | 18 | 20% |\n"
        "| Rents | 5 | 4 | -20% |\n| Total | 20 | 22 | 10% |"
    ),
    (
        "| Outcome | Number | Share |\n| Upheld | 2 | 29% |\n| Part | 2 | 29% |\n"
        "| Not | 2 | 29% |\n| Open | 1 | 14% |\n| Total | 7 | 100% |"
    ),
    "| Area | Number |\n| Repairs | 15 |\n| of which heating | 6 |\n| Rents | 5 |\n| Total | 20 |",
    "| Area | Number |\n| Repairs | fewer than 5 |\n| Rents | 15 |\n| Other | 3 |\n| Total | 21 |",
    "| Measure | Value |\n| Complaints | 45 |\n| Homes | 5,011 |\n| All per 1,000 homes | 8.98 |",
    "| Area | Stage 1 | Stage 2 |\n| Repairs | 15 | - |\n| Rents | 5 | 2 |\n| Total | 20 | 2 |",
    (
        "| | Q1 | Q2 | Q3 | Q4 | Total |\n| Complaints | 5 | 6 | 7 | 8 | 26 |\n"
        "| In time % | 80% | 83% | 86% | 88% | 85% |"
    ),
    "Online 14\nPaper 1\nEmail 12\nLetter 1\nOmbudsman 2\nTotal 30",
    "Stage 1 | 26\nStage 2 | 3\n\nCH02 stage 1 answered within timescale | 65.4%",
    "One in five complaints (20%) came by telephone. Stage 1: 10 working days; 100% of 20.",
    "Our 2024 survey of 612 tenants found 34% satisfied. Of the 26 complaints 17 were on time.",
    (
        "Stage 1 response times: 34 on time and eight extended: 93% of the 45 complaints "
        "were answered within the Code's timescales."
    ),
    (
        "93% of stage 1 complaints were answered in time (34 within 10 working days and 8"
        " extended). We received 45 stage 1 complaints."
    ),
    ("In total 42 of 45 stage 1 complaints were answered within timescale. This is 93%."),
    ("We responded to 42 of our 45 stage 1 complaints on time, a rate of 93%."),
    ("93% (42/45) of stage 1 complaints were answered in time."),
    (
        "There were 294 contacts in total: 45 stage 1 complaints, 7 stage 2 complaints, "
        "25 councillor enquiries, 62 MP enquiries and 155 service requests."
    ),
    (
        "The council owns 5,011 homes. During 2024/25 it received 45 stage 1 complaints "
        "(36 in 2023/24), an increase of 25%. This is 8.98 complaints per 1,000 homes; "
        "the sector mean is 42.5. Satisfaction with complaint handling (TP09) rose from "
        "41.5% to 49%. Of 612 tenants surveyed, 34% said they had complained in the last "
        "12 months.\n"
        "\n"
        "The team answered 42 of the 45 within the Code's times (93.3%), against a target"
        " of 95%. Stage 2: 7 complaints, 1.40 per 1,000 homes. All 7 (100%) were answered"
        " in time, 4 within 20 working days and 3 with an extension.\n"
        "\n"
        "Thirteen complaints (29%) were about repairs, ten (22%) about allocations. The 2"
        " themes named most were delay (9) and quality (5); a complaint can have more "
        "than one. We paid £3,450 in compensation, on average £265 for 13 complaints.\n"
        "\n"
        "| Measure | 2023/24 | 2024/25 | Target |\n"
        "| CH01 (1) | 7.15 | 8.98 | n/a |\n"
        "| CH02 (1) | 91.7% | 93.3% | 95% |\n"
        "| Total complaints | 36 | 45 | |\n"
        "\n"
        "Escalation: 7 of 45 complaints (16%) went on to stage 2, and 8 of 45 (18%) had "
        "been enquiries first. We trained 14 of 20 officers (70%). In 3 of the 4 quarters"
        " we met our target of 90%."
    ),
    (
        "Of 100 residents surveyed after a complaint, 40 were satisfied, 35 dissatisfied "
        "and 25 neither: overall satisfaction was 40%, and 60% among those whose "
        "complaint was upheld."
    ),
    (
        "Of the 45 complaints, 12 came by telephone. Overall 76% of tenants said they "
        "know how to complain."
    ),
    (
        "There were 45 complaints, of which 19 were upheld. So 58% of residents got an "
        "apology: the 19 and 7 more."
    ),
)


@pytest.mark.parametrize("text", RIGHT, ids=range(len(RIGHT)))
def test_a_report_that_is_right_raises_no_alarm(text: str) -> None:
    assert found(text) == ()


@given(st.integers(1, 400), st.data(), st.sampled_from([0, 1, 2]))
def test_a_share_rightly_rounded_is_never_an_alarm_and_one_far_off_always_is(
    total: int, data: st.DataObject, decimals: int
) -> None:
    count = data.draw(st.integers(0, total))
    exact = 100 * count / total
    right = f"{count} of the {total} complaints ({exact:.{decimals}f}%) were upheld."
    assert all(one.verdict != "fail" for one in found(right))
    off = f"{count} of the {total} complaints ({exact + 5:.{decimals}f}%) were upheld."
    assert any(one.verdict == "fail" for one in found(off))


@given(st.lists(st.integers(0, 5_000), min_size=2, max_size=8), st.integers(-9, 9))
def test_a_table_is_wrong_exactly_when_it_does_not_add_up(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    rows = [f"| Area {chr(65 + n)} | {part:,} |" for n, part in enumerate(parts)]
    table = "\n".join(["| Area | Number |", *rows, f"| Total | {max(total, 0):,} |"])
    assert bool(found(table)) == (max(total, 0) != sum(parts))


@given(st.text(max_size=300))
def test_any_text_is_looked_at_without_harm(text: str) -> None:
    check_report(text)
    check_report(text.replace("a", " 5 ").replace("e", " 10% | "))


@pytest.mark.parametrize("piece", ["5 ", "5% (4), ", "1 | 2\n", "5 homes ", "A 5\n", "(((("])
def test_a_text_of_nothing_but_figures_is_looked_at_to_its_end(piece: str) -> None:
    check_report("Of the 45 complaints, " + piece * (8_000 // len(piece)))


def test_figures_of_our_own_making_add_up_and_altered_ones_do_not() -> None:
    asked = Asked(ReportingYear(FIRST, LAST), today=LAST)
    figures = annual_figures([], asked)
    assert check_figures(figures) == ()
    stage1 = figures.stage1.model_copy(update={"received": 3})
    altered = figures.model_copy(update={"stage1": stage1})
    assert {one.sum for one in check_figures(altered)} >= {"0 = 0"}


@given(registers())
def test_counted_figures_always_agree_with_themselves(register: tuple[object, ...]) -> None:
    asked = Asked(ReportingYear(FIRST, LAST), today=LAST, homes=500)
    figures: AnnualFigures = annual_figures(register, asked)  # type: ignore[arg-type]
    assert check_figures(figures) == ()


def test_a_word_file_is_checked_with_its_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("17 of the 26 complaints (68%) were answered on time.")
    table = document.add_table(rows=0, cols=2)
    for row in (("Area", "Number"), ("Repairs", "3"), ("Rents", "4"), ("Total", "8")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "report.docx"))
    said = say(None, "report", "check", str(tmp_path / "report.docx"), "--json")
    assert said.status == 1, said.err
    assert {one["sum"] for one in said.json["findings"]} == {"17 / 26 = 65.4%", "3 + 4 = 7"}


def test_the_command_says_at_the_end_whether_all_can_be(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(RIGHT[0])
    said = say(None, "report", "check", str(file))
    assert said.status == 0
    assert "1 sentences with figures" in said.err
    assert say(None, "report", "check", str(tmp_path / "none.txt")).status == 2
