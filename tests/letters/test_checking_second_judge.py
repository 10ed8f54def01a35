"""The second judge: what it has learned, what it looks at, and how it is weighed with the rule."""

import json
from importlib.resources import files

import pytest

from benchmarks.linear_learning import learn
from correspondence.letters.checking.anatomy import Sentence, take_apart
from correspondence.letters.checking.features import features, word_classes
from correspondence.letters.checking.judging import met, missing
from correspondence.letters.checking.second_judge import SecondJudge, knows
from correspondence.letters.checking.wording import wording_name
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

LETTER = """Harbour Homes

Dear Ms Quill

Your complaint

{complaint}

Yours sincerely

Ada Finch
"""
TOLD = (
    "You told us that the gutter over your door has leaked since May and that two letters of yours "
    "went unanswered."
)
HOLLOW = "We have noted the points raised in your recent e-mail and they will be looked into."


def _judge(complaint: str) -> tuple[SecondJudge, Sentence]:
    letter = take_apart(from_plain(LETTER.format(complaint=complaint)))
    return SecondJudge(letter), next(s for s in letter.body if s.text == complaint)


def test_whatever_a_checklist_says_is_learned_has_been_learned() -> None:
    sentences = json.loads(
        files("correspondence.letters.checking")
        .joinpath("learned", "sentences.json")
        .read_text(encoding="utf-8")
    )
    for kind in LetterKind:
        checklist = load(kind, shipped("schemas") / "letters")
        for item in checklist.items:
            if item.satisfied.learned:
                assert knows(item.satisfied.learned)
                assert sentences[item.satisfied.learned]
        for rule in checklist.wording:
            assert not rule.learned or sentences[wording_name(rule.id)]


def test_what_is_learned_from_holds_no_particulars() -> None:
    words = word_classes(
        "mr pennyfeather rang 01632 960123 on 3 may 2026 about £45.20, "
        "ref ab/12345, a.b@example.org"
    )

    assert not any(any(c.isdigit() for c in word) for word in words)
    assert not {"pennyfeather", "may", "example"} & set(words)
    assert {"PERSON", "PHONE", "DATE", "MONEY", "REFERENCE", "EMAIL"} <= set(words)


def test_a_complaint_that_is_told_sounds_more_like_one_than_a_reference_to_it() -> None:
    judge, told = _judge(TOLD)
    other, hollow = _judge(HOLLOW)

    assert judge.sounds_like("definition")[told.place] > 0
    assert other.sounds_like("definition")[hollow.place] < 0


def test_a_rule_taken_in_by_a_hollow_sentence_is_overruled_and_the_sentence_is_shown() -> None:
    judge, hollow = _judge(HOLLOW)

    verdict = judge.weigh("definition", met(hollow))

    assert verdict.met != "met"
    assert verdict.sentence is hollow
    assert verdict.remark


def test_a_rule_that_overlooks_what_is_plainly_said_is_overruled() -> None:
    decided = "We uphold your complaint about the drains, and we do not uphold the rest of it."
    judge, said = _judge(decided)

    verdict = judge.weigh("decision", missing())

    assert verdict.met == "met"
    assert verdict.sentence is said


def test_an_empty_letter_has_nothing_to_be_heard() -> None:
    judge = SecondJudge(take_apart(from_plain("")))

    assert judge.likeness("definition").best is None
    assert judge.weigh("definition", missing()).met == "missing"


def test_a_sentence_is_seen_with_its_headings_and_neighbours() -> None:
    letter = take_apart(from_plain(LETTER.format(complaint=f"{HOLLOW} {TOLD}")))
    first, second = (s for s in letter.body if "h:complaint" in features(letter, s))

    assert features(letter, first)["n:gutter"] == features(letter, second)["p:noted"]


@pytest.mark.parametrize("balanced", [True, False])
def test_learning_tells_apart_what_can_be_told_apart(balanced: bool) -> None:
    examples = [({"damp": 1.0, "a": 1.0}, True, 1.0), ({"thanks": 1.0, "a": 1.0}, False, 1.0)] * 5

    weights = learn(examples, balanced=balanced)

    assert weights["damp"] > 0 > weights["thanks"]
    assert weights == learn(examples, balanced=balanced)


def test_nothing_is_learned_from_one_answer_alone() -> None:
    assert learn([({"damp": 1.0}, True, 1.0)]) == {}
