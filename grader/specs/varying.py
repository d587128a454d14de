"""What the key `variants` holds: names with their choices, and conditions, as a list."""

from fractions import Fraction

from grader.exact.formula import Constraint, condition
from grader.exercise.variants import TooMany, Variants, listing
from grader.specs.reader import Reader, join
from grader.specs.tree import Entry, Node, Scalar
from grader.text.inert import inert
from grader.text.lists import did_you_mean

MOST_NAMES = 20
MOST_CHOICES = 1_000
MOST_CONDITIONS = 100
_LONGEST_NAME = 30
_FEWEST_DIGITS = 8  # of a digest: enough to tell a changed list


def is_name(text: str) -> bool:
    """Tell whether text may name a number that varies: a letter, then letters, digits and _."""
    plain = text.replace("_", "a")
    return text.isascii() and text[:1].isalpha() and plain.isalnum() and len(text) <= _LONGEST_NAME


def read_choices(reader: Reader, entry: Entry) -> Variants | None:
    """Return the list of variants; None where a problem was noted."""
    before = len(reader.problems)
    keys = reader.mapping(entry.value, "variants", ("choices",), ("conditions", "digest"))
    choices = _choices(reader, keys["choices"]) if "choices" in keys else {}
    if not choices:
        return None
    conditions = _conditions(reader, keys["conditions"], choices) if "conditions" in keys else []
    if len(reader.problems) > before:
        return None
    try:
        found = listing(choices, conditions)
    except TooMany as error:
        message = f"{error}; leave some choices out"
        reader.note(keys["choices"].line, "variants.choices", message)
        return None
    except ZeroDivisionError:
        reader.note(keys["conditions"].line, "variants.conditions", "a condition divides by 0")
        return None
    if len(found.rows) < 2:  # nobody would have another's
        left = "no variant" if not found.rows else "a single variant"
        last = keys.get("conditions", keys["choices"])
        message = f"choices and conditions leave {left}; at least two are needed"
        reader.note(last.line, join("variants", last.key), f"{message}: loosen a condition")
        return None
    if "digest" in keys:
        _check_digest(reader, keys["digest"], found)
    return found


def _choices(reader: Reader, entry: Entry) -> dict[str, list[Fraction]]:
    path = "variants.choices"
    given = [e.key for e in getattr(entry.value, "entries", ())]
    entries = reader.mapping(entry.value, path, (), given)
    if not given and not reader.problems:
        reader.note(entry.line, path, "names nothing that varies; write t1: [1, 2]")
    if len(given) > MOST_NAMES:
        message = f"has {len(given)} names; at most {MOST_NAMES} are allowed"
        reader.note(entry.line, path, message)
    read = {}
    for name, each in entries.items():
        where = join(path, inert(name, 40))
        if not is_name(name):
            message = "is not a name: a letter, then letters, digits or _, at most 30"
            reader.note(each.line, where, message)
        else:
            read[name] = _values(reader, each, where)
    return read


def _values(reader: Reader, entry: Entry, path: str) -> list[Fraction]:
    items = reader.items(entry.value, path, "numbers to choose from")
    if items is None:
        return []
    if not 1 <= len(items) <= MOST_CHOICES:
        message = f"has {len(items)} choices; it needs 1 to {MOST_CHOICES:,}"
        reader.note(entry.line, path, message)
        return []
    numbers = [reader.number(item, f"{path}[{i}]") for i, item in enumerate(items)]
    first: dict[Fraction, int] = {}
    for i, number in enumerate(numbers):
        if number is not None and first.setdefault(number, i) != i:
            message = f"is {number}, as choice {first[number]} is; keep one of them"
            reader.note(items[i].line, f"{path}[{i}]", message)
    return [number for number in numbers if number is not None]


def _conditions(
    reader: Reader, entry: Entry, choices: dict[str, list[Fraction]]
) -> list[Constraint]:
    path = "variants.conditions"
    items = reader.items(entry.value, path, "comparisons such as a < b")
    if items is not None and len(items) > MOST_CONDITIONS:
        message = f"has {len(items)} items; at most {MOST_CONDITIONS} are allowed"
        reader.note(entry.line, path, message)
        return []
    read = [_condition(reader, item, f"{path}[{i}]", choices) for i, item in enumerate(items or ())]
    return [each for each in read if each is not None]


def _condition(
    reader: Reader, node: Node, path: str, choices: dict[str, list[Fraction]]
) -> Constraint | None:
    text = reader.text(node, path)
    if text is None:
        return None
    try:
        read = condition(text)
    except ValueError as error:
        reader.note(node.line, path, f'"{inert(text, 60)}" {error}')
        return None
    unknown = [name for name in read.names if name not in choices]
    for name in unknown:
        reader.note(node.line, path, undefined(name, choices))
    if not read.names:
        reader.note(node.line, path, f'"{inert(text, 60)}" names no number that varies; delete it')
    return None if unknown or not read.names else read


def undefined(name: str, names: "dict[str, list[Fraction]] | tuple[str, ...]") -> str:
    """Return the message for a name that has no choices."""
    hint = did_you_mean(name, names, otherwise=";")
    return f'"{inert(name, 40)}" is not a name under variants.choices{hint} add it or change it'


def _check_digest(reader: Reader, entry: Entry, found: Variants) -> None:
    """Refuse a list that is not the one that the author has settled on."""
    path, known = "variants.digest", found.digest
    text = reader.text(entry.value, path)
    if text is None:
        return
    if (
        not isinstance(entry.value, Scalar)
        or not known.startswith(text)
        or (len(text) < _FEWEST_DIGITS)
    ):
        reader.note(
            entry.line,
            path,
            f'is "{inert(text, 70)}", but the digest of the {len(found.rows):,} variants is '
            f"{known[:16]}: names, choices or conditions have changed, and students would get "
            "other variants. Put them back or, if nobody has a variant yet, write this digest",
        )
