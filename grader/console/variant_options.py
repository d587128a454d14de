"""The words that say whose variant of an exercise is meant, the same for every command."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _ArgumentGroup
from fractions import Fraction

from grader.console.lookup import exercise_or_none
from grader.desk.files import complain
from grader.desk.secret import SecretError, read_secret
from grader.errors import SpecError, SubmissionError
from grader.exercise.record import Exercise, Variant
from grader.submission.variant import Whose, exercise_of, expected_number
from grader.text.inert import inert


def add_variant_options(parser: "ArgumentParser | _ArgumentGroup", number: str) -> None:
    """Add the options; `number` is what the one is called that names a number."""
    parser.add_argument("--student", metavar="ID", help="id of the student whose variant it is")
    parser.add_argument(
        "--secret-file", metavar="FILE", help="file with the secret from which variants are drawn"
    )
    parser.add_argument(
        number, metavar="N", dest="variant", type=_number, help="use this variant, by its number"
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # enough for any list
        raise ArgumentTypeError(f'"{inert(text, 40)}" must be a whole number such as 17')
    return int(text)


def whose(given: Namespace) -> Whose | None:
    """Return what the words say of the variant; None, with a message, if they do not go together.

    Without such words it knows nothing, which is something else.
    """
    student, path, number = given.student, given.secret_file, given.variant
    if number is not None and (student is not None or path is not None):
        complain("a variant is named by its number, or drawn by --student and --secret-file")
        return None
    if student is not None and path is None:
        complain("--student needs --secret-file: the variant is drawn by both")
        return None
    if student == "":
        complain("--student is empty; a variant is drawn by the student's id")
        return None
    if path is None:
        return Whose(number=number)
    try:
        secret = read_secret(path)
    except SecretError as error:
        complain(str(error))
        return None
    for warning in secret.warnings:
        complain(warning)
    return Whose(student, secret.data, number)


def unchecked(variant: Variant, known: Whose | None, threshold: Fraction | None) -> str:
    """Return why the threshold cannot be kept: nothing checks which variant is named; else ""."""
    if threshold is None or known is not None or variant.number is not None:
        return ""
    return (
        "--fail-under needs --secret-file or --variant where an exercise has variants; otherwise a "
        "submission could choose what it is measured against"
    )


def asked_exercise(given: Namespace, *, needed: bool = False) -> Exercise | None:
    """Return the exercise of a command line in the variant that it names; None, with a message."""
    known = whose(given)
    return known and own_exercise(given.exercise, known, needed=needed)


def own_exercise(name: str, known: Whose, *, needed: bool = False) -> Exercise | None:
    """Return the exercise in the variant that the words lead to; None, with a message.

    `needed`: one that has variants is refused where the words do not say which; else it shows the
    first.
    """
    exercise = exercise_or_none(name)
    if exercise is None:
        return None
    is_asked = known.number is not None or known.student is not None
    if exercise.is_open and is_asked:
        return _drawn(exercise, known)
    if is_asked:
        complain(f"{exercise.id} has no variants to choose from; leave the choice out")
        return None
    if needed and exercise.variant is not None and exercise.is_open:
        complain(
            f"{exercise.id} has {exercise.variant.of:,} variants; say which by a number "
            "or by --student and --secret-file"
        )
        return None
    return exercise


def _drawn(exercise: Exercise, known: Whose) -> Exercise | None:
    try:
        number, by = expected_number(exercise, known)
        return None if number is None else exercise_of(exercise, number, by)
    except SubmissionError as error:
        complain(f"{exercise.id}: {error}")
    except SpecError as error:
        complain("\n".join(error.lines()))
    return None
