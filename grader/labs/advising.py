"""The table of mistakes as data for the page's module: what hints say, read from the one table.

Theory of operation. The page names mistakes by Python's own rows. A row's formula is Python code;
it is called once with letters in place of numbers, and what it does with them is written down, as
in ["*", ["neg", "s"], "t"]. A row's look is written down as the name of what it asks of a case.
"""

from collections.abc import Mapping

from grader.exercise.record import Exercise
from grader.mistakes.cases import KNOT, Answer, Case
from grader.mistakes.table import MISTAKES, REMARKS, Idea, Mistake
from grader.words.special import ALONE, GIVEN, MIRRORED, OUTPUT, ROUNDING, SPARE, SPARE_GIVEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

# A letter, a number as text, or an operation and what it is done to.
Formula = str | list["Formula"]


class _Letter:
    """A number of the right answer that is not known yet: what is done with it is written down."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula

    def __neg__(self) -> "_Letter":
        return _Letter(["neg", self.formula])

    def __abs__(self) -> "_Letter":
        return _Letter(["abs", self.formula])

    def __add__(self, other: object) -> "_Letter":
        return _Letter(["+", self.formula, _written(other)])

    def __radd__(self, other: object) -> "_Letter":
        return _Letter(["+", _written(other), self.formula])

    def __sub__(self, other: object) -> "_Letter":
        return _Letter(["-", self.formula, _written(other)])

    def __rsub__(self, other: object) -> "_Letter":
        return _Letter(["-", _written(other), self.formula])

    def __mul__(self, other: object) -> "_Letter":
        return _Letter(["*", self.formula, _written(other)])

    def __rmul__(self, other: object) -> "_Letter":
        return _Letter(["*", _written(other), self.formula])

    def __truediv__(self, other: object) -> "_Letter":
        return _Letter(["/", self.formula, _written(other)])

    def __rtruediv__(self, other: object) -> "_Letter":
        return _Letter(["/", _written(other), self.formula])

    def __bool__(self) -> bool:
        raise TypeError("the page cannot follow a formula that asks whether a number is 0")


def _written(number: object) -> Formula:
    return number.formula if isinstance(number, _Letter) else str(number)


class _Look:
    """A case of which nothing is known: what is asked of it is written down."""

    def __getattr__(self, name: str) -> str:
        if not isinstance(getattr(Case, name, None), property):
            raise TypeError(f"the page knows no look of this name: {name}")
        return name


def hints(exercise: Exercise) -> dict[str, object] | None:
    """Return what the page needs to say of wrong units what a report says; None where it may not.

    Only a page that may say all, at `live: full`, of an exercise that reveals hints, holds it.
    """
    if exercise.live != "full" or exercise.reveal == "verdict":
        return None
    return {
        "mistakes": [_row(row) for row in MISTAKES],
        "remarks": [_row(row) for row in REMARKS],
        "special": {
            "spare": _idea(SPARE),
            "spareGiven": _idea(SPARE_GIVEN),
            "given": _ideas(GIVEN),
            "output": {code: _ideas(ideas) for code, ideas in OUTPUT.items()},
            "alone": _ideas(ALONE),
            "mirrored": list(MIRRORED),
            "rounding": _idea(ROUNDING),
        },
        "messages": dict(exercise.messages),
    }


def _row(row: Mistake) -> dict[str, object]:
    return {
        "code": row.code,
        "meaning": row.meaning,
        "idea": row.idea and _idea(row.idea),
        "onLine": row.on_a_line and _idea(row.on_a_line),
        "needs": row.needs,
        "numbers": None if row.numbers is None else _formulas(row),
        "looks": _look(row),
        "explains": row.explains,
        "alone": row.alone,
    }


def _idea(idea: Idea) -> dict[str, str]:
    return {"text": idea.text, "look": idea.look}


def _ideas(ideas: Mapping[str, Idea]) -> dict[str, dict[str, str]]:
    return {name: _idea(idea) for name, idea in ideas.items()}


def _formulas(row: Mistake) -> list[list[Formula]]:
    """Return weight and bias of each point; x stands for each other breakpoint or end in turn."""
    if row.numbers is None:
        return []
    w, b, v, t, s, c, x = (_number(letter) for letter in "wbvtscx")
    points = row.numbers(Answer(KNOT, w, b, v, t, s, c, (x,)))
    return [[_written(number) for number in point] for point in points]


def _number(letter: str) -> "Fraction":
    found: Any = _Letter(letter)
    return found  # type: ignore[no-any-return]  # it does what formulas do with numbers


def _look(row: Mistake) -> str | None:
    if row.looks is None:
        return None
    case: Any = _Look()
    found: object = row.looks(case)
    return str(found)
