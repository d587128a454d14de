"""Gradescope, "Download submissions": a folder for each, and a YAML file that says whose it is.

The YAML's keys are Ruby symbols, with a colon in front; every scalar is read as the text that it
is, since a student's number 0017 is not 15. A group has several submitters. The student's id is the
number of the roster (SID), where there is none the email address.
"""

import re
from collections.abc import Iterator, Mapping

import yaml

from grader.cohort.holding import CollectionError, Member
from grader.cohort.layouts import Claim, Contents, Understood

TITLE = "Gradescope, exported submissions"
_META = "submission_metadata.yml"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d*)?(?: ?(Z|UTC|[-+]\d\d:?\d\d))?")
_NOTHING = frozenset({"", "null", "~"})
Record = Mapping[str, object]


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if there is no such file.

    Raises: CollectionError if it is not what Gradescope writes.
    """
    metas = [m for m in contents.members if m.path.rpartition("/")[2] == _META]
    if len(metas) != 1:
        return None
    above = metas[0].path[: -len(_META)]
    records = _records(contents.text(metas[0]))
    own = {metas[0].path: "Gradescope's list of submissions"}
    claims = []
    for member in contents.members:
        folder, _, file = member.path.removeprefix(above).partition("/")
        record = records.get(folder)
        if not member.path.startswith(above) or not isinstance(record, Mapping) or not file:
            continue
        claims.append(_claim(member, folder, file, record))
    return Understood(tuple(claims), own)


def _records(text: str) -> Record:
    try:
        read = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text).get_single_data()
    except (yaml.YAMLError, RecursionError, ValueError):
        read = None
    if not isinstance(read, dict):
        raise CollectionError(
            f"{_META} is not what Gradescope writes; download the submissions again"
        )
    return read


def _claim(member: Member, folder: str, file: str, record: Record) -> Claim:
    people = tuple(_people(record.get(":submitters"), folder))
    student, name = people[0]
    return Claim(
        member,
        student,
        name,
        file,
        attempt=folder,
        submitted=iso(record.get(":created_at")),
        people=people if len(people) > 1 else (),
    )


def _people(submitters: object, folder: str) -> Iterator[tuple[str, str]]:
    found = 0
    for person in submitters if isinstance(submitters, list) else []:
        if isinstance(person, dict):
            texts = {
                key: value
                for key, value in person.items()
                if isinstance(value, str) and value not in _NOTHING
            }
            student = texts.get(":sid") or texts.get(":email")
            if student:
                found += 1
                yield student, texts.get(":name", "")
    if not found:
        yield folder, ""


def iso(time: object) -> str:
    """Return Gradescope's time as ISO 8601 with its offset; "" for anything else."""
    match = _TIME.fullmatch(time.strip()) if isinstance(time, str) else None
    if match is None:
        return ""
    offset = match[3] or ""
    if offset in ("Z", "UTC"):
        offset = "+00:00"
    elif offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"{match[1]}T{match[2]}{offset}"
