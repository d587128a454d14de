"""prove(exercise) -> findings: that all variants are equally hard, or which are not.

Every variant is solved and every pair is compared, in as many processes as there are processors.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple, Self, TypeVar

from grader.authoring.equality.crossing import Crossed, crossed
from grader.authoring.equality.solved import Make, VariantFacts, variant_facts
from grader.exercise.record import Exercise

MOST_PROVED = 2_000  # more pairs take longer than an author waits
Result = TypeVar("Result")
_PART = 10  # variants that a process is given at once
_FEW = 20  # variants that are not worth another process


class Compared(NamedTuple):
    """What is known of each variant, and the pairs in which an answer is nearly right."""

    exercise: Exercise
    values: tuple[Mapping[str, Fraction], ...]  # the numbers of each variant, by name
    facts: tuple[VariantFacts, ...]
    crossed: tuple[Crossed, ...]


Step = Callable[[int], object]  # called with how many more variants are done


def prove(exercise: Exercise, step: Step = lambda _: None) -> Compared | None:
    """Return what is found out about all variants; None if there are none, or too many."""
    variant = exercise.variant
    if variant is None or variant.of > MOST_PROVED:
        return None
    if variant.make is None or variant.numbers is None:
        return None
    make = variant.make
    with _Pool(variant.of) as pool:
        facts = tuple(pool.done(partial(_facts, make), range(variant.of), step))
        solved = tuple(fact for fact in facts if fact.solvable)
        numbers = [fact.number for fact in solved]
        # A process makes all exercises before it compares any, so each gets one part.
        by_number = pool.done(partial(_found, make, solved), numbers, step, pool.processors)
        pairs = tuple(pair for found in by_number for pair in found)
    return Compared(exercise, tuple(map(variant.numbers, range(variant.of))), facts, pairs)


def _facts(make: Make, numbers: Sequence[int]) -> list[VariantFacts]:
    return [variant_facts(make, number) for number in numbers]


def _found(
    make: Make, solved: tuple[VariantFacts, ...], numbers: Sequence[int]
) -> list[list[Crossed]]:
    """Return for each of the numbers the pairs that it is graded as in."""
    pairs = crossed(make, solved, numbers)
    return [[pair for pair in pairs if pair.graded_as == number] for number in numbers]


class _Pool:
    """Processes, or none where that is not worth it or the system cannot fork one safely."""

    def __init__(self, size: int) -> None:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        self.pool: ProcessPoolExecutor | None = None
        self.processors = max(1, processors)
        if size > _FEW and processors > 1 and sys.platform == "linux":
            self.pool = ProcessPoolExecutor(processors, get_context("fork"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)

    def done(
        self,
        work: "Callable[[Sequence[int]], Sequence[Result]]",
        numbers: Sequence[int],
        step: Step,
        parts: int = 0,
    ) -> "Iterator[Result]":
        """Yield what the work makes of the numbers, in their order."""
        size = max(_PART, -(-len(numbers) // (parts or self.processors * 8)))
        given = [numbers[k : k + size] for k in range(0, len(numbers), size)]
        found = map(work, given) if self.pool is None else self.pool.map(work, given)
        for part, made in zip(given, found, strict=True):
            yield from made
            step(len(part))
