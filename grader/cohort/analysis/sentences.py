"""What to teach next, in at most three sentences: the first three rules that fire.

A rule fires only on what a class of this size can show, so a small class often gets none.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import NormalDist

from grader.cohort.analysis.facts import CheckFacts, Facts, MistakeFacts
from grader.cohort.analysis.figures import apart, between, called, capital, in_brackets, likely, of
from grader.cohort.analysis.lessons import UNNAMED, done, lesson
from grader.cohort.analysis.shares import FEW, newcombe, wilson
from grader.cohort.analysis.significance import LEVEL, is_more
from grader.text.codes import ERRORS

MOST = 3
NOTHING = "Nothing stands out; look at single hand-ins."
_LEAST = 3  # hand-ins that show anything
_TENTH, _MENDED, _MASTERED = 0.10, 0.40, 0.80
_LARGE, _NAMED = 1000, 0.05  # in a large class smaller differences are real and of no use
_Rule = Callable[[Facts], Iterator[str]]


def to_teach(facts: Facts) -> tuple[str, ...]:
    """Return the sentences, one at least."""
    found = (sentence for rule in _RULES for sentence in rule(facts))
    return tuple(sentence for sentence, _ in zip(found, range(MOST), strict=False)) or (NOTHING,)


def _unreadable(facts: Facts) -> Iterator[str]:
    count, n = facts.not_read, facts.hand_ins
    if count >= _LEAST and count >= _TENTH * n:
        top = facts.unread[0]
        yield (
            f"{of(count, n)} hand-ins could not be read, {top.hand_ins:,} of them because "
            f"{ERRORS[top.code]}: say once more how to hand in."
        )


def _top_mistake(facts: Facts) -> Iterator[str]:
    """Say the first mistake among those below full marks, and whether it is really the first."""
    below = facts.n - facts.full
    named = [each for each in facts.mistakes if each.code != UNNAMED]
    if below < FEW or not named:
        return
    top = named[0]
    if top.made < _LEAST or wilson(top.made, below).low < _TENTH:
        return
    alone = len(named) == 1 or is_more(top.made, named[1].made)
    yield _mistake(top, below, is_top=alone)


def _mistake(each: MistakeFacts, below: int, *, is_top: bool) -> str:
    what = lesson(each.code)
    most = ", the most frequent mistake" if is_top else ""
    return (
        f"{each.made:,} of {below:,} below full marks{in_brackets(likely(each.made, below))} "
        f"{done(each.code)}{most}{f': {what}' if what else ''}."
    )


def _breaks(facts: Facts) -> Iterator[str]:
    """Say where it breaks: a check that fewer have than the one beside it.

    The widest of m differences is held against 0.05 / m.
    """
    if facts.n < FEW:
        return
    pairs = [pair for kind in ("breakpoint", "segment") for pair in _beside(facts, kind)]
    if not pairs:
        return
    weak, strong = max(pairs, key=lambda pair: pair[1].full - pair[0].full)
    z = NormalDist().inv_cdf(1 - float(LEVEL) / len(pairs) / 2)
    found = newcombe((strong.full, facts.n), (weak.full, facts.n), z)
    if found.low > 0 and _is_worth_it(facts, found.estimate):
        yield (
            f"{capital(called(weak.check))} is where it breaks: {weak.full:,} of {facts.n:,} have "
            f"it, {strong.full:,} have {called(strong.check)} "
            f"({apart((strong.full, facts.n), (weak.full, facts.n))})."
        )


def _beside(facts: Facts, kind: str) -> Iterator[tuple[CheckFacts, CheckFacts]]:
    goals = [c for c in facts.checks if c.check.kind == kind and c.check.role == "goal"]
    for pair in pairwise(goals):
        weak, strong = sorted(pair, key=lambda each: each.full)
        yield weak, strong


def _is_worth_it(facts: Facts, difference: float) -> bool:
    return facts.n <= _LARGE or abs(difference) > _NAMED


def _place_or_size(facts: Facts) -> Iterator[str]:
    count = {each.code: each.made for each in facts.mistakes}
    place, size = count.get("knot-off", 0), count.get("slope-change-off", 0)
    if not _is_worth_it(facts, (place - size) / max(1, facts.n)):
        return
    if is_more(place, size):
        yield (
            f"{place:,} turn by the right amount at another place, {size:,} at the right place by "
            "another amount: the place is what is hard; practise x = \N{MINUS SIGN}b/w."
        )
    elif is_more(size, place):
        yield (
            f"{size:,} turn at the right place by another amount, {place:,} by the right amount at "
            "another place: the amount is what is hard; practise slope changes."
        )


def _mended(facts: Facts) -> Iterator[str]:
    for each in facts.mended:
        enough = each.made >= FEW and each.code != UNNAMED
        if enough and wilson(each.mended, each.made).low >= _MENDED:
            likely_ = between(wilson(each.mended, each.made))
            yield (
                f"{each.mended:,} of {each.made:,} who {done(each.code)} mended it themselves "
                f"({likely_}): no need to tell all."
            )
            return


def _mastered(facts: Facts) -> Iterator[str]:
    if facts.n >= FEW and wilson(facts.full, facts.n).low >= _MASTERED:
        yield f"{of(facts.full, facts.n)} have everything right: go on."


_RULES: tuple[_Rule, ...] = (
    _unreadable,
    _top_mistake,
    _breaks,
    _place_or_size,
    _mended,
    _mastered,
)
