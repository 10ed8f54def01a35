"""The language of letter templates: what it says, and that it can do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.errors import TemplateRefused
from correspondence.letters.fields import fields_of
from correspondence.letters.sandbox import TemplateLanguage, fill_text
from tests.letters.at_hand import facts

FIELDS = fields_of(facts())
PLACE = "the subject line"


def test_a_template_prints_fields_dates_in_full_and_goes_through_points() -> None:
    template = "{{ received_on }}: {% for point in points %}{{ loop.index }} {% endfor %}"
    assert fill_text(template, FIELDS, PLACE) == "Thursday 19 November 2026: 1 2 3 "


def test_a_condition_chooses_words() -> None:
    template = "{% if not hazard and stage == 1 %}calm{% else %}danger{% endif %}"
    assert fill_text(template, FIELDS, PLACE) == "calm"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ cycler.__init__.__globals__ }}",
        "{{ reference.__class__.__mro__ }}",
        "{{ reference['__class__'] }}",
        "{{ reference | attr('__class__') }}",
        "{{ self._TemplateReference__context }}",
        "{{ ''.join }}",
        "{{ 'x'.format(1) }}",
        "{{ lipsum() }}",
        "{{ range(10) }}",
        "{{ handler.__dict__ }}",
        "{{ 'a' * 100000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ reference ~ reference }}",
        "{{ points[0:2] }}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{% with a = 1 %}{% endwith %}",
        "{% for a in 'abcdef' %}{% endfor %}",
        "{% for a in points recursive %}{% endfor %}",
        "{% for a in points %}" * 3 + "{% endfor %}" * 3,
        "{% if hazard %}" * 200 + "{% endif %}" * 200,
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ reference | upper | xmlattr }}",
        "{{ namespace() }}",
        "{{ joiner }}",
    ],
)
def test_a_template_that_reaches_for_more_than_fields_is_refused(attack: str) -> None:
    with pytest.raises(TemplateRefused, match="In the subject line"):
        fill_text(attack, FIELDS, PLACE)


def test_a_field_that_is_not_there_is_named_with_its_line() -> None:
    with pytest.raises(TemplateRefused, match=r"at “Dear \{\{ resident \}\}”.*“resident”"):
        fill_text("one\nDear {{ resident }}\nthree", FIELDS, PLACE)


def test_a_part_of_a_field_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateRefused, match="no field “fax”"):
        fill_text("{{ handler.fax }}", FIELDS, PLACE)


@pytest.mark.parametrize("group", ["{{ handler }}", "{{ points }}", "{{ hazard }}"])
def test_a_field_that_is_no_words_is_not_printed_by_accident(group: str) -> None:
    with pytest.raises(TemplateRefused, match="printed"):
        fill_text(group, FIELDS, PLACE)


@pytest.mark.parametrize(
    "broken",
    [
        "{{ reference }",
        "{ reference }}",
        "{ { reference } }",
        "{reference}",
        "{% if hazard %}",
        "%}",
        "{% raw %}{{ reference }}{% endraw %}",
    ],
)
def test_a_field_not_written_whole_is_refused_and_never_printed(broken: str) -> None:
    with pytest.raises(TemplateRefused):
        fill_text(broken, FIELDS, PLACE)


def test_what_a_resident_writes_is_never_read_as_a_template() -> None:
    fields = fields_of(facts(reference="{{ 7*7 }}{% for x in y %}"))
    assert fill_text("{{ reference }}", fields, PLACE) == "{{ 7*7 }}{% for x in y %}"


def test_a_letter_that_swells_without_end_is_given_up() -> None:
    fields = FIELDS | {"many": tuple("x" for _ in range(3000))}
    template = "{% for a in many %}{% for b in many %}" + "words " * 20 + "{% endfor %}{% endfor %}"
    with pytest.raises(TemplateRefused, match="more than 4,000,000 characters"):
        fill_text(template, fields, PLACE)


@given(st.text(max_size=60))
def test_values_are_escaped_for_xml_and_stay_themselves_in_text(value: str) -> None:
    escaping = TemplateLanguage(autoescape=True).from_string("{{ value }}")
    assert "<" not in escaping.render({"value": value})
    assert fill_text("{{ value }}", {"value": value}, PLACE) == value


@given(st.text(alphabet="{}%#-. abpoints_[]()'\"|~*0", max_size=40))
def test_no_template_brings_anything_but_words_or_a_refusal(template: str) -> None:
    try:
        result = fill_text(template, FIELDS, PLACE)
    except TemplateRefused:
        return
    assert "{{" not in result
    assert "{%" not in result
