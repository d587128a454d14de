/**
 * Continuous piecewise-linear functions: segments from left to right, neighbours of one slope joined.
 *
 * |f| has its largest value on an interval at one of its ends or at a breakpoint inside, because it
 * is convex between two neighbouring ones; that is why nothing here samples.
 */

import { ZERO, add, cmp, div, eq, max, min, mul, neg, sign, size, sub, type Rational } from "./rational";

export interface Segment {
  readonly left: Rational;
  readonly right: Rational;
  readonly slope: Rational;
  readonly intercept: Rational;
}

/** An x where the slope changes by `change`, from left to right. */
export interface Breakpoint {
  readonly x: Rational;
  readonly change: Rational;
}

export interface Extreme {
  readonly value: Rational;
  readonly x: Rational;
}

export type PiecewiseLinear = readonly Segment[];

export const valueOn = (line: Segment, x: Rational): Rational => add(mul(line.slope, x), line.intercept);

/** Return the segments with neighbours of equal slope joined; order and continuity are the caller's. */
export function joined(segments: readonly Segment[]): PiecewiseLinear {
  const found: Segment[] = [];
  for (const segment of segments) {
    const last = found.at(-1);
    if (last && eq(last.slope, segment.slope)) found[found.length - 1] = { ...last, right: segment.right };
    else found.push(segment);
  }
  return found;
}

/** Return f(x), for an x inside the domain. */
export function value(f: PiecewiseLinear, x: Rational): Rational {
  const segment = f.find((each) => cmp(x, each.right) <= 0);
  if (!segment) throw new Error("x is right of the domain");
  return valueOn(segment, x);
}

/** Return where the slope changes, from left to right. */
export const breakpoints = (f: PiecewiseLinear): Breakpoint[] =>
  f.flatMap((after, i) => {
    const before = f[i - 1];
    return before ? [{ x: after.left, change: sub(after.slope, before.slope) }] : [];
  });

/** Return the segments left and right of an x inside the domain; one may be both. */
export function beside(f: PiecewiseLinear, x: Rational): [Segment, Segment] {
  const before = f.filter((each) => cmp(each.left, x) < 0).at(-1);
  const after = f.filter((each) => cmp(each.left, x) <= 0).at(-1);
  if (!before || !after) throw new Error("x is not inside the domain");
  return [before, after];
}

/** Return a - b, both on one domain. */
export function difference(a: PiecewiseLinear, b: PiecewiseLinear): PiecewiseLinear {
  const pieces: Segment[] = [];
  let [i, j] = [0, 0];
  for (let one = a[0], other = b[0], left = one?.left; one && other && left; one = a[i], other = b[j]) {
    const right = min(one.right, other.right);
    const [slope, intercept] = [sub(one.slope, other.slope), sub(one.intercept, other.intercept)];
    pieces.push({ left, right, slope, intercept });
    left = right;
    if (eq(one.right, right)) i += 1;
    if (eq(other.right, right)) j += 1;
  }
  return joined(pieces);
}

/** Return the segments inside [left, right], the outer ones cut; left < right. */
export function clipped(f: PiecewiseLinear, left: Rational, right: Rational): Segment[] {
  return f
    .filter((each) => cmp(each.left, right) < 0 && cmp(each.right, left) > 0)
    .map((each) => ({ ...each, left: max(each.left, left), right: min(each.right, right) }));
}

/** Return the largest |f(x)| on neighbouring segments and the leftmost x where it occurs. */
export function largest(segments: readonly Segment[]): Extreme {
  const first = segments[0];
  if (!first) throw new Error("no segments");
  let best: Extreme = { value: size(valueOn(first, first.left)), x: first.left };
  for (const segment of segments) {
    const found = size(valueOn(segment, segment.right));
    if (cmp(found, best.value) > 0) best = { value: found, x: segment.right };
  }
  return best;
}

/** Return the parts, from left to right, on which |f(x)| <= bound; parts that touch are joined. */
export function partsWithin(segments: readonly Segment[], bound: Rational): [Rational, Rational][] {
  const parts: [Rational, Rational][] = [];
  for (const segment of segments) {
    const [start, end] = whereWithin(segment, bound);
    const last = parts.at(-1);
    if (cmp(start, end) >= 0) continue;
    if (last && eq(last[1], start)) last[1] = end;
    else parts.push([start, end]);
  }
  return parts;
}

function whereWithin(segment: Segment, bound: Rational): [Rational, Rational] {
  const { left, right, slope, intercept } = segment;
  if (!sign(slope)) return cmp(size(intercept), bound) <= 0 ? [left, right] : [left, left];
  const one = div(sub(neg(bound), intercept), slope);
  const other = div(sub(bound, intercept), slope);
  return [max(left, min(one, other)), min(right, max(one, other))];
}

export const lengthOf = (parts: readonly [Rational, Rational][]): Rational =>
  parts.reduce((length, [start, end]) => add(length, sub(end, start)), ZERO);
