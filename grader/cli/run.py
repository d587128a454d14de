"""grader run PLATFORM -e EXERCISE: grade what a course platform hands over, in its own way."""

import argparse
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from types import ModuleType

from grader.console.arguments import add_code_options, code_options
from grader.console.code import Runner
from grader.console.delivery import complain_of_failure, platform, platforms, write
from grader.console.handed_variants import whose_of
from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_of
from grader.desk.assess import FAULT, Asked, Chosen, assess, attempt, blamed, shown
from grader.desk.catalogue import is_path
from grader.desk.files import complain
from grader.desk.intake import Received, receive
from grader.errors import SubmissionError
from grader.exact.rational import from_text
from grader.exercise.record import Exercise
from grader.platforms import Files, Handed, Place, Settings
from grader.report import Failure, Report
from grader.submission.origin import Name, Origin
from grader.submission.record import MAX_BYTES
from grader.submission.variant import Whose
from grader.text.codes import REVEAL
from grader.text.inert import inert
from grader.words.wording import points as in_words

MEANING = "grade what a course platform hands over, and answer in its format"

USAGE_ERROR, FAILED = 2, 4
_DEEPEST, _MOST = 10, 1000  # folders in folders, entries: a repository is not a submission


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status: 0 whenever the platform has its answer."""
    options = parse(_parser(), arguments)
    module = platform(options.platform, "handed_over")
    if module is None:
        complain(_no_such(options.platform))
        return USAGE_ERROR
    if not is_path(options.exercise):
        complain(
            "-e needs the path of an exercise here: an id could mean a different exercise tomorrow"
        )
        return USAGE_ERROR
    exercise = exercise_or_none(options.exercise)
    if exercise is None:
        return USAGE_ERROR
    root = options.root or module.ROOT
    handed = attempt(lambda: _handed(module, root))
    whose = _admitted(exercise, handed, options)
    if whose is None:
        return FAILED
    asides: list[str] = []
    runner = Runner(code_options(options), _teller(asides))
    try:
        report = _report(root, handed, Chosen(exercise), runner, (options, whose))
    finally:
        runner.close()
    whole = isinstance(handed, Handed) and handed.whole
    settings = Settings(options.points, os.environ, whole=whole, aside="\n".join(asides))

    def answer(given: Report) -> Files:
        files: Files = module.answer(given, settings)
        return files

    nothing: Files = {}
    report, files = shown(report, answer, nothing)
    if not files:
        complain_of_failure(report, options.platform)
        return FAILED
    written = write(files, root, os.environ)
    return FAILED if not written or report.status == "failed" else 0


def _admitted(
    exercise: Exercise, handed: Handed | Failure, options: argparse.Namespace
) -> Whose | None:
    """Return what decides the variant; None, with a message, if there must be no grade."""
    if isinstance(handed, Failure):
        return Whose()
    return whose_of(exercise, handed, options) if _is_meant(exercise, handed, options) else None


def _handed(module: ModuleType, root: str) -> Handed:
    handed: Handed = module.handed_over(_place(root))
    return handed


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        "run",
        "Grade what a course platform hands over, and answer in its own format.",
        'Bundles made by "grader package" run this command.',
    )
    parser.add_argument("platform", metavar="PLATFORM", help='"grader package --list" lists them')
    parser.add_argument(
        "-e", "--exercise", metavar="PATH", required=True, help="path of the exercise"
    )
    parser.add_argument(
        "--digest", metavar="SHA256", help="the digest that the exercise's file must have"
    )
    parser.add_argument(
        "--root", metavar="FOLDER", help="the platform's folder, if it is not the usual one"
    )
    parser.add_argument(
        "--points",
        metavar="POINTS",
        type=full_marks,
        help="full marks there (default: the exercise's)",
    )
    parser.add_argument("--part", metavar="ID", help="refuse any other part")
    parser.add_argument(
        "--kind", choices=("json", "py"), default="json", help="what students type (default: json)"
    )
    parser.add_argument("--reveal", choices=REVEAL, help="reveal less than the exercise allows")
    parser.add_argument(
        "--secret-file", metavar="FILE", help="the secret that variants are drawn by"
    )
    add_code_options(parser)
    return parser


def _no_such(name: str) -> str:
    ready = ", ".join(platforms("handed_over"))
    return f'"{inert(name, 40)}" is not a platform that runs the grader; choose one of {ready}'


def _is_meant(exercise: Exercise, handed: Handed, options: argparse.Namespace) -> bool:
    """Tell whether this is the exercise and the part that the bundle was made for.

    It is not where what came is not as the platform writes it.
    """
    if handed.fault:
        complain(f"no answer for {options.platform}, and no grade: {handed.fault}")
        return False
    if options.digest and exercise.digest != options.digest:
        complain(
            f"{options.exercise} is not the exercise that this bundle was made for; package it "
            "again and upload the new bundle"
        )
        return False
    if options.part and handed.part != options.part:
        complain(f'this bundle grades the part "{options.part}", not "{inert(str(handed.part))}"')
        return False
    points = options.points or exercise.points
    if handed.points_there and _number(handed.points_there) != points:
        complain(
            f"note: full marks are {in_words(points)} here and {inert(handed.points_there)} on the "
            "platform; package with --points to make them agree"
        )
    return True


def full_marks(words: str) -> Fraction:
    """Return the points that an option gives. Raises: argparse.ArgumentTypeError."""
    points = _number(words)
    if points is None or points <= 0:
        raise argparse.ArgumentTypeError(f'"{inert(words, 40)}" is not a number over 0')
    return points


def _number(words: str) -> Fraction | None:
    try:
        return from_text(words)
    except ValueError:
        return None


def _teller(asides: list[str]) -> Callable[[str], None]:
    """Return what keeps the code's output for the student and writes it to the instructor's log.

    Source: actions/runner, ActionCommand.cs, read in November 2026: a log's line is a command from
    ::, where it begins with that, and from ##[ anywhere in it.
    """

    def tell(message: str) -> None:
        asides.append(message)
        complain(message.replace("##[", "## ["))

    return tell


def _report(
    root: str,
    handed: Handed | Failure,
    chosen: Chosen,
    runner: Runner,
    asked_for: tuple[argparse.Namespace, Whose],
) -> Report:
    """Return the report; the platform says whose it is, never the submission."""
    options, whose = asked_for
    if isinstance(handed, Failure):
        return blamed(handed, Origin(), chosen)
    typed = "-" if options.kind == "json" else f"submission.{options.kind}"
    source = os.path.basename(handed.path) if handed.path else typed
    run = runner.run_as(source, source)
    asked = Asked(lambda _: chosen, chosen, run, options.reveal, whose=whose)
    try:
        report = assess(lambda: _received(root, handed, options.kind), Origin(source), asked)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        report = blamed(Failure("unreadable", reason), Origin(source), chosen)
    report = report or blamed(FAULT, Origin(source), chosen)
    student = None if handed.student is None else Name(handed.student)
    return report._replace(origin=report.origin._replace(student=student))


def _received(root: str, handed: Handed, kind: str) -> Received:
    if handed.path is not None:
        return receive(os.path.join(root, handed.path))
    if handed.data is None:
        raise SubmissionError("unreadable", handed.missing)
    if len(handed.data) > MAX_BYTES:
        raise SubmissionError("too-large", "is larger than 1 MiB; hand in only a few lines")
    source = "-" if kind == "json" else f"submission.{kind}"
    return Received(handed.data, kind, Origin(source, digest=sha256(handed.data).hexdigest()))


def _place(root: str) -> Place:
    return Place(
        environment=os.environ,
        read=lambda name: _read(os.path.join(root, name)),
        files=lambda folder: sorted(_handed_in(root, folder)),
        standard_input=lambda: sys.stdin.buffer.read(2 * MAX_BYTES),
    )


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read(4 * MAX_BYTES)
    except OSError:
        return None


def _handed_in(root: str, folder: str) -> list[str]:
    """Return the regular files in the folder and below it, the uppermost first."""
    folders = [folder]
    files: list[str] = []
    for _ in range(_DEEPEST):
        below: list[str] = []
        for each in folders:
            for path, is_folder in _entries(root, each):
                (below if is_folder else files).append(path)
        folders = below[:_MOST]
        if len(files) > _MOST:
            break
    return files


def _entries(root: str, folder: str) -> Iterator[tuple[str, bool]]:
    """Yield files and folders, but no links and nothing that editors and archives leave behind."""
    path = os.path.join(root, folder)
    if not os.path.isdir(path) or os.path.islink(path):
        return
    with os.scandir(path) as all_entries:
        for entry, _ in zip(all_entries, range(_MOST), strict=False):
            if entry.name.startswith((".", "__")) or entry.name == "node_modules":
                continue
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
                yield os.path.join(folder, entry.name), stat.S_ISDIR(mode)
