from __future__ import annotations

import pytest

from correspondence.intake.judges.learning import Opinion
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.understanding import understand
from tests.intake.messages import LANDLORD, a_message, read


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Please mend the kitchen tap, it drips.", "repairs"),
        ("There is mould in the bedroom again and the wall is wet.", "damp_and_mould"),
        ("The boiler has broken down and the radiators are cold.", "heating_and_gas"),
        ("The scaffolding for the window programme is still up.", "planned_works"),
        ("The lift at Rye House has stopped and the lobby is filthy.", "communal_areas"),
        ("My neighbour plays loud music all night, I filled in diary sheets.",
         "anti_social_behaviour"),
        ("My banding is wrong and I cannot bid on the housing register.", "allocations"),
        ("Can I have permission to keep a dog under my tenancy?", "tenancy"),
        ("My rent account shows arrears though I pay by direct debit.", "rents"),
        ("My service charge as a leaseholder has doubled.", "leasehold"),
        ("The stairlift and the grab rail were never fitted.", "other"),
    ],
)  # fmt: skip
def test_each_service_is_known_by_its_words(text: str, area: str) -> None:
    assert read(text).service_area == area


def test_spam_and_machines_have_no_service() -> None:
    reading = read("I am away.", subject="Automatic reply: boiler repair")
    assert reading.service_area == ""


def test_a_bare_refusal_of_our_answer_goes_on_to_stage_2_and_names_no_other_service() -> None:
    reading = read(
        "Not having that.",
        subject="Re: Your complaint CMP-2026-000321 - our stage 1 response",
        quoted="We have investigated your complaint about the boiler. It is not upheld.",
        in_reply_to=("CMP-2026-000321.s1@larkhill.example",),
    )
    assert reading.kind == "escalation"
    # The answer that is quoted shows the matter; that it names no other is what counts.
    assert reading.service_area in ("", "heating_and_gas")


@pytest.mark.parametrize(("unshown", "area"), [(0.3, "rents"), (2.0, "")])
def test_no_service_is_named_only_where_that_is_likelier_than_any_other_together(
    unshown: float, area: str
) -> None:
    opinion = Opinion(("", "rents", "tenancy"), {"bias": (unshown, 0.2, 0.1)})
    reading = understand(a_message("Hello there."), LANDLORD, Opinions(areas=opinion))
    assert reading.kind not in ("spam", "automatic", "other_service")
    assert reading.service_area == area
