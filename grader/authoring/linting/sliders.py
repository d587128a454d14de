"""Findings about sliders: whether right answers can be reached, and how near wrong ones come."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.authoring.linting.grid import on_grid
from grader.authoring.linting.subject import ERROR, INFORMATION, WARNING, LintRow, Subject
from grader.words.literal import assignments, exact


def miss(known: Subject) -> Iterator[str]:
    """Yield that no setting gets full marks."""
    if known.survey and known.survey.full == 0:
        yield unreachable(known.survey.total)


def unreachable(total: int) -> str:
    """Return what is said of sliders of which no setting is right."""
    return (
        f"none of the {total:,} slider settings gets full marks; choose min, max and step so that "
        "a right answer can be set"
    )


def beyond_ends(known: Subject) -> Iterator[str]:
    """Yield the values of right answers outside min and max."""
    sliders = known.exercise.sliders
    if sliders is None:
        return
    for name, value in _determined(known):
        if not sliders.min <= value <= sliders.max:
            yield (
                f"{name} = {exact(value)} of a right answer is beyond the sliders' ends, "
                f"{exact(sliders.min)} and {exact(sliders.max)}; move the ends"
            )


def off_grid(known: Subject) -> Iterator[str]:
    """Yield the values of right answers between two settings."""
    sliders = known.exercise.sliders
    if sliders is None:
        return
    for name, value in _determined(known):
        if sliders.min <= value <= sliders.max and not on_grid(sliders, value):
            yield (
                f"{name} = {exact(value)} of a right answer is not one of the values from "
                f"{exact(sliders.min)} in steps of {exact(sliders.step)}; choose another step"
            )


def _determined(known: Subject) -> Iterator[tuple[str, Fraction]]:
    """Yield the parameters that a right answer fixes, each value once."""
    seen = set()
    for family in known.solution.families:
        for name, form in family.known.items():
            if not form.coefficients and (name, form.constant) not in seen:
                seen.add((name, form.constant))
                yield name, form.constant


def count(known: Subject) -> Iterator[str]:
    """Yield how many settings get full marks."""
    found = known.survey
    if found is None:
        return
    if found.full is None:
        yield (
            f"how many of the {found.total:,} slider settings get full marks was not counted: "
            f"{found.why_not}"
        )
    elif found.full:
        verb = "gets" if found.full == 1 else "get"
        yield f"exactly {found.full:,} of {found.total:,} slider settings {verb} full marks"


def tolerance_over_gap(known: Subject) -> Iterator[str]:
    """Yield a wrong setting that is within tolerance of the values everywhere."""
    found, allowed = known.survey, known.exercise.rules.tolerance.value
    if not known.solution.families or not found:
        return  # then no setting is right, and each comes as near as it can
    if found.gap is not None and found.gap_at is not None and allowed >= found.gap:
        yield (
            f"tolerance.value = {exact(allowed)} accepts the wrong slider setting "
            f"{_setting(found.gap_at)}, which is at most {exact(found.gap)} off; choose a smaller "
            "tolerance"
        )


def gap(known: Subject) -> Iterator[str]:
    """Yield how near the nearest wrong setting comes."""
    found = known.survey
    searched = found and found.full is not None
    if found and searched and found.gap is not None and found.gap_at is not None:
        yield (
            f"the nearest wrong slider setting, {_setting(found.gap_at)}, is "
            f"{exact(found.gap)} off where it is furthest off; tolerance.value is "
            f"{exact(known.exercise.rules.tolerance.value)}"
        )


def _setting(parameters: Mapping[str, Fraction]) -> str:
    return assignments(parameters)


ROWS = (
    LintRow(
        "sliders-miss",
        ERROR,
        "sliders",
        "no slider setting gets full marks",
        miss,
    ),
    LintRow(
        "beyond-ends",
        WARNING,
        "sliders",
        "a right answer lies beyond the ends of the sliders",
        beyond_ends,
    ),
    LintRow(
        "off-grid",
        WARNING,
        "sliders.step",
        "a right answer lies between two steps of a slider",
        off_grid,
    ),
    LintRow(
        "slider-count",
        INFORMATION,
        "sliders",
        "how many slider settings get full marks",
        count,
    ),
    LintRow(
        "tolerance-over-gap",
        WARNING,
        "tolerance.value",
        "a wrong slider setting is within tolerance.value everywhere",
        tolerance_over_gap,
    ),
    LintRow(
        "slider-gap",
        INFORMATION,
        "sliders",
        "how near the nearest wrong slider setting comes",
        gap,
    ),
)
