"""What each code means, at length and with an example, for whoever asks for it by name."""

from fractions import Fraction
from typing import NamedTuple

from grader.exact.piecewise import lines_through
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise, UnitSpec, build
from grader.grading import grade
from grader.text.codes import DIAGNOSES, ERRORS
from grader.words.wording import number


class Example(NamedTuple):
    """The weights and biases of units 1 and 2 that show a diagnosis."""

    w1: Fraction
    b1: Fraction
    w2: Fraction = Fraction(1)
    b2: Fraction = Fraction(-3)


def _example(w1: str, b1: str) -> Example:
    return Example(Fraction(w1), Fraction(b1))


# Unit 1 has output weight 2 and belongs to x = 2, where the target's slope goes from 1 to 5.
EXAMPLES: dict[str, Example] = {
    "unit-unset": _example("0", "0"),
    "copied-line": _example("5", "-7"),
    "absolute-slope": _example("5", "-10"),
    "ignored-output-weight": _example("4", "-8"),
    "bias-is-breakpoint": _example("2", "-2"),
    "bias-sign": _example("2", "4"),
    "missing-bias": _example("2", "0"),
    "intercept-as-bias": _example("2", "-7"),
    "wrong-side": _example("-2", "4"),
    "weight-sign": _example("-2", "-4"),
    "swapped-w-and-b": _example("-4", "2"),
    "wrong-breakpoint": _example("2", "-6"),
    "dead-unit": _example("1", "-9"),
    "always-on": _example("1", "6"),
    "slope-change-off": _example("3", "-6"),
    "knot-off": _example("2", "-3"),
    "unrecognised": _example("3", "-7"),
    "units-permuted": Example(Fraction(1, 2), Fraction(-3, 2), Fraction(4), Fraction(-8)),
}

# What a submission that ends in the error looks like.
ERROR_EXAMPLES: dict[str, str] = {
    "unreadable": "grade /dev/null",
    "too-large": "a submission of 2 MiB; a handful of numbers needs a few hundred bytes",
    "not-utf8": 'a file saved as UTF-16, as some editors do under the name "Unicode"',
    "not-json": '{"w1": 1, "b1": -1,}   the last comma is one too many',
    "not-an-object": "[1, -1, 2, -4]   the numbers need their names: an object in braces",
    "duplicate-key": '{"w1": 1, "w1": 2}',
    "unknown-parameter": '{"w7": 1} where there are units 0 to 2, or {"weight1": 1}',
    "not-text": '{"student": 7} instead of {"student": "7"}',
    "unknown-exercise": '{"exercise": "relu-tree-segments"}   a slip of the pen in the id',
    "wrong-exercise": '{"exercise": "hat"} where another exercise is being graded',
    "fixed-parameter": '{"w0": 1} where unit 0 is given with the weight -2',
    "missing-parameter": '{"w1": 1} where b1 is free, too',
    "not-a-number": '{"w1": "1"} or {"w1": true} instead of {"w1": 1}',
    "out-of-range": '{"w1": 1e400}',
    "no-function": "a file without def submission(), or whose name in --function is another",
    "raised": "def submission(): return 1 / 0",
    "timed-out": "def submission():\n    while True: pass",
    "out-of-memory": "def submission(): return [0] * 10**12",
    "crashed": "def submission(): os.abort()",
    "bad-return": 'def submission(): return "w1 is 1"',
    "grader-fault": "the grader's own process ended; the same submission may be graded next time",
    "sandbox-unavailable": "student code is to be run where the system cannot contain it",
}


def demonstration() -> Exercise:
    """Return the exercise of the examples: slope 1, 5 from x = 2 on, and 6 from x = 3 on."""
    points = [(Fraction(x), Fraction(y)) for x, y in ((0, 1), (2, 3), (3, 8), (5, 20))]
    slack = Fraction(1, 20)
    return build(
        id="example",
        title="Example",
        segments=lines_through(points),
        units=(
            UnitSpec(Fraction(1), Fraction(1)),
            UnitSpec(None, None, Fraction(2)),
            UnitSpec(None, None),
        ),
        rules=Rules(Tolerance(slack, slack, slack)),
    )


def explain(code: str) -> str:
    """Return what the code means, with an example.

    Raises: KeyError if it is the code of neither a diagnosis nor an error.
    """
    if code in ERRORS:
        return f"{code}: {ERRORS[code]}.\n\nFor example:\n{ERROR_EXAMPLES[code]}\n"
    text = f"{code}: {DIAGNOSES[code]}.\n"
    exercise, example = demonstration(), EXAMPLES[code]
    parameters = dict(zip(exercise.free, example, strict=True))
    said = next(d.message for d in grade(exercise, parameters).diagnoses if d.code == code)
    values = ", ".join(f"{name} = {number(value)}" for name, value in parameters.items())
    return (
        f"{text}\nFor example:\n"
        "The target's slope is 1 from x = 0, where it is 1, 5 from x = 2 and 6 from x = 3 to 5. "
        "The network is relu(x + 1) + 2*relu(w1*x + b1) + relu(w2*x + b2).\n"
        f"With {values} the report says:\n{said}\n"
    )
