"""What a teacher reads first: as what a collection was recognised, how many, what is left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from textwrap import wrap

from grader.cohort.manifest import HandIn, Manifest
from grader.text.inert import shortened
from grader.text.lists import listed

_WIDTH = 80
_SHOWN = 5
_LONGEST_SHOWN = 60


def manifest_lines(manifest: Manifest) -> list[str]:
    """Return the lines, at most 80 columns each save where a name has no blank to break at."""
    lines = _wrapped(f"Recognised: {manifest.layout}")
    lines += _wrapped(f"Found: {_counted(manifest.entries)}")
    lines += _failing(manifest.entries)
    lines += _passed(manifest)
    if manifest.missing:
        who = listed(
            (f"{p.name} ({p.student})" if p.name else p.student for p in manifest.missing), most=10
        )
        lines += _wrapped(f"Nothing handed in by {len(manifest.missing):,} of the roster: {who}")
    for note in manifest.notes:
        lines += _wrapped(f"Note: {note}")
    return lines


def _counted(entries: Sequence[HandIn]) -> str:
    students = len({entry.student for entry in entries})
    kinds = (
        (sum(entry.late for entry in entries), "late"),
        (sum(entry.attempt > 1 for entry in entries), "further attempts"),
        (
            sum(entry.place.form in ("html", "field") for entry in entries),
            "typed into the platform",
        ),
        (sum(entry.place.form == "archive" for entry in entries), "in an archive of their own"),
    )
    more = listed(f"{count:,} {what}" for count, what in kinds if count)
    shared = len(entries) - len({entry.source for entry in entries})
    group = f"; groups share {plural(shared, 'file')}" if shared else ""
    return (
        f"{plural(len(entries), 'submission')} of {plural(students, 'student')}"
        f"{f' ({more})' if more else ''}{group}"
    )


def plural(count: int, what: str) -> str:
    """Return "1 file" or "2 files"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _failing(entries: Iterable[HandIn]) -> list[str]:
    faulty = [entry for entry in entries if entry.place.fault]
    if not faulty:
        return []
    lines = _wrapped(f"Cannot be read, and will be reported as such: {len(faulty):,}")
    for entry in faulty[:_SHOWN]:
        shown = shortened(entry.source, _LONGEST_SHOWN)
        lines += _wrapped(f"{shown}: {entry.place.fault}", "  ")
    return lines + _rest(len(faulty))


def _passed(manifest: Manifest) -> list[str]:
    if not manifest.passed:
        return []
    by_reason: dict[str, list[str]] = defaultdict(list)
    for each in manifest.passed:
        by_reason[each.reason].append(shortened(each.source, _LONGEST_SHOWN))
    lines = _wrapped(f"Passed over: {plural(len(manifest.passed), 'file')}")
    most = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    for reason, sources in most[:_SHOWN]:
        lines += _wrapped(f"{listed(sources, most=2)}: {reason}", "  ")
    return lines + _rest(len(most), "reasons")


def _rest(count: int, what: str = "") -> list[str]:
    return [f"  and {count - _SHOWN:,} more {what}".rstrip()] if count > _SHOWN else []


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
