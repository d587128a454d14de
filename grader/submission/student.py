"""Whose a submission is: text, or a whole number, which counts as the text of its digits."""

_EXACT = 2**53  # below it a double is the whole number that was written


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
