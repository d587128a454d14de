"""A folder for each student, named by the student's id; what lies in it is one hand-in."""

from grader.cohort.layouts import Claim, Contents, Understood

TITLE = "a folder for each student"
GENERAL = True


def read(contents: Contents) -> Understood | None:
    """Return the claims: everything that lies in a folder, by the uppermost that differ."""
    split = [(member, member.path.split("/")) for member in contents.members]
    depth = _common([parts for _, parts in split])
    claims = (
        Claim(member, parts[depth], file="/".join(parts[depth + 1 :]))
        for member, parts in split
        if len(parts) > depth + 1
    )
    return Understood(tuple(claims))


def _common(paths: list[list[str]]) -> int:
    """Return how many folders are around all that lies in folders: the archive's own, say.

    A single student's folder is one that holds files: the last on the way to all of them.
    """
    inside = [path[:-1] for path in paths if len(path) > 1]
    if not inside:
        return 0
    depth = 0
    shortest = min(map(len, inside))
    while depth < shortest - 1 and len({path[depth] for path in inside}) == 1:
        depth += 1
    return depth
