"""The small pictures of a class: one network, the scores, and how a check's credits are spread."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.cohort.analysis.facts import CheckFacts
from grader.cohort.analysis.functions import SharedLine
from grader.cohort.analysis.order import QUARTERS, reached_by
from grader.cohort.analysis.shares import FEW, wilson
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame, cut, path
from grader.pictures.lettering import breadth
from grader.pictures.view import extent
from grader.words.wording import points

WIDE, NARROW = 424, 300
_BAR, _TALLEST, _BASE, _EDGE = 10, 76, 100, 18  # pixels
_STEPS = 24  # different scores that get a bar each
_CHECK_WIDTH, _CHECK_HEIGHT = 84, 18
_MISTAKE_WIDTH = 200


def small(exercise: Exercise, line: SharedLine, title: str) -> str:
    """Return a small picture of one network over the target, without numbers."""
    frame = _small_frame(exercise, line.function)
    d = path(list(cut(frame.curve(line.function), frame.y0, frame.y1)))
    target = path(list(cut(frame.curve(exercise.target), frame.y0, frame.y1)))
    row = frame.y(Fraction(0))
    axis = svg.line("axis", 4, row, 140, row) if frame.y0 <= row <= frame.y1 else ""
    head = svg.opening("small", 144, 72, title, "The target is dashed, the network solid.")
    return f"{head}{axis}{svg.curve('one', d)}{svg.curve('aim', target)}</svg>"


def _small_frame(exercise: Exercise, function: PiecewiseLinear) -> Frame:
    left, right = exercise.domain
    low, high = extent(exercise.target)
    lowest, highest = extent(function)
    span = high - low or Fraction(1)
    low, high = max(min(low, lowest), low - span), min(max(high, highest), high + span)
    return Frame(left, right, low, high + Fraction(high == low), 4, 4, 140, 68)


def scores(given: Sequence[Fraction], most: Fraction, *, narrow: bool) -> str:
    """Return the spread of the scores, each at its own place, with median and quartiles below."""
    width = NARROW if narrow else WIDE
    room = width - 2 * _EDGE
    count = _at_steps(given, most)
    tallest = max(count.values())
    parts = [svg.line("axis", _EDGE - 8, _BASE, width - _EDGE + 8, _BASE)]
    for score, hands in sorted(count.items()):
        height = max(2.0, _TALLEST * hands / tallest)
        left = _EDGE + room * float(score / most) - _BAR / 2
        parts.append(svg.box("column", left, _BASE - height, (_BAR, height), 2))
    above: list[tuple[float, float]] = []
    below: list[tuple[float, float]] = []
    for score, hands in sorted(count.items(), key=lambda each: (-each[1], each[0])):
        middle = _EDGE + room * float(score / most)
        number, under = f"{hands:,}", points(score)
        top = _BASE - max(2.0, _TALLEST * hands / tallest) - 6
        if _is_free(middle, breadth(number, bold=True), above):
            parts.append(svg.words("strong", middle, top, number, "middle"))
        if _is_free(middle, breadth(under, 12), below):
            parts.append(svg.words("tick small", middle, _BASE + 16, under, "middle"))
    half, quarter = (reached_by(given, share) for share in (QUARTERS[1], QUARTERS[0]))
    three = reached_by(given, QUARTERS[2])
    ends = [_EDGE + room * float(score / most) for score in (three, half, quarter)]
    parts += _quartiles(*ends)
    said = (
        f"Median {points(half)}, the middle half from {points(three)} to {points(quarter)}, of "
        f"{points(most)} points."
    )
    kind = "plot narrow" if narrow else "plot"
    head = svg.opening(kind, width, _BASE + 42, "How many have which score", said)
    return f"{head}{''.join(parts)}</svg>"


def _at_steps(given: Sequence[Fraction], most: Fraction) -> Counter[Fraction]:
    """Return how many have which score; of very many scores how many are in each 24th below."""
    count = Counter(given)
    if len(count) <= _STEPS:
        return count
    step = most / _STEPS
    joined: Counter[Fraction] = Counter()
    for score, hands in count.items():
        joined[score // step * step] += hands
    return joined


def _is_free(middle: float, width: float, taken: list[tuple[float, float]]) -> bool:
    """Tell whether a label meets none before it; it is one of them then."""
    start, end = middle - width / 2 - 2, middle + width / 2 + 2
    free = all(end <= a or start >= b for a, b in taken)
    if free:
        taken.append((start, end))
    return free


def _quartiles(low: float, half: float, high: float) -> Iterator[str]:
    """Yield a line from quartile to quartile with a mark at the median."""
    row = _BASE + 30
    yield svg.line("spread", low, row, max(high, low + 1), row)
    yield svg.line("median", half, row - 6, half, row + 6)


def check_bar(facts: CheckFacts) -> str:
    """Return how many have a check wholly, partly, not; a dot at the mean credit, its interval."""
    n = facts.full + facts.partial + facts.none
    room = _CHECK_WIDTH - 2
    parts = [svg.box("rest", 1, 1, (room, 8), 2)]
    start = 1.0
    for kind, hands in (("share", facts.full), ("partial", facts.partial)):
        width = room * hands / n if n else 0
        if width:
            parts.append(svg.box(kind, start, 1, (width, 8)))
        start += width
    said = f"{facts.full} right, {facts.partial} partly, {facts.none} not yet"
    if n >= FEW:
        found = wilson(float(facts.credit), n)
        low, middle, high = (1 + room * end for end in (found.low, found.estimate, found.high))
        parts += [svg.line("likely", low, 14, high, 14), svg.disc("mean", middle, 14, 3)]
        said += f"; mean credit {found.estimate:.2f}, likely {found.low:.2f} to {found.high:.2f}"
    head = svg.opening("check", _CHECK_WIDTH, _CHECK_HEIGHT, said, said)
    return f"{head}{''.join(parts)}</svg>"


def mistake_bar(hands: int, most: int) -> str:
    """Return a bar for how many made a mistake, beside the number."""
    room = _MISTAKE_WIDTH - 80
    width = max(2.0, room * hands / most)
    bar = svg.box("mistake", 1, 4, (width, 14), 2)
    number = svg.words("name", width + 10, 16, f"{hands:,}")
    head = svg.opening("count", _MISTAKE_WIDTH, 22, f"{hands:,} hand-ins", "")
    return f"{head}{bar}{number}</svg>"
