"""What -o may not replace: anything that a person has written."""

import os
from collections.abc import Iterable

from grader.desk.files import is_followed
from grader.desk.intake import entries, receive
from grader.errors import SubmissionError
from grader.submission.record import is_key
from grader.text.inert import inert

_WRITTEN_BY_HAND = (".py", ".ipynb", ".yaml", ".yml")
_LOOK = 100  # bytes
_REPORTS_BEGIN = ("Score ", "No score", "\x1b[1m", "## ", "<", "{", "[")
_SPEC_KEYS = frozenset({"target", "network"})


def refusal(output: str | None, inputs: Iterable[str | None]) -> str | None:
    """Return why the output file must not be written; None if it may be, or if none is asked for.

    It must not be a link, which may lead anywhere, nor one of the inputs, nor be there already
    and look like anything else than a report. An old report, of any format, may be replaced.
    """
    if not output:
        return None
    if is_followed(output):
        return f"{inert(output)} is a link, and links are not followed; name another file"
    if not os.path.isfile(output):
        return None
    is_input = any(_is_same(output, path) for path in inputs if path is not None)
    if not is_input and not _looks_written(output):
        return None
    return (
        f"{inert(output)} is a submission, an exercise or another of your files and is not "
        "overwritten; name another file after --output"
    )


def _is_same(output: str, path: str) -> bool:
    return os.path.exists(path) and os.path.samefile(output, path)


def _looks_written(path: str) -> bool:
    if path.endswith(_WRITTEN_BY_HAND):
        return True
    try:
        with open(path, "rb") as file:
            beginning = file.read(_LOOK).decode("utf-8", "replace").lstrip()
        if beginning and not beginning.startswith(_REPORTS_BEGIN):
            return True
        keys = {key for key, _ in entries(receive(path))}
    except (OSError, SubmissionError):
        return False
    return keys >= _SPEC_KEYS or any(is_key(key) for key in keys - {"exercise"})
