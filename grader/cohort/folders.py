"""A collection in a folder; links are never followed."""

import os

from grader.cohort.holding import (
    MAX_MEMBERS,
    CollectionError,
    Key,
    Listing,
    Member,
    passed_over,
)
from grader.cohort.manifest import LONGEST_PATH, PassedOver
from grader.platforms import left_by_tools
from grader.text.inert import inert


class Folder:
    """A folder with the folders in it."""

    def __init__(self, path: str) -> None:
        """List the files, name by name in order. Raises: CollectionError, OSError."""
        self.root = path
        self.listing = _listed(path)

    def path(self, key: Key) -> str:
        """Return where the member is."""
        return os.path.join(self.root, *map(str, key))

    def data(self, key: Key, most: int) -> bytes:
        """Return the bytes of one of the platform's own files. Raises: OSError."""
        with open(self.path(key), "rb", opener=_no_link) as file:
            return file.read(most)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _listed(root: str) -> Listing:
    members: list[Member] = []
    passed: list[PassedOver] = []
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        above = waiting.pop()
        with os.scandir(os.path.join(root, *above)) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        folders = []
        for entry in entries:
            parts = (*above, entry.name)
            path = "/".join(parts)
            if len(path) > LONGEST_PATH:
                passed.append(passed_over(path, "its path is too long"))
            elif entry.is_dir(follow_symlinks=False):
                if left_by_tools(f"{path}/"):
                    passed.append(passed_over(f"{path}/", "a folder that tools leave behind"))
                else:
                    folders.append(parts)
            elif entry.is_symlink() and entry.is_dir():
                passed.append(passed_over(path, "a link to a folder; links are not followed"))
            else:
                members.append(Member(path, parts))
        if len(members) > MAX_MEMBERS:
            raise CollectionError(
                f"{inert(root)} holds more than {MAX_MEMBERS:,} files; name a folder with one "
                "class's submissions"
            )
        waiting.extend(reversed(folders))
    return Listing(tuple(members), tuple(passed))
