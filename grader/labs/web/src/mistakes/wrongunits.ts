/**
 * Which units of a submitted network are wrong, and by which mistakes.
 *
 * Of all right answers the one counts that leaves most units right; among these the one with most
 * units explained by a mistake that predicts numbers; then the nearest; then the order of the units.
 * Some keep what they do as it is, if that leaves more of them right. Where no right answer is known, what a
 * unit shows by itself is still said. `grader/mistakes/wrong_units.py` says the same of a file.
 */

import { bendOf, knotOf, pre, relu, type Knot, type Unit } from "../exact/network";
import { breakpoints, type Breakpoint } from "../exact/piecewise";
import { add, cmp, isWithin, max, mul, ratio, sign, size, sub, sum, type Rational } from "../exact/rational";
import type { Exercise, Measure } from "../exercise/facts";
import type { Verdict } from "../exercise/grading";
import { leftover, placeOf, type Task } from "./answers";
import { NOTHING, NUMBERS, isInPlace, windowOf, type Case } from "./cases";
import type { Assignment } from "./matching";
import { codesOf } from "./naming";
import {
  answerOf, besideAnswer, caseOf, countRight, isDoing, isSame, isWhollyFree, nearest, nothingKnown, readingOf,
  type Reading,
} from "./reading";
import { fewest, isBusy } from "./fewest";
import { KEPT_UP_TO, keepings, type Kept } from "./keeping";
import type { Table } from "./table";

// Less than one part in so many is rounding.
const ROUNDING = ratio(10n ** 9n);

/** What is wrong with unit k, and the codes that explain it; no answer where none is known. */
export interface WrongUnit {
  readonly k: number;
  readonly case: Case;
  readonly codes: readonly string[];
  readonly answer: Unit | null;
}

/** The wrong units, in order, and right ones that do each other's work, with their knots. */
export interface Diagnosed {
  readonly findings: readonly WrongUnit[];
  readonly permuted: readonly (readonly [number, Rational])[];
}

/** Return the wrong units of a network; none if it passed every check. */
export function diagnose(exercise: Exercise, table: Table, verdict: Verdict): Diagnosed {
  const passed = verdict.allRight;
  const inOrder = verdict.knots.map(({ unit }) => unit).filter((k) => !exercise.units[k]?.fixed);
  if (passed && inOrder.every((k, i) => !i || (inOrder[i - 1] ?? 0) <= k)) return { findings: [], permuted: [] };
  const plain = readingOf(exercise, table, verdict.units);
  const reading = passed ? plain : sparing(keeping(plain, verdict.units), verdict.units);
  const { assignment } = reading;
  if (!assignment) return { findings: passed ? [] : withoutAnswer(reading, verdict.knots), permuted: [] };
  return { findings: passed ? [] : wrongOnes(reading, assignment), permuted: permutedOnes(reading, assignment) };
}

/** Return the reading in which most units are right; some keep what they do if that is more. */
function keeping(plain: Reading, units: readonly Unit[]): Reading {
  const { exercise, table, places } = plain;
  let right = countRight(plain);
  if (places.length > KEPT_UP_TO || right === places.length) return plain;
  let best: ReadonlyMap<number, Kept> | null = null;
  for (const { most, kept } of hopeful(plain, units)) {
    if (most <= right) break;
    const found = countRight(readingOf(exercise, table, units, kept, true));
    if (found > right) [best, right] = [kept, found];
  }
  return best ? readingOf(exercise, table, units, best) : plain;
}

/** Return the reading with fewer wrong units, if some that are partly given do it together. */
function sparing(best: Reading, units: readonly Unit[]): Reading {
  const { exercise, table } = best;
  const free = exercise.units.filter(({ fixed }) => !fixed);
  const turns = breakpoints(leftover(exercise, exercise.units));
  const wrong = free.length - Math.max(countRight(best), 0);
  if (free.every(({ w, b }) => !w && !b) || free.length <= turns.length || wrong <= 1) return best;
  const kept = fewest(exercise, units, turns, wrong);
  return kept ? readingOf(exercise, table, units, kept) : best;
}

