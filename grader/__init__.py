"""An exact grader for networks of ReLU units that rebuild a piecewise-linear target.

Each name is imported when it is first asked for: what needs one part does not wait for the rest.
"""

from grader.version import VERSION as __version__  # noqa: N811 - as other packages name it

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from grader.desk.catalogue import NotFound, load_exercise
    from grader.display import ShownReport as Report
    from grader.errors import GraderError, SpecError, SubmissionError
    from grader.exercise.record import Exercise
    from grader.labs.opening import lab
    from grader.library import grade, read_submission
    from grader.notebook import check
    from grader.report import CheckResult, Diagnosis
    from grader.submission.record import Submission

__all__ = [
    "CheckResult",
    "Diagnosis",
    "Exercise",
    "GraderError",
    "NotFound",
    "Report",
    "SpecError",
    "Submission",
    "SubmissionError",
    "__version__",
    "check",
    "grade",
    "lab",
    "load_exercise",
    "read_submission",
]

_HOMES = {
    "CheckResult": "report",
    "Diagnosis": "report",
    "Exercise": "exercise.record",
    "GraderError": "errors",
    "NotFound": "desk.catalogue",
    "Report": "display",
    "SpecError": "errors",
    "Submission": "submission.record",
    "SubmissionError": "errors",
    "check": "notebook",
    "grade": "library",
    "lab": "labs.opening",
    "load_exercise": "desk.catalogue",
    "read_submission": "library",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - for the same reason

    own_name = "ShownReport" if name == "Report" else name  # the one that shows itself
    return getattr(import_module(f"grader.{_HOMES[name]}"), own_name)


def __dir__() -> list[str]:
    """Return the public names, which include those not yet imported."""
    return sorted(__all__)
