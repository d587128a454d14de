"""Where exercises are: the installed package, then ./exercises; and how an id becomes one."""

import os
import stat

from grader.errors import GraderError, Problem, SpecError
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.specs.exercise import is_id, read_exercise
from grader.specs.tree import MAX_BYTES
from grader.text.inert import inert

DEFAULT = "relu-three-segments"
ENDINGS = (".yaml", ".yml", ".json")
LOCAL = "exercises"
_PART = 2**16  # bytes

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class NotFound(GraderError):
    """No exercise has this id."""

    def __init__(self, id_: str) -> None:
        """Hold the id that was asked for."""
        self.id = id_
        super().__init__(f'unknown exercise "{inert(id_, 60)}"')


def _installed() -> str:
    """Return the folder of the installed exercises: in the wheel, or beside it in a checkout."""
    packaged = os.path.join(_HERE, "exercises")
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(_HERE), "exercises")


class Found(NamedTuple):
    """A spec's path, and the path of another one of the same id that it hides."""

    path: str
    hidden: str | None = None


def find(id_: str) -> Found:
    """Return where the exercise with this id is; the installed one counts.

    Raises: NotFound.
    """
    paths = [path for folder in (_installed(), LOCAL) if (path := _in_folder(folder, id_))]
    if not paths:
        raise NotFound(id_)
    hidden = paths[1] if len(paths) > 1 and not _same(*paths) else None
    return Found(paths[0], hidden)


def _same(one: str, other: str) -> bool:
    try:
        return read_spec(one) == read_spec(other)
    except (OSError, SpecError):  # one of them cannot be read: it is not known to be the same
        return False


def _in_folder(folder: str, id_: str) -> str | None:
    if not is_id(id_):
        return None
    for ending in ENDINGS:
        path = os.path.join(folder, id_ + ending)
        if os.path.isfile(path):
            return path
    return None


def is_known(id_: str) -> bool:
    """Tell whether an exercise with this id can be found."""
    try:
        find(id_)
    except NotFound:
        return False
    return True


def is_installed(path: str) -> bool:
    """Tell whether the spec at this path came with the package."""
    return os.path.dirname(os.path.abspath(path)) == _installed()


def known_ids() -> list[str]:
    """Return the ids of all exercises that can be named, sorted."""
    ids = set()
    for folder in (_installed(), LOCAL):
        if os.path.isdir(folder):
            for name in os.listdir(folder):
                stem, ending = os.path.splitext(name)
                if ending in ENDINGS and _in_folder(folder, stem):
                    ids.add(stem)
    return sorted(ids)


def is_path(name: str) -> bool:
    """Tell whether a name given for an exercise is a path, and not an id."""
    return "/" in name or os.sep in name or name.endswith(ENDINGS)


def load_exercise(name: str | os.PathLike[str]) -> Exercise:
    """Return the exercise with this id, or of the spec at this path.

    Raises: SpecError with every problem; NotFound for an id; OSError if the file cannot be read.
    """
    path = os.fspath(name)
    if not is_path(path):
        path = find(path).path
    base = os.path.basename(path)
    return read_exercise(read_spec(path), inert(base, 255), os.path.splitext(base)[0])


def read_spec(path: str) -> bytes:
    """Return the bytes of the spec at the path; some bytes too many, if it is too large.

    Raises: SpecError if it is not a regular file; OSError if it cannot be read.
    """
    base = inert(os.path.basename(path), 255)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            message = "is not a regular file; name the YAML file of an exercise"
            raise SpecError(base, (Problem(1, "", message),))
        data = b""
        # In parts: to ask for the largest size at once takes the memory, whatever the spec's size.
        while len(data) <= MAX_BYTES and (part := file.read(_PART)):
            data += part
        return data
