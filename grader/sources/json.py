"""A submission as one JSON object."""

import json

from grader.errors import SubmissionError
from grader.submission import Entries, Run, Unnumber

# A hint for each slip that is common in files written by hand.
_SLIPS = {
    "Expecting property name": "put keys in double quotes, and no comma after the last value",
    "Expecting ',' delimiter": "put a comma between two values",
    "Expecting ':' delimiter": "put a colon between key and value",
    "Expecting value": "a value is missing or is no JSON number: write 0.5, not .5, +0.5 or 1/2",
    "Illegal trailing comma": "delete the comma after the last value",
    "Invalid control character": "close the text with a double quote on the same line",
    "Unterminated string": "close the text with a double quote",
    "Extra data": "the object has ended before; delete what follows it",
    "Unexpected UTF-8 BOM": "delete the second byte-order mark",
}


# Ten times the 1,075 digits that the longest double takes, written out in full.
_LONGEST_NUMBER = 10_000


def _float(text: str) -> float | Unnumber:
    if len(text) > _LONGEST_NUMBER:
        return Unnumber(f"a number of {len(text):,} characters")
    return float(text)


class _Pairs(list[tuple[str, object]]):
    """An object as its keys and values; a class of its own to tell it from a list."""


def read(data: bytes, _run: Run | None = None) -> Entries:
    """Return the keys and values of the JSON object.

    Raises: SubmissionError (not-utf8, not-json, not-an-object).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SubmissionError(
            "not-utf8",
            f"byte {error.start + 1} of the submission is not UTF-8 text; save the file as UTF-8",
            f"line {data.count(10, 0, error.start) + 1}",
        ) from None
    if not text.strip():
        raise SubmissionError(
            "not-json", 'the submission is empty; it has to look like {"w1": 1, "b1": 0}'
        )
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=_float,
            parse_int=float,  # a number means its double; int() of a million digits takes seconds
            parse_constant=Unnumber,
        )
    except json.JSONDecodeError as error:
        hint = next((h for slip, h in _SLIPS.items() if error.msg.startswith(slip)), error.msg)
        raise SubmissionError(
            "not-json",
            f"the submission is not JSON at line {error.lineno}, column {error.colno}: {hint}",
            f"line {error.lineno}",
        ) from None
    except RecursionError:
        raise SubmissionError(
            "not-json",
            'the submission is nested too deep; it has to look like {"w1": 1, "b1": 0}',
        ) from None
    if not isinstance(value, _Pairs):
        raise SubmissionError(
            "not-an-object",
            'the submission is not a JSON object; it has to look like {"w1": 1, "b1": 0}',
        )
    return value
