"""course.yaml to its record: every key, every rule, all problems at once, each with its line."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple, TypeVar

from grader.cohort.choices import Keep
from grader.cohort.courses.record import CoursePart, CourseSpec, Exemption, Roster
from grader.cohort.deadlines import (
    DeadlineError,
    LateRule,
    read_duration,
    read_rule,
    read_time,
    read_zone,
)
from grader.errors import SpecError
from grader.specs.exercise import is_id
from grader.specs.reader import Reader, is_empty, join
from grader.specs.tree import Entry, Node, Scalar, Sequence, parse
from grader.text.inert import inert
from grader.text.lists import did_you_mean, listed

KEEP: tuple[Keep, ...] = ("last", "best", "first")  # one of several attempts is a course's grade
_TOP = ("title", "time_zone", "roster", "secret_file", "keep", "grace", "late", "overrides")
_DIFFERENT = ("due", "excused", "variant")
_PART = ("points", "due", "names", "roster", "column", "keep", "grace", "late")
_MOST = 1000  # exercises of a course
_OUTSIDE = "must be a path below the course's folder, with / between names and without .. or a disk"
_OWN = re.compile(r"journal(?:-.*)?|lock|reports", re.IGNORECASE)
T = TypeVar("T")


def read_course(data: bytes, source: str) -> CourseSpec:
    """Return the course that a file describes.

    Raises: SpecError with every problem that was found, in the order of their lines.
    """
    return _Reading(source).course(data)


class _Policies(NamedTuple):
    """In the order of a CoursePart's last fields."""

    keep: Keep = "last"
    grace: int = 0
    late: LateRule | None = None


