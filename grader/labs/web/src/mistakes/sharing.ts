/**
 * Units that share a turn: which of them keep their part of it, so that others do what is left.
 *
 * A unit that turns at a breakpoint keeps its bend and is moved exactly onto it; taken off the target
 * as if it were given, it leaves an exercise in which each breakpoint is again the work of one unit.
 * A unit whose weight or bias is given has no choice of its bend there: it can keep its part anyway.
 */

import { bendOf, knotOf, type Unit } from "../exact/network";
import type { Breakpoint } from "../exact/piecewise";
import { ONE, cmp, div, eq, isWithin, mul, neg, sign, type Rational } from "../exact/rational";
import type { Exercise, Measure, UnitSpec } from "../exercise/facts";

/** Of so many free units, those that share a turn are looked for; so many ways to share are tried. */
export const SHARED_UP_TO = 16;
const MOST = 14;

/** A unit as submitted, its part of a shared turn, and the unit that does exactly that part. */
export interface Kept {
  readonly unit: Unit;
  readonly turn: Breakpoint;
  readonly answer: Unit;
  readonly isInPlace: boolean;
}

export type Keeping = ReadonlyMap<number, Kept>;

/**
 * Return the ways in which some free units keep their part of a turn, the fewest units first.
 *
 * `against`: also a part that is too large or in the other direction, which others make up for.
 */
export function keepings(
  exercise: Exercise, units: readonly Unit[], turns: readonly Breakpoint[], against: boolean,
): Keeping[] {
  const free = exercise.units.flatMap((given, k) => (given.fixed ? [] : [{ given, k, unit: units[k] }]));
  const parts = free.flatMap(({ given, k, unit }) =>
    unit ? partsOf(given, unit, turns, exercise.tolerance, against).map((part): Part => [k, part]) : [],
  );
  const found: Keeping[] = [];
  for (let count = 1; count <= free.length - turns.length; count += 1) {
    for (const chosen of combinations(parts, count)) {
      const kept = new Map(chosen);
      if (kept.size < count) continue;
      found.push(kept);
      if (found.length === MOST) return found;
    }
  }
  return found;
}

type Part = readonly [number, Kept];

/** Yield every choice of so many, in the order of the list. */
function* combinations(parts: readonly Part[], count: number): Generator<Part[]> {
  if (!count) yield [];
  else
    for (const [i, part] of parts.entries())
      for (const rest of combinations(parts.slice(i + 1), count - 1)) yield [part, ...rest];
}

/** Return what the unit can keep: less than the whole change, and in its direction, or not. */
function partsOf(
  given: UnitSpec, unit: Unit, turns: readonly Breakpoint[], tolerance: Measure, against: boolean,
): Kept[] {
  return turns.flatMap(({ x, change }) => {
    const weight = weightOf(given, unit, x);
    if (!weight || !sign(weight)) return [];
    const answer = { w: weight, b: neg(mul(weight, x)), v: unit.v };
    const [knot, bend] = [knotOf(unit), bendOf(answer)];
    const isHere = !!knot && isWithin(knot, x, tolerance.x);
    const share = div(bend, change);
    const fits = (sign(share) > 0 && cmp(share, ONE) < 0) || (against && sign(bend));
    if (!fits || eq(bend, change) || (!isHere && !given.w && !given.b)) return [];
    const isRight = isWithin(bendOf(unit), bend, tolerance.slope) && sign(unit.w) * sign(weight) > 0;
    return [{ unit, turn: { x, change: bend }, answer, isInPlace: isHere && isRight }];
  });
}

/** Return the weight with which the unit turns at x. */
function weightOf(given: UnitSpec, unit: Unit, x: Rational): Rational | null {
  if (!given.b) return unit.w;
  return sign(x) ? div(neg(given.b), x) : null;
}
