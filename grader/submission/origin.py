"""Where a submission came from, and whose it is.

A student is text, or a whole number, which counts as the text of its digits.
"""

from grader.named import NamedTuple
from grader.text.inert import constructed, inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Self

_EXACT = 2**53  # below it a double is the whole number that was written


class Name(str):
    """What a file or a student is called, inert; `verbatim` is the name as it came, for programs.

    A program looks a student up by name, and some people's names hold characters that are spelled
    out here, such as the joiners of Persian.
    """

    __slots__ = ("verbatim",)

    verbatim: str

    def __new__(cls, name: str) -> "Self":
        """Make the name inert; a Name stays as it is."""
        if isinstance(name, cls):
            return name
        made = super().__new__(cls, inert(name))
        made.verbatim = name
        return made


class _Origin(NamedTuple):
    source: Name
    student: Name | None
    digest: str | None


@constructed
class Origin(_Origin):
    """Where a submission came from: base name or "-", the student's name, SHA-256 of the bytes."""

    __slots__ = ()

    def __new__(
        cls, source: str = "-", student: str | None = None, digest: str | None = None
    ) -> "Self":
        """Make the names inert."""
        whose = None if student is None else Name(student)
        return super().__new__(cls, Name(source), whose, digest)


class Whole(float):
    """A whole number with its digits as they were written, of which a double may lose some."""

    digits: str

    @classmethod
    def written(cls, digits: str) -> "Whole":
        """Return the number with these digits."""
        number = cls(digits)
        number.digits = digits
        return number


def as_text(value: object) -> object:
    """Return the text of a whole number's digits, as a student's number is; else the value."""
    if isinstance(value, Whole):
        return value.digits
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return str(int(value)) if abs(value) < _EXACT and value == int(value) else value
