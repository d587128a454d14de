"""grade COURSE/ -o OUT/: a folder with course.yaml, each of its exercises a class run."""

import os
from collections.abc import Callable

from grader.cohort.beginning import Changed
from grader.cohort.classrun import ClassResult, ClassRun, Into, run
from grader.cohort.collection import reader
from grader.cohort.courses.course_file import read_course
from grader.cohort.courses.course_run import (
    bound_together,
    held,
    write_columns,
    write_filled,
    write_gradebook,
)
from grader.cohort.courses.handing_back import check_columns
from grader.cohort.courses.overriding import check_numbers, of_part
from grader.cohort.courses.planning import CoursePlan, Planned, planned
from grader.cohort.courses.record import NAME, CourseSpec
from grader.cohort.manifest_lines import manifest_lines, plural
from grader.cohort.outputs import GRADEBOOK
from grader.cohort.parquet import PARQUET, check_polars
from grader.console.class_checks import check, into_of, refusals, reports_of
from grader.console.class_options import ClassOptions
from grader.console.classes import (
    crew_of,
    criteria,
    folder_of,
    guarded,
    say_as_report,
    status_of,
    summary,
)
from grader.console.lookup import no_such_exercise
from grader.console.options import Options
from grader.desk.catalogue import NotFound, find, is_path, load_exercise
from grader.desk.files import complain
from grader.desk.secret import read_secret
from grader.errors import Problem, SpecError
from grader.exercise.record import Exercise
from grader.submission.variant import Whose
from grader.text.inert import inert

_IN_THE_FILE = ("names", "roster", "keep", "due", "grace", "late", "column")


def run_course(options: Options, asked: ClassOptions) -> int:
    """Grade a course and return the command's exit status."""
    return guarded(lambda: _run(options, asked), options.output or options.submissions[0])


def _run(options: Options, asked: ClassOptions) -> int:
    check((_variant_refusal(options), *_refusals(asked), *refusals(options, asked)))
    if asked.parquet:
        check_polars()
    place = options.submissions[0]
    source = os.path.join(place, NAME)
    with open(source, "rb") as file:
        course = read_course(file.read(), source)
    exercises = _exercises(place, source, course)
    only = tuple(exercise for _, exercise in exercises)
    check_numbers(source, course, only)
    plan = planned(place, course, only)
    secret = _secret(options, course, place)
    wanted = [
        ClassRun(
            os.path.join(folder_of(options), each.part.id),
            of_part(criteria(name, options, reports_of(asked)), course, each, secret),
            each.part.keep,
            asked.csv,
            restart=asked.restart,
            quiet=asked.quiet,
            deadline=each.deadline,
            anonymous=asked.anonymous,
            parquet=asked.parquet,
            crew=crew_of(asked),
        )
        for each, (name, _) in zip(plan.parts, exercises, strict=True)
    ]
    into = _into(asked, course)
    if not asked.quiet or asked.dry_run:
        (say_as_report if asked.dry_run else complain)("\n".join(_plan_lines(course, plan)))
    return 0 if asked.dry_run else _graded(plan, wanted, into, asked, folder_of(options))


def _secret(options: Options, course: CourseSpec, place: str) -> Whose | None:
    """Return the secret that the command or course.yaml names. Raises: GraderError."""
    if options.whose is not None or course.secret is None:
        return options.whose
    secret = read_secret(os.path.join(place, course.secret))
    for warning in secret.warnings:
        complain(warning)
    return Whose(secret=secret.data)


def _graded(
    plan: CoursePlan, wanted: list[ClassRun], into: Into | None, asked: ClassOptions, folder: str
) -> int:
    """Grade each part, write the course's own files, and return the command's exit status."""

    def say(text: str) -> None:
        if not asked.quiet:
            complain(text)

    with held(folder, say) as journal:
        results = [
            _result(run_of, each, say) for run_of, each in zip(wanted, plan.parts, strict=True)
        ]
        parts = bound_together(plan, results)
        write_gradebook(folder, plan, parts, asked.csv, journal)
        if asked.parquet:
            write_columns(folder, plan, parts, journal)
        name, filled = ("", ()) if into is None else write_filled(folder, into, parts, journal)
    if not asked.quiet:
        lines = [*_summary(plan, results, folder), *(f"--into: {line}" for line in filled)]
        names = (
            inert(os.path.join(folder, each), 200)
            for each in (GRADEBOOK, PARQUET * asked.parquet, name)
            if each
        )
        say_as_report("\n".join([*lines, f"Written: {', '.join(names)}"]))
    return max((status_of(result.rows) for result in results if result is not None), default=0)


