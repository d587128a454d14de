"""Course platforms, one file each, named by what the user types: a Report to the platform's files.

The docstring of each is its manual page: first line, source with version and day of reading, the
rules that bind. Each has

- `SHOWS`: where a student finds score, checks, diagnoses and picture, one phrase each;
- `answer(report, settings)`: named texts, paths below the platform's root, the main one last. The
  name "-" is standard output, "$NAME" the file that the environment names, which is appended to.
  Nothing at all where the platform learns from a missing answer that the grader failed;
- `document(texts)`, where one file can hold the reports on many submissions;
- `ROOT` and `handed_over(place)`, where the platform runs the grader itself: its folder there,
  what is to be graded, and whose it is;
- `DRAWS`, where it can tell variants apart: what variants are drawn by there, in a sentence;
  `CHOOSES = True` where it does so without a secret;
- `UPLOAD`, `NEXT` and `bundle(parts)`, where there is something to upload: what it is, in a
  sentence, what to do with it, and its files by name.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from grader.submission.sources import CODE, WEIGHTS

Files = Mapping[str, str]


class Settings(NamedTuple):
    """What an author may set, and what a platform says about itself.

    `points` are full marks on the platform, by default the exercise's; `alone`: only the main file
    can be written; `compact`: it is one of many that `document` joins; `whole`: the platform
    rounds points up, so only whole ones may be given. `aside` is what the student's code printed
    and what of it was left out, for the student to read.
    """

    points: Fraction | None = None
    environment: Mapping[str, str] = MappingProxyType({})
    alone: bool = False
    compact: bool = False
    whole: bool = False
    aside: str = ""


class Place(NamedTuple):
    """Where the platform runs the grader, as functions, so that reading it can be tested.

    `read` returns the bytes of a file below the root, or None if none exists; `files` the paths of
    the regular files that were handed in below a folder; `standard_input` everything on it.
    """

    environment: Mapping[str, str]
    read: Callable[[str], bytes | None]
    files: Callable[[str], Sequence[str]]
    standard_input: Callable[[], bytes]


class Handed(NamedTuple):
    """What a platform hands over: one of `path` below the root and `data`, and whose it is.

    With neither there is nothing to grade, and `missing` says why; or `fault` does, where what came
    is not as the platform writes it: that never costs a student the points. `points_there` are the
    platform's own full marks, as it writes them; `part` is its name for what is graded;
    `whole` is as in Settings. `id` is what tells the student from all others there, by which a
    variant is drawn; `variant` is the number that the platform has chosen itself.
    """

    path: str | None = None
    data: bytes | None = None
    student: str | None = None
    missing: str = ""
    fault: str = ""
    points_there: str | None = None
    part: str | None = None
    whole: bool = False
    id: str | None = None
    variant: int | None = None


ENDINGS = (".json", *CODE, *WEIGHTS)
_ARCHIVE = ".zip"  # of TensorFlow.js's two files; counts where it is called submission
_NAMED = 5  # files, where there are several

# What tools and courses leave beside a student's work; it is never what was meant to be graded.
_TOOLS = re.compile(
    r"(?:^|/)(?:node_modules|__pycache__|__macosx|venv|site-packages|\.[^/]+)/"
    r"|(?:^|/)(?:\.[^/]*|package(?:-lock)?\.json|[jt]sconfig[^/]*\.json|composer\.json|setup\.py"
    r"|conftest\.py|__init__\.py|submission_metadata\.json|[^/]*-checkpoint\.ipynb|thumbs\.db"
    r"|desktop\.ini|icon\r|~\$[^/]*|[^/]*\.(?:pyc|swp|bak|tmp|lock|toml)|[^/]*~|task\.html"
    r"|readme(?:\.md|\.txt)?|instructor\.md)$",
    re.IGNORECASE,
)


def left_by_tools(path: str) -> bool:
    """Tell whether this is what tools and courses leave beside a student's work."""
    return _TOOLS.search(path) is not None


def only_file(files: Sequence[str], student: str | None = None) -> Handed:
    """Return the one file that can be a submission, or why there is none.

    One that is called submission.*, at any depth, goes before every other, and one in an upper
    folder before those below it.
    """
    own = [path for path in files if not left_by_tools(path)]
    usable = [path for path in own if path.lower().endswith(ENDINGS)] or own
    may_be = {*usable, *(path for path in own if path.lower().endswith(_ARCHIVE))}
    named = [path for path in own if path in may_be and _name(path).startswith("submission.")]
    chosen = _uppermost(named or usable)
    if len(chosen) == 1:
        return Handed(path=chosen[0], student=student)
    if chosen:
        listed = ", ".join(sorted(chosen)[:_NAMED]) + (", ..." if chosen[_NAMED:] else "")
        or_name = "" if named else ", or call the one that counts submission, as in submission.json"
        missing = f"there are {len(chosen)} files ({listed}); hand in one{or_name}"
    elif files:
        missing = "no file that can be graded was handed in; hand in one, such as submission.json"
    else:
        missing = "nothing was handed in; hand in one file, such as submission.json"
    return Handed(student=student, missing=missing)


def _name(path: str) -> str:
    return path.rpartition("/")[2].lower()


def _uppermost(paths: Sequence[str]) -> list[str]:
    depth = min((path.count("/") for path in paths), default=0)
    return [path for path in paths if path.count("/") == depth]


def as_json(data: object, *, compact: bool = False) -> str:
    """Return JSON that every reader takes: ASCII, no NaN, one line break at the end."""
    return json.dumps(data, allow_nan=False, indent=None if compact else 2) + "\n"


def object_in(data: bytes | None) -> Mapping[str, object]:
    """Return the JSON object that a platform wrote, an empty one if it wrote none."""
    try:
        value = json.loads(data or b"")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
