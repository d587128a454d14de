/**
 * Units that keep what they do, because others can do what is then left.
 *
 * Whatever a right answer does, take the units that are right off the target as if they were given,
 * and an exercise for the other units is left over. A unit near a breakpoint keeps its bend and is
 * moved exactly onto it; one that turns elsewhere or is active everywhere stays as it is. What is left
 * over needs one unit of the right sign for each breakpoint. `grader/mistakes/keeping.py` says more.
 */

import { active, bendOf, knotOf, type Unit } from "../exact/network";
import type { Breakpoint } from "../exact/piecewise";
import { ZERO, cmp, div, fraction, isWithin, mul, neg, sign, sub, type Rational } from "../exact/rational";
import type { Exercise, UnitSpec } from "../exercise/facts";

/** Of so many free units, those that can keep what they do are looked for; so many choices weighed and read. */
export const KEPT_UP_TO = 16;
const WEIGHED = 600;
const READ = 40;

/** A unit as submitted, and the one that does exactly what it keeps doing; no turn if active everywhere. */
export interface Kept {
  readonly unit: Unit;
  readonly answer: Unit;
  readonly turn: Breakpoint | null;
  readonly isInPlace: boolean;
}

/** The units that keep what they do, and where the others then have to turn. */
export interface Keeping {
  readonly kept: ReadonlyMap<number, Kept>;
  readonly turns: readonly Rational[];
}

/** Return the choices of units that keep what they do, the fewest units first. */
export function keepings(exercise: Exercise, units: readonly Unit[], turns: readonly Breakpoint[]): Keeping[] {
  const able = exercise.units.flatMap((given, k) => {
    const unit = units[k];
    return given.fixed || !unit || !sign(given.v) ? [] : [{ given, k, unit }];
  });
  const parts = able.flatMap(({ given, k, unit }) => partsOf(given, unit, turns, exercise).map((part): Part => [k, part]));
  const signs = new Map(able.map(({ k, given }) => [k, sign(given.v)]));
  const found: Keeping[] = [];
  let weighed = 0;
  for (let count = 1; count < able.length; count += 1)
    for (const chosen of combinations(parts, count)) {
      const kept = new Map(chosen);
      if (kept.size < count) continue;
      weighed += 1;
      if (weighed > WEIGHED) return found;
      const left = possible(kept, signs, turns);
      if (left) found.push({ kept, turns: left });
      if (found.length === READ) return found;
    }
  return found;
}

type Part = readonly [number, Kept];

/** Yield every choice of so many, in the order of the list. */
export function* combinations<Each>(parts: readonly Each[], count: number): Generator<Each[]> {
  if (!count) yield [];
  else
    for (const [i, part] of parts.entries())
      for (const rest of combinations(parts.slice(i + 1), count - 1)) yield [part, ...rest];
}

/** Return where the others have to turn, null if there is no unit of the right sign for each turn. */
function possible(
  kept: ReadonlyMap<number, Kept>, signs: ReadonlyMap<number, number>, turns: readonly Breakpoint[],
): Rational[] | null {
  const changes = new Map(turns.map((turn) => [fraction(turn.x), turn]));
  for (const { turn } of kept.values()) {
    if (!turn) continue;
    const before = changes.get(fraction(turn.x))?.change ?? ZERO;
    changes.set(fraction(turn.x), { x: turn.x, change: sub(before, turn.change) });
  }
  const left = [...changes.values()].filter(({ change }) => sign(change));
  const isEnough = (side: number): boolean =>
    left.filter(({ change }) => sign(change) === side).length <=
    [...signs].filter(([k, own]) => own === side && !kept.has(k)).length;
  return isEnough(1) && isEnough(-1) ? left.map(({ x }) => x) : null;
}

/** Return what the unit can keep: its part at a breakpoint, or all that it does. */
export function partsOf(given: UnitSpec, unit: Unit, turns: readonly Breakpoint[], exercise: Exercise): Kept[] {
  const { left, right, tolerance } = exercise;
  const knot = knotOf(unit);
  const isHere = ({ x }: Breakpoint): boolean => !!knot && isWithin(knot, x, tolerance.x);
  const found = turns
    .filter((turn) => isHere(turn) || given.w !== null || given.b !== null)
    .flatMap((turn) => partOf(given, unit, turn, isHere(turn), tolerance.slope));
  const where = active(unit, left, right);
  if (!where || turns.some(isHere)) return found;
  const isEverywhere = !knot || (cmp(where[0], left) === 0 && cmp(where[1], right) === 0);
  const turn = isEverywhere ? null : { x: knot, change: bendOf(unit) };
  return [...found, { unit, answer: unit, turn, isInPlace: true }];
}

/** Return the unit as it turns exactly at the breakpoint. */
function partOf(given: UnitSpec, unit: Unit, { x }: Breakpoint, isHere: boolean, slack: Rational): Kept[] {
  const weight = weightOf(given, unit, x);
  if (!weight || !sign(weight)) return [];
  const answer = { w: weight, b: neg(mul(weight, x)), v: unit.v };
  const change = bendOf(answer);
  const isRight = isWithin(bendOf(unit), change, slack) && sign(unit.w) * sign(weight) > 0;
  return [{ unit, answer, turn: { x, change }, isInPlace: isHere && isRight }];
}

/** Return the weight with which the unit turns at x. */
function weightOf(given: UnitSpec, unit: Unit, x: Rational): Rational | null {
  if (!given.b) return unit.w;
  return sign(x) ? div(neg(given.b), x) : null;
}
