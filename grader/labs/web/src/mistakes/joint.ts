/**
 * Units that are wrong together: how one, two or three of them can do what the others leave over.
 *
 * Besides the generic case, two units of which a number is given can turn at one x, where their bends
 * add up to what is needed, or cancel; or both are active everywhere. Of three, one does something
 * alone. `grader/mistakes/joint.py` says more.
 */

import { asPiecewise, type Unit } from "../exact/network";
import { breakpoints, difference, valueOn, type PiecewiseLinear } from "../exact/piecewise";
import { ONE, ZERO, add, cmp, div, eq, max, mul, neg, ratio, sign, size, sub, type Rational } from "../exact/rational";
import type { UnitSpec } from "../exercise/facts";
import { doing, idle, plans, type Plan } from "./answers";
import type { Point } from "./cases";
import { pointOn, type Extent, type Equation } from "./rectangle";

const PAIR = 2;

type Pair = readonly [UnitSpec, UnitSpec];

/** What is left over to do. */
interface Rest {
  readonly f: PiecewiseLinear;
  readonly domain: Point;
}

/** Return units, at most three, that add up to what is left over; null if no way to do it is known. */
export function doingTogether(rest: Rest, specs: readonly UnitSpec[]): readonly Unit[] | null {
  for (const plan of plans(rest.f, specs.length, rest.domain)) {
    const share = shared(plan, specs, rest.domain);
    if (share) return share;
  }
  const [one, other] = specs;
  if (!one || !other) return null;
  if (specs.length > PAIR) return oneAlone(rest, specs);
  return atOneTurn(rest, [one, other]) ?? twoLines(rest, [one, other]);
}

/** Return the first way in which the units can share the plan's tasks. */
function shared(plan: Plan, [first, ...others]: readonly UnitSpec[], domain: Point): Unit[] | null {
  if (!first) return plan.length ? null : [];
  if (plan.length > others.length + 1) return null;
  const choices: [Unit | null, Plan][] = plan.map((task, k) => [doing(first, task), plan.filter((_, other) => other !== k)]);
  for (const [unit, left] of [...choices, [idle(first, domain), plan] as const]) {
    const rest = unit && shared(left, others, domain);
    if (unit && rest) return [unit, ...rest];
  }
  return null;
}

/** Return what units do of which one is idle or turns at a breakpoint by itself. */
function oneAlone({ f, domain }: Rest, specs: readonly UnitSpec[]): readonly Unit[] | null {
  for (const [n, spec] of specs.entries())
    for (const unit of alone({ f, domain }, spec)) {
      const left = difference(f, asPiecewise([unit], ZERO, ...domain));
      if (left.length > specs.length) continue;
      const found = doingTogether({ f: left, domain }, specs.filter((_, other) => other !== n));
      if (found) return [...found.slice(0, n), unit, ...found.slice(n)];
    }
  return null;
}

/** Return the unit idle, as its line begins or ends at 0, and as it turns at each breakpoint. */
function alone({ f, domain }: Rest, spec: UnitSpec): Unit[] {
  const at = (x: Rational, w: Rational): Unit => ({ w, b: neg(mul(w, x)), v: spec.v });
  const resting = idle(spec, domain);
  const ends = domain.flatMap((end) => weightsOf(spec, end).map((w) => at(end, w)));
  const turning = breakpoints(f).flatMap(({ x, change }) => {
    const given = weightsOf(spec, x);
    const own = div(change, spec.v);
    return (given.length ? given : [own, neg(own)]).map((w) => at(x, w));
  });
  return [...(resting ? [resting] : []), ...ends, ...turning];
}

/** Return the weight with which a unit, one number of which is given, can turn at x, if any. */
function weightsOf({ w, b }: UnitSpec, x: Rational): Rational[] {
  if (w) return [w];
  return b && sign(x) ? [div(neg(b), x)] : [];
}

/** Return the two units as both turn at one x. */
function atOneTurn(rest: Rest, specs: Pair): readonly Unit[] | null {
  const [turns, first] = [breakpoints(rest.f), rest.f[0]];
  if (turns.length > 1 || !first) return null;
  const change = turns[0]?.change ?? ZERO;
  for (const x of placesOf(rest, specs)) {
    const found = sign(valueOn(first, x)) ? null : at(x, change, rest, specs);
    if (found) return found;
  }
  return null;
}

