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
from grader.authoring.making.design import Impossible, is_possible, nearest_change
from grader.authoring.solving.families import Family
from grader.authoring.solving.linear import Form
from grader.authoring.solving.solution_text import counted_answers, form_text
from grader.authoring.solving.solve import UNDECIDED, UNSOLVABLE
from grader.authoring.solving.ways import TURN
from grader.exact.rational import MAX_MAGNITUDE, from_double, to_double
from grader.grading import grade
from grader.words.literal import assignments, exact
from grader.words.wording import points

MOST_ADVISED = 4  # units; trying what would do takes too long beyond


def unsolvable(known: Subject) -> Iterator[str]:
    """Yield that there is no right answer, with the proof."""
    proof = known.solution.proof
    if known.solution.status == UNSOLVABLE and proof and not _reached(known):
        yield f"{proof.message}; {_advice(known)}"


def only_within_tolerance(known: Subject) -> Iterator[str]:
    """Yield that full marks are possible, though not exactly: a target that was rounded."""
    proof = known.solution.proof
    if known.solution.status == UNSOLVABLE and proof and _reached(known):
        yield (
            f"full marks are possible only within the tolerance, for {proof.message}; write the "
            "target's numbers in full, such as 1/3 in place of 0.333"
        )


def _reached(known: Subject) -> bool:
    """Tell whether some slider setting gets full marks."""
    return bool(known.survey and known.survey.full)


def _advice(known: Subject) -> str:
    """Return what would make the target possible, in the words of `grader new`."""
    otherwise = "change the target, fix fewer parameters or add a unit"
    exercise = known.exercise
    weights = [unit.v for unit in exercise.units]
    if len(weights) > MOST_ADVISED or not all(weights):
        return otherwise
    try:
        if is_possible(exercise.target, weights):
            return "with these output weights it can be done: fix fewer parameters, or other ones"
        return nearest_change(exercise.target, weights)
    except Impossible:
        return otherwise


def shared_turns(known: Subject) -> Iterator[str]:
    """Yield that every right answer has units that have to share one turn."""
    families = known.solution.families
    if not families or known.solution.unsearched:
        return
    shared = [_sharing(family) for family in families]
    if all(shared):
        x, units = shared[0][0]
        names = " and ".join(map(str, units))
        yield (
            f"every right answer has free units that share a turn, such as units {names} at "
            f"x = {exact(x)}, so feedback can hardly say which of them is wrong; free another "
            "parameter, or give all but one of them"
        )


def _sharing(family: Family) -> list[tuple[Fraction, list[int]]]:
    """Return the places where several free units turn on one side, and these units."""
    places: dict[tuple[Fraction, int], list[int]] = {}
    for part in family.parts:
        if part.role == TURN and part.x is not None:
            places.setdefault((part.x, part.side), []).append(part.unit)
    return [(x, units) for (x, _), units in sorted(places.items()) if len(units) > 1]


def idle_units(known: Subject) -> Iterator[str]:
    """Yield the free units that add nothing whatever a student chooses."""
    for k in sorted(known.exercise.free_units):
        if not known.exercise.units[k].v:
            yield (
                f"free unit {k} has the output weight 0, so it adds nothing whatever is chosen; "
                "give it another output weight, or leave the unit out"
            )


def computed_misses(known: Subject) -> Iterator[str]:
    """Yield that a right answer as a program computes it earns nothing at a tolerance of 0."""
    families = known.solution.families
    zero = [name for name, size in known.exercise.rules.tolerance._asdict().items() if not size]
    if not zero or not families:
        return
    name, value = next(
        ((n, v) for n, v in families[0].example.items() if v.denominator & (v.denominator - 1)),
        ("", Fraction(0)),
    )
    if name:
        yield (
            f"tolerance.{zero[0]} is 0, but {name} = {exact(value)} is not a double, so what a "
            "program computes may miss it by a last digit and lose the check; allow 1e-9"
        )


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
        "only-within-tolerance",
        WARNING,
        "target",
        "no network of this shape equals the target, but slider settings get full marks",
        only_within_tolerance,
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
    LintRow(
        "shared-turns",
        WARNING,
        "network.units",
        "every right answer has free units that share a turn",
        shared_turns,
    ),
    LintRow(
        "idle-unit",
        WARNING,
        "network.output",
        "a free unit has the output weight 0",
        idle_units,
    ),
    LintRow(
        "computed-misses",
        WARNING,
        "tolerance",
        "a tolerance of 0, and a right answer that no double hits exactly",
        computed_misses,
    ),
)
