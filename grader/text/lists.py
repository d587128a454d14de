"""Lists in words, and the name that a wrong one was probably meant to be."""

from collections.abc import Iterable


def listed(items: Iterable[str], word: str = "and", most: int = 5) -> str:
    """Return "a, b and c", or of many the first `most` and how many more there are."""
    every = list(items)
    if len(every) > most + 1:  # "and 1 more" would be no shorter than the one
        return f"{', '.join(every[:most])} and {len(every) - most:,} more"
    return f" {word} ".join(filter(None, [", ".join(every[:-1]), *every[-1:]]))


def did_you_mean(
    written: str, known: Iterable[str], most: int = 1, likeness: float = 0.6, otherwise: str = "."
) -> str:
    """Return "; did you mean a or b?" with the known names most like the written one.

    Where nothing is like it, `otherwise`.
    """
    from difflib import get_close_matches

    near = get_close_matches(written[:80].strip().lower(), list(known), most, likeness)
    return f"; did you mean {listed(near, 'or')}?" if near else otherwise
