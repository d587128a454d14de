"""Findings about fairness: what is earned for nothing, and what a known mistake earns."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.authoring.linting.mistaken import copied_lines
from grader.authoring.linting.subject import INFORMATION, WARNING, LintRow, Subject, gets_full_marks
from grader.exact.network import ZERO
from grader.exact.rational import MAX_MAGNITUDE
from grader.exercise.checks import FULL
from grader.grading import grade
from grader.words.literal import assignments, exact
from grader.words.wording import points

MUCH = Fraction(3, 4)  # of full marks: what no mistake should earn


def blank_credit(known: Subject) -> Iterator[str]:
    """Yield the goals that doing nothing already half fulfils."""
    for check in known.exercise.checks:
        if ZERO < check.blank < FULL:
            yield (
                f"{check.id} already has credit {exact(check.blank)} when every parameter is 0; "
                "only what comes on top of it earns points"
            )


def right_before(known: Subject) -> Iterator[str]:
    """Yield the checks that can only be lost."""
    kept = [check.id for check in known.exercise.checks if check.blank == FULL]
    if kept:
        yield (
            f"right when every parameter is 0: {', '.join(kept)}; this earns no points, and "
            "disturbing it takes some away"
        )


def small_slope_change(known: Subject) -> Iterator[str]:
    """Yield the breakpoints that nobody has to make."""
    slack = known.exercise.rules.tolerance.slope
    for check in known.exercise.checks:
        if check.kind == "breakpoint" and abs(check.slope_change) <= slack:
            yield (
                f"the slope changes by {exact(check.slope_change)} at x = {exact(check.left)} "
                f"({check.id}), which is within tolerance.slope = {exact(slack)}; make the "
                "tolerance smaller or join the two segments"
            )


def mistake_full_marks(known: Subject) -> Iterator[str]:
    """Yield the wrong units that pass every check."""
    for slip in known.slips:
        if not slip.is_right and gets_full_marks(known.exercise, slip.parameters):
            yield (
                f"the mistake {slip.code} in unit {slip.unit} gets full marks: "
                f"{assignments(slip.parameters)}; make the tolerances smaller, or the target such "
                "that the mistake shows"
            )


def mistake_is_right(known: Subject) -> Iterator[str]:
    """Yield the mistakes that cannot be seen, because they give the right answer."""
    made: dict[int, list[str]] = {}
    for slip in known.slips:
        if slip.is_right:
            made.setdefault(slip.unit, []).append(slip.code)
    for unit, codes in made.items():
        yield f"for unit {unit} these mistakes give the right answer: {', '.join(codes)}"


def mistakes_coincide(known: Subject) -> Iterator[str]:
    """Yield the mistakes that cannot be told apart."""
    made: dict[tuple[int, tuple[object, ...]], list[str]] = {}
    for slip in known.slips:
        if not slip.is_right:
            codes = made.setdefault((slip.unit, tuple(slip.parameters.values())), [])
            if slip.code not in codes:
                codes.append(slip.code)
    for (unit, _), codes in made.items():
        if len(codes) > 1:
            yield f"for unit {unit} these mistakes give the same numbers: {', '.join(codes)}"


def copied_lines_earn(known: Subject) -> Iterator[str]:
    """Yield the score of the commonest misunderstanding."""
    yield from _copied(known, much=False)


def copied_lines_earn_much(known: Subject) -> Iterator[str]:
    """Yield the score of the commonest misunderstanding where it is nearly full marks."""
    for message in _copied(known, much=True):
        yield f"{message}; choose a target whose slopes and slope changes differ, or other weights"


def _copied(known: Subject, *, much: bool) -> Iterator[str]:
    copied = _copied_lines(known)
    earned = copied_score(known)
    if copied is not None and earned is not None and is_much(known, earned) == much:
        yield (
            "copying every segment's own equation into its unit earns "
            f"{points(earned)} of {points(known.exercise.points)} points: {assignments(copied)}"
        )


def _copied_lines(known: Subject) -> dict[str, Fraction] | None:
    families = known.solution.families
    return copied_lines(known.exercise, families[0]) if families else None


def copied_score(known: Subject) -> Fraction | None:
    """Return what copying the segments' equations earns; None where it makes no sense."""
    copied = _copied_lines(known)
    return None if copied is None else score(known, copied)


def mistakes_earn_much(known: Subject) -> Iterator[str]:
    """Yield the mistakes that keep most of the points, made in every unit where they can be.

    In one unit of many any mistake keeps most of them, and rightly so.
    """
    full = known.exercise.points
    for code, parameters in made_everywhere(known).items():
        earned = score(known, parameters)
        if earned is not None and is_much(known, earned) and earned < full:
            yield (
                f"the mistake {code}, made wherever it can be, earns {points(earned)} of "
                f"{points(full)} points: {assignments(parameters)}; give the checks that it "
                "breaks more weight, or make the tolerances smaller"
            )


def is_much(known: Subject, earned: Fraction) -> bool:
    """Tell whether points are more than a mistake should earn."""
    return earned >= MUCH * known.exercise.points


def made_everywhere(known: Subject) -> dict[str, dict[str, Fraction]]:
    """Return what each mistake gives where it is made in every unit where it can be."""
    made: dict[str, dict[str, Fraction]] = {}
    units: set[tuple[str, int]] = set()
    right = known.solution.families[0].example if known.slips else {}
    for slip in known.slips:
        if not slip.is_right and (slip.code, slip.unit) not in units:
            units.add((slip.code, slip.unit))
            own = (f"w{slip.unit}", f"b{slip.unit}")
            changed = {n: v for n, v in slip.parameters.items() if n in own}
            made[slip.code] = {**(made.get(slip.code) or right), **changed}
    return made


def score(known: Subject, parameters: Mapping[str, Fraction]) -> Fraction | None:
    """Return what these parameters earn; None if no submission may hold them."""
    if any(abs(value) > MAX_MAGNITUDE for value in parameters.values()):
        return None
    return grade(known.exercise, parameters, reveal="verdict").score  # which names no mistakes


ROWS = (
    LintRow(
        "blank-credit",
        WARNING,
        "network.units",
        "a check is almost right before the student begins",
        blank_credit,
    ),
    LintRow(
        "right-before",
        INFORMATION,
        "network.units",
        "a check is right before the student begins, so it earns nothing",
        right_before,
    ),
    LintRow(
        "small-slope-change",
        WARNING,
        "tolerance.slope",
        "a slope change within the tolerance, so that doing nothing there is right",
        small_slope_change,
    ),
    LintRow(
        "mistake-full-marks",
        WARNING,
        "tolerance",
        "a known mistake gets full marks at these tolerances",
        mistake_full_marks,
    ),
    LintRow(
        "mistake-earns",
        WARNING,
        "scoring",
        "a known mistake earns three quarters of the points or more",
        mistakes_earn_much,
    ),
    LintRow(
        "copied-lines-earn",
        WARNING,
        "target",
        "copying every segment's own equation earns three quarters of the points or more",
        copied_lines_earn_much,
    ),
    LintRow(
        "mistake-is-right",
        INFORMATION,
        "target",
        "a known mistake happens to give the right answer",
        mistake_is_right,
    ),
    LintRow(
        "mistakes-coincide",
        INFORMATION,
        "target",
        "two known mistakes give the same wrong answer, so feedback names both",
        mistakes_coincide,
    ),
    LintRow(
        "copied-lines",
        INFORMATION,
        "target",
        "what copying every segment's own equation into its unit earns, if it is not much",
        copied_lines_earn,
    ),
)
