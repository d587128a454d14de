"""What each code means, at length and with an example, for whoever asks for it by name."""

from fractions import Fraction

from grader.exact.network import UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.mistakes.table import BY_CODE
from grader.text.codes import ERROR_CODES
from grader.words.wording import number


def demonstration() -> Exercise:
    """Return the exercise of the examples: slope 1, 5 from x = 2 on, and 6 from x = 3 on.

    Unit 1 has output weight 2 and belongs to x = 2.
    """
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


def example(code: str) -> tuple[Exercise, dict[str, Fraction]]:
    """Return the exercise of the examples, and a submission that gets this code.

    Raises: KeyError if no diagnosis has the code.
    """
    exercise = demonstration()
    values = map(Fraction, (*BY_CODE[code].example, *_UNIT_2)[: len(exercise.free)])
    return exercise, dict(zip(exercise.free, values, strict=True))


_UNIT_2 = ("1", "-3")


def explain(code: str) -> str:
    """Return what the code means, with an example.

    Raises: KeyError if it is the code of neither a diagnosis nor an error.
    """
    for error in ERROR_CODES:
        if error.code == code:
            return f"{code}: {error.meaning}.\n\nFor example:\n{error.example}\n"
    exercise, parameters = example(code)
    said = next(d.message for d in grade(exercise, parameters).diagnoses if d.code == code)
    shown = ", ".join(f"{name} = {number(value)}" for name, value in parameters.items())
    return (
        f"{code}: {BY_CODE[code].meaning}.\n\nFor example:\n"
        "The target's slope is 1 from x = 0, where it is 1, 5 from x = 2 and 6 from x = 3 to 5. "
        "The network is relu(x + 1) + 2*relu(w1*x + b1) + relu(w2*x + b2).\n"
        f"With {shown} the report says:\n{said}\n"
    )
