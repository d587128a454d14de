"""The key `variant` of a spec: which variant it is, of the spec that it was made from."""

from fractions import Fraction

from grader.exercise.record import Variant
from grader.exercise.variants import MOST_VARIANTS
from grader.specs.reader import Reader
from grader.specs.tree import Entry, Mapping, Scalar

_KEYS = ("number", "of", "list")


def read_stamp(reader: Reader, entry: Entry) -> Variant | None:
    """Return the variant that the spec is; None where a problem was noted."""
    keys = reader.mapping(entry.value, "variant", _KEYS)
    if len(keys) < len(_KEYS):
        return None
    count = reader.number(
        keys["of"].value,
        "variant.of",
        lambda n: n.denominator == 1 and 1 < n <= MOST_VARIANTS,
        f"a whole number from 2 to {MOST_VARIANTS:,}",
    )
    most = count or Fraction(MOST_VARIANTS)
    number = reader.number(
        keys["number"].value,
        "variant.number",
        lambda n: n.denominator == 1 and 0 <= n < most,
        "a whole number from 0 to below variant.of",
    )
    digest = reader.text(keys["list"].value, "variant.list")
    if digest is not None and not is_digest(digest):
        reader.note(keys["list"].line, "variant.list", "must be the 64 digits of a digest")
        return None
    if number is None or count is None or digest is None:
        return None
    return Variant(int(number), int(count), digest, {}, chosen_by="spec")


def stamp(number: int, count: int, digest: str) -> Entry:
    """Return the key that says which variant a spec is."""
    values = zip(_KEYS, (str(number), str(count), digest), strict=True)
    entries = (Entry(1, key, Scalar(1, text, plain=key != "list")) for key, text in values)
    return Entry(1, "variant", Mapping(1, tuple(entries)))


def is_digest(text: str) -> bool:
    """Tell whether text is SHA-256 in hexadecimal."""
    return len(text) == 64 and not set(text) - set("0123456789abcdef")
