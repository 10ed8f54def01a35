"""What somebody writes is kept for them alone, until it is a revision or they put it away."""

from __future__ import annotations

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.drafting import in_hand
from correspondence.casework.drafting.in_hand import KeptElsewhere
from correspondence.errors import NotAllowed
from tests.casework.bureau import LETTER, Bureau


def kept(desk: Bureau, words: dict[str, str], version: int = 0, who: str = "rowan") -> int:
    actor = desk.rowan if who == "rowan" else desk.teasel
    came = in_hand.keep(
        desk.house, LETTER, words, basis=1, version=version, now=desk.now, actor=actor
    )
    return came.version if came else 0


def test_words_are_kept_by_version_and_for_each_person(approved_desk: Bureau) -> None:
    desk = approved_desk
    assert kept(desk, {"part-0": "Dear Sorrel"}) == 1
    assert kept(desk, {"part-0": "Good day"}, 1) == 2
    assert kept(desk, {"part-1": "Theirs"}, who="teasel") == 1
    held = {one.user: one.words for one in in_hand.of(desk.house, LETTER)}
    assert held == {"rowan": {"part-0": "Good day"}, "teasel": {"part-1": "Theirs"}}


def test_two_windows_of_one_person_do_not_write_over_one_another(approved_desk: Bureau) -> None:
    desk = approved_desk
    kept(desk, {"part-0": "One window"})
    with pytest.raises(KeptElsewhere) as elsewhere:
        kept(desk, {"part-0": "The other"})
    assert elsewhere.value.held.words == {"part-0": "One window"}
    assert kept(desk, {"part-0": "One window"}) == 1  # the same words are no clash
    in_hand.put_away(desk.house, LETTER, actor=desk.rowan)
    assert kept(desk, {"part-0": "The other"}, 7) == 1


def test_nothing_written_is_nothing_kept(approved_desk: Bureau) -> None:
    desk = approved_desk
    kept(desk, {"part-0": "Words"})
    assert kept(desk, {}, 1) == 0
    assert in_hand.of(desk.house, LETTER) == ()


@pytest.mark.slow
def test_what_has_left_is_written_in_no_longer(approved_desk: Bureau) -> None:
    desk = approved_desk
    kept(desk, {"part-0": "Words"})
    desk.send(LETTER)
    assert in_hand.of(desk.house, LETTER) == ()


def test_the_product_itself_writes_nothing(approved_desk: Bureau) -> None:
    with pytest.raises(NotAllowed):
        in_hand.keep(
            approved_desk.house, LETTER, {"a": "b"}, now=approved_desk.now, actor=ourselves()
        )


@pytest.mark.slow
def test_it_is_kept_on_both_databases(either_desk: Bureau) -> None:
    assert kept(either_desk, {"part-0": "Words \0 and \ud800 more"}) == 1
    (held,) = in_hand.of(either_desk.house, LETTER)
    assert held.words == {"part-0": "Words \ufffd and \ufffd more"}