def _into(asked: ClassOptions, course: CourseSpec) -> Into | None:
    """Return the file to fill, once it is seen that it has every column. Raises: GraderError."""
    into = into_of(asked)
    if into is not None:
        no_column = all(part.column is None for part in course.parts)
        reason = f"--into: no exercise in {NAME} says which column is its own; add column: TITLE"
        check(((no_column, reason),))
        check_columns(into, course.parts)
    return into


def _result(wanted: ClassRun, each: Planned, say: Callable[[str], None]) -> ClassResult | None:
    """Grade a part; None where nothing was handed in yet. --restart is for what has changed."""
    if each.found is None:
        return None
    found = each.found

    def graded(asked: ClassRun) -> ClassResult:
        with reader(each.selection.path) as read:
            return run(
                asked, each.exercise, found, read, lambda text: say(f"{each.part.id}: {text}")
            )

    try:
        return graded(wanted._replace(restart=False))
    except Changed:
        if not wanted.restart:
            raise
    return graded(wanted)


def _refusals(asked: ClassOptions) -> tuple[tuple[bool, str], ...]:
    said = [f"--{name}" for name in _IN_THE_FILE if getattr(asked, name) != _usual(name)]
    one = ", ".join(said)
    return (
        (bool(said), f"{one}: for a course this is said in {NAME}, of each exercise or of all"),
        (
            bool(asked.key) and not asked.into,
            "--key says by what to find rows in a file; name it after --into",
        ),
        (asked.shard is not None, "a course is graded whole; --shard is for one class, with -e"),
    )


def _variant_refusal(options: Options) -> tuple[bool, str]:
    is_one = options.whose is not None and options.whose.number is not None
    return is_one, f"--variant is one number for all; give it to a student by overrides in {NAME}"


def _usual(name: str) -> object:
    return getattr(ClassOptions(), name)


def _exercises(place: str, source: str, course: CourseSpec) -> list[tuple[str, Exercise]]:
    """Return each part's exercise, and the id or path it is known by. Raises: SpecError."""
    problems, found = [], []
    for k, part in enumerate(course.parts):
        name = part.exercise
        if is_path(name):
            name = os.path.join(place, name)
        try:
            found.append((name, load_exercise(name if is_path(name) else find(name).path)))
        except NotFound:
            problems.append(Problem(part.line, f"exercises[{k}].exercise", no_such_exercise(name)))
        except OSError as error:
            what = f"{inert(name)}: {error.strerror}; name a YAML file or an exercise's id"
            problems.append(Problem(part.line, f"exercises[{k}].exercise", what))
    if problems:
        raise SpecError(source, tuple(problems))
    return found


def _plan_lines(course: CourseSpec, plan: CoursePlan) -> list[str]:
    """Return what the teacher reads first: each part as what it was recognised."""
    title = f" {inert(course.title)}," if course.title else ""
    count = plural(len(plan.parts), "exercise")
    lines = [f"Course:{title} {count}, {plural(len(plan.students), 'student')}"]
    for each in plan.parts:
        lines.append(f"{each.part.id}: {each.exercise.id}")
        where = ", ".join(inert(pattern, 60) for pattern in each.part.files)
        nothing = [f"Nothing handed in yet: no file in {where}"]
        lines += [f"  {line}" for line in (manifest_lines(each.found) if each.found else nothing)]
    return [*lines, *(f"Note: {note}" for note in plan.notes)]


def _summary(plan: CoursePlan, results: list[ClassResult | None], folder: str) -> list[str]:
    lines = []
    for each, result in zip(plan.parts, results, strict=True):
        if result is None or each.found is None:
            lines.append(f"{each.part.id}: nothing handed in yet")
            continue
        said = summary(result, each.found, os.path.join(folder, each.part.id))
        lines += [f"{each.part.id}: {line}" for line in said]
    return lines
