"""Findings about variants: which are not as hard as the others, and what would leave them out.

A finding is one row and its function, as in the files of `linting`.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.equality.leaving_out import leaving_out
from grader.authoring.equality.proof import Compared
from grader.authoring.equality.solved import VariantFacts
from grader.authoring.linting.subject import ERROR, INFORMATION, WARNING
from grader.text.lists import listed
from grader.words.literal import exact
from grader.words.wording import points

MORE_DIGITS = 4  # the longest right answer may have than the shortest
TIMES_STEPS = 3  # the farthest right answer may be from zero, against the nearest
NEARLY_SHARED = Fraction(1, 100)  # of the pairs may have an answer that is nearly right


class EqualityRow(NamedTuple):
    """One kind of finding about all variants: a code, how bad, what docs say, and a function."""

    code: str
    level: str
    meaning: str
    find: "Callable[[Compared], Iterator[str]] | None" = None


def _which(proof: Compared, wrong: Sequence[int]) -> str:
    """Return the variants by number, and what would leave them out."""
    numbers = listed(map(str, wrong), most=8)
    are = f"variant {numbers}" if len(wrong) == 1 else f"variants {numbers}"
    return f"{are} ({_condition(proof, wrong)})"


def _condition(proof: Compared, wrong: Sequence[int]) -> str:
    found = leaving_out(proof.values, wrong)
    if found is None:
        return "no few conditions leave out these alone; choose other numbers"
    text, kept = found
    verb = "would leave them out" if len(wrong) > 1 else "would leave it out"
    return f"{text} {verb}, {kept:,} stay"


def broken(proof: Compared) -> Iterator[str]:
    """Yield the variants that are no exercise."""
    wrong = [fact.number for fact in proof.facts if fact.fault]
    if wrong:
        fault = proof.facts[wrong[0]].fault.partition("; this is in variant")[0]
        yield f"{_which(proof, wrong)}: no exercise, for the first of them {fault}"


def unsolvable(proof: Compared) -> Iterator[str]:
    """Yield the variants without a right answer."""
    wrong = [f.number for f in proof.facts if not f.fault and not f.solvable]
    if wrong:
        yield f"{_which(proof, wrong)}: no network of this shape equals the target"


def unreachable(proof: Compared) -> Iterator[str]:
    """Yield the variants whose right answers no sliders reach."""
    wrong = [f.number for f in proof.facts if f.solvable and not f.reachable]
    if wrong:
        yield f"{_which(proof, wrong)}: no right answer can be set with the sliders"


def answers_differ(proof: Compared) -> Iterator[str]:
    """Yield the variants with more or fewer right answers."""
    yield from _odd(proof, lambda f: len(f.answers), lambda n: f"{n} right answers up to order")


def shapes_differ(proof: Compared) -> Iterator[str]:
    """Yield the variants with other breakpoints, free units or guards."""
    yield from _odd(
        proof,
        lambda f: f.shape,
        lambda s: f"{s[0]} breakpoints, {s[1]} free units, guards {', '.join(s[2]) or 'none'}",
    )


def mistakes_differ(proof: Compared) -> Iterator[str]:
    """Yield the variants in which other mistakes can be made, seen or told apart."""
    yield from _odd(
        proof, lambda f: (f.mistakes, f.alike), None, "other mistakes can be told apart"
    )


def earnings_differ(proof: Compared) -> Iterator[str]:
    """Yield the variants in which other mistakes earn much."""
    yield from _odd(
        proof,
        lambda f: f.earning,
        lambda codes: f"much is earned by {', '.join(codes) or 'no mistake'}",
    )


def _odd(
    proof: Compared,
    key: Callable[[VariantFacts], Hashable],
    words: "Callable[..., str] | None",
    otherwise: str = "",
) -> Iterator[str]:
    """Yield a message for each group of variants that differ from most in this respect."""
    groups: dict[Hashable, list[int]] = {}
    for fact in proof.facts:
        if fact.solvable:
            groups.setdefault(key(fact), []).append(fact.number)
    ordered = sorted(groups, key=lambda k: (-len(groups[k]), groups[k][0]))
    usual = ordered[:1]
    if words is None:
        wrong = sorted(n for k in ordered[1:] for n in groups[k])
        if wrong:
            yield f"{_which(proof, wrong)}: {otherwise} than in the other variants"
        return
    for each in ordered[1:]:
        yield f"{_which(proof, groups[each])}: {words(each)}; elsewhere {words(usual[0])}"


def _excessive(
    proof: Compared,
    size: Callable[[VariantFacts], Fraction],
    allowed: Callable[[Fraction], Fraction],
    message: Callable[[Fraction, Fraction], str],
) -> Iterator[str]:
    """Yield the variants above what the least of all sizes allows, with the most and the least."""
    sizes = {fact.number: size(fact) for fact in proof.facts if fact.solvable}
    least = min(sizes.values(), default=Fraction(0))
    wrong = [number for number, each in sizes.items() if each > allowed(least)]
    if wrong:
        yield f"{_which(proof, wrong)}: {message(max(sizes.values()), least)}"


def digits_differ(proof: Compared) -> Iterator[str]:
    """Yield the variants whose right answers are longer to type."""
    yield from _excessive(
        proof,
        lambda fact: Fraction(fact.digits),
        lambda least: least + MORE_DIGITS,
        lambda most, least: (
            f"up to {most} digits in the right answer, elsewhere as few as "
            f"{least}; {MORE_DIGITS} more are allowed"
        ),
    )


def steps_differ(proof: Compared) -> Iterator[str]:
    """Yield the variants whose right answers are farther from zero."""
    yield from _excessive(
        proof,
        lambda fact: fact.steps,
        lambda least: TIMES_STEPS * least,
        lambda most, least: (
            f"the right answer is up to {exact(most)} steps from zero, elsewhere "
            f"as few as {exact(least)}; {TIMES_STEPS} times as many are allowed"
        ),
    )


def right_elsewhere(proof: Compared) -> Iterator[str]:
    """Yield the variants for which another's right answer gets full marks."""
    full = proof.exercise.points
    pairs = [pair for pair in proof.crossed if pair.score == full]
    if pairs:
        wrong = sorted({pair.graded_as for pair in pairs})
        first = pairs[0]
        yield (
            f"{_which(proof, wrong)}: another variant's right answer is right, for variant "
            f"{first.graded_as} that of variant {first.answer_of}"
        )


