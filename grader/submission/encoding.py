"""A submission's bytes as UTF-8."""

from grader.errors import SubmissionError
from grader.text import unicode


def utf8(data: bytes) -> bytes:
    """Return the text as UTF-8. Raises: SubmissionError (not-utf8)."""
    try:
        return unicode.utf8(data)
    except unicode.EncodingError as error:
        raise SubmissionError("not-utf8", f"the submission {error}") from None
