"""A file for each student, named by the student's id: ada.json."""

from grader.cohort.layouts import Claim, Contents, Understood
from grader.platforms import ENDINGS

TITLE = "a file for each student"
GENERAL = True
_ENDINGS = (*ENDINGS, ".zip", ".txt")
_NOBODY = "submission"


def read(contents: Contents) -> Understood | None:
    """Return the claims: files that are not in different folders."""
    split = [(member, member.path.rpartition("/")) for member in contents.members]
    folders = {folder for _, (folder, _, _) in split}
    top = min(folders, key=len) if folders else ""
    claims = []
    for member, (folder, _, name) in split:
        stem, dot, ending = name.rpartition(".")
        known = f"{dot}{ending}".lower() in _ENDINGS
        if folder == top and known and stem.lower() != _NOBODY:
            claims.append(Claim(member, stem, file=name))
    return Understood(tuple(claims))
