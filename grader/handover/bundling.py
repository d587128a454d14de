"""What an instructor uploads: its parts, and the program in it that starts the grader.

Every bundle carries the grader and its libraries as wheels, the exercise as it was written, and a
program that starts the one with the other: nothing is fetched while grading.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from grader.exercise.record import Exercise
from grader.text.codes import Reveal


class File(NamedTuple):
    """The bytes of a file in a bundle, and whether it is a program."""

    data: bytes
    executable: bool = False


class Wheel(NamedTuple):
    """A pure Python wheel by its file name."""

    name: str
    data: bytes


Bundle = Mapping[str, File]


class Lab(NamedTuple):
    """The page with sliders, for an exercise as it is marked on the platform.

    `page` takes how to hand in there, in Markdown; `framed` makes the page for a frame among fields
    that say the same numbers, by `fields`, the script of the page around it.
    """

    page: Callable[[Exercise, str], str]
    framed: Callable[[Exercise], str]
    fields: str


# What a bundle runs on where that is ours to choose: one of Docker's own images, a GitHub runner.
IMAGE = "python:3.12.8-slim-bookworm"
RUNNER = "ubuntu-24.04"


class Parts(NamedTuple):
    """What goes into a bundle: the exercise, the wheels, and what the author has set.

    `numpy` is the version that student code may import; `code` says whether students type code,
    for platforms that have to know beforehand. `lab` is the page with sliders, where the
    exercise suits one. `secret` is what variants are drawn by, which goes into the bundle
    alone, and `draws` says by what they are drawn on the platform.
    """

    exercise: Exercise
    spec_name: str
    spec: bytes
    wheels: tuple[Wheel, ...]
    points: str | None = None
    part: str | None = None
    numpy: str | None = None
    reveal: Reveal | None = None
    code: bool = False
    lab: Lab | None = None
    secret: bytes | None = None
    draws: str = ""


_KEPT = "exercise/secret.txt"
_START = '''\
#!/usr/bin/env -S python3 -I
"""Start the grader beside this file, with the exercise beside it."""

import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ARGUMENTS = {arguments}


def folder_of_the_grader():
    """Return where the wheels are unpacked: by the setup, or now and for this run."""
    folder = os.path.join(HERE, "lib")
    if os.path.isdir(os.path.join(folder, "grader")):
        return folder
    import atexit
    import shutil
    import tempfile
    import zipfile

    def ended(number, _):
        # No exception: one that is raised while a finalizer or an import runs would be lost.
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(128 + number)

    ends = {{signal.SIGHUP, signal.SIGINT, signal.SIGTERM}}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    folder = tempfile.mkdtemp(prefix="relu-grader-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for each in ends:
        signal.signal(each, ended)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ends)
    wheels = os.path.join(HERE, "wheels")
    for name in sorted(os.listdir(wheels)):
        with zipfile.ZipFile(os.path.join(wheels, name)) as wheel:
            wheel.extractall(folder)
    return folder


def options(words):
    """Return the words from the first option on: what precedes them is the platform's own."""
    return words[next((k for k, word in enumerate(words) if word.startswith("-")), len(words)) :]


if __name__ == "__main__":
    # An end as by exit() removes what was unpacked.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.path.insert(0, folder_of_the_grader())
    from grader.cli.run import main

    sys.exit(main([*ARGUMENTS, *options(sys.argv[1:])]))
'''

UNPACK = """\
for wheel in "$here"/wheels/*.whl; do
    "$python" -m zipfile -e "$wheel" "$here/lib"
done
"$python" -m compileall -q "$here/lib" || true
"""


def core(parts: Parts, platform: str, start: str = "start.py") -> dict[str, File]:
    """Return what every bundle has: the wheels, the exercise, and the program that starts them."""
    path = f"exercise/{parts.spec_name}"
    options = {"--points": parts.points, "--part": parts.part, "--reveal": parts.reveal}
    if parts.code:
        options["--kind"] = "py"
    words = [repr(word) for name, value in options.items() if value for word in (name, value)]
    if parts.secret is not None:
        words += ["'--secret-file'", f"os.path.join(HERE, {_KEPT!r})"]
    arguments = ", ".join(
        [
            repr(platform),
            "'--exercise'",
            f"os.path.join(HERE, {path!r})",
            "'--digest'",
            repr(parts.exercise.digest),
            *words,
        ]
    )
    program = _START.format(arguments=f"[{arguments}]")
    return {
        start: File(program.encode(), executable=True),
        path: File(parts.spec),
        **({} if parts.secret is None else {_KEPT: File(parts.secret)}),
        **{f"wheels/{wheel.name}": File(wheel.data) for wheel in parts.wheels},
    }


def below(folder: str, files: Mapping[str, File]) -> dict[str, File]:
    """Return the files with the folder in front of their names."""
    return {f"{folder}/{name}": file for name, file in files.items()}


def as_file(words: str, *, executable: bool = False) -> File:
    """Return a text as a file."""
    return File(words.encode(), executable)
