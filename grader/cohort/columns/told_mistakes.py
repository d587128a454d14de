"""What is said of the mistakes of a block's rows: the messages that a report on each would have.

All of a message but its witness depends on one unit's numbers and its task alone, and is kept.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.columns.blamed import Assigned
from grader.cohort.columns.marks import Credits
from grader.cohort.columns.unit_columns import CODES, NOBODY
from grader.cohort.columns.witnesses import Witnesses
from grader.cohort.columns.wrong_columns import Blame
from grader.cohort.graded import MistakeRow
from grader.exact.network import ZERO, Network, Unit
from grader.exercise.record import Exercise
from grader.mistakes.cases import Case, window
from grader.mistakes.wrong_units import WrongUnit
from grader.text.codes import Reveal
from grader.words.mistakes import Background, beside, given_bends, witness, worded

_REMEMBERED = 50_000  # units

Exact = Callable[[float], Fraction]


class _Around(NamedTuple):
    """A message before and after its witness; `ends` are the places that this lies between.

    An author's own text has no witness: `ends` is None.
    """

    before: str
    after: str
    ends: tuple[int, int] | None


class Telling:
    """Words the mistakes of an exercise's rows."""

    def __init__(self, exercise: Exercise, blame: Blame, reveal: Reveal, exact: Exact) -> None:
        """Take what all messages have in common; `exact` gives the number that a double means."""
        blank = exercise.network(dict.fromkeys(exercise.free, ZERO))
        given = given_bends(exercise, blank.knots(*exercise.domain))
        self._exercise = exercise
        self.blame = blame
        self._background = Background(exercise, given, reveal)
        self._exact = exact
        names = list(exercise.free)
        self._places = [
            [names.index(name) for name in (f"w{k}", f"b{k}") if name in exercise.free]
            for k in blame.units
        ]
        self._known: dict[tuple[float, ...], _Around] = {}

    def mistakes(
        self, found: Credits, low: list[int], assigned: Assigned, rows: list[tuple[float, ...]]
    ) -> list[tuple[MistakeRow, ...]]:
        """Return the mistakes of some of the found rows, whose numbers are `rows`; all are known.

        `low` are their places among the found ones.
        """
        witnesses = Witnesses(found.seen.at, found.seen.sight)
        codes, tasks = assigned.codes.T.tolist(), assigned.tasks.T.tolist()
        return [
            self._of_row(witnesses, place, row, list(zip(own_codes, own_tasks, strict=True)))
            for place, row, own_codes, own_tasks in zip(low, rows, codes, tasks, strict=True)
        ]

    def _of_row(
        self,
        witnesses: Witnesses,
        place: int,
        row: tuple[float, ...],
        blamed: list[tuple[int, int]],
    ) -> tuple[MistakeRow, ...]:
        exercise = self._exercise
        exact = [self._exact(x) for x in row]
        network = exercise.network(dict(zip(exercise.free, exact, strict=True)))
        knots = [network.units[k].knot for k in self.blame.units]
        said: dict[tuple[int, int], str] = {}  # by the places that a witness lies between
        found = []
        for n, (code, task) in enumerate(blamed):
            if code == NOBODY:
                continue
            k = self.blame.units[n]
            key = (n, code, task, *(row[place_] for place_ in self._places[n]))
            around = self._known.get(key)
            if around is None:
                around = self._remember(
                    key, self._around(n, code, task, network.units[k], witnesses)
                )
            off = ""
            if around.ends is not None:
                if around.ends not in said:
                    x = witnesses.worst(place, around.ends, knots)
                    said[around.ends] = "" if x is None else self._witness(x, network)
                off = said[around.ends]
            message = " ".join(filter(None, (around.before, off, around.after)))
            found.append(MistakeRow(k, CODES[code], message))
        return tuple(found)

    def _witness(self, x: Fraction, network: Network) -> str:
        return witness(x, self._exercise.target.value(x), network.value(x))

    def _remember(self, key: tuple[float, ...], around: _Around) -> _Around:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = around
        return around

    def _around(self, n: int, code: int, task: int, unit: Unit, witnesses: Witnesses) -> _Around:
        """Return what is said of the n-th free unit, meant to do the task of this number."""
        exercise, meant = self._exercise, self.blame.meant[n][task]
        tolerance = exercise.rules.tolerance
        near = window(unit, tolerance)
        case = Case(unit, near, meant.right, meant.turn, exercise.domain, tolerance)
        finding = WrongUnit(self.blame.units[n], case, (CODES[code],), meant.answer)
        said = worded(finding, self._background, "")
        if said.parts is None:
            return _Around(said.message, "", None)
        does, needed, _, *rest = said.parts
        left, right = beside(meant.turn, exercise)
        return _Around(
            " ".join(filter(None, (does, needed))),
            " ".join(filter(None, rest)),
            (witnesses.xs.index(left), witnesses.xs.index(right)),
        )
