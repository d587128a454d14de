"""The variants of a course's exercises: what course.yaml gives whom, by which ids the rest draw."""

from collections.abc import Sequence
from unicodedata import normalize

from grader.cohort.courses.planning import Planned
from grader.cohort.courses.record import CourseSpec
from grader.cohort.marking import Criteria
from grader.errors import Problem, SpecError
from grader.exercise.record import Exercise
from grader.submission.variant import Whose, out_of_list


def check_numbers(source: str, course: CourseSpec, exercises: Sequence[Exercise]) -> None:
    """See that there are the variants that course.yaml gives. Raises: SpecError."""
    by_part = {part.id: each for part, each in zip(course.parts, exercises, strict=True)}
    problems = []
    for k, each in enumerate(course.exemptions):
        if each.variant is None:
            continue
        variant = by_part[each.exercise].variant
        if variant is None or variant.number is not None:
            message = f"{each.exercise} has no variants to choose from; leave it out"
        elif each.variant >= variant.of:
            message = out_of_list(each.variant, variant)
        else:
            continue
        problems.append(Problem(each.line, f"overrides[{k}].variant", message))
    if problems:
        raise SpecError(source, tuple(problems))


def of_part(marking: Criteria, course: CourseSpec, each: Planned, secret: Whose | None) -> Criteria:
    """Return what a part's hand-ins are graded by, with whose variants are drawn and given."""
    variant = each.exercise.variant
    if variant is None or variant.number is not None:
        return marking._replace(whose=None)
    given = tuple(
        (normalize("NFC", one.student), one.variant)
        for one in course.exemptions
        if one.exercise == each.part.id and one.variant is not None
    )
    if secret is None and not given:
        return marking._replace(whose=None)
    whose = (secret or Whose())._replace(overrides=given)
    return marking._replace(whose=whose, called=tuple(sorted(each.people.items())))
