"""A class's folder or archive to a manifest of who handed in what, and the way to the bytes."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from unicodedata import normalize

from grader.cohort.containers import opened, opened_within
from grader.cohort.folders import Folder
from grader.cohort.gathering import ARCHIVES, Gathered, form_of, gathered, natural
from grader.cohort.holding import CollectionError, Holder, Listing, Member, passed_over, received
from grader.cohort.layouts import Claim, Contents, Understood
from grader.cohort.manifest import HandIn, Manifest, PassedOver, whole
from grader.cohort.path_patterns import by_names
from grader.cohort.recognising import platform_of, recognised
from grader.cohort.roster import Matched, against
from grader.cohort.typed import decoded, field_of, shown, text_of
from grader.desk.intake import Received, receive
from grader.errors import SubmissionError
from grader.platforms import left_by_tools, only_file
from grader.text.inert import inert
from grader.text.lists import listed


class Empty(CollectionError):
    """There is nothing that could be a submission."""


_TOOLS = "a file that tools leave behind"
_LOOKED_INTO = 5  # archives
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
        found, left, passed = _looked_over(holder.listing, only)
        if not found:
            raise Empty(f"{inert(path)} holds no file that could be a submission")
        contents = Contents(_root(path), found, lambda member: _text(holder, member))
        title, reading = (
            (f"paths that match {inert(names, 200)}", by_names(contents, names))
            if names is not None
            else recognised(contents, left, path)
        )
        _check_single(path, holder, reading.claims)
        whose = gathered(reading.claims)
        notes = (*holder.listing.notes, *reading.notes, *whose.notes)
    claimed = {whole(claim.member.path) for claim in reading.claims}
    passed = [each for each in passed if each.reason != _TOOLS or each.source not in claimed]
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


def _check_single(path: str, holder: Holder, claims: Sequence[Claim]) -> None:
    """Refuse archives side by side that are whole downloads, not students' own.

    All that are looked into must be: one student's odd archive stops no class.

    Raises: CollectionError.
    """
    archives = [claim.member for claim in claims if form_of(claim) == "archive"]
    if 2 * len(archives) <= len(claims):
        return
    platforms = [_download(holder, each) for each in archives[:_LOOKED_INTO]]
    if all(platforms):
        some = listed(inert(each.path, 60) for each in archives)
        raise CollectionError(
            f"{inert(path)} holds whole downloads ({some}; the first is of {platforms[0]}); name "
            "one of them, or unpack each into a folder of its own there"
        )


def _download(holder: Holder, archive: Member) -> str:
    """Return which platform's download of a class this is; "" if it is something else."""
    with suppress(CollectionError, SubmissionError, OSError):
        inside = opened_within(holder.data(archive.key, _LONGEST_TEXT))
        if inside is not None:
            found, _, _ = _looked_over(inside.listing, None)
            return platform_of(Contents(_root(archive.path), found, lambda _: ""))
    return ""


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
) -> tuple[tuple[Member, ...], tuple[Member, ...], list[PassedOver]]:
    """Return the members that may be somebody's, those that tools leave, what is passed over.

    Of two members with one path, in whatever normal form, the later one is what unpacking leaves.
    """
    passed = list(listing.passed)
    last: dict[str, Member] = {}
    left: list[Member] = []
    for each in listing.members:
        if only is not None and not only(each.path):
            continue
        reason = _left(each.path)
        if reason:
            passed.append(passed_over(each.path, reason))
            left += [each] * (reason is _TOOLS)
            continue
        path = normalize("NFC", each.path)
        if path in last:
            passed.append(
                passed_over(last.pop(path).path, "appears there again; the later one counts")
            )
        last[path] = each
    return tuple(last.values()), tuple(left), passed


def _left(path: str) -> str:
    if path.startswith("__MACOSX/") or "/__MACOSX/" in path or "/._" in f"/{path}":
        return "macOS's own side file"
    return _TOOLS if left_by_tools(path) else ""


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
