"""Moodle, "Download all submissions": full name, id of the participant, which plugin, the file.

The id belongs to this assignment and is the number of the offline grading worksheet's "Participant
4711". From 4.1 on there is a folder for each student and plugin, from 3.1 to 4.0 its name ends in
_, and with folders switched off the file's name follows. Of a team Moodle writes the group's name
and the group's id, of those in no group the words for that alone.

Source: moodle/moodle, mod/assign/classes/downloader.php.
"""

import re

from grader.cohort.layouts import Claim, Contents, Understood, matched, most

TITLE = "Moodle, downloaded submissions"
_NAMED = re.compile(
    r"(?P<name>[^_/]*)_(?:(?P<uid>\d+)_)?assignsubmission_(?P<plugin>[a-z]+)(?:_?/|_)(?P<file>.+)"
)


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if this is not Moodle's naming."""
    found = matched(contents, _NAMED)
    if not most(contents, found):
        return None
    own = {
        member.path: f"Moodle's {match['plugin']}, which is not a hand-in"
        for member, match in found
        if match["plugin"] not in ("file", "onlinetext")
    }
    claims = (
        Claim(
            member,
            match["uid"] or match["name"],
            match["name"],
            match["file"],
            form="html" if match["plugin"] == "onlinetext" else "file",
        )
        for member, match in found
        if member.path not in own
    )
    return Understood(tuple(claims), own)
