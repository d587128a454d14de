"""grader package PLATFORM EXERCISE -o FILE: make what an instructor uploads to a platform."""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from errno import EEXIST
from types import ModuleType

from grader.cli.run import full_marks
from grader.console.delivery import platform, platforms
from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_of
from grader.desk.catalogue import NotFound, find, is_path
from grader.desk.files import complain, create, is_followed, replace, to_standard_output
from grader.handover.bundling import Bundle, Parts, Wheel
from grader.handover.packing import archive, is_bundle, wheel
from grader.text.codes import REVEAL
from grader.text.inert import inert
from grader.version import VERSION

MEANING = "make the bundle that an instructor uploads to a course platform"

USAGE_ERROR = 2
_NUMPY = "2.2.6"  # has wheels for Python 3.10 to 3.13 on Linux
_METADATA = (
    "Requires-Python: >=3.11\nRequires-Dist: PyYAML\nRequires-Dist: markdown-it-py\nLicense: MIT\n"
)
# What grades and writes reports: each by its project and its module.
_LIBRARIES = {"PyYAML": "yaml", "markdown-it-py": "markdown_it", "mdurl": "mdurl"}
_OF_CLASSES = ("cohort/__init__.py", "cohort/choices.py")  # what the reading of options names
_PARTS = 3  # of a version that pins
_ZIP_FIRST = "This platform takes a zip file: zip what is in the folder, not the folder itself."
_OTHERWISE = "name a new folder, or a file that ends in .zip"
_INSIDE = "task.html in it is the students' page, INSTRUCTOR.md has your steps."
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = _parser()
    options = parse(parser, arguments)
    if options.list:
        return 0 if to_standard_output(_explained()) else USAGE_ERROR
    if not (options.platform and options.exercise and options.output):
        parser.error('needs PLATFORM, EXERCISE and -o FILE; "--list" explains the platforms')
    module = platform(options.platform, "bundle")
    if module is None:
        known = ", ".join(platforms("bundle"))
        complain(f'no bundle for "{inert(options.platform, 40)}"; choose one of {known}')
        return USAGE_ERROR
    parts = _parts(options, module)
    if parts is None or not (options.force or _is_sound(parts)):
        return USAGE_ERROR
    make: Callable[[Parts], Bundle] = module.bundle
    zipped = getattr(module, "ZIP", False) and not options.output.endswith(".zip")
    then = f"{_ZIP_FIRST} {module.NEXT}" if zipped else module.NEXT
    return _write(make(parts), options.output, then)


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        "package",
        "Make the complete bundle that an instructor uploads to a course platform.",
        "example: grader package gradescope relu-three-segments -o autograder.zip",
    )
    parser.add_argument(
        "platform",
        nargs="?",
        metavar="PLATFORM",
        help='the course platform; "--list" explains each',
    )
    parser.add_argument("exercise", nargs="?", metavar="EXERCISE", help="id or path")
    parser.add_argument("-o", "--output", metavar="FILE", help="a .zip file, or a new folder")
    parser.add_argument("--list", action="store_true", help="explain each platform in a sentence")
    parser.add_argument(
        "--points", metavar="POINTS", type=full_marks, help="full marks on the platform"
    )
    parser.add_argument("--part", metavar="ID", help="Coursera: grade only this part")
    parser.add_argument(
        "--code", action="store_true", help="Open edX: students type Python, not JSON"
    )
    _add_numpy(parser)
    parser.add_argument(
        "--secret-file", metavar="FILE", help="what variants are drawn by; it goes into the bundle"
    )
    parser.add_argument(
        "--force", action="store_true", help="make the bundle even if lint finds errors"
    )
    parser.add_argument(
        "--reveal",
        choices=REVEAL,
        help="reveal less than the exercise allows, never more",
    )
    return parser


def _add_numpy(parser: argparse.ArgumentParser) -> None:
    """Add the options on which NumPy students' code may import."""
    numpy = parser.add_mutually_exclusive_group()
    numpy.add_argument(
        "--numpy",
        nargs="?",
        const=_NUMPY,
        default=_NUMPY,
        type=_version,
        metavar="VERSION",
        help="Gradescope, Coursera, GitHub: the version of NumPy that student code may import, "
        "which pip installs from PyPI when the image is built (on GitHub at each run); elsewhere "
        f"the machine's own NumPy counts, if it has one (default: {_NUMPY})",
    )
    numpy.add_argument(
        "--no-numpy",
        dest="numpy",
        action="store_const",
        const=None,
        help="leave NumPy out, so that the bundle downloads nothing",
    )


