"""solve(exercise) -> Solution: every right answer, or a proof that there is none.

Theory of operation. The free units have to add up to what the fixed ones and the output bias leave
over of the target, a function with slope changes at some x. On the domain a free unit is idle
(z <= 0 everywhere), active everywhere (it adds a line), or it turns at -b/w strictly inside, active
on one side. Two functions are equal if their slopes change by the same amounts at the same x, and
value and slope agree at the left end. So at every x with a slope change some unit has to turn, and
the bends v*|w| there add up to it; turns elsewhere cancel; and value and slope at the left end come
from the units that are active there. Once it is chosen who does what, at which x and on which side,
all this is linear in w and b: an exact linear program says whether it can be met, strictly where
w must be over or under 0. There are finitely many such choices, so trying them all decides.
Turns that cancel off every breakpoint only add a line; `cancelling` says when that is something
new, and `mixed` where p itself is an unknown; of these one p is shown of each kind. With more than
MOST_UNITS free units only one unit is tried at each x, and the search says so.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from grader.authoring.solving.arrangements import Arrangement, arrangements
from grader.authoring.solving.families import Family, family
from grader.authoring.solving.many import MOST_PLACES, MOST_TRIED, one_each
from grader.authoring.solving.nearest import Nearest, nearest
from grader.authoring.solving.proofs import Proof, early_proof, late_proof
from grader.authoring.solving.residual import Residual, residual
from grader.authoring.solving.ways import IDLE, LINE
from grader.exercise.record import Exercise

MOST_UNITS = 4
# Four free units of every kind stay below this; more takes longer than an author waits.
MOST_ARRANGEMENTS = 30_000

_ONE_OF_MANY = (
    "where a unit with a fixed weight, one with a fixed bias and one that is free turn at the same "
    "x, off every breakpoint of the target, one such x is shown; others may do as well"
)

SOLVABLE, UNSOLVABLE, UNDECIDED = "solvable", "unsolvable", "undecided"


class Solution(NamedTuple):
    """What is known about the right answers of an exercise.

    `status` is solvable, unsolvable (then `proof`) or undecided. `families` is complete if
    `unsearched` is empty; each of its sentences says what was left out. `nearest` is the best
    that was found where no right answer was.
    """

    status: str
    families: tuple[Family, ...]
    proof: Proof | None
    nearest: Nearest | None
    tried: int
    unsearched: tuple[str, ...]


def solve(exercise: Exercise, *, approximate: bool = True) -> Solution:
    """Return all right answers, or why there are none and, if asked, how near one can come."""
    rest = residual(exercise)
    proof = early_proof(rest)
    if proof:
        return Solution(UNSOLVABLE, (), proof, _near(exercise, rest, approximate), 0, ())
    few = len(rest.able) <= MOST_UNITS
    most = MOST_ARRANGEMENTS if few else MOST_TRIED
    every = arrangements(rest) if few else one_each(rest)
    tried, families = _search(rest, islice(every, most))
    unsearched = _unsearched(rest, few=few, stopped=next(every, None) is not None)
    if families:
        some = (_ONE_OF_MANY,) if any(answers.together for answers in families) else ()
        return Solution(SOLVABLE, families, None, None, tried, (*unsearched, *some))
    close = _near(exercise, rest, approximate)
    if unsearched:
        return Solution(UNDECIDED, (), None, close, tried, unsearched)
    return Solution(UNSOLVABLE, (), late_proof(rest, tried), close, tried, ())


def _near(exercise: Exercise, rest: Residual, approximate: bool) -> Nearest | None:  # noqa: FBT001 - a fact
    return nearest(exercise, rest) if approximate else None


def _search(rest: Residual, some: Iterator[Arrangement]) -> tuple[int, tuple[Family, ...]]:
    """Return how many arrangements were tried, and the families, the plainest first."""
    tried, found = 0, []
    shown = set()
    for arrangement in some:
        tried += 1
        kind = _kind(arrangement)
        answers = None if arrangement.together and kind in shown else family(rest, arrangement)
        if answers:
            found.append(answers)
            shown.add(kind)
    return tried, tuple(sorted(found, key=_plainness))


def _kind(arrangement: Arrangement) -> tuple[object, ...]:
    """Return what an arrangement shares with those whose units turn together at another x."""
    return tuple(
        (way.unit, way.role, way.side, None if way.unit in arrangement.together else way.x)
        for way in arrangement.ways
    )


def _plainness(answers: Family) -> tuple[object, ...]:
    lines = sum(part.role == LINE for part in answers.parts)
    busy = sum(part.role != IDLE for part in answers.parts)
    places = [(part.role, part.x or 0, -part.side) for part in answers.parts]
    return len(answers.meeting), lines, answers.dimension, busy, places


def _unsearched(rest: Residual, *, few: bool, stopped: bool) -> tuple[str, ...]:
    found = []
    if not few:
        found.append(
            f"with {len(rest.able)} free units, more than {MOST_UNITS}, only answers with one "
            "unit at each breakpoint, at most one that is active everywhere and the rest idle were "
            "looked for, and of units that could swap their work only one order"
        )
        if len(rest.changes) > MOST_PLACES:
            found.append(
                f"of {len(rest.changes)} breakpoints, more than {MOST_PLACES}, no way to share "
                "them was tried"
            )
    if stopped:
        most = MOST_ARRANGEMENTS if few else MOST_TRIED
        found.append(f"the search stopped after {most} arrangements; more were left")
    return tuple(found)
