"""The variants of an exercise, listed in a fixed order, and the draw of a student's own.

Theory of operation. The list holds every combination of the choices that meets the conditions, in
the order of writing: the first name changes slowest. Its digest is of the names and numbers in that
order, so whoever changes the list gets another digest. A student's variant is
HMAC-SHA-256(secret, fields) modulo the number of variants, where fields are the exercise's id and
the student's id in UTF-8, each after its length in 8 bytes, big end first: no generator of random
numbers, so no version of a library can deal anew. A student's id is taken as given, in the normal
form NFC. The modulus prefers low numbers by less than 2**-238.
Source: RFC 2104 for the HMAC.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from unicodedata import normalize

from grader.exact.formula import Constraint
from grader.named import NamedTuple
from grader.text.digest import sha256

MOST_VARIANTS = 100_000
MOST_COMBINATIONS = 1_000_000  # before the conditions: a second's work
_FORMAT = "relu-grader variants 1"
_BLOCK = 64  # bytes of SHA-256's block
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))
_LENGTH = 8  # bytes of a field's length

Values = tuple[Fraction, ...]


class TooMany(ValueError):
    """There are more combinations than can be listed."""


class Variants(NamedTuple):
    """The variants of an exercise: the names, and the numbers of each variant in their order."""

    names: tuple[str, ...]
    rows: tuple[Values, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of names and numbers, one variant a line."""
        lines = (" ".join(map(str, row)) for row in self.rows)
        text = "\n".join((_FORMAT, " ".join(self.names), *lines, ""))
        return str(sha256(text.encode("ascii")).hexdigest())

    def values(self, number: int) -> dict[str, Fraction]:
        """Return the numbers of one variant by name; variants count from 0."""
        return dict(zip(self.names, self.rows[number], strict=True))


def listing(
    choices: Mapping[str, Sequence[Fraction]], conditions: Sequence[Constraint]
) -> Variants:
    """Return all combinations of the choices that meet the conditions, in their fixed order.

    Raises: TooMany, with how many there are and may be; ZeroDivisionError.
    """
    combinations = prod(len(values) for values in choices.values())
    if combinations > MOST_COMBINATIONS:
        raise TooMany(
            f"make {combinations:,} combinations; at most {MOST_COMBINATIONS:,} can be gone "
            f"through, of which the conditions may leave {MOST_VARIANTS:,}"
        )
    names = tuple(choices)
    due: list[list[_Looked]] = [[] for _ in names]
    for each in conditions:
        looked = _Looked(each, names, tuple(choices.values()))
        due[max(looked.places)].append(looked)
    rows: list[Values] = []
    for indexes in _combined(tuple(map(len, choices.values())), due):
        if len(rows) == MOST_VARIANTS:
            raise TooMany(f"leave more than {MOST_VARIANTS:,} variants, and no more can be listed")
        pairs = zip(choices.values(), indexes, strict=True)
        rows.append(tuple(values[index] for values, index in pairs))
    return Variants(names, tuple(rows))


class _Looked:
    """A condition that remembers of which indexes of its choices it holds."""

    def __init__(
        self, condition: Constraint, names: Sequence[str], choices: Sequence[Sequence[Fraction]]
    ) -> None:
        self.condition, self.names = condition, condition.names
        self.choices = [[value.as_integer_ratio() for value in values] for values in choices]
        self.places = tuple(names.index(name) for name in self.names)
        self.known: dict[tuple[int, ...], bool] = {}

    def holds(self, indexes: Sequence[int]) -> bool:
        own = tuple([indexes[place] for place in self.places])
        known = self.known.get(own)
        if known is None:
            at = zip(self.names, self.places, own, strict=True)
            known = self.condition.holds_of({n: self.choices[p][k] for n, p, k in at})
            self.known[own] = known
        return known


def _combined(sizes: tuple[int, ...], due: list[list[_Looked]]) -> Iterator[Sequence[int]]:
    """Yield the indexes of combinations; a condition is looked at once its last name is chosen."""
    indexes = [0] * len(sizes)

    def chosen(place: int) -> Iterator[Sequence[int]]:
        if place == len(sizes):
            yield indexes
            return
        for index in range(sizes[place]):
            indexes[place] = index
            if all(looked.holds(indexes) for looked in due[place]):
                yield from chosen(place + 1)

    return chosen(0)


def draw(secret: bytes, exercise: str, student: str, count: int) -> int:
    """Return the number of the student's variant, from 0 to below the count."""
    fields = (exercise, normal(student))
    message = b"".join(len(data).to_bytes(_LENGTH, "big") + data for data in map(_as_bytes, fields))
    return int.from_bytes(_hmac(secret, message), "big") % count


def normal(student: str) -> str:
    """Return a student's id as it is drawn by: as given, in the normal form NFC."""
    return normalize("NFC", student)


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _hmac(key: bytes, message: bytes) -> bytes:
    """Return HMAC-SHA-256; the standard library's would load OpenSSL, see text.digest."""
    if len(key) > _BLOCK:
        key = sha256(key).digest()
    key = key.ljust(_BLOCK, b"\0")
    inner = sha256(key.translate(_INNER) + message).digest()
    outer: bytes = sha256(key.translate(_OUTER) + inner).digest()
    return outer
