"""The frozen Submission, and the one reader of parameters, whatever kind of file they came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from grader.errors import SubmissionError
from grader.exact.rational import MAX_MAGNITUDE, from_double, to_double
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.submission.origin import Name, Origin, as_text
from grader.text.inert import Inert, constructed, inert
from grader.text.lists import did_you_mean, listed

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Self

    from grader.submission import contained_run
    from grader.submission.weights.layers import Saved

    Run = contained_run.ContainedRun
else:
    Run = Callable

MAX_BYTES = 2**20

# The keys of a submission and their values, in the order in which they came; values are plain:
# numbers, text, or anything else, which is not allowed for any key.
Entries = Sequence[tuple[str, object]]

ABOUT_IT = frozenset({"exercise", "student"})  # the keys that are not parameters
OF_VARIANTS = frozenset({"variant", "variant_list"})  # nor these, where an exercise has variants
_MAX_DIGITS = 4  # of a unit's index: there are at most 10,000
_NAMED_AT_MOST = 5


class _Unnumber(NamedTuple):
    kind: Inert


@constructed
class Unnumber(_Unnumber):
    """A value that is not a number, by what it is called: NaN, a boolean, a list."""

    __slots__ = ()

    def __new__(cls, kind: str) -> "Self":
        """Make the name inert, since a student may have chosen it."""
        return super().__new__(cls, inert(kind))


class Pairs(list[tuple[str, object]]):
    """A JSON object as its keys and values; a class of its own to tell it from a list."""


class Placed(tuple[tuple[str, object], ...]):
    """Entries that came as values in order; the keys stand in until the exercise is known."""

    __slots__ = ()

    def named(self, free: Sequence[str]) -> Entries:
        """Return the entries under the names of the free parameters.

        Raises: SubmissionError (bad-return).
        """
        if len(self) != len(free):
            values = "value" if len(self) == 1 else "values"
            raise SubmissionError(
                "bad-return",
                f"the function returned {len(self)} {values} in order, but this exercise has "
                f"{len(free)} free parameters; return a value for each in this order: "
                f"{listed(free)}",
            )
        return [(name, value) for name, (_, value) in zip(free, self, strict=True)]


class Trained(list[tuple[str, object]]):
    """Entries that came as a trained network; names and numbers follow from the exercise."""

    saved: "Saved"

    @classmethod
    def of(cls, saved: "Saved") -> "Self":
        """Return the entries of a network."""
        made = cls()
        made.saved = saved
        return made


class Submission(NamedTuple):
    """The free parameters by name, in the exercise's order, and where they came from.

    `notes` says how a trained network was read, a sentence each.
    """

    parameters: Mapping[str, Fraction]
    origin: Origin = Origin()
    notes: tuple[Inert, ...] = ()

    def __repr__(self) -> str:
        """Return one line: where it came from and the first few parameters."""
        first = list(self.parameters.items())[:_NAMED_AT_MOST]
        shown = ", ".join(f"{name}={inert(str(value), 20)}" for name, value in first)
        more = ", ..." if len(self.parameters) > len(first) else ""
        return f"<Submission {inert(self.origin.source, 40)}: {shown}{more}>"


def read_parameters(
    entries: Entries,
    exercise: Exercise,
    origin: Origin = Origin(),
    is_known: Callable[[str], bool] | None = None,
) -> Submission:
    """Return the submission that the entries describe.

    `is_known` tells whether an exercise of that id exists; without it only this one does.

    Raises: SubmissionError with the first code that applies, in the order of the contract's list.
    """
    notes: tuple[str, ...] = ()
    if isinstance(entries, Placed):
        entries = entries.named(tuple(exercise.free))
    elif isinstance(entries, Trained):
        from grader.submission.weights.fitting import fitted

        entries, notes = fitted(entries.saved, exercise)
    values = checked(entries, exercise, is_known)
    for k, unit in enumerate(exercise.units):
        _check_fixed(f"w{k}", unit.w, values)
        _check_fixed(f"b{k}", unit.b, values)
    missing = [name for name in exercise.free if name not in values]
    if missing:
        raise SubmissionError(
            "missing-parameter",
            f"{listed(missing)} {_is_are(missing)} missing; give every free parameter a number: "
            f"{listed(exercise.free)}",
            missing[0],
        )
    doubles = {name: _double(name, values[name]) for name in exercise.free}
    parameters = {name: _in_range(name, value) for name, value in doubles.items()}
    return Submission(parameters, named(origin, entries), tuple(inert(x, 500) for x in notes))


def checked(
    entries: Entries, exercise: Exercise, is_known: Callable[[str], bool] | None = None
) -> dict[str, object]:
    """Return the entries as a dictionary, once their keys and the exercise's id are checked.

    Raises: SubmissionError (from duplicate-key to wrong-exercise).
    """
    also = OF_VARIANTS if exercise.variant else frozenset()
    values = check_keys(entries, exercise.free, len(exercise.units), also)
    id_ = values.get("exercise")
    if isinstance(id_, str) and id_ != exercise.id:
        if is_known is not None and not is_known(id_):
            raise unknown_exercise(id_, [exercise.id])
        raise SubmissionError(
            "wrong-exercise",
            f'this submission is for the exercise "{inert(id_, 60)}", but it is being graded '
            f'against "{exercise.id}"; hand it in there, or correct the key "exercise"',
            "exercise",
        )
    return values


def named(origin: Origin, entries: Entries) -> Origin:
    """Return the origin with the student's name, if the entries have one, valid or not."""
    student = next((as_text(value) for key, value in entries if key == "student"), None)
    return origin._replace(student=Name(student)) if isinstance(student, str) else origin


