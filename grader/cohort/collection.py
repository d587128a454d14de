"""A class's folder or archive to a manifest of who handed in what, and the way to the bytes."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unicodedata import normalize

from grader.cohort.containers import opened, opened_within
from grader.cohort.folders import Folder
from grader.cohort.gathering import ARCHIVES, Gathered, gathered, natural
from grader.cohort.holding import CollectionError, Holder, Listing, Member, passed_over, received
from grader.cohort.layouts import Contents, Understood
from grader.cohort.manifest import HandIn, Manifest, PassedOver
from grader.cohort.path_patterns import by_names
from grader.cohort.roster import Matched, against
from grader.cohort.typed import decoded, field_of, shown, text_of
from grader.desk.family import member, members
from grader.desk.intake import Received, receive
from grader.errors import SubmissionError
from grader.platforms import left_by_tools, only_file
from grader.text.inert import inert
from grader.text.lists import listed

_FAMILY = "cohort.layouts"


class Empty(CollectionError):
    """There is nothing that could be a submission."""


_LONGEST_TEXT = 1 << 25  # of a platform's own list of hand-ins


def manifest(
    path: str,
    *,
    names: str | None = None,
    roster: str | None = None,
    only: Callable[[str], bool] | None = None,
) -> Manifest:
    """Return what the folder or archive at the path holds.

    `names` is a pattern for paths that no platform writes; `roster` is the path of a CSV file;
    `only` tells by a member's path whether it is looked at.

    Raises: CollectionError, which says what to do; OSError.
    """
    with opened(path) as holder:
        found, passed = _looked_over(holder.listing, only)
        if not found:
            raise Empty(f"{inert(path)} holds no file that could be a submission")
        contents = Contents(_root(path), found, lambda member: _text(holder, member))
        title, reading = (
            (f"paths that match {inert(names, 200)}", by_names(contents, names))
            if names is not None
            else _recognised(contents, path)
        )
        whose = gathered(reading.claims)
        notes = (*holder.listing.notes, *reading.notes, *whose.notes)
    matched = Matched(whose.entries) if roster is None else against(roster, whose.entries)
    return Manifest(
        title,
        matched.entries,
        _passed(found, reading, whose, passed),
        matched.missing,
        (*notes, *matched.notes),
    )


@contextmanager
def reader(path: str) -> Iterator[Callable[[HandIn], Received]]:
    """Give what reads the entries of the collection at the path, one at a time.

    It raises SubmissionError for what is somebody's and cannot be read, OSError where a folder's
    file is gone or not permitted. Raises: CollectionError, OSError.
    """
    with opened(path) as holder:
        yield lambda entry: _received(holder, entry)


def _received(holder: Holder, entry: HandIn) -> Received:
    key, name, form, fault = entry.place
    if fault:
        raise SubmissionError("unreadable", fault)
    if isinstance(holder, Folder):
        got = receive(holder.path(key))
    else:
        got = received(lambda most: holder.data(key, most), name)
    if form == "archive":
        return _unpacked(got)
    if form == "file":
        return got._replace(kind=os.path.splitext(name)[1][1:].lower())
    text = shown(field_of(decoded(got.data))) if form == "field" else text_of(got.data)
    if not text.strip():
        raise SubmissionError(
            "unreadable", "nothing was typed into the platform's editor, and no file handed in"
        )
    return got._replace(data=text.encode("utf-8", "replace"), kind="")


def _unpacked(got: Received) -> Received:
    """Return the one file in a student's own archive. Raises: SubmissionError."""
    try:
        holder = opened_within(got.data)
    except CollectionError:
        raise SubmissionError(
            "unreadable", "the archive is damaged; hand in the file itself"
        ) from None
    if holder is None:
        return got
    inside = [each for each in holder.listing.members if not left_by_tools(each.path)]
    handed = only_file([each.path for each in inside])
    if handed.path is None:
        raise SubmissionError("unreadable", f"in the archive {handed.missing}")
    chosen = next(each for each in inside if each.path == handed.path)
    if chosen.fault:
        raise SubmissionError("unreadable", f"a file {chosen.fault}")
    if chosen.path.lower().endswith(ARCHIVES):
        raise SubmissionError(
            "unreadable", "the archive holds another archive; hand in the file itself"
        )
    return received(lambda most: holder.data(chosen.key, most), chosen.path)


def _root(path: str) -> str:
    name = os.path.basename(os.path.abspath(path))
    ending = next((each for each in ARCHIVES if name.lower().endswith(each)), "")
    return name[: len(name) - len(ending)] if not os.path.isdir(path) else name


def _text(holder: Holder, of: Member) -> str:
    if of.fault:
        return ""
    try:
        data = holder.data(of.key, _LONGEST_TEXT)
    except SubmissionError:
        return ""
    return decoded(data)


def _looked_over(
    listing: Listing, only: Callable[[str], bool] | None
) -> tuple[tuple[Member, ...], list[PassedOver]]:
    """Return the members that may be somebody's, and those that are passed over.

    Of two members with one path, in whatever normal form, the later one is what unpacking leaves.
    """
    passed = list(listing.passed)
    last: dict[str, Member] = {}
    for each in listing.members:
        if only is not None and not only(each.path):
            continue
        reason = _left(each.path)
        if reason:
            passed.append(passed_over(each.path, reason))
            continue
        path = normalize("NFC", each.path)
        if path in last:
            passed.append(passed_over(last.pop(path).path, "there once more, and the later counts"))
        last[path] = each
    return tuple(last.values()), passed


def _left(path: str) -> str:
    if path.startswith("__MACOSX/") or "/__MACOSX/" in path or "/._" in f"/{path}":
        return "macOS's own side file"
    return "a file that tools leave behind" if left_by_tools(path) else ""


def _recognised(contents: Contents, path: str) -> tuple[str, Understood]:
    """Return the layout's name in words and what it makes of the collection."""
    shown = inert(path)
    if len(contents.members) == 1 and contents.members[0].path.lower().endswith(ARCHIVES):
        inner = inert(contents.members[0].path)
        raise CollectionError(f"{shown} holds nothing but {inner}; unpack it, or name it instead")
    modules = [member(_FAMILY, name) for name in members(_FAMILY)]
    for general in (False, True):
        readings = [
            (module.TITLE, reading)
            for module in modules
            if module is not None and getattr(module, "GENERAL", False) is general
            if (reading := module.read(contents)) is not None and reading.claims
        ]
        if readings:
            return max(readings, key=_weight)
    some = listed([inert(each.path, 60) for each in contents.members], most=2)
    raise CollectionError(
        f"{shown}: no layout of a course platform is like these names ({some}); say how they are "
        "made by --names and a regular expression with the named group id, as in "
        r"--names '(?P<id>\w+)/(?P<file>.+)'"
    )


def _weight(titled: tuple[str, Understood]) -> tuple[bool, int, int]:
    """Return what a layout makes of the collection as a number: one that finds a class counts."""
    claims = titled[1].claims
    students = len({claim.student for claim in claims})
    return students > 1, len(claims), students


def _passed(
    found: tuple[Member, ...], reading: Understood, whose: Gathered, passed: list[PassedOver]
) -> tuple[PassedOver, ...]:
    """Return everything that is nobody's hand-in or does not count, in order of the paths."""
    claimed = {claim.member.path for claim in reading.claims}
    rest = [
        passed_over(each.path, reading.own.get(each.path, "its name does not say whose it is"))
        for each in found
        if each.path not in claimed
    ]
    return tuple(sorted([*passed, *rest, *whose.passed], key=lambda p: natural(p.source)))
