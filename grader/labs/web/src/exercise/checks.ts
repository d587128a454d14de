/** What a network earns on one segment and at one breakpoint of the target, by exact comparison. */

import { clipped, largest, lengthOf, partsWithin, type PiecewiseLinear } from "../exact/piecewise";
import type { Knot } from "../exact/network";
import { ONE, ZERO, cmp, div, max, min, mul, sign, size, sub, sum, type Rational } from "../exact/rational";
import type { Check, Exercise } from "./facts";

export type Basis = "full" | "own-unit" | "near" | "position" | "none";

/** What a check earned before the blank's share is taken off. */
export interface Finding {
  readonly credit: Rational;
  readonly basis: Basis;
  /** Of a segment: the largest error, the leftmost x where it occurs, the share within tolerance. */
  readonly error?: Rational;
  readonly worst?: Rational;
  readonly coverage?: Rational;
  /** Of a breakpoint: the network's slope change there. */
  readonly found?: Rational;
}

const FEW = 2;

/** Return the credit for being `off`: 1 within tolerance, 0 from `times` tolerances on. */
export function faded(off: Rational, tolerance: Rational, times: Rational): Rational {
  if (cmp(off, tolerance) <= 0) return ONE;
  const gone = mul(times, tolerance);
  return cmp(off, gone) >= 0 ? ZERO : div(sub(gone, off), sub(gone, tolerance));
}

/** Compare the error, network minus target, with the tolerance on a segment. */
export function checkSegment(exercise: Exercise, check: Check, error: PiecewiseLinear): Finding {
  const bound = exercise.tolerance.value;
  const pieces = clipped(error, check.left, check.right);
  const { value, x } = largest(pieces);
  const within = { error: value, worst: x };
  if (cmp(value, bound) <= 0) return { credit: ONE, basis: "full", coverage: ONE, ...within };
  const coverage = div(lengthOf(partsWithin(pieces, bound)), sub(check.right, check.left));
  const credit = faded(value, bound, exercise.fade.value);
  return { credit, basis: sign(credit) ? "near" : "none", coverage, ...within };
}

/**
 * Compare the bends near a breakpoint with the target's slope change there.
 *
 * The rules stand in the order in which the first that holds counts; `near` and `position` give the
 * larger of the two.
 */
export function checkBreakpoint(exercise: Exercise, check: Check, knots: readonly Knot[]): Finding {
  const { x: radius, slope: slack } = exercise.tolerance;
  const isFree = (knot: Knot): boolean => !exercise.units[knot.unit]?.fixed;
  const within = (reach: Rational): Knot[] =>
    knots.filter((knot) => cmp(size(sub(knot.x, check.left)), reach) <= 0);
  const there = within(radius);
  const mine = there.filter(isFree);
  const found = sum(there.map((knot) => knot.bend));
  const needed = sub(check.change, sum(there.filter((knot) => !isFree(knot)).map((knot) => knot.bend)));
  const isRight = (bend: Rational, want: Rational): boolean => cmp(size(sub(bend, want)), slack) <= 0;
  if (isRight(found, check.change)) return { credit: ONE, basis: "full", found };
  if (mine.length <= FEW && mine.some((knot) => isRight(knot.bend, needed)))
    return { credit: ONE, basis: "own-unit", found };
  const around = within(mul(exercise.fade.x, radius)).filter(isFree);
  const near = nearness(exercise, around, check.left, needed);
  const position = mul(exercise.positionCredit, likeness(mine, needed));
  if (sign(near) && cmp(near, position) >= 0) return { credit: near, basis: "near", found };
  return sign(position)
    ? { credit: position, basis: "position", found }
    : { credit: ZERO, basis: "none", found };
}

function nearness(exercise: Exercise, around: readonly Knot[], x: Rational, needed: Rational): Rational {
  const groups = around.length === FEW ? [around, ...around.map((knot) => [knot])] : [around];
  const credit = (group: readonly Knot[]): Rational => {
    const farthest = group.map((knot) => size(sub(knot.x, x))).reduce(max);
    const off = size(sub(sum(group.map((knot) => knot.bend)), needed));
    return min(
      faded(farthest, exercise.tolerance.x, exercise.fade.x),
      faded(off, exercise.tolerance.slope, exercise.fade.slope),
    );
  };
  return around.length ? groups.map(credit).reduce(max) : ZERO;
}

/** Return how near the best bend comes to what is needed: 0 to 1. */
function likeness(mine: readonly Knot[], needed: Rational): Rational {
  return mine
    .filter(({ bend }) => sign(bend) * sign(needed) > 0)
    .map(({ bend }) => min(div(bend, needed), div(needed, bend)))
    .reduce(max, ZERO);
}
