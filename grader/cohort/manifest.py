"""What a collection holds: who handed in what, in order, and what was passed over and why.

`grader.cohort.collection` makes it: `manifest(path, names=..., roster=...) -> Manifest` looks into
a folder, a zip or a tar.gz, and `reader(path)` opens the same collection once more to read from:

    with reader(path) as received:
        for entry in found.entries:
            assess(lambda: received(entry), Origin(entry.source), asked)

`received(entry)` is what `desk.intake.receive` is for a path: a Received within the same limits, or
a SubmissionError for what is somebody's hand-in and cannot be read, so that it still gets its row.
A reader belongs to one process; entries may be sent to others (they pickle), each with its own.
Entries are in order of the students' ids, each student's attempts in order of time: the same
collection gives the same manifest.
"""

from typing import Literal

from grader.named import NamedTuple
from grader.text.inert import Inert, inert

# Nothing of an id is cut off: two people whose ids differ only at the end stay two.
LONGEST_PATH = 1024
_LONGEST_SHOWN = len(r"\U000e0001") * LONGEST_PATH


def whole(text: str) -> Inert:
    """Return an id or a path as it is shown, with nothing cut off."""
    return inert(text, _LONGEST_SHOWN)


# How the bytes become a submission: as they are; HTML that was typed into the platform's own
# editor; Blackboard's text file, of which one part was typed in; a student's own archive.
Form = Literal["file", "html", "field", "archive"]


class Whereabouts(NamedTuple):
    """How to get an entry's bytes; only a reader looks into it.

    `key` is what the collection's holder finds the bytes by, `name` the file's own name, by whose
    ending it is read. `fault`, where there is one, is why it cannot be.
    """

    key: tuple[str | int | bytes, ...]
    name: str
    form: Form = "file"
    fault: str = ""


class HandIn(NamedTuple):
    """One hand-in of one person; of a group, each member has an entry with the same place.

    `student` is the platform's id, and nothing else tells people apart; `name` is a label and may
    be empty. Attempts count from 1 in order of time, for each student. `submitted` is ISO 8601,
    with an offset where the platform says it, or empty. `source` is the path in the collection.
    """

    student: Inert
    name: Inert
    attempt: int
    submitted: str
    late: bool
    source: Inert
    place: Whereabouts


class PassedOver(NamedTuple):
    """A file of the collection that is nobody's hand-in or does not count, and why."""

    source: Inert
    reason: Inert


class Enrolled(NamedTuple):
    """Somebody of the roster: the platform's id and the name."""

    student: Inert
    name: Inert


class Manifest(NamedTuple):
    """A collection: as what it was recognised, in words, what it holds and what it does not.

    `missing` are those of the roster who handed nothing in. `notes` are sentences for the teacher.
    """

    layout: str
    entries: tuple[HandIn, ...] = ()
    passed: tuple[PassedOver, ...] = ()
    missing: tuple[Enrolled, ...] = ()
    notes: tuple[str, ...] = ()
