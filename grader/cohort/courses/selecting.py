"""Which files of a course's folder belong to which exercise.

A pattern is a path below the course's folder: `*` and `?` stand for any part of one name, `**` for
any folders; everything else is itself, brackets too. One that names a folder takes all that is in
it. A part's collection is the deepest folder, or the first archive, on the way to all its patterns;
what is left of them chooses within it. So `week1/` and `week1.zip` are whole downloads, and
`submitted/*/lab1/**` is one assignment of several in a folder that they share.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.containers import is_archive

_WILD = re.compile(r"[*?]")


class Selection(NamedTuple):
    """A collection's path, and which of its members count; None if all do.

    `below` is the collection's path in the course's folder, "" for that itself.
    """

    path: str
    below: str
    only: Callable[[str], bool] | None

    def takes(self, path: str) -> bool:
        """Tell whether a file of the course's folder is this selection's."""
        if self.below and path != self.below and not path.startswith(f"{self.below}/"):
            return False
        rest = path[len(self.below) :].removeprefix("/")
        return not rest or self.only is None or self.only(rest)


def selected(folder: str, patterns: Sequence[str]) -> Selection:
    """Return what the patterns choose in a course's folder. Raises: OSError."""
    split = [[name for name in each.split("/") if name not in ("", ".")] for each in patterns]
    common = _common([_literal(names) for names in split])
    path, depth = folder, 0
    while depth < len(common) and os.path.isdir(os.path.join(path, common[depth])):
        path = os.path.join(path, common[depth])
        depth += 1
    if depth < len(common) and _is_archive(os.path.join(path, common[depth])):
        path = os.path.join(path, common[depth])
        depth += 1
    below = "/".join(common[:depth])
    rest = [names[depth:] for names in split]
    return Selection(path, below, matcher(rest) if all(rest) else None)


def matcher(patterns: Iterable[Sequence[str]]) -> Callable[[str], bool]:
    """Return what tells whether one of the patterns, cut into names, matches a path."""
    expression = re.compile("|".join(f"(?:{_expression(names)})" for names in patterns))
    return lambda path: expression.fullmatch(normalize("NFC", path)) is not None


def _expression(names: Sequence[str]) -> str:
    pieces = []
    for k, name in enumerate(names):
        last = k == len(names) - 1
        if name == "**" and names[k + 1 : k + 2] == ["**"]:
            continue
        if name == "**":
            pieces.append(".*" if last else "(?:[^/]++/)*")
            continue
        written = "".join(
            {"*": "[^/]*", "?": "[^/]"}.get(c, re.escape(c))
            for c in re.sub(r"\*+", "*", normalize("NFC", name))
        )
        pieces.append(f"{written}(?:/.*)?" if last else f"{written}/")
    return "(?s:" + "".join(pieces) + ")"


def _literal(names: Sequence[str]) -> list[str]:
    """Return the names before the first with a wild sign."""
    wild = next((k for k, name in enumerate(names) if _WILD.search(name)), len(names))
    return list(names[:wild])


def _common(every: Sequence[Sequence[str]]) -> list[str]:
    found = []
    for names in zip(*every, strict=False):
        if len(set(names)) > 1:
            break
        found.append(names[0])
    return found


def _is_archive(path: str) -> bool:
    return os.path.isfile(path) and is_archive(path)