interface Choice {
  readonly most: number;
  readonly kept: ReadonlyMap<number, Kept>;
}

/** Return the choices of units that keep what they do, those with the highest bound of right ones first. */
function hopeful({ exercise, places, turns }: Reading, units: readonly Unit[]): Choice[] {
  const found = keepings(exercise, units, turns).map(({ kept, turns: left }) => {
    const others = places.filter(({ k }) => !kept.has(k));
    const turning = others.filter(({ unit }) => !mayBeIdle(unit, exercise));
    const isThere = (unit: Unit, x: Rational): boolean => isNear(unit, x, exercise);
    // A breakpoint is the work of one unit, save one that a line left over cuts in two.
    const spare = others.length > left.length ? 1 : 0;
    const there = left.filter((x) => turning.some(({ unit }) => isThere(unit, x))).length + spare;
    const here = turning.filter(({ unit }) => left.some((x) => isThere(unit, x))).length;
    const inPlace = [...kept.values()].filter((part) => part.isInPlace).length;
    return { kept, most: others.length - turning.length + Math.min(here, there) + inPlace };
  });
  return found.sort((one, other) => other.most - one.most);
}

/** Tell whether the unit may be right without a turn inside the domain. */
function mayBeIdle(unit: Unit, { left, right, tolerance }: Exercise): boolean {
  const knot = knotOf(unit);
  if (!knot || cmp(knot, left) <= 0 || cmp(right, knot) <= 0) return true;
  const peak = mul(size(unit.v), max(relu(pre(unit, left)), relu(pre(unit, right))));
  return cmp(peak, add(tolerance.value, mul(tolerance.slope, sub(right, left)))) <= 0;
}

/** Tell whether the unit may be right if it has to turn at x. */
function isNear(unit: Unit, x: Rational, { tolerance }: Exercise): boolean {
  const knot = knotOf(unit);
  if (!knot) return false;
  // Weight and bias within tolerance leave a knot no further from its turn than this.
  const reach = add(tolerance.value, mul(tolerance.slope, size(x)));
  return isWithin(knot, x, tolerance.x) || cmp(size(mul(bendOf(unit), sub(knot, x))), reach) <= 0;
}

/** Return the units outside tolerance of their answer, or else those that are not exact. */
function wrongOnes(reading: Reading, assignment: Assignment): WrongUnit[] {
  const far = otherThan(reading, assignment, false);
  if (far.length) return far;
  const inexact = otherThan(reading, assignment, true);
  const more = inexact.filter((wrong) => !isRounded(wrong));
  return more.length ? more : inexact;
}

/**
 * Tell whether weight and bias differ from the right ones by rounding only.
 *
 * A number that should be 0 is compared with the other one.
 */
export function isRounded({ answer, case: { unit } }: WrongUnit): boolean {
  if (!answer) return false;
  const [w, b] = [size(answer.w), size(answer.b)];
  const most = max(w, b);
  const isNear = (own: Rational, wanted: Rational, beside: Rational): boolean =>
    cmp(mul(size(sub(own, wanted)), ROUNDING), sign(beside) ? beside : most) <= 0;
  return isNear(unit.w, answer.w, w) && isNear(unit.b, answer.b, b);
}

/** Return the units that do not do what they are assigned, within tolerance or exactly. */
function otherThan(reading: Reading, assignment: Assignment, exactly: boolean): WrongUnit[] {
  const { exercise, table, places, kept } = reading;
  const found: WrongUnit[] = [];
  const tell = (k: number, wrong: Case, answer: Unit): void => {
    found.push({ k, case: wrong, codes: codesOf(table, wrong), answer });
  };
  for (const [n, task] of assignment.entries()) {
    const answer = answerOf(reading, n, task);
    const k = places[n]?.k;
    if (answer && k !== undefined && !isDoing(reading, n, task, exactly)) tell(k, caseOf(reading, n, task, answer), answer);
  }
  for (const [k, part] of kept) {
    const { unit, turn, answer, isInPlace } = part;
    if (exactly ? isSame(unit, answer) : isInPlace) continue;
    const close = windowOf(unit, exercise.tolerance);
    tell(k, besideAnswer(reading, { k, unit, close }, turn, answer, isBusy(part, exercise) ? NUMBERS : NOTHING), answer);
  }
  return found.sort((one, other) => one.k - other.k);
}

