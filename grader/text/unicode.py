"""Bytes of a text file to UTF-8, by the mark that they begin with; what has no mark is named."""

import codecs
from io import BytesIO

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
_CHUNK = 1 << 16


class EncodingError(ValueError):
    """The bytes are text that cannot be read; the message is a predicate: "is UTF-16 text ..."."""


def utf8(data: bytes) -> bytes:
    """Return the text as UTF-8. Raises: EncodingError."""
    if data[:1] not in (b"\xff", b"\xfe") and b"\0" not in data[:4]:
        return data
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return _transcoded(data, name)
            except UnicodeError:
                raise EncodingError(
                    f"begins as {name.upper()} but does not go on as {name.upper()}; save the file "
                    "as UTF-8"
                ) from None
    shape = bytes(0 if byte == 0 else ord(".") for byte in data[:4])
    for pattern, name in _UNMARKED:
        if shape == pattern:
            raise EncodingError(f"is {name} text without a byte-order mark; save the file as UTF-8")
    return data


def _transcoded(data: bytes, name: str) -> bytes:
    """Return the text as UTF-8, a piece at a time: as a whole it would be in memory three times."""
    decoder = codecs.getincrementaldecoder(name)()
    made = BytesIO()
    for at in range(0, len(data), _CHUNK):
        piece = decoder.decode(data[at : at + _CHUNK], final=at + _CHUNK >= len(data))
        made.write(piece.encode())
    return made.getvalue()  # the buffer itself, not a copy


def as_utf8(data: bytes) -> bytes:
    """Return the text as UTF-8 if it can be had, else the bytes: for what only looks at them."""
    try:
        return utf8(data)
    except EncodingError:
        return data
