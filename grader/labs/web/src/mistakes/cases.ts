/** A wrong unit as the formulas of the table see it: beside its right answer and what is near. */

import { active, bendOf, knotOf, type Unit } from "../exact/network";
import { beside, type Breakpoint, type PiecewiseLinear } from "../exact/piecewise";
import { ONE, ZERO, add, cmp, div, eq, isWithin, sign, size, sub, type Rational } from "../exact/rational";
import type { Measure } from "../exercise/facts";

/** What is known of the right answer; each includes those before it. */
export const NOTHING = 0;
export const NUMBERS = 1;
export const KNOT = 2;

export type Point = readonly [Rational, Rational];

/** A unit's right answer, as formulas use it; what is not known is 0. */
export interface Answer {
  readonly known: number;
  readonly w: Rational;
  readonly b: Rational;
  readonly v: Rational;
  /** The breakpoint where the knot is, and slope and intercept of the target on the active side. */
  readonly t: Rational;
  readonly s: Rational;
  readonly c: Rational;
  /** The target's other breakpoints and ends that a knot may have been taken for. */
  readonly elsewhere: readonly Rational[];
  /** Which of the two the author chose, if one. */
  readonly given: "" | "w" | "b";
}

export const NOTHING_KNOWN: Answer = {
  known: NOTHING, w: ZERO, b: ZERO, v: ZERO, t: ZERO, s: ZERO, c: ZERO, elsewhere: [], given: "",
};

/** Return what the formulas need to know of a unit's right answer; it turns at x, if at all. */
export function rightAnswer(
  target: PiecewiseLinear, unit: Unit, x: Rational | null, elsewhere: readonly Rational[], given: Answer["given"],
): Answer {
  const { w, b, v } = unit;
  if (!x) return { ...NOTHING_KNOWN, known: NUMBERS, w, b, v, given };
  const [before, after] = beside(target, x);
  const { slope, intercept } = sign(w) > 0 ? after : before;
  return { known: KNOT, w, b, v, t: x, s: slope, c: intercept, elsewhere, given };
}

/** Tells whether a weight and a bias are both within tolerance of a unit's own. */
export type Window = (w: Rational, b: Rational) => boolean;

/** Return what is within tolerance of a unit; one without output weight is not asked. */
export function windowOf({ w, b, v }: Unit, { value, slope }: Measure): Window {
  const scale = sign(v) ? size(v) : ONE;
  const [leastW, mostW] = around(w, div(slope, scale));
  const [leastB, mostB] = around(b, div(value, scale));
  return (w, b) =>
    cmp(leastW, w) <= 0 && cmp(w, mostW) <= 0 && cmp(leastB, b) <= 0 && cmp(b, mostB) <= 0;
}

const around = (middle: Rational, reach: Rational): Point => [sub(middle, reach), add(middle, reach)];

/** A wrong unit as submitted beside its answer; `turn` is what it has to do, null if no turn. */
export interface Case {
  readonly unit: Unit;
  readonly close: Window;
  readonly right: Answer;
  readonly turn: Breakpoint | null;
  readonly domain: Point;
  readonly tolerance: Measure;
}

const isDead = ({ unit, domain }: Case): boolean => !active(unit, ...domain);

function isAlwaysOn({ unit, domain }: Case): boolean {
  const on = active(unit, ...domain);
  return !!on && eq(on[0], domain[0]) && eq(on[1], domain[1]);
}

function knotInside({ unit, domain: [left, right] }: Case): Rational | null {
  const knot = knotOf(unit);
  return knot && cmp(left, knot) < 0 && cmp(knot, right) < 0 ? knot : null;
}

/** Tell whether the knot is inside the domain and as near the breakpoint as is allowed. */
export function isInPlace(wrong: Case): boolean {
  const knot = knotInside(wrong);
  return !!knot && !!wrong.turn && isWithin(knot, wrong.turn.x, wrong.tolerance.x);
}

/** Tell whether the knot is inside the domain and the bend there is the one that is needed. */
const bendsRightly = (wrong: Case): boolean =>
  !!knotInside(wrong) && !!wrong.turn && isWithin(bendOf(wrong.unit), wrong.turn.change, wrong.tolerance.slope);

/** Tell whether the unit is active on the other side of its knot than it has to be. */
export const isMirrored = ({ unit, right }: Case): boolean =>
  right.known === KNOT && sign(unit.w) * sign(right.w) < 0;

/** Whether the unit turns where it should, by another amount. */
const hasAnotherBend = (wrong: Case): boolean =>
  !!wrong.turn && isInPlace(wrong) && !eq(bendOf(wrong.unit), wrong.turn.change);

/** Whether the unit bends by as much as it should, elsewhere. */
function hasAnotherKnot(wrong: Case): boolean {
  const knot = knotOf(wrong.unit);
  return !!wrong.turn && bendsRightly(wrong) && !(knot && eq(knot, wrong.turn.x));
}

/** What a row of the table can ask of a case, by the names that Python has for it. */
export const LOOKS: Readonly<Record<string, (wrong: Case) => boolean>> = {
  is_dead: isDead,
  is_always_on: isAlwaysOn,
  has_another_bend: hasAnotherBend,
  has_another_knot: hasAnotherKnot,
  is_mirrored: isMirrored,
  is_in_place: isInPlace,
  bends_rightly: bendsRightly,
};
