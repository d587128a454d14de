"""Errors, split by who has to act: the author of a spec, a student, or the operator."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with a spec, as data; its text is built at the end.

    `code` is "spec", or where the spec can be read and the exercise is wrong, the lint code.
    """

    line: int
    key: str
    message: str
    code: str = "spec"


class GraderError(Exception):
    """Base of everything this package raises on purpose."""


class SpecError(GraderError):
    """The author has to act: a spec cannot be read as an exercise. Holds every problem at once."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems in the order of their lines."""
        self.source = source
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
    """The student has to act: a submission cannot be read as one.

    `code` is one of the report's error codes, `where` a key, a line, or None.
    """

    def __init__(self, code: str, message: str, where: str | None = None) -> None:
        """Hold the three fields of the report's `error`."""
        self.code = code
        self.message = message
        self.where = where
        super().__init__(message)


class SandboxError(GraderError):
    """The operator has to act: student code cannot be run, through no fault of the student.

    `code` is `sandbox-unavailable` or `grader-fault`.
    """

    def __init__(self, code: str, message: str) -> None:
        """Hold code and reason."""
        self.code = code
        self.message = message
        super().__init__(message)
