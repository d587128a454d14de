"""Whether a platform's bundle can tell an exercise's variants apart, and the secret it needs."""

from argparse import Namespace
from types import ModuleType

from grader.authoring.equality.proof import MOST_PROVED
from grader.desk.files import complain
from grader.desk.secret import SecretError, read_secret
from grader.exercise.record import Exercise


def bundled_secret(
    exercise: Exercise, module: ModuleType, options: Namespace
) -> tuple[bool, bytes | None]:
    """Return whether the exercise can be bundled, else with a message, and the secret for it."""
    fault = _fault(exercise, module, options)
    if fault:
        complain(fault)
        return False, None
    if options.secret_file is None:
        return True, None
    try:
        secret = read_secret(options.secret_file)
    except SecretError as error:
        complain(str(error))
        return False, None
    for warning in secret.warnings:
        complain(warning)
    return True, secret.data


def _fault(exercise: Exercise, module: ModuleType, options: Namespace) -> str:
    given = options.secret_file is not None
    draws, chooses = getattr(module, "DRAWS", ""), getattr(module, "CHOOSES", False)
    variant = exercise.variant
    if variant is None or not exercise.is_open:
        return f"{exercise.id} has no variants; leave --secret-file out" if given else ""
    if not draws:
        return (
            f"{exercise.id} has variants, which {options.platform} cannot tell apart; bundle the "
            "spec of one variant, as grader variant writes it"
        )
    if variant.of > MOST_PROVED:
        return (
            f"{exercise.id} has {variant.of:,} variants; a bundle holds at most {MOST_PROVED:,}, "
            "as many as lint proves equal"
        )
    if chooses and given:
        return f"{options.platform} chooses variants by its own seed; leave --secret-file out"
    if not chooses and not given:
        return f"{exercise.id} has variants; name what they are drawn by: --secret-file FILE"
    return ""
