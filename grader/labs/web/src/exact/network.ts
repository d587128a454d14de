/** Units and networks: f(x) = c + sum of v * relu(w*x + b), and the exact function that it is. */

import { joined, type PiecewiseLinear, type Segment } from "./piecewise";
import { ZERO, add, cmp, div, eq, max, min, mul, neg, sign, size, sub, type Rational } from "./rational";

export interface Unit {
  readonly w: Rational;
  readonly b: Rational;
  readonly v: Rational;
}

export interface Knot {
  readonly x: Rational;
  readonly bend: Rational;
  readonly unit: number;
}

export const pre = (unit: Unit, x: Rational): Rational => add(mul(unit.w, x), unit.b);
export const relu = (z: Rational): Rational => max(z, ZERO);

/** Return where z is 0: -b/w; null if w is 0. */
export const knotOf = (unit: Unit): Rational | null => (sign(unit.w) ? div(neg(unit.b), unit.w) : null);

/** Return how much the network's slope changes at the knot: v*|w|. */
export const bendOf = (unit: Unit): Rational => mul(unit.v, size(unit.w));

/** Return the ends of the part of [left, right] on which z > 0, null if it has no length. */
export function active(unit: Unit, left: Rational, right: Rational): [Rational, Rational] | null {
  const knot = knotOf(unit);
  if (!knot) return sign(unit.b) > 0 ? [left, right] : null;
  if (sign(unit.w) > 0) left = max(left, knot);
  else right = min(right, knot);
  return cmp(left, right) < 0 ? [left, right] : null;
}

/** Return the knots strictly between left and right, from left to right, then in the units' order. */
export function knots(units: readonly Unit[], left: Rational, right: Rational): Knot[] {
  return units
    .flatMap((unit, k) => {
      const x = knotOf(unit);
      return x && cmp(left, x) < 0 && cmp(x, right) < 0 ? [{ x, bend: bendOf(unit), unit: k }] : [];
    })
    .sort((a, b) => cmp(a.x, b.x) || a.unit - b.unit);
}

/** Return f on [left, right]: the line of the units active at the left end, bent at every knot. */
export function asPiecewise(
  units: readonly Unit[],
  bias: Rational,
  left: Rational,
  right: Rational,
): PiecewiseLinear {
  let [slope, intercept] = [ZERO, bias];
  for (const unit of units) {
    const z = pre(unit, left);
    if (sign(z) > 0 || (!sign(z) && sign(unit.w) > 0)) {
      slope = add(slope, mul(unit.v, unit.w));
      intercept = add(intercept, mul(unit.v, unit.b));
    }
  }
  const segments: Segment[] = [];
  for (const { x, bend } of knots(units, left, right)) {
    if (!sign(bend)) continue;
    if (!eq(x, left)) {
      segments.push({ left, right: x, slope, intercept });
      left = x;
    }
    slope = add(slope, bend);
    intercept = sub(intercept, mul(bend, x));
  }
  segments.push({ left, right, slope, intercept });
  return joined(segments);
}