def nearly_right_elsewhere(proof: Compared) -> Iterator[str]:
    """Yield the variants for which others' right answers earn too much too often."""
    solved = sum(fact.solvable for fact in proof.facts)
    pairs = solved * (solved - 1)
    many = len({(pair.answer_of, pair.graded_as) for pair in proof.crossed})
    if not pairs or many <= NEARLY_SHARED * pairs:
        return
    best = max(proof.crossed, key=lambda pair: pair.score)
    times = Counter(pair.graded_as for pair in proof.crossed)
    worst = sorted(number for number, _ in times.most_common(8))
    yield (
        f"{many:,} of {pairs:,} pairs have an answer that earns 60 in a hundred points in the "
        f"other variant, {points(best.score)} at most (variant {best.answer_of}'s in "
        f"{best.graded_as}), most often in variants {listed(map(str, worst), most=8)}; "
        f"{exact(NEARLY_SHARED * 100)} in a hundred pairs are allowed: vary more than one number"
    )


def proved(proof: Compared) -> Iterator[str]:
    """Yield how many variants there are, and how likely two students share one."""
    count = len(proof.facts)
    solved = [fact for fact in proof.facts if fact.solvable]
    chances = ", ".join(f"{n} students {_shared(n, count)}" for n in (10, 30, 100))
    many = len({(pair.answer_of, pair.graded_as) for pair in proof.crossed})
    digits = [fact.digits for fact in solved] or [0]
    steps = [fact.steps for fact in solved] or [Fraction(0)]
    yield (
        f"{count:,} variants were solved and compared pair by pair; {many:,} pairs have an answer "
        f"that earns 60 in a hundred points in the other; right answers have {min(digits)} to "
        f"{max(digits)} digits and are {exact(min(steps))} to {exact(max(steps))} steps from zero; "
        f"that some two share a variant has the chance: {chances}; that two given ones do: 1 in "
        f"{count:,}"
    )


def _shared(students: int, count: int) -> str:
    """Return the chance that some two of so many students share a variant, in a hundred."""
    none = Fraction(1)
    for taken in range(min(students, count + 1)):
        none *= Fraction(max(0, count - taken), count)
    return f"{round((1 - none) * 100)} %"


ROWS = (
    EqualityRow("variants-broken", ERROR, "some variants cannot be read as exercises", broken),
    EqualityRow("variants-unsolvable", ERROR, "some variants have no right answer", unsolvable),
    EqualityRow(
        "variants-unreachable",
        ERROR,
        "the sliders reach no right answer of some variants",
        unreachable,
    ),
    EqualityRow(
        "variants-share-answers",
        ERROR,
        "a variant's right answer gets full marks in another",
        right_elsewhere,
    ),
    EqualityRow(
        "variants-answers",
        WARNING,
        "some variants have more or fewer right answers",
        answers_differ,
    ),
    EqualityRow(
        "variants-shape",
        WARNING,
        "some variants have other breakpoints, free units or guards",
        shapes_differ,
    ),
    EqualityRow(
        "variants-mistakes",
        WARNING,
        "in some variants other mistakes can be made, seen or told apart",
        mistakes_differ,
    ),
    EqualityRow(
        "variants-earn", WARNING, "a mistake earns much in some variants only", earnings_differ
    ),
    EqualityRow(
        "variants-digits",
        WARNING,
        "the right answers of some variants have many digits",
        digits_differ,
    ),
    EqualityRow(
        "variants-steps",
        WARNING,
        "the right answers of some variants are far from zero",
        steps_differ,
    ),
    EqualityRow(
        "variants-nearly-share",
        WARNING,
        "a variant's right answer is nearly right in others too often",
        nearly_right_elsewhere,
    ),
    EqualityRow("variants-not-proved", WARNING, "there are too many variants to prove them equal"),
    EqualityRow(
        "variants-proved", INFORMATION, "how many variants there are, and who may share one", proved
    ),
)
