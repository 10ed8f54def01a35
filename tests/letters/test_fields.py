"""What a template may say: every field, and a marked gap for what is not decided."""

from datetime import date

import pytest

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.errors import TemplateRefused
from correspondence.letters.facts import Handler, Recipient
from correspondence.letters.fields import FIELDS, fields_of
from correspondence.letters.sandbox import fill_text
from correspondence.resources import shipped
from tests.letters.at_hand import facts, points

PLACE = "the test"


def say(template: str, **changes: object) -> str:
    return fill_text(template, fields_of(facts(**changes)), PLACE)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_of_the_list_is_there_and_described_for_officers(name: str) -> None:
    assert say(f"{{% if {name} is defined %}}yes{{% endif %}}") == "yes"
    readme = (shipped("letter_templates") / "README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in readme or f"`{{{{ {name} }}}}`" in readme


def test_the_residents_own_words_are_quoted_and_read_as_sentences() -> None:
    template = "{% for point in points %}{{ point.words }}|{% endfor %}"
    said = say(template, definition=points('they said "tomorrow" and never came', "why me?"))
    assert said == "“they said 'tomorrow' and never came”.|“why me?”|"


def test_words_already_in_quotation_marks_are_not_quoted_twice() -> None:
    assert say("{{ points[0].words }}", definition=points("“No heating”")) == "“No heating”."


def test_an_officers_words_are_not_put_into_the_residents_mouth() -> None:
    said = say("{{ points[0].words }}", definition=points("the roof leaks"), own_words=False)
    assert said == "the roof leaks."


def test_an_undecided_responsibility_is_a_marked_gap() -> None:
    undecided = points("the roof leaks", responsible=None)
    said = say("{{ points[0].responsibility }}", definition=undecided)
    assert said == "[To be completed: who is responsible for this point]"
    assert say("{% if all_ours %}ours{% endif %}", definition=undecided) == ""


def test_somebody_elses_point_says_whose_it_is() -> None:
    theirs = DefinitionPoint(
        text="the road", responsible=False, signpost="The county looks after roads"
    )
    said = say("{{ points[0].responsibility }}", definition=ComplaintDefinition(points=(theirs,)))
    assert said == "We are not responsible for this. The county looks after roads."


def test_somebody_elses_point_without_a_signpost_is_a_marked_gap() -> None:
    said = say("{{ points[0].responsibility }}", definition=points("the road", responsible=False))
    assert "[To be completed: who is responsible, and how to reach them]" in said


def test_nothing_undecided_is_ever_empty() -> None:
    said = say(
        "{{ respond_by }}|{{ handler.name }}|{{ handler.contact }}|{{ points[0].text }}|"
        "{{ outcomes[0] }}|{{ salutation }}|{{ reference }}",
        definition=ComplaintDefinition(),
        respond_by=None,
        handler=None,
        recipient=Recipient(name=""),
        reference="",
    )
    assert [piece.startswith("[To be completed: ") for piece in said.split("|")] == [True] * 7


def test_outcomes_may_be_empty_only_where_the_letter_asks_for_them() -> None:
    asking = ComplaintDefinition(points=points("x").points, question="What would help?")
    assert fields_of(facts(definition=asking))["outcomes"] == ()


def test_a_handler_without_a_phone_is_reached_by_mail_alone() -> None:
    said = say("{{ handler.contact }}", handler=Handler(name="A", email="a@example.org"))
    assert said == "at a@example.org"


def test_further_facts_print_like_the_others() -> None:
    said = say(
        "{{ new_date }} {% for a in actions %}{{ a.what }}, {{ a.by }};{% endfor %}",
        extra={
            "new_date": date(2026, 12, 21),
            "actions": [{"what": "mend it", "by": date(2026, 12, 1)}],
        },
    )
    assert said == "Monday 21 December 2026 mend it, Tuesday 1 December 2026;"


def test_a_further_fact_cannot_replace_a_field_of_all_letters() -> None:
    with pytest.raises(TemplateRefused, match="“respond_by”"):
        fields_of(facts(extra={"respond_by": "never"}))


def test_a_further_fact_that_no_letter_can_print_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="float"):
        fields_of(facts(extra={"sum": 1.5}))


def test_control_characters_and_hidden_turns_of_direction_never_reach_a_letter() -> None:
    said = say(
        "{{ points[0].text }}", definition=points("pay\x00 \u202egnihton\u202c\r\nnow\ufeff")
    )
    assert said == "pay gnihton now."
