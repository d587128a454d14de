"""Conditions that would leave out some variants and keep as many of the others as possible."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from grader.exact.formula import Constraint, condition
from grader.words.literal import exact

_MOST_CONDITIONS = 3
_MOST_CANDIDATES = 4_000

Values = Mapping[str, Fraction]


def leaving_out(variants: Sequence[Values], wrong: Collection[int]) -> tuple[str, int] | None:
    """Return conditions, joined by "and", that leave out these variants, and how many stay.

    `variants` are all, by number. None if no few conditions leave out all of them and keep two.
    """
    left = set(wrong)
    kept = set(range(len(variants))) - left
    chosen: list[str] = []
    candidates = list(_candidates(variants, left))
    while left and len(chosen) < _MOST_CONDITIONS:
        best = max(
            ((text, out) for text, out in candidates if left & out),
            key=lambda one: _worth(one[1], left, kept),
            default=None,
        )
        if best is None:
            return None
        text, out = best
        chosen.append(text)
        left -= out
        kept -= out
    return None if left or len(kept) < 2 else (" and ".join(chosen), len(kept))


def _worth(out: set[int], left: set[int], kept: set[int]) -> tuple[Fraction, int]:
    gone = len(out & left)
    return Fraction(gone, 1 + len(out & kept)), gone


def _candidates(
    variants: Sequence[Values], wrong: Collection[int]
) -> Iterator[tuple[str, set[int]]]:
    """Yield conditions with the variants that they leave out."""
    texts = dict.fromkeys(_texts(variants, wrong))
    for text in list(texts)[:_MOST_CANDIDATES]:
        read: Constraint = condition(text)
        yield text, {k for k, values in enumerate(variants) if not read.holds(values)}


def _texts(variants: Sequence[Values], wrong: Collection[int]) -> Iterator[str]:
    names = list(variants[0])
    bad = [variants[k] for k in sorted(wrong)]
    for name in names:
        for value in dict.fromkeys(values[name] for values in bad):
            yield from (f"{name} {sign} {exact(value)}" for sign in ("!=", "<", ">"))
    for a, b in combinations(names, 2):
        yield from (f"{a} {sign} {b}" for sign in ("!=", "<", ">", "<=", ">="))
        yield from (f"{a} + {b} != {c}" for c in names if c not in {a, b})
        yield from (f"{a}*{b} != {c}" for c in names if c not in {a, b})
        yield from _with_numbers(a, b, bad)


def _with_numbers(a: str, b: str, bad: Sequence[Values]) -> Iterator[str]:
    for operation in ("+", "-", "*"):
        for value in dict.fromkeys(_combined(operation, v[a], v[b]) for v in bad):
            for sign in ("!=", "<", ">"):
                yield f"{a} {operation} {b} {sign} {exact(value)}"


def _combined(operation: str, a: Fraction, b: Fraction) -> Fraction:
    return {"+": a + b, "-": a - b, "*": a * b}[operation]