/** Return what can be said of units where no right answer is known: place, bend, dead, on. */
function withoutAnswer(reading: Reading, knots: readonly Knot[]): WrongUnit[] {
  const { exercise, table, places, turns, domain } = reading;
  const { tolerance } = exercise;
  const bends = knots.filter(({ unit }) => !exercise.units[unit]?.fixed);
  return places.flatMap(({ k, unit, close }) => {
    const turn = nearestTurn(unit, turns);
    const wrong = { unit, close, right: nothingKnown(reading, k), turn, domain, tolerance };
    const isMadeThere = turn && isInPlace(wrong) && isMade(turn, bends, tolerance);
    return !sign(unit.v) || isMadeThere ? [] : [{ k, case: wrong, codes: codesOf(table, wrong), answer: null }];
  });
}

/** Return the breakpoint nearest to the knot, the left one of two; null if there is none. */
function nearestTurn(unit: Unit, turns: readonly Breakpoint[]): Breakpoint | null {
  const knot = knotOf(unit);
  if (!knot) return null;
  const n = placeOf(turns.map(({ x }) => x), knot);
  return nearest(turns.slice(Math.max(n - 1, 0), n + 1), knot) ?? null;
}

/** Tell whether the free units together bend as they should at the breakpoint. */
const isMade = ({ x, change }: Breakpoint, bends: readonly Knot[], tolerance: Measure): boolean =>
  isWithin(sum(bends.filter((knot) => isWithin(knot.x, x, tolerance.x)).map(({ bend }) => bend)), change, tolerance.slope);

/**
 * Return the units, with their knots, that are not in order from left to right.
 *
 * Only wholly free units whose output weights have one sign can do each other's work, and only if
 * all who do it in turn are right: a wrong one is told which breakpoint is meant anyway.
 */
function permutedOnes(reading: Reading, assignment: Assignment): [number, Rational][] {
  const found = [1, -1].flatMap((side) => {
    const group = assignment.flatMap((task, n) => {
      const place = reading.places[n];
      if (!task?.x || task.sign !== side || !place || !isWhollyFree(place)) return [];
      return [{ k: place.k, x: task.x, knot: rightKnot(reading, n, task) }];
    });
    // The unit at each place in order does the work of the one at the other place.
    const sorted = [...group.keys()].sort((p, q) => cmp(group[p]?.x ?? ROUNDING, group[q]?.x ?? ROUNDING));
    const work = new Map(sorted.map((place, rank) => [place, rank]));
    const areRight = (places: readonly number[]): boolean => places.every((place) => group[place]?.knot);
    return group.flatMap(({ k, knot }, place): [number, Rational][] =>
      knot && work.get(place) !== place && areRight(roundOf(work, place)) ? [[k, knot]] : [],
    );
  });
  return found.sort(([one], [other]) => one - other);
}

/** Return where the n-th free unit turns; null if it does not do its task there. */
function rightKnot(reading: Reading, n: number, task: Task): Rational | null {
  const unit = reading.places[n]?.unit;
  const knot = unit ? knotOf(unit) : null;
  if (!knot || !task.x || !isWithin(knot, task.x, reading.exercise.tolerance.x)) return null;
  return isDoing(reading, n, task) ? knot : null;
}

/** Return who does the work of whom, from one place on until it comes round to it again. */
function roundOf(work: ReadonlyMap<number, number>, start: number): number[] {
  const visited: number[] = [];
  for (let place = start; !visited.includes(place); place = work.get(place) ?? start) visited.push(place);
  return visited;
}

