"""An address that a letter can be posted to, and why another cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.post.address import MOST_LINES, NOT_FIRST, PostalAddress, postcode

WHOLE = ("Ms Rosalind Achterberg", "17 Marlpit Lane", "YO99 9ZZ")


def _faults(*lines: str) -> str:
    return " ".join(PostalAddress.of(lines).faults())


@pytest.mark.parametrize(
    "lines",
    [
        WHOLE,
        ("Mr O'Neill-Ångström", "Flat 4", "17 Marlpit Lane", "Northfield", "Wexcombe", "W1A 9ZZ"),
        ("Ms A", "1 Rue Neuve", "75999 Paris", "France"),
        ("Cpl A Example", "1 Regiment", "BFPO 999"),
        ("Cpl A Example", "1 Regiment", "BFPO 999", "BF1 9ZZ"),
        ("Ms A", "1 High Street", "JE9 9ZZ"),
    ],
)
def test_a_whole_address_has_no_fault(lines: tuple[str, ...]) -> None:
    assert _faults(*lines) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (("A", " 1  High St, ", "", "yo999zz"), ("A", "1 High St", "YO99 9ZZ")),
        (("A", "1 High St", "York, YO99 9ZZ"), ("A", "1 High St", "York", "YO99 9ZZ")),
        (("A", "1 High St", "York yo99 9zz", "UK"), ("A", "1 High St", "York", "YO99 9ZZ")),
        (("A", "1 High St", "YO99 9ZZ", "England"), ("A", "1 High St", "YO99 9ZZ")),
        (("A", "1 High St", "Wales"), ("A", "1 High St", "Wales")),
        (("A\u202e", "1 High\tSt\r\n", "YO99 9ZZ"), ("A", "1 High St", "YO99 9ZZ")),
    ],
)
def test_an_address_is_put_in_order(written: tuple[str, ...], read: tuple[str, ...]) -> None:
    assert PostalAddress.of(written).lines == read


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((), "no address"),
        (("", " , "), "no address"),
        (("A", "YO99 9ZZ"), "needs 3"),
        (("A", *(f"line {n}" for n in range(7)), "YO99 9ZZ"), "7 at most"),
        (("A", "1 High Street", "York"), "neither a postcode"),
        (("A", "1 High Street", "QQ1 1AA"), "neither a postcode"),
        (("A", "1 High Street", "YO1 1CI"), "neither a postcode"),
        (("A", "1 High Street", "England"), "neither a postcode"),
        (("A", "@home", "YO99 9ZZ"), "Line 2 of the address begins with @"),
        (("[To be completed: name]", "1 High St", "YO99 9ZZ"), "Line 1 of the address begins"),
        (("A", "---", "YO99 9ZZ"), "neither letter nor number"),
        (("A", "NFA", "York", "YO99 9ZZ"), "no fixed abode"),
        (("A", "No Fixed Abode", "York", "YO99 9ZZ"), "no fixed abode"),
        (("Cpl A", "BFPO 999", "Germany"), "no country"),
    ],
)
def test_what_cannot_be_posted_to_is_said_with_the_reason(
    lines: tuple[str, ...], says: str
) -> None:
    assert says in _faults(*lines)


@pytest.mark.parametrize("sign", NOT_FIRST.replace(",", ""))
def test_no_line_begins_with_a_sign_that_sorting_machines_refuse(sign: str) -> None:
    assert f"begins with {sign}" in _faults("Ms A", f"{sign}1 High Street", "York", "YO99 9ZZ")


def test_no_reason_repeats_what_the_address_says() -> None:
    said = _faults("Ms Secret", "<Hidden Lane", "Nowhere")
    assert said
    assert not any(word in said for word in ("Secret", "Hidden", "Nowhere"))


@pytest.mark.parametrize("name", ["Nfaly Camara", "Ms Homelessky", "Ann Fa"])
def test_a_name_is_not_taken_for_no_fixed_abode(name: str) -> None:
    assert _faults(name, "17 Marlpit Lane", "YO99 9ZZ") == ""


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_lines_are_judged_and_ordering_twice_changes_nothing(lines: list[str]) -> None:
    address = PostalAddress.of(lines)
    assert PostalAddress.of(address.lines).lines == address.lines
    assert address.faults() or 3 <= len(address.lines) <= MOST_LINES


@given(st.from_regex(r"\A[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\Z"))
def test_a_postcode_is_set_one_way_or_is_none(written: str) -> None:
    code = postcode(written)
    assert code == "" or (code == postcode(code) and code[-4] == " " and code.isupper())
