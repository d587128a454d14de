"""Whether one part of a course goes along with the rest of it, with how far off that may be.

Checks of one exercise are not independent items: a unit that is wrong costs several of them, and
students of equal ability show alpha 0.76 on the lab. So within one exercise a correlation says only
that, and alpha is asked of a course's exercises alone.
"""

from collections.abc import Sequence
from math import atanh, fsum, sqrt, tanh

from grader.cohort.analysis.f_distribution import f_quantile
from grader.cohort.analysis.shares import Z95, Interval, newcombe

ENOUGH, MANY, PARTS = 30, 100, 5  # students for r and alpha, for D; exercises for alpha
KELLEY = 0.27
_FLAT = 1e-12


def correlation(one: Sequence[float], other: Sequence[float]) -> Interval | None:
    """Return Pearson's r with Fisher's interval; None for few, and where one does not vary.

    For an item and the total without it this is Henrysson's corrected correlation.

    Source: S. Henrysson, Psychometrika 28 (1963) 211; R. A. Fisher, Metron 1 (1921) 3.
    """
    n = len(one)
    if n < ENOUGH:
        return None
    spread, other_spread = _squares(one), _squares(other)
    if not spread or not other_spread:
        return None
    x, y = fsum(one) / n, fsum(other) / n
    together = fsum((a - x) * (b - y) for a, b in zip(one, other, strict=True))
    r = max(-1.0, min(1.0, together / sqrt(spread * other_spread)))
    return fisher(r, n)


def fisher(r: float, n: int) -> Interval:
    """Return a correlation with its interval. Source: R. A. Fisher, Metron 1 (1921) 3."""
    if abs(r) > 1 - _FLAT:
        return Interval(r, r, r)
    half = Z95 / sqrt(n - 3)
    return Interval(r, tanh(atanh(r) - half), tanh(atanh(r) + half))


def _squares(values: Sequence[float]) -> float:
    """Return the sum of squares about the mean; exactly 0 if all values are one."""
    if min(values) == max(values):
        return 0.0
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values)


def kelley(credits_: Sequence[float], totals: Sequence[float]) -> Interval | None:
    """Return by how much an item's mean is higher in the best 27 % than in the last 27 %.

    Of those whose totals tie at a cut each counts in part, so that no order of rows decides.

    Source: T. L. Kelley, J. Educ. Psych. 30 (1939) 17.
    """
    n = len(totals)
    if n < MANY:
        return None
    rows = list(zip(totals, credits_, strict=True))
    size = KELLEY * n
    best = _outermost([(-total, credit) for total, credit in rows], size)
    last = _outermost(rows, size)
    return newcombe((best, round(size)), (last, round(size)))


def _outermost(rows: Sequence[tuple[float, float]], size: float) -> float:
    """Return the credits of the first `size` rows by total, in units of whole students."""
    groups: dict[float, list[float]] = {}
    for total, credit in rows:
        groups.setdefault(total, []).append(credit)
    left, earned = size, 0.0
    for total in sorted(groups):
        members = groups[total]
        part = min(1.0, left / len(members))
        earned += part * fsum(members)
        left -= part * len(members)
        if left <= 0:
            break
    return min(earned * round(size) / size, float(round(size)))


def alpha(items: Sequence[Sequence[float]]) -> Interval | None:
    """Return Cronbach's alpha of a course: a sequence of scores for each exercise.

    Source: L. J. Cronbach, Psychometrika 16 (1951) 297; L. S. Feldt, Psychometrika 30 (1965) 357.
    """
    k, n = len(items), len(items[0]) if items else 0
    if k < PARTS or n < ENOUGH:
        return None
    whole = _squares([fsum(each) for each in zip(*items, strict=True)])
    if not whole:
        return None
    value = k / (k - 1) * (1 - fsum(map(_squares, items)) / whole)
    return feldt(value, n, k)


def feldt(value: float, n: int, k: int) -> Interval:
    """Return alpha with its interval. Source: L. S. Feldt, Psychometrika 30 (1965) 357."""
    freedom = (n - 1, (n - 1) * (k - 1))
    low, high = f_quantile(0.975, *freedom), f_quantile(0.025, *freedom)
    return Interval(value, 1 - (1 - value) * low, 1 - (1 - value) * high)
