"""What is counted of a class, and which sentences that allows."""

from fractions import Fraction

import pytest

from grader.cohort.analysis.coincident import alike
from grader.cohort.analysis.figures import apart, likely, of, percent
from grader.cohort.analysis.functions import drawn, function_of, turns, values_of
from grader.cohort.analysis.lessons import done, lesson
from grader.cohort.analysis.sentences import NOTHING as NOTHING_STANDS_OUT
from grader.cohort.analysis.sentences import to_teach
from grader.exact.piecewise import PiecewiseLinear
from grader.mistakes.table import MISTAKES
from results_made import (
    BESIDE,
    COPIED,
    LAB,
    ODD,
    RIGHT,
    STEEP,
    SWAPPED,
    UNSET,
    USUAL,
    class_of,
    counted,
    hand,
    unread,
)


def test_first_readable_attempts_are_looked_at_whatever_counts() -> None:
    found = counted(
        [
            unread("ada"),
            hand("ada", COPIED, 2, counts=False),
            hand("ada", RIGHT, 3),
            hand("bob", RIGHT),
            unread("eve"),
        ],
        missing=[("zoe", "Zoe")],
    )
    assert [(each.student, each.attempt) for each in found.firsts] == [("ada", 2), ("bob", 1)]
    assert (found.hand_ins, found.students, found.enrolled, found.full) == (5, 3, 4, 1)
    assert [(each.code, each.hand_ins, each.whose) for each in found.unread] == [
        ("not-json", 2, ("ada", "eve"))
    ]
    assert [(a.attempt, b.attempt) for a, b in found.again] == [(2, 3)]
    assert found.mended == (("copied-line", 1, 1),)


def test_a_groups_file_is_looked_at_once() -> None:
    group = [hand(who, COPIED, source="g1/a.json", digest="d") for who in ("ada", "bob", "eve")]
    assert counted(group).n == 1
    assert counted(group).students == 3


def test_an_unreadable_hand_in_makes_no_goal_harder() -> None:
    with_it = counted([*class_of([(5, RIGHT)]), unread("ada")])
    assert all(each.credit == with_it.n == 5 for each in with_it.checks)


def test_full_partial_and_none_add_up_and_stand_in_order_of_x() -> None:
    found = counted(class_of(USUAL))
    assert [each.check.id for each in found.checks] == [
        "segment-1",
        "breakpoint-1",
        "segment-2",
        "breakpoint-2",
        "segment-3",
    ]
    for each in found.checks:
        assert each.full + each.partial + each.none == found.n == 40
    last = found.checks[-1]
    assert (last.full, last.partial) == (14, 3)


def test_the_example_of_a_mistake_is_what_most_have_alone() -> None:
    both = ("0", "0", "3", "-5")
    found = counted(class_of([(4, COPIED), (9, both), (5, RIGHT)]))
    made = {each.code: each for each in found.mistakes}
    assert made["copied-line"].made == 13
    assert made["copied-line"].example == tuple(map(Fraction, COPIED))


def test_equal_functions_are_one_line_and_turns_are_counted_by_unit() -> None:
    values = values_of(class_of(USUAL))
    found = drawn(LAB, values)
    assert found.all_
    assert found.lines[-1] == (LAB.target, 14)
    assert sum(line.hands for line in found.lines) == 40
    where = turns(LAB, values)
    assert dict(where.at)[Fraction(5, 3)] == 8
    assert where.never == 8
    assert sum(units for _, units in where.at) + where.never == 80


def test_of_very_many_lines_a_sample_is_drawn_and_it_says_so() -> None:
    many = values_of(class_of([(9, RIGHT)]))
    many.update(
        (Fraction(1), Fraction(-1), 2 + Fraction(k, 9999), Fraction(-4)) for k in range(1, 3000)
    )
    found = drawn(LAB, many)
    assert (len(found.lines), found.shown, found.total) == (200, 208, 3008)
    assert isinstance(function_of(LAB, next(iter(many))), PiecewiseLinear)


