"""The target of a spec: its segments, or the points that they connect."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from grader.exact.piecewise import Segment, lines_through
from grader.exercise.checks import Rules
from grader.specs.reader import Reader
from grader.specs.tree import Entry, Mapping, Node

MAX_PARTS = 10_000


def _domain(reader: Reader, top: dict[str, Entry]) -> tuple[Fraction, Fraction] | None:
    entry = top.get("domain")
    pair = entry and reader.pair(entry.value, "domain", "from left to right")
    if entry and pair and pair[0] >= pair[1]:
        reader.note(entry.line, "domain", f"goes from {pair[0]} to {pair[1]}; left must be smaller")
        return None
    return pair or None


def read_target(reader: Reader, top: dict[str, Entry]) -> list[Segment]:
    """Return the target's segments; none where a problem was noted."""
    domain = _domain(reader, top)
    entry = top.get("target")
    if entry is None:
        return []
    forms = reader.mapping(entry.value, "target", (), ("segments", "points"))
    if len(forms) != 1:
        if isinstance(entry.value, Mapping) and len(entry.value.entries) != 1:
            reader.note(entry.line, "target", "needs one key: segments or points")
        return []
    (form,) = forms.values()
    path = f"target.{form.key}"
    items = reader.items(form.value, path, form.key)
    if items is None or not sized(reader, form, path, len(items), _SIZES[form.key]):
        return []
    noted = len(reader.problems)
    segments = _FORMS[form.key](reader, items, path)
    right = len(reader.problems) == noted
    if segments and domain and (segments[0].left, segments[-1].right) != domain:
        reader.note(
            form.line,
            path,
            f"cover {segments[0].left} to {segments[-1].right}, but the domain is "
            f"{domain[0]} to {domain[1]}; make them the same",
            "domain-mismatch",
        )
    return segments if right else []


def _joined(reader: Reader, items: Sequence[Node], path: str) -> list[Segment]:
    """Return the segments, if each is right; note where one does not meet the one before."""
    read = [_segment(reader, item, f"{path}[{i}]") for i, item in enumerate(items)]
    segments = [segment for segment in read if segment]
    if len(segments) < len(read):
        return []
    _check_joints(reader, segments, [item.line for item in items], path)
    return segments


def sized(reader: Reader, entry: Entry, path: str, size: int, limits: tuple[int, int]) -> bool:
    """Tell whether a list's size is within limits; note it if not."""
    least, most = limits
    if least <= size <= most:
        return True
    reader.note(entry.line, path, f"has {size} items; it needs {least} to {most}")
    return False


def _segment(reader: Reader, node: Node, path: str) -> Segment | None:
    keys = reader.mapping(node, path, ("on", "slope", "intercept"))
    on = keys.get("on")
    ends = on and reader.pair(on.value, f"{path}.on", "from left to right")
    slope, intercept = (
        reader.number(keys[key].value, f"{path}.{key}") if key in keys else None
        for key in ("slope", "intercept")
    )
    if on and ends and ends[0] >= ends[1]:
        reader.note(on.line, f"{path}.on", "must go from left to right")
        return None
    if not ends or slope is None or intercept is None:
        return None
    return Segment(*ends, slope, intercept)


def _check_joints(reader: Reader, segments: list[Segment], lines: list[int], path: str) -> None:
    """Note every gap, overlap and jump between neighbours."""
    for i, (before, after) in enumerate(pairwise(segments), 1):
        where = f"{path}[{i}]"
        if before.right != after.left:
            what = "a gap" if before.right < after.left else "an overlap"
            reader.note(
                lines[i],
                where,
                f"starts at {after.left}, but the segment before ends at {before.right}: {what}",
                what.split()[1],
            )
        elif before.value(after.left) != after.value(after.left):
            reader.note(
                lines[i],
                where,
                f"is {after.value(after.left)} at x = {after.left}, but the segment before "
                f"ends at {before.value(after.left)}: the target must be continuous",
                "jump",
            )


def _through_points(reader: Reader, items: Sequence[Node], path: str) -> list[Segment]:
    points = [reader.pair(p, f"{path}[{i}]", "x and y") for i, p in enumerate(items)]
    known = [point for point in points if point]
    if len(known) < len(points):
        return []
    right = True
    for i, (before, after) in enumerate(pairwise(known), 1):
        if before[0] >= after[0]:
            message = f"x must increase, but {after[0]} follows {before[0]}"
            reader.note(items[i].line, f"{path}[{i}]", message)
            right = False
    return lines_through(known) if right else []


def check_spacing(
    reader: Reader, top: dict[str, Entry], segments: list[Segment], rules: Rules
) -> None:
    """Note breakpoints so near each other that one knot could count for two."""
    least = 2 * rules.fade.x * rules.tolerance.x
    inner = segments[1:-1]
    for number, segment in enumerate(inner, 1):
        gap = segment.right - segment.left
        if gap <= least:
            reader.note(
                top["target"].line,
                "target",
                f"breakpoints {number} and {number + 1} are {gap} apart; they must be more "
                f"than 2 * fade.x * tolerance.x = {least} apart",
                "breakpoints-close",
            )


_SIZES = {"segments": (1, MAX_PARTS), "points": (2, MAX_PARTS + 1)}
_FORMS = {"segments": _joined, "points": _through_points}
