"""A submission as one JSON object."""

import json

from grader.errors import SubmissionError
from grader.submission.origin import Whole
from grader.submission.record import Entries, Pairs, Run, Unnumber

# Ten times the 1,075 digits that the longest double takes, written out in full.
_LONGEST_NUMBER = 10_000


def _float(text: str) -> float | Unnumber:
    if len(text) > _LONGEST_NUMBER:
        return Unnumber(f"a number of {len(text):,} characters")
    return float(text)


# The longest number of digits that a double always holds.
_DIGITS = 15


def _int(text: str) -> float:
    """Return the double of a number that is written as an integer, with its digits where needed.

    A number means its double; int() of a million digits takes seconds.
    """
    return float(text) if len(text) <= _DIGITS else Whole.written(text)


def read(data: bytes, _run: Run | None = None) -> Entries:
    """Return the keys and values of the JSON object.

    Raises: SubmissionError (not-utf8, not-json, not-an-object).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _marked(data, error)
    if not text.strip():
        raise SubmissionError(
            "not-json", 'the submission is empty; it has to look like {"w1": 1, "b1": 0}'
        )
    try:
        value = json.loads(
            text,
            object_pairs_hook=Pairs,
            parse_float=_float,
            parse_int=_int,
            parse_constant=Unnumber,
        )
    except json.JSONDecodeError as error:
        from grader.submission.miswritten import refusal

        raise refusal(text, error.pos, data) from None
    except RecursionError:
        raise SubmissionError(
            "not-json",
            'the submission is nested too deep; it has to look like {"w1": 1, "b1": 0}',
        ) from None
    if not isinstance(value, Pairs):
        from grader.submission.miskeyed import no_object

        raise SubmissionError("not-an-object", no_object(value))
    return value


def _marked(data: bytes, error: UnicodeDecodeError) -> str:
    """Return text that is not UTF-8, where it has another mark. Raises: SubmissionError."""
    from grader.submission.encoding import utf8

    text = utf8(data)
    if text is not data:
        return text.decode()
    raise SubmissionError(
        "not-utf8",
        f"byte {error.start + 1} of the submission is not UTF-8 text; save the file as UTF-8",
        f"line {data.count(10, 0, error.start) + 1}",
    ) from None
