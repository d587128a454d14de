"""What a lab page holds of mistakes: the one table as data, and nothing where hints are hidden."""

import json
from fractions import Fraction
from itertools import product

import pytest

from grader.exercise.record import Exercise
from grader.labs.advising import Formula, hints
from grader.labs.payload import payload
from grader.mistakes import table
from grader.mistakes.cases import KNOT, Answer
from grader.mistakes.table import MISTAKES, Mistake
from lab import lab

ANSWER = Answer(KNOT, *map(Fraction, (2, -4, 3, 2, 5, -7)), elsewhere=(Fraction(1), Fraction(3)))
LETTERS = {letter: getattr(ANSWER, letter) for letter in "wbvtsc"}


def value(formula: Formula, letters: dict[str, Fraction]) -> Fraction:
    if isinstance(formula, str):
        return letters[formula] if formula in letters else Fraction(formula)
    operation, *parts = formula
    numbers = [value(part, letters) for part in parts]
    names = {"neg": "__neg__", "abs": "__abs__", "+": "__add__", "-": "__sub__"}
    names |= {"*": "__mul__", "/": "__truediv__"}
    return getattr(numbers[0], names[operation])(*numbers[1:])  # type: ignore[no-any-return]


def written(exercise: Exercise) -> dict[str, dict[str, object]]:
    found = json.loads(json.dumps(hints(exercise)))
    return {row["code"]: row for row in found["mistakes"]}


def test_a_formula_that_is_written_down_gives_what_the_row_gives() -> None:
    rows = written(lab())
    for row in MISTAKES:
        if row.numbers is None:
            assert rows[row.code]["looks"]
            continue
        formulas = rows[row.code]["numbers"]
        assert isinstance(formulas, list)
        elsewhere = ANSWER.elsewhere if "x" in json.dumps(formulas) else ANSWER.elsewhere[:1]
        assert list(row.numbers(ANSWER)) == [
            (value(w, {**LETTERS, "x": x}), value(b, {**LETTERS, "x": x}))
            for (w, b), x in product(formulas, elsewhere)
        ]


@pytest.mark.parametrize(
    "row",
    [
        Mistake("new", "", (), numbers=lambda r: [(r.w if r.b else r.v, r.b)]),
        Mistake("new", "", (), looks=lambda case: case.unit.w == 0),
    ],
    ids=["formula", "look"],
)
def test_a_row_that_the_page_cannot_follow_is_refused(
    monkeypatch: pytest.MonkeyPatch, row: Mistake
) -> None:
    monkeypatch.setattr("grader.labs.advising.MISTAKES", (row,))
    with pytest.raises(TypeError, match="the page"):
        hints(lab())


@pytest.mark.parametrize(
    ("live", "reveal"),
    [("none", "hints"), ("checks", "hints"), ("none", "answers"), ("full", "verdict")],
)
def test_a_page_that_may_not_say_it_does_not_hold_it(live: str, reveal: str) -> None:
    own = "Think of the side on which the unit works."
    exercise = lab(messages={"wrong-side": own})._replace(live=live, reveal=reveal)
    page = json.dumps(payload(exercise, (), hand_in=None, intro=False))
    for row in (*MISTAKES, *table.REMARKS):
        assert row.code not in page
        assert row.meaning not in page
    assert own not in page
    assert own in json.dumps(hints(exercise._replace(live="full", reveal="hints")))


def test_no_right_answer_stands_in_the_table() -> None:
    # What is written down is the same for every exercise, whatever is right in it.
    assert hints(lab()) == hints(lab(bias=Fraction(1)))
