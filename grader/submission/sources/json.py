"""A submission as one JSON object."""

import json

from grader.errors import SubmissionError
from grader.submission.record import Entries, Run, Unnumber

# A hint for each slip that is common in files written by hand, by what stands before the place
# and at it; where there is no before, anything will do.
_PLACES = (
    (",", "}]", "delete the comma after the last value"),
    (",", ",", "delete one of the commas"),
    (",", "0123456789", "write a decimal point, not a comma: 0.5, not 0,5"),
    ("0123456789", ".", "write digits on both sides of the decimal point: 0.5, 1.0"),
    ("0123456789", "/", "write a decimal: 0.5, not 1/2"),
    ("0", "0123456789", "write the number without the 0 before it: 1, not 01"),
    ("0123456789", "eExXoObB_", "write a plain decimal number: 1000 or 0.5"),
    ("", "]", "close the object with }, not with ]"),
    ("", "/#", "delete the comment; JSON has none"),
    ("", "'\u2018\u2019\u201a\u201c\u201d\u201e", 'use straight double quotes: "w1"'),
)
_SLIPS = {
    "Expecting property name": "put keys in double quotes, and no comma after the last value",
    "Expecting ',' delimiter": "put a comma between two values",
    "Expecting ':' delimiter": "put a colon between key and value",
    "Expecting value": "a value is missing or is no JSON number: write 0.5, not .5, +0.5 or 1/2",
    "Illegal trailing comma": "delete the comma after the last value",
    "Invalid control character": "close the text with a double quote on the same line",
    "Unterminated string": "close the text with a double quote",
    "Extra data": "the object has ended before; delete what follows it",
    "Invalid \\": "in text write two backslashes for one",
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
        raise SubmissionError(
            "not-json",
            f"the submission is not JSON at line {error.lineno}, column {error.colno}: "
            f"{_hint(error)}",
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


def _hint(error: json.JSONDecodeError) -> str:
    before, here = error.doc[: error.pos].rstrip()[-1:], error.doc[error.pos :].lstrip()[:1]
    if not here:
        return "the file ends too early; complete it and close the object with }"
    if not error.msg.startswith("Extra data"):
        for left, right, hint in _PLACES:
            if here in right and (not left or (before and before in left)):
                return hint
    return next((h for slip, h in _SLIPS.items() if error.msg.startswith(slip)), error.msg)
