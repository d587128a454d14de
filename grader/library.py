"""What `import grader` offers to programs and notebooks: ids, numbers and arrays as they come.

The commands do not come through here; they call `grader.grading` with what they have read.
"""

import os
from collections.abc import Callable, Mapping, Sequence

from grader.desk import intake
from grader.desk.catalogue import load_exercise
from grader.display import ShownReport
from grader.errors import SubmissionError
from grader.exercise.record import Exercise
from grader.grading import grade as grade_exactly
from grader.submission.record import Entries, Submission, read_parameters
from grader.submission.variant import settled
from grader.text.codes import Reveal

# An exercise, its id, or the path of its file.
AnyExercise = Exercise | str | os.PathLike[str]
# A submission, the free parameters by name, or their values in the exercise's order.
AnyParameters = Submission | Mapping[str, object] | Sequence[object]


def grade(
    exercise: AnyExercise, parameters: AnyParameters, *, reveal: Reveal | None = None
) -> ShownReport:
    """Grade a submission, the free parameters by name, or their values in order, exactly.

    Numbers may be Python's or NumPy's, `Fraction` or `Decimal`; an array of one element counts as
    the number in it, a one-dimensional array of several as its values in order. `reveal` (verdict,
    hints, answers) can only lower what the exercise allows.

    Where an exercise has variants, the parameters name theirs: {"variant": 17, "w1": 1, ...}.

    Raises: SubmissionError if a parameter is missing, unknown, or no number; NotFound, SpecError or
    OSError if the exercise cannot be loaded; ValueError if `reveal` is none of the three.
    """
    loaded = exercise if isinstance(exercise, Exercise) else load_exercise(exercise)
    if not isinstance(parameters, Submission):
        entries = tuple(by_name(parameters, loaded).items())
        loaded = settled(loaded, entries)
        parameters = read_parameters(entries, loaded)
    return ShownReport.of(grade_exactly(loaded, parameters, reveal=reveal))


def by_name(
    parameters: Mapping[str, object] | Sequence[object], exercise: Exercise
) -> dict[str, object]:
    """Return the parameters under their names, with plain numbers in place of NumPy's.

    Raises: SubmissionError (missing-parameter) if there are more or fewer values than parameters.
    """
    if isinstance(parameters, Mapping):
        return {name: plain(value) for name, value in parameters.items()}
    values = [plain(value) for value in parameters]
    if len(values) != len(exercise.free):
        were = "value was" if len(values) == 1 else "values were"
        raise SubmissionError(
            "missing-parameter",
            f"{len(values)} {were} given, but the exercise has {len(exercise.free)} free "
            f"parameters; give one value for each, in this order: {', '.join(exercise.free)}",
        )
    return dict(zip(exercise.free, values, strict=True))


def plain(value: object) -> object:
    """Return the number in a NumPy scalar or in an array of one element; else the value."""
    if getattr(value, "size", None) == 1 and hasattr(value, "item"):
        return value.item()
    return value


def read_submission(path: str | os.PathLike[str], exercise: Exercise) -> Submission:
    """Return the submission in the file at the path, or from standard input for "-".

    Python files and notebooks run contained, as the command runs them, with its default limits.

    Raises: SubmissionError with the code that a report would show; SandboxError where code cannot
    be run; OSError if the file is missing, a folder or not permitted.
    """

    def run(
        source: bytes, place: Callable[[int], str], notes: Sequence[str], kind: str = ""
    ) -> Entries:
        from grader.sandbox.grader_side.running import run_in
        from grader.sandbox.grader_side.sandbox import Sandbox

        name = os.path.basename(os.fspath(path))
        with Sandbox() as sandbox:
            return run_in(sandbox, filename=name)(source, place, notes, kind)

    return intake.read_submission(path, exercise, run)
