"""Layouts of downloads, one file each: how a course platform names what students handed in.

A layout has a TITLE in words and `read(contents)`, which returns what it makes of a collection, or
None if that is not its own. The one that claims most files counts. A layout with GENERAL set, which
knows no platform's naming, is asked only where no other one fits.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from grader.cohort.holding import Member
from grader.cohort.manifest import Form

if TYPE_CHECKING:
    import re


class Claim(NamedTuple):
    """A file as somebody's hand-in, or part of one.

    `file` is the student's own name for it. `attempt` tells attempts apart and sorts them where
    `submitted` does not. `people` are the members of a group, id and name, if there are several.
    """

    member: Member
    student: str
    name: str = ""
    file: str = ""
    attempt: str = ""
    submitted: str = ""
    late: bool = False
    form: Form = "file"
    people: tuple[tuple[str, str], ...] = ()


class Contents(NamedTuple):
    """A collection as layouts look at it.

    `root` is its own name; `text` returns the beginning of one of the platform's files.
    """

    root: str
    members: tuple[Member, ...]
    text: Callable[[Member], str]

    def parts(self, member: Member) -> tuple[str, ...]:
        """Return the names on the way to a member, the collection's own first."""
        return (self.root, *member.path.split("/"))


class Understood(NamedTuple):
    """What a layout makes of a collection: claims, and files of the platform itself with why."""

    claims: tuple[Claim, ...]
    own: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()


Matched = tuple[Member, "re.Match[str]"]
_DEEPEST = 4  # folders that a teacher or an archive program may have put around a download


def matched(contents: Contents, pattern: "re.Pattern[str]") -> list[Matched]:
    """Return the members whose path the pattern matches as a whole, however deep they lie.

    The collection's own name may be the first of the path, as where one folder of a download is
    given.
    """
    found = []
    for member in contents.members:
        parts = contents.parts(member)
        for depth in range(min(len(parts), _DEEPEST)):
            match = pattern.fullmatch("/".join(parts[depth:]))
            if match:
                found.append((member, match))
                break
    return found


def most(contents: Contents, known: Iterable[object]) -> bool:
    """Tell whether so many members are known that the collection is this layout's.

    Half of them are too few: in a class of two a student could choose the layout by a file's name.
    """
    count = sum(1 for _ in known)
    return 2 * count > len(contents.members)
