"""grader variant EXERCISE: one student's variant, any one, all of them, or a class's."""

import os
from argparse import Namespace
from collections.abc import Sequence

from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_for_an_exercise
from grader.console.variant_options import add_variant_options, own_exercise, whose
from grader.desk.files import complain, create, deliver, to_standard_output
from grader.desk.overwrite import refusal
from grader.errors import GraderError, SpecError
from grader.exercise.record import Exercise, Variant
from grader.submission.variant import Whose
from grader.text.inert import inert

MEANING = "write a student's variant of an exercise, or a class's, or all of them"
_DESCRIPTION = (
    "Write a student's variant of an exercise as a spec of its own. Without options, say how "
    "many variants the exercise has."
)

_FAILED = 2
_EXAMPLE = """\
example:
  grader variant stitch-your-own --student ada --secret-file secret.txt -o stitch-your-own.yaml
"""


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "variant",
        _DESCRIPTION,
        _EXAMPLE,
    )
    add_variant_options(parser, "--number")
    parser.add_argument(
        "--all", metavar="OUT/", help="write all variants, with a contact sheet, here"
    )
    parser.add_argument(
        "--roster", metavar="FILE", help="write the variant of everybody in this CSV file"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="file for the spec, or a new folder for --roster"
    )
    options = parse(parser, arguments)
    choices = (options.student, options.variant, options.all, options.roster)
    if sum(choice is not None for choice in choices) > 1:
        parser.error("--student, --number, --all and --roster exclude each other")
    if options.roster is not None and not (options.secret_file and options.output):
        parser.error("--roster needs --secret-file, and -o with a new folder")
    known = whose(options)
    if known is None:
        return _FAILED
    is_one = known.student is not None or known.number is not None
    return _one(options, known) if is_one else _others(options, known)


def _others(options: Namespace, known: Whose) -> int:
    """Write what is asked of all variants or of a class; say what is wrong with any of it."""
    exercise = exercise_or_none(options.exercise)
    if exercise is None:
        return _FAILED
    variant = exercise.variant
    if variant is None or variant.make is None:
        complain(f"{exercise.id} has no variants; everybody has the same exercise")
        return _FAILED
    try:
        return _several(options, known, exercise, variant)
    except SpecError as error:
        complain("\n".join(error.lines()))
    except GraderError as error:
        complain(str(error))
    except OSError as error:
        complain(f"{inert(str(error.filename or options.output))}: {error.strerror}")
    return _FAILED


def _one(options: Namespace, known: Whose) -> int:
    exercise = own_exercise(options.exercise, known, needed=True)
    if exercise is None or exercise.variant is None or exercise.variant.number is None:
        return _FAILED
    spec = exercise.variant.spec
    text = "" if spec is None else spec(exercise.variant.number)
    reason = refusal(options.output, [options.exercise])
    if reason:
        complain(reason)
        return _FAILED
    return 0 if deliver(text, options.output) else _FAILED


def _several(options: Namespace, known: Whose, exercise: Exercise, variant: Variant) -> int:
    if options.roster is not None:
        return _class(options, known, exercise, variant)
    if options.all is None:
        line = f"{exercise.id}: {variant.of:,} variants, list {variant.digest}\n"
        return 0 if to_standard_output([line]) else _FAILED
    files = _all(exercise, variant)
    _create(options.all, files)
    complain(f"wrote {variant.of:,} variants and {os.path.join(options.all, _SHEET)}")
    return 0


_SHEET = "contact-sheet.html"


def _all(exercise: Exercise, variant: Variant) -> dict[str, str]:
    """Return every variant's file and the contact sheet."""
    from grader.task.contact_sheet import contact_sheet

    made = [_checked(variant, number) for number in range(variant.of)]
    digits = len(str(variant.of - 1))
    files = {
        os.path.join(f"{number:0{digits}}", f"{exercise.id}.yaml"): spec
        for number, (_, spec) in enumerate(made)
    }
    return {**files, _SHEET: contact_sheet(exercise, (each for each, _ in made))}


def _class(options: Namespace, known: Whose, exercise: Exercise, variant: Variant) -> int:
    """Write everybody's variant and the table of them."""
    from grader.cohort.alike_ids import odd_ids
    from grader.cohort.dealing import dealt, folder_names, table
    from grader.cohort.manifest import Enrolled, whole
    from grader.cohort.roster import people_of

    persons = people_of(options.roster, set()).persons
    for note in odd_ids(persons):
        complain(f"note: {note}")
    people = tuple({p.student: Enrolled(whole(p.student), inert(p.name)) for p in persons}.values())
    rows = dealt(people, exercise.id, known.secret or b"", variant.of)
    names = [os.path.join(folder, f"{exercise.id}.yaml") for folder in folder_names(people)]
    files = {name: _checked(variant, row.number)[1] for name, row in zip(names, rows, strict=True)}
    listed = table(rows, variant.digest, names)
    _create(options.output, {**files, "variants.csv": listed.decode()})
    table_path = os.path.join(options.output, "variants.csv")
    complain(f"wrote {len(files):,} variants and {inert(table_path)}")
    return 0


def _checked(variant: Variant, number: int) -> tuple[Exercise, str]:
    """Return a variant and its spec. Raises: SpecError if it has a fault."""
    if variant.make is None or variant.spec is None:
        raise TypeError("a single variant has no others")
    return variant.make(number), variant.spec(number)


def _create(folder: str, files: dict[str, str]) -> None:
    """Write new files. Raises: OSError."""
    create({os.path.join(folder, name): text.encode() for name, text in files.items()})
