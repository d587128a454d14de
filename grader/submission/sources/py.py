"""A submission as Python code: a file with a function that returns the parameters.

Lines that only IPython understands are turned into Python as in a notebook: Colab leaves them in
the .py that it exports.
"""

from grader.errors import SandboxError
from grader.submission import encoding
from grader.submission.record import Entries, Run


def read(data: bytes, run: Run | None) -> Entries:
    """Return what the code's function returns.

    Raises: SubmissionError, SandboxError.
    """
    source = encoding.utf8(data)
    return runner(run)(_without_magics(source), _line, ())


def _without_magics(source: bytes) -> bytes:
    """Return the source as it is, or as Python where it has lines of IPython's."""
    if not any(mark in source for mark in (b"%", b"!", b"?")):
        return source
    from grader.submission import magics

    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:  # Python will read it by its coding cookie, or refuse it
        return source
    if not magics.has_any(text) or "\0" in text:
        return source
    lines, left_out = magics.python(text.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).encode("utf-8", "surrogatepass") if left_out else source


def runner(run: Run | None) -> Run:
    """Return the way to run code. Raises: SandboxError if none was given."""
    if run is None:
        raise SandboxError(
            "sandbox-unavailable", "is code, and no way to run code was given to the grader"
        )
    return run


def _line(number: int) -> str:
    return f"line {number}"
