"""Errors, split by who must act: the author of a spec, a student, or the operator."""

from grader.named import NamedTuple
from grader.text.inert import Inert, constructed, inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Self

LONGEST_MESSAGE = 4000  # characters of a message; our own are far shorter
_LONGEST_KEY = 200


class _Problem(NamedTuple):
    line: int
    key: Inert
    message: Inert
    code: str


@constructed
class Problem(_Problem):
    """One thing that is wrong with a spec, as data; its text is built at the end.

    `code` is "spec", or where the spec can be read and the exercise is wrong, the lint code.
    """

    __slots__ = ()

    def __new__(cls, line: int, key: str, message: str, code: str = "spec") -> "Self":
        """Make key and message inert."""
        key, message = inert(key, _LONGEST_KEY), inert(message, LONGEST_MESSAGE)
        return super().__new__(cls, line, key, message, code)


class GraderError(Exception):
    """Base of everything this package raises on purpose.

    Whatever of the text came from outside is inert from here on: a message is one line, and nothing
    in it can move a cursor or look like another line of a report.
    """


class SpecError(GraderError):
    """The author must act: a spec cannot be read as an exercise. Holds every problem at once."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems in the order of their lines."""
        self.source = inert(source, 300)
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line of text a problem: file, line, key, what is wrong."""
        return [
            f"{self.source}:{p.line}: {p.key}: {p.message}"
            if p.key
            else f"{self.source}:{p.line}: {p.message}"
            for p in self.problems
        ]


class SubmissionError(GraderError):
    """The student must act: a submission cannot be read as one.

    `code` is one of the report's error codes, `where` a key, a line, or None.
    """

    def __init__(self, code: str, message: str, where: str | None = None) -> None:
        """Hold the three fields of the report's `error`."""
        self.code = code
        self.message = inert(message, LONGEST_MESSAGE)
        self.where = None if where is None else inert(where, _LONGEST_KEY)
        super().__init__(self.message)


class SandboxError(GraderError):
    """The operator must act: student code cannot be run, through no fault of the student.

    `code` is `sandbox-unavailable` or `grader-fault`.
    """

    def __init__(self, code: str, message: str) -> None:
        """Hold code and reason."""
        self.code = code
        self.message = inert(message, LONGEST_MESSAGE)
        super().__init__(self.message)
