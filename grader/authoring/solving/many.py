"""Arrangements for many free units: one unit at each x where the slope has to change."""

from collections.abc import Iterator
from fractions import Fraction

from grader.authoring.solving.arrangements import Arrangement
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.ways import Way, idle, idle_setting, line, turns

MOST_TRIED = 2_000
# Linear programs with more equations than this take longer than an author waits.
MOST_PLACES = 24


def one_each(rest: Residual) -> Iterator[Arrangement]:
    """Yield arrangements with one unit at each x, at most one active everywhere, the rest idle.

    Of units that are alike only the first unused one is tried.
    """
    if len(rest.changes) > MOST_PLACES:
        return
    for ways in _placed(rest, 0, frozenset(rest.able)):
        unused = [k for k in rest.able if k not in {way.unit for way in ways}]
        for always in (None, *_first_of_each(rest, unused)):
            others = [k for k in unused if k != always]
            if any(idle_setting(rest.units[k], rest.left, rest.right) is None for k in others):
                continue
            added = None if always is None else line(always, rest.units[always], *_ends(rest))
            if added is None and always is not None:
                continue
            idles = tuple(idle(k, rest.units[k]) for k in others)
            yield Arrangement(ways + ((added,) if added else ()) + idles)


def _ends(rest: Residual) -> tuple[Fraction, Fraction]:
    return rest.left, rest.right


def _placed(rest: Residual, place: int, unused: frozenset[int]) -> Iterator[tuple[Way, ...]]:
    """Yield one turn for each x from this one on."""
    if place == len(rest.changes):
        yield ()
        return
    x, change = rest.changes[place]
    for k in _first_of_each(rest, sorted(unused)):
        if rest.units[k].v * change > 0:
            for way in turns(k, rest.units[k], x):
                for others in _placed(rest, place + 1, unused - {k}):
                    yield (way, *others)


def _first_of_each(rest: Residual, some: list[int]) -> list[int]:
    """Return the first unit of each kind: w, b and output weight alike."""
    first: dict[object, int] = {}
    for k in some:
        first.setdefault(rest.units[k], k)
    return list(first.values())