def check_keys(
    entries: Entries,
    free: Iterable[str] | None = None,
    units: int | None = None,
    also: Iterable[str] = OF_VARIANTS,
) -> dict[str, object]:
    """Return the entries as a dictionary, after checking the keys and the two texts.

    Without `free` and `units`, as for an exercise that is not known, any parameter's name will do.
    `also` are keys that are allowed besides.

    Raises: SubmissionError (duplicate-key, unknown-parameter, not-text).
    """
    values: dict[str, object] = {}
    for key, value in entries:
        if key in values:
            raise SubmissionError(
                "duplicate-key",
                f'the key "{inert(key, 40)}" appears twice; keep the one that you mean',
                inert(key, 40),
            )
        values[key] = as_text(value) if key == "student" else value
    unknown = [key for key in values if key not in also and not is_key(key, units)]
    if unknown:
        from grader.submission.miskeyed import unknown_parameter

        raise unknown_parameter(unknown, values, free, also)
    for key in ("exercise", "student"):
        if key in values and not isinstance(values[key], str):
            raise SubmissionError(
                "not-text",
                f'"{key}" must be text in double quotes, but it is {_described(values[key])}',
                key,
            )
    return values


def is_key(key: str, units: int | None = None) -> bool:
    """Tell whether a submission may have this key, for that many units or any number."""
    if key in ABOUT_IT:
        return True
    digits = key[1:]
    if key[:1] not in {"w", "b"} or not (digits.isascii() and digits.isdigit()):
        return False
    if len(digits) > _MAX_DIGITS or (digits[0] == "0" and digits != "0"):
        return False
    return units is None or int(digits) < units


def unknown_exercise(named: str, known: Iterable[str]) -> SubmissionError:
    """Return the error for an unknown exercise id, with the known ones nearest to it."""
    hint = did_you_mean(named, known, 3, 0.5)
    return SubmissionError(
        "unknown-exercise",
        f'unknown exercise "{inert(named, 60)}"{hint} '
        'Run "grader exercises" for the list, or leave the key "exercise" out.',
        "exercise",
    )


def _check_fixed(key: str, fixed: Fraction | None, values: Mapping[str, object]) -> None:
    """Refuse any value but its own for a parameter that the exercise fixes."""
    if fixed is None or key not in values:
        return
    value = values[key]
    if nearest(value) != to_double(fixed):
        raise SubmissionError(
            "fixed-parameter",
            f'"{key}" is fixed at {fixed} in this exercise, but the submission has '
            f"{_described(value)}; leave it out or give it its own value",
            key,
        )


def nearest(value: object) -> float | None:
    """Return the nearest double, infinity if it is too large; None if it is not a number."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction, Decimal)):
        return None
    try:
        double = float(value)
    except OverflowError:
        return float("inf")
    except ValueError:  # a signalling NaN of Decimal
        return None
    return double if double == double else None  # noqa: PLR0124 - false for NaN alone


def _double(name: str, value: object) -> float:
    double = nearest(value)
    if double is None:
        advice = _number_in(value) if isinstance(value, str) else ""
        raise SubmissionError(
            "not-a-number",
            f'"{name}" must be a number such as 1 or -0.5, but it is {_described(value)}{advice}',
            name,
        )
    return double


def _number_in(text: str) -> str:
    from grader.submission.characters import number_in_text

    advice = number_in_text(text)
    return f"; {advice}" if advice else ""


def _in_range(name: str, double: float) -> Fraction:
    try:
        return from_double(double)
    except ValueError:
        raise SubmissionError(
            "out-of-range",
            f'"{name}" is over {MAX_MAGNITUDE:,} in magnitude; such a number cannot be right here',
            name,
        ) from None


def _described(value: object) -> str:
    from grader.submission.described import describe

    return describe(value)


def _is_are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"
