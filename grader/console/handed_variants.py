"""Whose variant of an exercise a platform's submission is: by its own choice, or by a secret."""

from argparse import Namespace

from grader.desk.files import complain
from grader.desk.secret import SecretError, read_secret
from grader.exercise.record import Exercise
from grader.platforms import Handed
from grader.submission.variant import Whose


def whose_of(exercise: Exercise, handed: Handed, options: Namespace) -> Whose | None:
    """Return what decides the variant; None, with a message for the instructor, if nothing does.

    A student gets no grade then, rather than one for somebody else's target.
    """
    if not exercise.is_open:
        return Whose()
    if handed.variant is not None:
        return Whose(number=handed.variant)
    if options.secret_file is None:
        complain(f"{exercise.id} has variants, and nothing says by which secret they are drawn")
        return None
    if not handed.id:
        complain(
            f"no grade: {options.platform} does not say which one student handed in, and the "
            "variant is drawn by that; a group cannot have one"
        )
        return None
    try:
        # Who can read the file is the image's business, and students' code reads no file.
        return Whose(student=handed.id, secret=read_secret(options.secret_file).data)
    except SecretError as error:
        complain(str(error))
        return None