/** Return where both may turn: at the breakpoint, where the line left over is 0, or of every kind of x one. */
function placesOf({ f, domain: [left, right] }: Rest, [one, other]: Pair): Rational[] {
  const [turn, first] = [breakpoints(f)[0], f[0]];
  const isInside = (x: Rational): boolean => cmp(left, x) < 0 && cmp(x, right) < 0;
  if (turn) return [turn.x];
  if (!first) return [];
  if (sign(first.slope)) return [div(neg(first.intercept), first.slope)].filter(isInside);
  if (sign(first.intercept)) return [];
  const half = ratio(1n, 2n);
  const middle = mul(add(left, right), half);
  const crossing = [[one, other] as const, [other, one] as const].flatMap(([a, b]) => {
    if (!a.w || !sign(a.w) || !b.b || !sign(b.b)) return [];
    // The bends, v*|w| and v*|b/x|, cancel only at this distance from 0.
    const away = size(div(mul(b.b, b.v), mul(a.w, a.v)));
    return [neg(away), away].filter(isInside);
  });
  return [sign(middle) ? middle : mul(add(left, middle), half), ...crossing];
}

/** Return the two units as they turn at x and bend by `change` together. */
function at(x: Rational, change: Rational, rest: Rest, [one, other]: Pair): readonly Unit[] | null {
  const slope = rest.f[0]?.slope ?? ZERO;
  const both = add(change, slope);
  const options: (readonly [Rational, Rational])[] = [
    // One is active on the left and draws the line there, the other does what is left to do.
    [neg(size(div(slope, one.v))), size(div(both, other.v))],
    [size(div(both, one.v)), neg(size(div(slope, other.v)))],
    // Both are active on one side.
    ...weightsOf(one, x).map((w) => [w, besideOf(w, change, one.v, other.v)] as const),
    ...weightsOf(other, x).map((w) => [besideOf(w, change, other.v, one.v), w] as const),
  ];
  const turning = (w: Rational, v: Rational): Unit => ({ w, b: neg(mul(w, x)), v });
  for (const [w, beside] of options) {
    const units = [turning(w, one.v), turning(beside, other.v)] as const;
    if (sign(w) && sign(beside) && areDoing(rest, [one, other], units)) return units;
  }
  return null;
}

/** Return the other unit's weight if both are active on the side of this one. */
function besideOf(w: Rational, change: Rational, v: Rational, others: Rational): Rational {
  const weight = div(sub(change, mul(v, size(w))), others);
  return sign(w) > 0 ? weight : neg(weight);
}

/** Tell whether the units have the numbers that are given, and add up to what is left over. */
function areDoing({ f, domain }: Rest, specs: Pair, units: readonly [Unit, Unit]): boolean {
  const asGiven = [0, 1].every((n) => {
    const [spec, unit] = [specs[n], units[n]];
    return spec && unit && (!spec.w || eq(spec.w, unit.w)) && (!spec.b || eq(spec.b, unit.b));
  });
  const [left, ...more] = difference(f, asPiecewise(units, ZERO, ...domain));
  return asGiven && !!left && !more.length && !sign(left.slope) && !sign(left.intercept);
}

/** Return the two units as both are active everywhere. */
function twoLines(rest: Rest, [one, other]: Pair): readonly Unit[] | null {
  const [line, ...more] = rest.f;
  if (!line || more.length) return null;
  const [atLeft, atRight] = [valueOn(line, line.left), valueOn(line, line.right)];
  const share = div(one.v, other.v);
  // What is given of the other unit, in terms of the first one's values at the ends.
  const its = givenOf(other, rest.domain).map(({ p, q, c }) => ({
    p: neg(mul(p, share)),
    q: neg(mul(q, share)),
    c: sub(c, div(add(mul(p, atLeft), mul(q, atRight)), other.v)),
  }));
  const [xs, ys] = [valuesOf(div(atLeft, other.v), share), valuesOf(div(atRight, other.v), share)];
  const own = pointOn(xs, ys, [...givenOf(one, rest.domain), ...its]);
  if (!own) return null;
  const left = (whole: Rational, part: Rational): Rational => div(sub(whole, mul(one.v, part)), other.v);
  const units = [
    through(own, one, rest.domain),
    through([left(atLeft, own[0]), left(atRight, own[1])], other, rest.domain),
  ] as const;
  return areDoing(rest, [one, other], units) ? units : null;
}

/** Return which y, 0 or more, leave 0 or more of most - share*y. */
function valuesOf(most: Rational, share: Rational): Extent | null {
  const edge = div(most, share);
  if (sign(share) < 0) return { least: max(ZERO, edge), most: null };
  return sign(edge) >= 0 ? { least: ZERO, most: edge } : null;
}

/** Return what is given of a unit that is active everywhere, by its values at the ends. */
function givenOf({ w, b }: UnitSpec, [left, right]: Point): Equation[] {
  const width = sub(right, left);
  return [
    ...(w ? [{ p: neg(ONE), q: ONE, c: mul(w, width) }] : []),
    ...(b ? [{ p: right, q: neg(left), c: mul(b, width) }] : []),
  ];
}

/** Return the unit with these pre-activations at the ends. */
function through([first, last]: Point, { v }: UnitSpec, [left, right]: Point): Unit {
  const w = div(sub(last, first), sub(right, left));
  return { w, b: sub(first, mul(w, left)), v };
}
