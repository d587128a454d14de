"""JSON inside a file with weights: read strictly, and each value asked for by what it must be."""

import json

from grader.submission.weights.cursor import damaged
from grader.submission.weights.layers import refusal
from grader.text.inert import inert

LONGEST = 1 << 20  # bytes; a config of two layers takes some thousands
_MOST = 1 << 53


def parsed(data: bytes, what: str) -> object:
    """Return the value. Raises: SubmissionError (not-weights) for a key that appears twice, too."""
    if len(data) > LONGEST:
        raise damaged(what)
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_nothing)
    except (ValueError, RecursionError):
        raise damaged(what) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise refusal(f'"{inert(key, 60)}" appears twice in the file; save it again')
        made[key] = value
    return made


def _nothing(_: str) -> None:
    """Take NaN and infinities for nothing: no shape or place is one."""


def mapping(value: object, what: str) -> dict[str, object]:
    """Return an object. Raises: SubmissionError (not-weights)."""
    if not isinstance(value, dict):
        raise damaged(what)
    return value


def sequence(value: object, what: str) -> list[object]:
    """Return a list. Raises: SubmissionError (not-weights)."""
    if not isinstance(value, list):
        raise damaged(what)
    return value


def words(value: object, what: str) -> str:
    """Return text. Raises: SubmissionError (not-weights)."""
    if not isinstance(value, str):
        raise damaged(what)
    return value


def integer(value: object, what: str) -> int:
    """Return a whole number, 0 or more. Raises: SubmissionError (not-weights)."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST:
        raise damaged(what)
    return value


def integers(value: object, what: str) -> tuple[int, ...]:
    """Return whole numbers, 0 or more. Raises: SubmissionError (not-weights)."""
    return tuple(integer(each, what) for each in sequence(value, what))
