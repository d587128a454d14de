"""Bytes of a text file to UTF-8, by the mark that they begin with; what has no mark is named."""

from grader.errors import SubmissionError

# UTF-32's little-endian mark begins like UTF-16's, so that it comes first.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# How the first two characters of ASCII text lie in its bytes.
_UNMARKED = (
    (b"\0\0\0.", "UTF-32"),
    (b".\0\0\0", "UTF-32"),
    (b"\0.\0.", "UTF-16"),
    (b".\0.\0", "UTF-16"),
)


def utf8(data: bytes) -> bytes:
    """Return the text as UTF-8. Raises: SubmissionError (not-utf8)."""
    if data[:1] not in (b"\xff", b"\xfe") and b"\0" not in data[:4]:
        return data
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name).encode()
            except UnicodeError:
                raise SubmissionError(
                    "not-utf8",
                    f"the submission begins as {name.upper()} and does not go on as such; save the "
                    "file as UTF-8",
                ) from None
    shape = bytes(0 if byte == 0 else ord(".") for byte in data[:4])
    for pattern, name in _UNMARKED:
        if shape == pattern:
            raise SubmissionError(
                "not-utf8",
                f"the submission is {name} text without a byte-order mark; save the file as UTF-8",
            )
    return data
