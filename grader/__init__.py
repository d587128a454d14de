"""An exact grader for networks of ReLU units that rebuild a piecewise-linear target."""

from grader.errors import GraderError, SpecError, SubmissionError
from grader.exercise import Exercise
from grader.grading import grade
from grader.intake import read_submission
from grader.library import load_exercise
from grader.report import Report
from grader.submission import Submission
from grader.version import VERSION as __version__  # noqa: N811

__all__ = [
    "Exercise",
    "GraderError",
    "Report",
    "SpecError",
    "Submission",
    "SubmissionError",
    "__version__",
    "grade",
    "load_exercise",
    "read_submission",
]
