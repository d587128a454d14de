"""Which variant of an exercise a submission is graded by: the student's own, checked all round."""

from grader.errors import SubmissionError
from grader.exercise.record import Exercise, Variant
from grader.exercise.variants import draw, normal
from grader.named import NamedTuple
from grader.submission.described import describe
from grader.submission.origin import as_text
from grader.submission.record import Entries, Placed, checked
from grader.text.codes import ChosenBy
from grader.text.inert import inert

LIST = "variant_list"  # the key that holds the list's digest


class Whose(NamedTuple):
    """What the command knows of a submission's variant: the student and the secret, or the number.

    `overrides` gives single students another number than the draw would, by their id in NFC.
    """

    student: str | None = None
    secret: bytes | None = None
    number: int | None = None
    overrides: "tuple[tuple[str, int], ...]" = ()

    def __repr__(self) -> str:
        """Return what may be shown: not the secret."""
        return f"<Whose {inert(self.student or '', 40)}: number {self.number}>"


def settled(exercise: Exercise, entries: Entries, whose: Whose | None = None) -> Exercise:
    """Return the exercise in the variant that this submission is graded by.

    What the command says counts, and what the submission says must agree. A submission that alone
    says which variant it is for is graded by that one.

    Raises: SubmissionError (no-variant, wrong-variant, variants-changed and what is checked before
    them).
    """
    variant = exercise.variant
    if variant is None:
        return exercise
    values = {} if isinstance(entries, Placed) else checked(entries, exercise)
    named = _named(values.get("variant"), variant) if "variant" in values else None
    _check_list(values.get(LIST), variant)
    if variant.number is not None:
        _agree(named, variant.number, "the exercise is")
        return exercise
    student = as_text(values.get("student"))
    expected, by = _expected(exercise, student if isinstance(student, str) else None, whose)
    if expected is None:
        if named is None:
            raise _unknown(variant)
        expected, by = named, "submission"
    _agree(named, expected, "this student has")
    return exercise_of(exercise, expected, by)


def exercise_of(exercise: Exercise, number: int, chosen_by: ChosenBy) -> Exercise:
    """Return the exercise in the variant of this number. Raises: SpecError if it has a fault."""
    variant = exercise.variant
    if variant is None or variant.make is None:
        return exercise
    made = variant.make(number)
    chosen = made.variant
    return made if chosen is None else made._replace(variant=chosen._replace(chosen_by=chosen_by))


def expected_number(exercise: Exercise, whose: Whose) -> tuple[int | None, ChosenBy]:
    """Return the number of the variant that the command's words alone lead to, and how."""
    return _expected(exercise, None, whose)


def _expected(
    exercise: Exercise, student: str | None, whose: Whose | None
) -> tuple[int | None, ChosenBy]:
    variant = exercise.variant
    if whose is None or variant is None:
        return None, "nobody"
    if whose.number is not None:
        if not 0 <= whose.number < variant.of:
            raise SubmissionError("wrong-variant", out_of_list(whose.number, variant))
        return whose.number, "command"
    student = whose.student or student
    given = _override(student, whose)
    if given is not None:
        return given, "override"
    if whose.secret is None:
        return None, "nobody"
    if not student:
        raise SubmissionError(
            "no-variant",
            "the student's variant is drawn by the student's id, and none is given; add "
            '"student" to the submission',
            "student",
        )
    return draw(whose.secret, exercise.id, student, variant.of), "draw"


def _override(student: str | None, whose: Whose) -> int | None:
    """Return the number that is given to this student alone."""
    return dict(whose.overrides).get(normal(student)) if student and whose.overrides else None


def _named(value: object, variant: Variant) -> int:
    """Return the number that the submission names."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise SubmissionError(
            "wrong-variant",
            f'"variant" must be a whole number such as 17, but it is {describe(value)}',
            "variant",
        )
    if not 0 <= value < variant.of:
        raise SubmissionError("wrong-variant", out_of_list(int(value), variant), "variant")
    return int(value)


def out_of_list(number: int, variant: Variant) -> str:
    """Return the message for a number that no variant has."""
    return (
        f"variant {inert(str(number), 20)} does not exist; the {variant.of:,} variants have the "
        f"numbers 0 to {variant.of - 1:,}"
    )


def _agree(named: int | None, expected: int, whose: str) -> None:
    if named is not None and named != expected:
        raise SubmissionError(
            "wrong-variant",
            f"this submission is for variant {named:,}, but {whose} variant {expected:,}; solve "
            "that one, or ask whoever gave out the exercise",
            "variant",
        )


def _check_list(digest: object, variant: Variant) -> None:
    """Refuse a submission to another list of variants; nobody can tell what its numbers mean."""
    if digest is None or digest == variant.digest:
        return
    if not isinstance(digest, str):
        message = f'"{LIST}" must be text in double quotes, but it is {describe(digest)}'
        raise SubmissionError("not-text", message, LIST)
    raise SubmissionError(
        "variants-changed",
        f"this submission was made for the list of variants {inert(digest, 16)}, but the "
        f"exercise's list is {variant.digest[:16]} now: its choices or conditions have changed. "
        "Grade it with the spec that it was made for.",
        LIST,
    )


def _unknown(variant: Variant) -> SubmissionError:
    return SubmissionError(
        "no-variant",
        f"this exercise has {variant.of:,} variants, and nothing says which one this "
        'submission is for; add "variant" with its number, as in the file that came with the '
        "exercise",
        "variant",
    )