class _Reading:
    """Reads the values that only a course has; what is wrong is noted, and reading goes on."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.reader = Reader()
        self.zone: tzinfo | None = None

    def course(self, data: bytes) -> CourseSpec:
        tree = parse(data, self.source, "a course")
        top = self.reader.mapping(tree, "", ("format", "exercises"), _TOP)
        if entry := top.get("format"):
            self.reader.number(entry.value, "format", lambda n: n == 1, "1")
        self.zone = self.said(top, "", "time_zone", read_zone)
        usual = self.policies(top, "", _Policies())
        parts = self.parts(top["exercises"], usual) if "exercises" in top else ()
        course = CourseSpec(
            self.said(top, "", "title", str) or "",
            parts,
            self.roster(top, ""),
            self.overrides(top, parts),
            self.said(top, "", "secret_file", str),
        )
        if self.reader.problems:
            raise SpecError(self.source, tuple(self.reader.problems))
        return course

    def parts(self, entry: Entry, usual: _Policies) -> tuple[CoursePart, ...]:
        items = self.reader.items(entry.value, "exercises", "exercises") or ()
        if isinstance(entry.value, Sequence) and not 0 < len(items) <= _MOST:
            self.reader.note(
                entry.line, "exercises", f"has {len(items):,} items; it must be 1 to {_MOST:,}"
            )
        parts = tuple(
            self.part(item, f"exercises[{k}]", usual) for k, item in enumerate(items[:_MOST])
        )
        times = Counter(part.id.casefold() for part in parts if part.id)
        for k, part in enumerate(parts):
            if times[part.id.casefold()] > 1:
                what = f'"{part.id}" is the id of more than one exercise; each needs its own'
                self.reader.note(part.line, f"exercises[{k}].id", what)
        return parts

    def part(self, node: Node, path: str, usual: _Policies) -> CoursePart:
        keys = self.reader.mapping(node, path, ("id", "exercise", "files"), _PART)
        name = self.said(keys, path, "id", str) or ""
        if name and not is_id(name):
            what = "must be letters, digits and hyphens, at most 100"
            self.reader.note(keys["id"].line, join(path, "id"), what)
        elif _OWN.fullmatch(name):
            what = f'is "{name}", which is what a run calls a folder of its own; choose another'
            self.reader.note(keys["id"].line, join(path, "id"), what)
        points = None
        if entry := keys.get("points"):
            where = join(path, "points")
            points = self.reader.number(entry.value, where, lambda n: n > 0, "a number over 0")
        return CoursePart(
            name,
            self.said(keys, path, "exercise", str) or "",
            self.files(keys, path),
            node.line,
            points,
            self.said(keys, path, "names", str),
            self.roster(keys, path),
            self.said(keys, path, "due", self.time),
            self.said(keys, path, "column", str),
            *self.policies(keys, path, usual),
        )

    def policies(self, keys: Mapping[str, Entry], path: str, usual: _Policies) -> _Policies:
        """Return the policies of an exercise, or those of the course where it has none."""
        keep = usual.keep
        if entry := keys.get("keep"):
            keep = self.reader.choice(entry.value, join(path, "keep"), KEEP) or keep
        grace = self.said(keys, path, "grace", read_duration)
        late = self.said(keys, path, "late", read_rule)
        return _Policies(
            keep, usual.grace if grace is None else grace, usual.late if late is None else late
        )

    def time(self, text: str) -> datetime:
        return read_time(text, self.zone)

    def files(self, keys: Mapping[str, Entry], path: str) -> tuple[str, ...]:
        """Return the patterns: one text or a list of them."""
        if "files" not in keys:
            return ()
        node, path = keys["files"].value, join(path, "files")
        listing = isinstance(node, Sequence)
        items = node.items if isinstance(node, Sequence) else (node,)
        if not items:
            self.reader.note(node.line, path, "is an empty list; name a folder or an archive")
        texts = []
        for k, item in enumerate(items):
            where = f"{path}[{k}]" if listing else path
            if is_empty(item):
                self.reader.note(item.line, where, "is empty; give it a value or delete it")
            elif (text := self.below(item, where)) is not None:
                texts.append(text)
        return tuple(texts)

    def below(self, node: Node, path: str) -> str | None:
        """Return a path that does not lead out of the course's folder."""
        text = self.reader.text(node, path)
        if text is None or is_below(text):
            return text
        self.reader.note(node.line, path, f'"{inert(text, 60)}" {_OUTSIDE}')
        return None

    def roster(self, keys: Mapping[str, Entry], path: str) -> Roster | None:
        """Return a roster: a file, or a file and the column that names people."""
        entry, path = keys.get("roster"), join(path, "roster")
        if entry is None:
            return None
        if isinstance(entry.value, Scalar):
            file = self.below(entry.value, path)
            return None if file is None else Roster(file)
        inner = self.reader.mapping(entry.value, path, ("file",), ("student",))
        file = self.below(inner["file"].value, join(path, "file")) if "file" in inner else None
        column = self.said(inner, path, "student", str)
        return None if file is None else Roster(file, column)

    def overrides(
        self, top: Mapping[str, Entry], parts: tuple[CoursePart, ...]
    ) -> tuple[Exemption, ...]:
        if "overrides" not in top:
            return ()
        items = self.reader.items(top["overrides"].value, "overrides", "students") or ()
        ids = tuple(part.id for part in parts)
        found = tuple(self.override(each, f"overrides[{k}]", ids) for k, each in enumerate(items))
        times = Counter((each.student, each.exercise) for each in found if each.variant is not None)
        for k, each in enumerate(found):
            if each.variant is not None and times[each.student, each.exercise] > 1:
                what = f"{inert(each.student, 40)} is given a variant of {each.exercise} twice"
                self.reader.note(each.line, f"overrides[{k}].variant", f"{what}; keep one")
        return found

    def override(self, node: Node, path: str, ids: tuple[str, ...]) -> Exemption:
        keys = self.reader.mapping(node, path, ("student", "exercise"), _DIFFERENT)
        exercise = self.said(keys, path, "exercise", str)
        if exercise is not None and exercise not in ids:
            meant = did_you_mean(exercise, ids, otherwise="")
            shown = (
                f'"{inert(exercise, 40)}" is not the id of one of the exercises above{meant or ";"}'
            )
            self.reader.note(
                keys["exercise"].line,
                join(path, "exercise"),
                f"{shown} {'They' if meant else 'they'} are: {listed(ids, most=9)}",
            )
        if (entry := keys.get("excused")) and not _is_true(entry.value):
            what = "must be true; where nobody is excused leave it out"
            self.reader.note(entry.line, join(path, "excused"), what)
        given = {entry.key for entry in getattr(node, "entries", ())}
        if keys and given.isdisjoint(_DIFFERENT):
            what = "says nothing that is different; add due: TIME, excused: true or variant: N"
            self.reader.note(node.line, path, what)
        return Exemption(
            self.said(keys, path, "student", str) or "",
            exercise or "",
            self.said(keys, path, "due", self.time),
            "excused" in keys,
            self.number_of_variant(keys, path),
            node.line,
        )

    def number_of_variant(self, keys: Mapping[str, Entry], path: str) -> int | None:
        if (entry := keys.get("variant")) is None:
            return None
        number = self.reader.number(
            entry.value,
            join(path, "variant"),
            lambda n: n.denominator == 1 and n >= 0,
            "a whole number from 0",
        )
        return None if number is None else int(number)

    def said(
        self, keys: Mapping[str, Entry], path: str, name: str, read: Callable[[str], T]
    ) -> T | None:
        """Return what `read` makes of the text of a key; None if there is none."""
        entry = keys.get(name)
        return None if entry is None else self.value(entry, join(path, name), read)

    def value(self, entry: Entry, path: str, read: Callable[[str], T]) -> T | None:
        text = self.reader.text(entry.value, path)
        if text is None:
            return None
        try:
            return read(text)
        except DeadlineError as error:
            self.reader.note(entry.line, path, str(error))
            return None


def _is_true(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text == "true"


def is_below(path: str) -> bool:
    """Tell whether a path stays below the folder that it is joined to."""
    names = path.split("/")
    return ".." not in names and names[0] != "" and path[1:2] != ":" and "\\" not in path
