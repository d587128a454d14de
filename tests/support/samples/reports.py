"""The reports whose exact text is kept, by name, and how wide and how coloured."""

from fractions import Fraction

from grader import SubmissionError, grade, load_exercise, read_submission
from grader.exact.network import UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise
from grader.grading import failed, invalid
from grader.report import Failure, Report
from grader.reports import Layout
from grader.submission.origin import Origin
from samples import EXERCISES, SUBMISSIONS

DIGEST = "0" * 64
LAB = "relu-three-segments"

SAMPLES = {
    "perfect": (LAB, "perfect-fixed-repeated", None),
    "blank": (LAB, "blank", None),
    "position-credit": (LAB, "absolute-slope", None),
    "almost-right": (LAB, "first-knot-early", None),
    "guard-disturbed": (LAB, "wrong-side", None),
    "one-unit-right": (LAB, "bias-is-breakpoint", None),
    "unknown-parameter": (LAB, "error-unknown-parameter", None),
    "not-json": (LAB, "error-not-json", None),
    "not-utf8": (LAB, "error-not-utf8", None),
    "verdict": ("hard-sigmoid", "almost-level", None),
    "lowered-to-verdict": (LAB, "one-unit-too-steep", "verdict"),
    "twelve-points": ("fixed-on-the-right", "wrong-side", None),
    "six-units": ("mountain-range", "valley-too-flat", None),
    "no-tolerance": ("exact-match", "computed", None),
}

LAYOUTS = {
    "80": Layout(80),
    "60": Layout(60),
    "40": Layout(40),
    "80-colour": Layout(80, colour=True),
}


def reports() -> dict[str, Report]:
    found = {name: _sample(*where) for name, where in SAMPLES.items()}
    nowhere = Origin("submission.json", "sample", DIGEST)
    lab = load_exercise(EXERCISES / f"{LAB}.yaml")
    fault = "the helper that runs code died twice; hand the file in again"
    found["failed"] = failed(lab, nowhere, Failure("grader-fault", fault))
    unknown = 'unknown exercise "no-such-thing"; leave the key "exercise" out'
    found["unknown-exercise"] = invalid(
        None, nowhere, Failure("unknown-exercise", unknown, "exercise")
    )
    long = sixty_segments()
    odd = {f"b{k}": Fraction(-k) + Fraction(k % 7 == 0, 4) for k in range(1, 60)}
    found["sixty-segments"] = grade(long, odd)._replace(origin=nowhere)
    return found


def _sample(exercise: str, name: str, reveal: str | None) -> Report:
    spec = load_exercise(EXERCISES / f"{exercise}.yaml")
    path = SUBMISSIONS / exercise / f"{name}.json"
    try:
        return grade(spec, read_submission(path, spec), reveal=reveal)
    except SubmissionError as error:
        return invalid(spec, Origin(path.name), Failure(error.code, error.message, error.where))


def sixty_segments() -> Exercise:
    """Return a zigzag of sixty segments with a title that fills several lines."""
    points = [(Fraction(x), Fraction(x % 2)) for x in range(61)]
    units = [UnitSpec(Fraction(1), Fraction(0))]
    units += [UnitSpec(Fraction(1), None, Fraction(2 * (-1) ** k)) for k in range(1, 60)]
    tolerance = Tolerance(Fraction(1, 20), Fraction(1, 20), Fraction(1, 20))
    return build(
        id="sixty-segments",
        title="Sixty segments, fifty-nine units to place and a title that a narrow terminal "
        "can't hold: " + "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
        segments=lines_through(points),
        units=units,
        rules=Rules(tolerance),
        digest=DIGEST,
    )
