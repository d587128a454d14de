"""Quantiles of the F distribution, by the incomplete beta function."""

from math import exp, lgamma, log

_STEPS, _CLOSE, _TINY = 10_000, 1e-15, 1e-300


def f_quantile(share: float, one: float, other: float) -> float:
    """Return the F with this share of the distribution (one, other degrees of freedom) below it."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if incomplete_beta(one / 2, other / 2, middle) < share:
            low = middle
        else:
            high = middle
        if high - low <= _CLOSE * high:
            break
    return other * high / (one * (1 - high))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the share of the beta distribution (a, b) below x.

    Source: DLMF 8.17.22, the continued fraction, which is quick where x < (a + 1) / (a + b + 2).
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    return front / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """Return the denominator of the continued fraction, by Lentz's method."""
    value = c = 1.0
    d = 0.0
    for step in range(1, _STEPS):
        m, odd = divmod(step, 2)
        if odd:
            part = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + part * d or _TINY)
        c = 1 + part / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value
