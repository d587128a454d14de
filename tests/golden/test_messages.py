"""Messages that `grader explain` does not show: lines, spare units, no answer, and "answers".

To rewrite messages.txt: GOLDEN=write pytest tests/golden.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from grader import grade
from grader.exact.network import UnitSpec
from grader.mistakes.table import BY_CODE
from grader.words.wording import number
from samples.golden import compare
from samples.networks import through

GOLDEN = Path(__file__).parent / "messages.txt"
FREE = UnitSpec(None, None)
NEGATIVE = UnitSpec(None, None, Fraction(-1))


# Unit 0 belongs to x = 1, unit 1 draws the line 2*x + 1.
LINE = through([(0, 1), (1, 3), (3, 13)], FREE, FREE)
SPARE = through([(0, 0), (1, 0), (3, 4)], FREE, FREE)
UNDO = through([(0, 0), (3, 3)], UnitSpec(Fraction(2), Fraction(-2)), FREE, NEGATIVE)
BOTH_SIDES = through([(-2, 2), (0, 0), (2, 2)], FREE, FREE)
NO_ANSWER = through([(0, 1), (1, 0), (2, 2), (3, 2)], FREE, FREE)
HALF_GIVEN = through([(0, 0), (1, 0), (3, 4)], UnitSpec(Fraction(2), None))
CASES = {
    "a line, unset": (LINE, (3, -3, 0, 0)),
    "a line, the sign of its bias": (LINE, (3, -3, 2, -1)),
    "a line, without bias": (LINE, (3, -3, 2, 0)),
    "a line, both signs": (LINE, (3, -3, -2, -1)),
    "a line, the sign of its weight": (LINE, (3, -3, -2, 1)),
    "a line, dead": (LINE, (3, -3, 1, -5)),
    "a line, another one": (LINE, (3, -3, 2, 4)),
    "a line, none": (LINE, (3, -3, 5, -7)),
    "a line, swapped": (LINE, (3, -3, 1, 2)),
    "a spare unit that turns": (SPARE, (2, -2, 1, -2)),
    "a spare unit that is always on": (SPARE, (2, -2, 0, 3)),
    "a given turn to undo": (UNDO, (0, 0, 0, 0)),
    "one breakpoint, two units": (BOTH_SIDES, (1, 0, -2, 0)),
    "no answer is known": (NO_ANSWER, (2, -2, 1, -2)),
    "no answer is known, always on": (NO_ANSWER, (2, -2, 0, 5)),
    "half given": (HALF_GIVEN, (2,)),
    "in the other direction": (SPARE, (0, 0, -2, 2)),
}


def described(name: str) -> str:
    about, values = CASES[name]
    own = dict(zip(about.free, map(Fraction, values), strict=True))
    lines = [f"== {name}: " + ", ".join(f"{key} = {number(own[key])}" for key in own)]
    for level in ("hints", "answers"):
        for found in grade(about, own, reveal=level).diagnoses:
            also = f" (also {', '.join(found.also)})" if found.also else ""
            lines.append(f"{level}: {found.code}{also}: {found.message}")
    return "\n".join(lines) + "\n"


def test_messages() -> None:
    text = "".join(map(described, CASES))
    compare(GOLDEN, text)


@pytest.mark.parametrize("code", [row.code for row in BY_CODE.values() if row.on_a_line])
def test_every_text_on_lines_is_shown(code: str) -> None:
    ours = [name for name in CASES if name.startswith("a line")]
    assert any(f": {code}" in described(name) for name in ours)
