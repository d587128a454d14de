"""grader lab EXERCISE: make the page with sliders, or a folder of all of them."""

import argparse
import os
from collections.abc import Sequence

from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_of
from grader.console.variant_options import add_variant_options, asked_exercise
from grader.desk.catalogue import DEFAULT, ENDINGS, known_ids
from grader.desk.files import complain, create, deliver
from grader.desk.overwrite import refusal
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.text.inert import inert

MEANING = "make the page with sliders, or a folder of such pages"

_FAILED = 2


class PageParts(NamedTuple):
    """What the module knows of an exercise, and the right answer where it may be told."""

    facts: dict[str, object]
    answer: str


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = _parser()
    options = parse(parser, arguments)
    if not (options.exercise or options.all):
        parser.error('needs EXERCISE, or "--all" for every installed one')
    if options.all and options.exercise:
        parser.error("EXERCISE and --all exclude each other")
    fault = _address_fault(options.hand_in, insecure=options.allow_http)
    if fault:
        complain(fault)
        return _FAILED
    if options.roster is not None:
        from grader.console.class_labs import whole_class

        return whole_class(parser, options, lambda one: _parts(one, options))
    if options.all or os.path.isdir(options.exercise):
        if not options.output:
            parser.error("several pages need -o and a new folder")
        return _site(options)
    return _page(options)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        "lab",
        "Turn an exercise into one page with sliders, which works offline, grades exactly "
        "and saves the submission as a file. With a folder of exercises, or --all, make a "
        "folder of pages with an index.",
        "example: grader lab relu-three-segments -o lab.html",
    )
    parser.add_argument(
        "exercise", nargs="?", metavar="EXERCISE", help="id, path, or a folder of exercises"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="file for the page, or a new folder")
    parser.add_argument("--all", action="store_true", help="every installed exercise")
    parser.add_argument(
        "--hand-in", metavar="URL", help="address to which the page may post submissions"
    )
    parser.add_argument(
        "--allow-http", action="store_true", help="accept an address that is not encrypted"
    )
    parser.add_argument(
        "--intro", action="store_true", help=f"include the warm-up, which {DEFAULT} always has"
    )
    parser.add_argument(
        "--fit-sliders",
        action="store_true",
        help="widen the sliders until they reach a right answer",
    )
    add_variant_options(parser, "--variant")
    parser.add_argument(
        "--roster", metavar="FILE", help="one page for everybody of this CSV, which asks for the id"
    )
    return parser


def _address_fault(address: str | None, *, insecure: bool) -> str:
    """Return what is wrong with the address to hand in at, "" if nothing is."""
    if address is None:
        return ""
    from urllib.parse import urlsplit

    shown = inert(address, 100)
    try:
        parts = urlsplit(address)
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if (
        not known
        or parts.scheme not in {"http", "https"}
        or not address.isascii()
        or set(address) & set(" \"'<>;,\\")
    ):
        return f"--hand-in {shown}: is not a web address such as https://course.example/hand-in"
    if parts.username or parts.password:
        return f"--hand-in {shown}: holds a name or password, which every student could read"
    if parts.scheme == "http" and not insecure:
        return (
            f"--hand-in {shown}: is not encrypted, so others on the way can read and change what "
            "students hand in; use https, or add --allow-http, and the page says so"
        )
    return ""


def _page(options: argparse.Namespace) -> int:
    reason = refusal(options.output, [options.exercise])
    if reason:
        complain(reason)
    exercise = asked_exercise(options, needed=True)
    if exercise is None or reason:
        return _FAILED
    text = _made(exercise, options)
    if text is None:
        return _FAILED
    return 0 if deliver(text, options.output) else _FAILED


def _made(exercise: Exercise, options: argparse.Namespace, above: str = "") -> str | None:
    """Return the page; None, with a message, if the exercise does not suit one."""
    from grader.labs.document import Around, page

    parts = _parts(exercise, options)
    return parts and page(exercise, parts.facts, answer=parts.answer, around=Around(above=above))


def _parts(exercise: Exercise, options: argparse.Namespace) -> "PageParts | None":
    """Return what the page is made of; None, with a message, if the exercise does not suit one."""
    from grader.labs.payload import payload, variant_facts
    from grader.labs.reach import reach, too_large

    fault = too_large(exercise)
    if fault:
        complain(f"{exercise.id}: {fault}")
        return None
    found = reach(exercise, fit=options.fit_sliders)
    if found.fault:
        complain(f'{exercise.id}: sliders: {found.fault}, or use "--fit-sliders"')
        return None
    known = payload(
        exercise,
        found.controls,
        hand_in=options.hand_in,
        intro=options.intro or exercise.id == DEFAULT,
    )
    known |= variant_facts(exercise, options.student or "")
    return PageParts(known, found.answer if exercise.reveal == "answers" else "")


def _site(options: argparse.Namespace) -> int:
    from grader.labs.site import UP, site

    names = known_ids() if options.all else _specs(options.exercise)
    if not names:
        complain(f"{inert(options.exercise)} has no exercise in it, a file that ends in .yaml")
        return _FAILED
    exercises = [exercise_or_none(name) for name in names]
    sound = [exercise for exercise in exercises if exercise is not None]
    left_out = [exercise for exercise in sound if exercise.is_open]
    for exercise in left_out:
        complain(
            f"{exercise.id} has variants and is left out; make its page by --roster, --student or "
            "--variant"
        )
    sound = [exercise for exercise in sound if not exercise.is_open]
    pages = {exercise.id: _made(exercise, options, UP) for exercise in sound}
    made = {name: text for name, text in pages.items() if text is not None}
    if len(made) + len(left_out) < len(names):
        return _FAILED
    files = site(made, sound, "Exercises")
    try:
        create({os.path.join(options.output, name): text.encode() for name, text in files.items()})
    except OSError as error:
        complain(f"{inert(options.output)} cannot be made: {error.strerror}; name a new folder")
        return _FAILED
    return 0


def _specs(folder: str) -> list[str]:
    """Return the paths of the specs in a folder, sorted."""
    return sorted(
        os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(ENDINGS)
    )
