"""A submission's file to a Submission: opened once, read once, whatever waits behind the path."""

import os
import stat
import sys
from collections import Counter
from collections.abc import Sequence

from grader.desk.catalogue import is_known
from grader.desk.family import member
from grader.errors import SubmissionError
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.submission.origin import Origin
from grader.submission.record import MAX_BYTES, Entries, Run, Submission, read_parameters
from grader.text.digest import sha256

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import BinaryIO

# Without these a FIFO blocks the open, and a link in a student's folder reads somebody else's file.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
)


_NUMBERS_ALONE = ("bin", "data")  # what TensorFlow.js and ONNX write beside a model
_FAMILY = "submission.sources"
_LISTS_FILES = b'"weightsManifest"'  # of TensorFlow.js, whose numbers lie in files beside it
NOTEBOOK_BYTES = 50 * MAX_BYTES  # most of a notebook are outputs, which are skipped


class Received(NamedTuple):
    """A submission as it came in: its bytes, the kind that its name says, and its origin."""

    data: bytes
    kind: str
    origin: Origin


def sources(paths: Sequence[str]) -> list[str]:
    """Return what reports call the submissions: of several, the shortest ends that tell them apart.

    A path that is given twice cannot be distinguished from itself.
    """
    parts = [tuple(filter(None, path.replace(os.sep, "/").split("/"))) for path in paths]
    distinct = set(parts)
    found: dict[tuple[str, ...], str] = {}
    for length in range(1, max(map(len, distinct), default=0) + 1):
        seen = Counter(each[-length:] for each in distinct)
        for each in distinct - found.keys():
            if seen[each[-length:]] == 1:
                found[each] = "/".join(each[-length:])
    return [found.get(each, "/".join(each)) for each in parts]


def receive(path: str) -> Received:
    """Read the file at the path, or standard input for "-", once.

    Raises: OSError if it is missing, a folder or not permitted; SubmissionError (unreadable,
    too-large) if it is there and cannot be a submission.
    """
    if path == "-":
        if sys.stdin is None:
            raise SubmissionError(
                "unreadable",
                "standard input is closed; name a file, or send JSON to standard input",
            )
        return _received(_bounded(sys.stdin.buffer), "json", "-")
    name = os.path.basename(path)
    data = _file(path)
    kind = os.path.splitext(name)[1][1:].lower()
    if _LISTS_FILES in data and kind == "json":
        from grader.desk.beside import with_files_beside

        data, every = with_files_beside(data, os.path.dirname(path), _file)
        return _received(data, kind, name)._replace(
            origin=Origin(name, digest=sha256(every).hexdigest())
        )
    return _received(data, kind, name)


def _file(path: str) -> bytes:
    """Return a regular file's bytes; no link leads to it. Raises: OSError, SubmissionError."""
    mode = os.lstat(path).st_mode
    _check_regular(mode)
    if stat.S_ISDIR(mode) and os.path.isfile(os.path.join(path, "saved_model.pb")):
        from grader.desk.kinds import KERAS, SAVED_MODEL

        raise SubmissionError(
            "unreadable",
            f"the submission is the folder of {SAVED_MODEL}, which cannot be graded; {KERAS}",
        )
    # By an opener, since a descriptor handed to open() stays open where that refuses a folder.
    with open(path, "rb", opener=lambda name, _: os.open(name, _FLAGS)) as file:
        status = os.fstat(file.fileno())  # the path may lead elsewhere by now
        _check_regular(status.st_mode)
        if status.st_size <= MAX_BYTES:
            return _bounded(file, status.st_size)
        return _large(file, os.path.basename(path))


def taken(data: bytes, name: str) -> Received:
    """Return a file that somebody else has read, as far as one byte over NOTEBOOK_BYTES.

    Raises: SubmissionError (too-large), as for the file itself.
    """
    if len(data) > MAX_BYTES:
        from io import BytesIO

        data = _large(BytesIO(data), name)
    return _received(data, os.path.splitext(name)[1][1:].lower(), name)


def _check_regular(mode: int) -> None:
    """Refuse what is not a file. A folder is left to the open, which fails with a reason.

    Source: to open a socket or a device can fail, wait or have effects, so the look comes first.
    """
    if stat.S_ISLNK(mode):
        raise SubmissionError(
            "unreadable", "the submission is a link; hand in the file itself or a copy of it"
        )
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise SubmissionError(
            "unreadable",
            "the submission is not a regular file; hand in a file that an editor has saved",
        )


