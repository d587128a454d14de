"""Findings about right answers: whether there are any, and whether a submission can hold them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.authoring.linting.subject import (
    ERROR,
    INFORMATION,
    WARNING,
    LintRow,
    Subject,
    gets_full_marks,
)
from grader.authoring.solving.linear import Form
from grader.authoring.solving.solution_text import assignments, counted_answers, exact, form_text
from grader.authoring.solving.solve import UNDECIDED, UNSOLVABLE
from grader.exact.rational import MAX_MAGNITUDE, from_double, to_double
from grader.grading import grade
from grader.words.wording import points


def unsolvable(known: Subject) -> Iterator[str]:
    """Yield that there is no right answer, with the proof."""
    proof = known.solution.proof
    if known.solution.status == UNSOLVABLE and proof:
        yield f"{proof.message}; change the target, fix fewer parameters or add a unit"


def undecided(known: Subject) -> Iterator[str]:
    """Yield that there is neither an answer nor a proof."""
    if known.solution.status == UNDECIDED:
        yield (
            f"no right answer was found, and none was ruled out: "
            f"{'; '.join(known.solution.unsearched)}; add a perfect submission and grade it"
        )


def not_searched(known: Subject) -> Iterator[str]:
    """Yield what was not looked for where answers were found."""
    if known.solution.families:
        yield from known.solution.unsearched


def right_answers(known: Subject) -> Iterator[str]:
    """Yield how many points and sets there are, with one of them."""
    families = known.solution.families
    if families:
        yield (
            f"{counted_answers(known.solution)}, for example "
            f'{assignments(families[0].example)}; "grader solve" shows all'
        )


def unreachable_points(known: Subject) -> Iterator[str]:
    """Yield what the nearest network earns, if it is not full marks."""
    near = known.solution.nearest
    if known.solution.status != UNSOLVABLE or near is None:
        return
    if gets_full_marks(known.exercise, near.parameters):
        return
    if any(abs(value) > MAX_MAGNITUDE for value in near.parameters.values()):
        return
    report = grade(known.exercise, near.parameters)
    yield (
        f"the nearest network that was found earns {points(report.score or Fraction(0))} of "
        f"{points(known.exercise.points)} points: {assignments(near.parameters)} is "
        f"{exact(near.error.value)} off at x = {exact(near.error.x)}"
    )


def out_of_range(known: Subject) -> Iterator[str]:
    """Yield that no submission may hold a right answer."""
    families = known.solution.families
    largest = [max(map(abs, f.example.values()), default=Fraction(0)) for f in families]
    if largest and min(largest) > MAX_MAGNITUDE and not any(f.dimension for f in families):
        yield (
            f"every right answer has a parameter over {MAX_MAGNITUDE:,} in magnitude, which is "
            "refused in a submission; scale the target or the output weights"
        )


def no_decimal(known: Subject) -> Iterator[str]:
    """Yield that no double comes near enough to a right answer."""
    families = known.solution.families
    if not families or known.solution.unsearched:
        return
    for family in families:
        stuck = [name for name, form in family.known.items() if _never_decimal(form)]
        if not stuck or _rounded_is_full(known, family.example):
            return
    name, form = next((n, f) for n, f in families[0].known.items() if _never_decimal(f))
    yield (
        f"no right answer can be written in decimals, for example {name} = {form_text(form)}, and "
        "at these tolerances the nearest doubles do not get full marks; give tolerance.value, "
        "tolerance.x and tolerance.slope room"
    )


def _never_decimal(form: Form) -> bool:
    """Tell whether the form has no finite decimal for any decimals of its unknowns."""
    return _endless(form.constant) and not any(map(_endless, form.coefficients.values()))


def _endless(value: Fraction) -> bool:
    """Tell whether a number has no finite decimal."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest != 1


def _rounded_is_full(known: Subject, example: Mapping[str, Fraction]) -> bool:
    rounded = {}
    for name, value in example.items():
        double = to_double(value)
        if double is None or abs(double) > MAX_MAGNITUDE:
            return False
        rounded[name] = from_double(double)
    return gets_full_marks(known.exercise, rounded)


ROWS = (
    LintRow(
        "unsolvable",
        ERROR,
        "target",
        "no network of this shape equals the target, with the proof",
        unsolvable,
    ),
    LintRow(
        "unreachable-points",
        ERROR,
        "target",
        "the best network that was found does not get full marks",
        unreachable_points,
    ),
    LintRow(
        "out-of-range",
        ERROR,
        "target",
        "every right answer has a parameter over 1e9, which no submission may have",
        out_of_range,
    ),
    LintRow(
        "no-decimal",
        ERROR,
        "tolerance",
        "no right answer can be written as decimals, and the tolerances leave no room for that",
        no_decimal,
    ),
    LintRow(
        "undecided",
        WARNING,
        "network.units",
        "whether there is a right answer was not decided",
        undecided,
    ),
    LintRow(
        "not-searched",
        INFORMATION,
        "network.units",
        "there may be more right answers than those that were found",
        not_searched,
    ),
    LintRow(
        "right-answers",
        INFORMATION,
        "network.units",
        "how many right answers there are",
        right_answers,
    ),
)