def _version(words: str) -> str:
    """Return a version with three parts: with fewer, a bundle could fetch other bytes later."""
    parts = words.split(".")
    if len(parts) != _PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f'"{inert(words, 40)}" is not a version such as {_NUMPY}')
    return words


def _explained() -> Iterator[str]:
    names = platforms("bundle")
    width = max(map(len, names))
    for name in names:
        yield f"{name:<{width}}  {getattr(platform(name), 'UPLOAD', '')}\n"


def _parts(options: argparse.Namespace, module: ModuleType) -> Parts | None:
    """Return what goes into the bundle; None, with messages, if the exercise is not good."""
    exercise = exercise_or_none(options.exercise)
    if exercise is None:
        return None
    from grader.console.bundled_secret import bundled_secret

    good, secret = bundled_secret(exercise, module, options)
    if not good:
        return None
    try:
        path = options.exercise if is_path(options.exercise) else find(options.exercise).path
        with open(path, "rb") as file:
            spec = file.read()
    except (NotFound, OSError) as error:
        complain(f"{inert(options.exercise)} cannot be read again: {error}")
        return None
    from grader.labs.bundled import bundled_lab

    lab, fault = bundled_lab(exercise)
    if fault:
        complain(f"{exercise.id}: {fault}; task.html is the task without sliders")
    return Parts(
        exercise,
        os.path.basename(path),
        spec,
        (_own_wheel(), *map(_wheel_of, _LIBRARIES)),
        points=options.points and str(options.points),
        part=options.part,
        numpy=options.numpy,
        reveal=options.reveal,
        code=options.code,
        lab=lab,
        secret=secret,
        draws=getattr(module, "DRAWS", ""),
    )


def _is_sound(parts: Parts) -> bool:
    """Tell whether lint finds no error in the exercise; say which it finds."""
    from grader.authoring.linting.lint import lint
    from grader.authoring.linting.subject import ERROR

    shown = inert(parts.spec_name, 255)
    stem = os.path.splitext(parts.spec_name)[0]
    errors = [found for found in lint(parts.spec, shown, stem) if found.level == ERROR]
    for found in errors:
        complain(f"{shown}:{found.line}: error {found.code}: {found.key}: {found.message}")
    if errors:
        complain(
            "nothing was written, because no student could get full marks fairly; correct the "
            "exercise, or use --force to package it as it is"
        )
    return not errors


def _own_wheel() -> Wheel:
    """Return the running grader as a wheel, without what no platform needs."""
    files = {
        f"grader/{path}": data
        for path, data in _files(_HERE)
        if path in _OF_CLASSES or not path.startswith(("cohort/", "exercises/", "labs/"))
    }
    return wheel("relu-grader", VERSION, files, _METADATA)


def _wheel_of(project: str) -> Wheel:
    """Return an installed library as a wheel for every machine: compiled C code is left out."""
    from importlib import import_module
    from importlib.metadata import version

    module = _LIBRARIES[project]
    top = os.path.dirname(str(import_module(module).__file__))
    files = {
        f"{module}/{path}": data
        for path, data in _files(top)
        if not path.startswith("cli/")  # a command of its own
    }
    return wheel(project, version(project), files, "License: MIT\n")


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a package by their path in it, compiled ones left out."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            if not name.endswith((".pyc", ".so", ".pyd")):
                path = os.path.join(where, name)
                with open(path, "rb") as file:
                    yield os.path.relpath(path, folder).replace(os.sep, "/"), file.read()


def _write(bundle: Bundle, output: str, then: str) -> int:
    """Write a zip file, or a folder that is not there yet; return the exit status."""
    if is_followed(output) or (os.path.isfile(output) and not is_bundle(output)):
        complain(f"{inert(output)} is one of your files and is not overwritten; {_OTHERWISE}")
        return USAGE_ERROR
    try:
        if not output.endswith(".zip") and os.path.lexists(output):
            raise FileExistsError(EEXIST, os.strerror(EEXIST))
        if output.endswith(".zip"):
            replace(output, archive(bundle))
        else:
            files = {os.path.join(output, name): file for name, file in bundle.items()}
            programs = [path for path, file in files.items() if file.executable]
            create({path: file.data for path, file in files.items()}, programs)
    except OSError as error:
        complain(f"{inert(output)} cannot be written: {error.strerror}; {_OTHERWISE}")
        return USAGE_ERROR
    return 0 if to_standard_output([f"Wrote {inert(output)}. {then}\n{_INSIDE}\n"]) else USAGE_ERROR