def _bounded(file: "BinaryIO", likely: int = MAX_BYTES) -> bytes:
    """Return all bytes; a file that grows or never ends is cut off and refused.

    Room for a mebibyte takes longer than the rest, so no more is asked for than there `likely` is.
    """
    data = file.read(likely + 1) or b""  # None: a non-blocking standard input without data
    if len(data) > likely:
        data += file.read(MAX_BYTES - likely)
    if len(data) > MAX_BYTES:
        raise _too_large(data)
    return data


def _large(file: "BinaryIO", name: str) -> bytes:
    """Return all bytes of a file that is too large for anything but a notebook.

    Raises: SubmissionError (too-large).
    """
    from grader.desk.kinds import is_notebook, may_be_notebook

    start = file.read(MAX_BYTES)
    is_named = ".ipynb" in name.lower()
    if not is_named and not may_be_notebook(start):
        raise _too_large(start)
    file.seek(0)
    data = file.read(NOTEBOOK_BYTES + 1)
    if len(data) > NOTEBOOK_BYTES:
        raise SubmissionError(
            "too-large",
            f"the notebook is larger than {NOTEBOOK_BYTES // MAX_BYTES} MiB; clear its outputs, "
            "save it and hand in the new file",
        )
    if not is_named and not is_notebook(data):
        raise _too_large(start)
    return data


def _too_large(start: bytes) -> SubmissionError:
    from grader.desk.kinds import kind_of

    kind = kind_of(start)
    if kind is None:
        advice = "is larger than 1 MiB; it needs only a few lines, so hand in only those"
    elif kind.read_as:
        advice = (
            f"is {kind.name} of more than 1 MiB, and the exercise's network takes a few kilobytes; "
            "save that network and hand it in"
        )
    else:
        advice = f"is {kind.name}, which cannot be graded; {kind.instead}"
    return SubmissionError("too-large", f"the submission {advice}")


def _received(data: bytes, kind: str, source: str) -> Received:
    return Received(data, kind, Origin(source, digest=sha256(data).hexdigest()))


def entries(received: Received, run: Run | None = None) -> Entries:
    """Return the submission's keys and values, read by the kind that its file name ends in.

    Where the name does not say, its content does, and of files with weights always. `run` is what
    runs code and reads files with weights.

    Raises: SubmissionError, SandboxError.
    """
    data, kind = received.data, received.kind
    if kind != "json" or b'"nbformat"' in data or b"\0" in data[:4]:
        kind = _kind(data, kind)
    try:
        return _read(data, kind, run)
    except SubmissionError as error:
        if error.code not in ("not-json", "not-utf8"):
            raise
        from grader.desk.kinds import read_as

        kind = read_as(data)
        if not kind:
            raise
    return _read(data, kind, run)


def _read(data: bytes, kind: str, run: Run | None) -> Entries:
    module = member(_FAMILY, kind)
    if module is None:
        raise ModuleNotFoundError(f"{_FAMILY}.{kind} is not installed")
    read: Entries = module.read(data, run)
    return read


def _kind(data: bytes, ending: str) -> str:
    """Return the kind of submission by the ending of its name, else by its content.

    Raises: SubmissionError for a picture, an archive or the like.
    """
    from grader.desk.kinds import by_content, in_spite_of_name, is_notebook, read_as

    if ending == "json":
        return "ipynb" if is_notebook(data) else ending
    if kind := read_as(data):
        return kind
    from grader.submission.sources import WEIGHTS

    ending = WEIGHTS.get(f".{ending}", ending)
    if member(_FAMILY, ending) is not None:
        return in_spite_of_name(data, ending)
    if ending in _NUMBERS_ALONE and b"\0" in data:
        raise SubmissionError(
            "not-weights",
            "the submission is a network's numbers alone, without the file that says what they "
            "are; hand in both as one zip file (TensorFlow.js), or export with "
            "external_data=False (ONNX)",
        )
    return by_content(data)


def read_submission(
    path: str | os.PathLike[str], exercise: Exercise, run: Run | None = None
) -> Submission:
    """Return the submission in the file at the path, or from standard input for "-".

    Raises: SubmissionError with the code that a report would show; SandboxError where code cannot
    be run; OSError if the file is missing, a folder or not permitted.
    """
    received = receive(os.fspath(path))
    return read_parameters(entries(received, run), exercise, received.origin, is_known)