@pytest.mark.parametrize(
    ("kinds", "sentences"),
    [
        ([(4, COPIED)], [NOTHING_STANDS_OUT]),
        (
            [(8, COPIED), (1, UNSET), (20, RIGHT)],
            [
                "8 of 9 below full marks (likely 57 to 98 %) put the segment's own line into the "
                "unit, the most frequent mistake: show that units add up, so that a unit carries "
                "only the change of the slope.",
                "Breakpoint 2 is where it breaks: 20 of 29 have it, 29 have breakpoint 1 (31 "
                "points apart, likely 13 to 49).",
            ],
        ),
        (
            [(12, BESIDE), (2, STEEP), (60, RIGHT)],
            [
                "12 of 14 below full marks (likely 60 to 96 %) turn by the right amount at another "
                "place, the most frequent mistake: read the place of the turn off the target "
                "before the bias.",
                "12 turn by the right amount at another place, 0 at the right place by another "
                "amount: the place is what is hard; practise x = \N{MINUS SIGN}b/w.",
            ],
        ),
        (
            [(30, RIGHT)],
            ["30 of 30 (100 %, likely 89 to 100 %) have everything right: go on."],
        ),
    ],
)
def test_the_sentences(kinds: list[tuple[int, tuple[str, ...]]], sentences: list[str]) -> None:
    assert list(to_teach(counted(class_of(kinds)))) == sentences


def test_unreadable_hand_ins_come_first() -> None:
    found = counted([*class_of([(20, RIGHT)]), *(unread(f"u{k}") for k in range(3))])
    assert to_teach(found)[0] == (
        "3 of 23 (13 %, likely 5 to 32 %) hand-ins could not be read, 3 of them because the text "
        "is not JSON: say once more how to hand in."
    )


def test_what_was_mended_need_not_be_taught() -> None:
    hands = [hand(f"s{k}", UNSET) for k in range(9)]
    hands += [hand(f"s{k}", RIGHT, 2) for k in range(7)] + [hand("s7", UNSET, 2)]
    hands.append(hand("s8", UNSET, 2))
    assert to_teach(counted(hands))[-1] == (
        "7 of 9 who left a unit at 0 mended it themselves (45 to 94 %): no need to tell all."
    )


def test_place_and_amount_are_told_apart_where_one_is_clearly_harder() -> None:
    other = ("1", "-1", "2.5", "-5")
    few = counted(class_of([(5, BESIDE), (3, other), (2, RIGHT)]))
    assert not any("practise" in sentence for sentence in to_teach(few))
    many = counted([*class_of([(9, other), (400, RIGHT)])])
    assert any("practise slope changes" in sentence for sentence in to_teach(many))


def test_every_named_mistake_says_what_was_done_and_what_to_show() -> None:
    for row in MISTAKES:
        assert lesson(row.code), row.code
        assert not done(row.code).startswith("show"), row.code
    assert done("a-new-one") == 'show "a-new-one"'
    assert not lesson("a-new-one")


def test_figures_are_as_precise_as_the_class_is_large() -> None:
    assert likely(3, 4) == ""
    assert of(3, 4) == "3 of 4"
    assert of(7, 9) == "7 of 9 (likely 45 to 94 %)"
    assert of(14, 34) == "14 of 34 (41 %, likely 26 to 58 %)"
    assert apart((41, 52), (19, 52)) == "42 points apart, likely 24 to 57"
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0",
        "under 1",
        "50",
        "over 99",
        "100",
    ]


ODDER = ("0.413", "-0.871", "2.377", "-3.519")


def _thirty(*more: tuple[int, tuple[str, ...]]) -> list[tuple[int, tuple[str, ...]]]:
    return [(20, RIGHT), (9, COPIED), *more]


def test_equal_hand_ins_mean_something_only_where_chance_does_not_make_them() -> None:
    (pair,) = alike(counted(class_of(_thirty((2, ODDER)))))
    assert pair.whose == ("s029", "s030")
    assert pair.classes > 1000
    for usual in (RIGHT, SWAPPED, COPIED, UNSET, STEEP, BESIDE, ("1.7", "-0.3", "2.1", "-3")):
        assert alike(counted(class_of(_thirty((2, usual))))) == ()
    assert alike(counted(class_of([(2, ODDER), (2, RIGHT)]))) == ()
    assert alike(counted(class_of(_thirty((12, ODDER))))) == ()


def test_equal_code_is_listed_unless_it_is_right_or_earns_nothing() -> None:
    def code(values: tuple[str, ...]) -> list[tuple[str, ...]]:
        hands = [hand(who, values, source=f"{who}.py", digest="d") for who in ("ada", "bob")]
        return [each.whose for each in alike(counted(hands))]

    assert code(COPIED) == [("ada", "bob")]
    assert code(RIGHT) == []
    assert code(("0", "0", "0", "0")) == []
    assert code(ODD) == []  # earns nothing
