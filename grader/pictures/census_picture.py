"""A census as one SVG: how many settings earn what, and the landscape of two parameters."""

from collections.abc import Sequence
from math import log10
from typing import NamedTuple

from grader.pictures import svg
from grader.style import joined

_WIDTH, _EDGE, _TOP, _TALL, _GAP = 680, 56, 56, 180, 48
_SIDE = 400
_LEVELS = 5


class Relief(NamedTuple):
    """The scores over two parameters, as shares of all points; a row for each of the first."""

    names: tuple[str, str]
    values: tuple[float, ...]
    shares: tuple[tuple[float, ...], ...]


def census_picture(title: str, counts: Sequence[int], field: Relief | None) -> str:
    """Return the picture; `counts` are settings by tenths of the points, 0 apart and all apart."""
    height = _TOP + _TALL + 44 + (0 if field is None else _GAP + _SIDE + 72)
    said = "Bars on a logarithmic scale: how many slider settings earn what. " + (
        "" if field is None else "Below: the score over two parameters, the others right."
    )
    parts = [svg.words("name", _EDGE, 24, title), *_bars(counts)]
    if field is not None:
        parts += _landscape(field, _TOP + _TALL + 44 + _GAP)
    head = svg.opening("relu", _WIDTH, height, title, said)
    style = joined("tokens", "plots", "census")
    background = svg.box("sheet", 0, 0, (_WIDTH, height))
    return f"{head}<style>{style}</style>{background}<svg>{''.join(parts)}</svg></svg>\n"


def _bars(counts: Sequence[int]) -> list[str]:
    base = _TOP + _TALL
    step = (_WIDTH - 2 * _EDGE) / len(counts)
    most = log10(max(counts) + 1) or 1
    parts = [svg.line("axis", _EDGE - 8, base, _WIDTH - _EDGE + 8, base)]
    for n, count in enumerate(counts):
        tall = _TALL * log10(count + 1) / most * 0.86
        middle = _EDGE + step * (n + 0.5)
        if count:
            parts.append(svg.box("column", middle - step * 0.4, base - tall, (step * 0.8, tall), 2))
        parts.append(svg.words("tick x", middle, base - tall - 6, _short(count)))
        parts.append(svg.words("tick x", middle, base + 18, _label(n, len(counts))))
    parts.append(svg.words("tick x", _WIDTH / 2, base + 38, "percent of the points"))
    return parts


def _label(n: int, bars: int) -> str:
    if n == 0:
        return "0"
    return "100" if n == bars - 1 else f"to {n * 10}"


def _short(count: int) -> str:
    """Return a count in at most four characters or so."""
    for size, letter in ((10**6, "M"), (10**3, "k")):
        if count >= size * 10:
            return f"{round(count / size)}{letter}"
        if count >= size:
            return f"{count / size:.1f}{letter}"
    return str(count)


def _landscape(field: Relief, top: float) -> list[str]:
    """Return the cells, the first parameter's largest value on top, and what they mean."""
    count = len(field.values)
    side = _SIDE / count
    left = (_WIDTH - _SIDE) / 2
    parts = [svg.box("rest", left, top, (_SIDE, _SIDE))]
    for row, shares in enumerate(field.shares):
        y = top + _SIDE - side * (row + 1)
        parts += _runs(shares, left, y, side)
    low, high = (f"{value:g}" for value in (field.values[0], field.values[-1]))
    under = top + _SIDE
    parts += [
        svg.words("tick x", left, under + 18, low),
        svg.words("tick x", left + _SIDE, under + 18, high),
        svg.words("name centred", _WIDTH / 2, under + 20, field.names[1]),
        svg.words("tick y", left - 8, under, low),
        svg.words("tick y", left - 8, top + 12, high),
        svg.words("name", left - 8, top + _SIDE / 2, field.names[0], "end"),
    ]
    for level in range(1, _LEVELS + 1):
        x = _EDGE + (_WIDTH - 2 * _EDGE) * (level - 0.8) / _LEVELS
        parts.append(svg.box(f"level l{level}", x, under + 36, (14, 14), 2))
        words = "all" if level == _LEVELS else f"from {(1, 25, 50, 75)[level - 1]} %"
        parts.append(svg.words("tick", x + 20, under + 48, words))
    return parts


def _runs(shares: Sequence[float], left: float, y: float, side: float) -> list[str]:
    """Return a row's cells, neighbours of one level as one."""
    parts, start = [], 0
    levels = [_level(share) for share in shares]
    for place in range(1, len(levels) + 1):
        if place < len(levels) and levels[place] == levels[start]:
            continue
        if levels[start]:
            size = (side * (place - start), side)
            parts.append(svg.box(f"level l{levels[start]}", left + side * start, y, size))
        start = place
    return parts


def _level(share: float) -> int:
    """Return 0 for nothing, 5 for all, else the quarter."""
    if share >= 1:
        return _LEVELS
    return 0 if share * 100 < 1 else 1 + int(share * 4)
