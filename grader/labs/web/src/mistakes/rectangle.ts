/** A point of a rectangle that is on given lines: exact, and always the same one. */

import { cmp, div, eq, mul, sign, sub, type Rational } from "../exact/rational";
import type { Point } from "./cases";

/** From `least` to `most`, both included; without end if that is null. */
export interface Extent {
  readonly least: Rational;
  readonly most: Rational | null;
}

/** All (x, y) with p*x + q*y = c. */
export interface Equation {
  readonly p: Rational;
  readonly q: Rational;
  readonly c: Rational;
}

/** Return a point of the rectangle on all lines, at most two; null if there is none. */
export function pointOn(xs: Extent | null, ys: Extent | null, lines: readonly Equation[]): Point | null {
  if (!xs || !ys) return null;
  const [first, ...more] = lines;
  if (!first) return [xs.least, ys.least];
  if (!sign(first.p) && !sign(first.q)) return sign(first.c) ? null : pointOn(xs, ys, more);
  for (const second of more) {
    const area = cross(first.p, second.q, first.q, second.p);
    if (sign(area)) {
      const x = div(cross(first.c, second.q, first.q, second.c), area);
      const y = div(cross(first.p, second.c, first.c, second.p), area);
      return has(xs, x) && has(ys, y) ? [x, y] : null;
    }
    const isSame = eq(mul(first.p, second.c), mul(first.c, second.p)) && eq(mul(first.q, second.c), mul(first.c, second.q));
    if (!isSame) return null;
  }
  return onEdge(first, xs, ys);
}

const cross = (a: Rational, b: Rational, c: Rational, d: Rational): Rational => sub(mul(a, b), mul(c, d));

/** Return the first point of the line on an edge of the rectangle. */
function onEdge({ p, q, c }: Equation, xs: Extent, ys: Extent): Point | null {
  for (const x of sign(q) ? [xs.least, xs.most] : []) {
    if (!x) continue;
    const y = div(sub(c, mul(p, x)), q);
    if (has(ys, y)) return [x, y];
  }
  for (const y of sign(p) ? [ys.least, ys.most] : []) {
    if (!y) continue;
    const x = div(sub(c, mul(q, y)), p);
    if (has(xs, x)) return [x, y];
  }
  return null;
}

const has = ({ least, most }: Extent, value: Rational): boolean =>
  cmp(least, value) <= 0 && (!most || cmp(value, most) <= 0);
