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
_SCIKIT_LEARN = "coefs_"
_TENSORFLOW_JS = "weightsManifest"


def _int(text: str) -> float:
    """Return the double of a number that is written as an integer, with its digits where needed.

    A number means its double; int() of a million digits takes seconds.
    """
    return float(text) if len(text) <= _DIGITS else Whole.written(text)


def read(data: bytes, _run: Run | None = None) -> Entries:
    """Return the keys and values of the JSON object, or the network of a list of arrays.

    Raises: SubmissionError (not-utf8, not-json, not-an-object; of a network not-weights,
    not-a-number).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _marked(data, error)
    if not text.strip():
        raise SubmissionError(
            "not-json", 'the submission is empty; it must look like {"w1": 1, "b1": 0}'
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
            'the submission is nested too deep; it must look like {"w1": 1, "b1": 0}',
        ) from None
    if isinstance(value, Pairs) and not any(
        key in (_SCIKIT_LEARN, _TENSORFLOW_JS) for key, _ in value
    ):
        return value
    return _network(value)


def _network(value: object) -> Entries:
    """Return the network that the JSON is. Raises: SubmissionError."""
    from grader.submission.weights import nested

    if isinstance(value, Pairs):
        return nested.from_object(dict(value))
    if isinstance(value, list) and nested.is_network(value):
        return nested.from_list(value)
    from grader.submission.miskeyed import no_object

    raise SubmissionError("not-an-object", no_object(value))


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
