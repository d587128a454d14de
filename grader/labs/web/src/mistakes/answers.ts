/**
 * The right answers of an exercise in the generic case: what each free unit has to do.
 *
 * Each breakpoint of what is left over of the target is the work of one free unit, active right of
 * it or left of it: a line cut off there, a *task*. If every unit were active on the right, the line
 * left of all breakpoints would be left over as well; each unit that is active on the left takes its
 * part off. So a choice of sides is right if that line becomes 0, or if a further unit can draw it.
 * Up to EXACT_UP_TO free units every such answer is found; `grader/mistakes/answers.py` says more.
 */

import { asPiecewise, type Unit } from "../exact/network";
import { breakpoints, difference, type Breakpoint, type PiecewiseLinear } from "../exact/piecewise";
import {
  ONE, ZERO, add, cmp, div, eq, fraction, max, min, mul, neg, sign, size, sub, type Rational,
} from "../exact/rational";
import type { Exercise, UnitSpec } from "../exercise/facts";
import type { Point } from "./cases";

export const EXACT_UP_TO = 6;

/** What one unit has to add where it is active; x is null if that is the whole domain. */
export interface Task {
  readonly x: Rational | null;
  readonly slope: Rational;
  readonly intercept: Rational;
  /** 1 or -1, that of the output weights that can do it. */
  readonly sign: number;
}

export type Plan = readonly Task[];

/** The slope change at x, which is v*|w| of the unit that makes it. */
export const bendOfTask = (task: Task): Rational => (task.sign > 0 ? size(task.slope) : neg(size(task.slope)));

export const textOfTask = ({ x, slope, intercept, sign }: Task): string =>
  [x ? fraction(x) : "", fraction(slope), fraction(intercept), sign].join();

/** Return the target less the output bias and the fixed units. */
export function leftover({ target, bias, left, right }: Exercise, units: readonly (Unit | UnitSpec)[]): PiecewiseLinear {
  const fixed = units.filter((unit): unit is Unit => unit.w !== null && unit.b !== null);
  return difference(target, asPiecewise(fixed, bias, left, right));
}

/** A line left over: its slope and intercept. */
export interface Line {
  readonly slope: Rational;
  readonly intercept: Rational;
}

export const isNothing = ({ slope, intercept }: Line): boolean => !sign(slope) && !sign(intercept);

/** Which breakpoints are made by units that are active on the left of them, by number. */
export type Lefts = ReadonlySet<number>;

/**
 * Yield every list of tasks that add up to `rest` and need at most `free` units.
 *
 * Tasks stand from left to right, a line last. Plans with one task a breakpoint come first, and the
 * more units are active on the right, from the left on, the earlier.
 */
export function* plans(rest: PiecewiseLinear, free: number, domain: Point): Generator<Plan> {
  const turns = breakpoints(rest);
  if (turns.length > free) return;
  const larger: Plan[] = [];
  const isExact = free <= EXACT_UP_TO;
  for (const [lefts, line] of isExact ? everySide(rest, turns) : leftmost(rest)) {
    if (isNothing(line)) yield tasksOf(turns, lefts);
    else if (turns.length < free && (isExact || !larger.length)) {
      const plan = withLine(turns, lefts, line, domain);
      if (plan) larger.push(plan);
    }
  }
  yield* larger;
  if (turns.length + 1 < free) yield* withTwoLines(rest, turns, domain);
}

function* everySide(rest: PiecewiseLinear, turns: readonly Breakpoint[]): Generator<[Lefts, Line]> {
  const first = rest[0];
  if (!first) return;
  for (let choice = 0; choice < 1 << turns.length; choice += 1) {
    const lefts = new Set([...turns.keys()].filter((index) => (choice >> (turns.length - 1 - index)) & 1));
    yield [lefts, lineLeftOver(first, turns, lefts)];
  }
}

/** With the leftmost n active on the left, the line left over is segment n's own. */
function* leftmost(rest: PiecewiseLinear): Generator<[Lefts, Line]> {
  for (const [n, segment] of rest.entries()) yield [new Set(Array(n).keys()), segment];
}

/** Return what is left over of the first line if these breakpoints are made on the left. */
export function lineLeftOver(first: Line, turns: readonly Breakpoint[], lefts: Lefts): Line {
  let { slope, intercept } = first;
  for (const [index, { x, change }] of turns.entries()) {
    if (!lefts.has(index)) continue;
    slope = add(slope, change);
    intercept = sub(intercept, mul(change, x));
  }
  return { slope, intercept };
}

/** Return the tasks of one unit a breakpoint, with these breakpoints made on the left. */
export const tasksOf = (turns: readonly Breakpoint[], lefts: Lefts): Plan =>
  turns.map(({ x, change }, index) => turning(x, lefts.has(index) ? neg(change) : change, sign(change) > 0 ? 1 : -1));

const turning = (x: Rational, slope: Rational, sign: number): Task => ({ x, slope, intercept: neg(mul(slope, x)), sign });

/**
 * Return the tasks and the line left over: as a unit of its own, or cut in two at a breakpoint.
 *
 * A line that is 0 at a breakpoint adds to the unit on the right of it and needs one on the left.
 */
export function withLine(turns: readonly Breakpoint[], lefts: Lefts, line: Line, domain: Point): Plan | null {
  const { slope, intercept } = line;
  const ends = domain.map((x) => add(mul(slope, x), intercept));
  const [least, most] = [ends.reduce(min), ends.reduce(max)];
  const tasks = tasksOf(turns, lefts);
  if (!(sign(least) < 0 && sign(most) > 0))
    return [...tasks, { x: null, slope, intercept, sign: sign(most) > 0 ? 1 : -1 }];
  const x = div(neg(intercept), slope);
  const index = turns.findIndex((turn) => eq(turn.x, x));
  const turn = turns[index];
  if (!turn || lefts.has(index)) return null;
  const both = add(turn.change, slope);
  // If nothing is left, one unit, active on the left, does it: another choice of sides.
  if (!sign(both)) return null;
  const pair = [turning(x, slope, sign(slope) > 0 ? -1 : 1), turning(x, both, sign(both) > 0 ? 1 : -1)];
  return [...tasks.slice(0, index), ...pair, ...tasks.slice(index + 1)];
}

/**
 * Yield the tasks of units active on the right, and the line left over as two of one sign each.
 *
 * A line that is 0 inside the domain is no unit's, but the sum of one that adds and one that takes
 * away: a parallel that stays over 0, and a constant.
 */
function* withTwoLines(rest: PiecewiseLinear, turns: readonly Breakpoint[], domain: Point): Generator<Plan> {
  const first = rest[0];
  if (!first) return;
  const { slope, intercept } = first;
  const ends = domain.map((x) => add(mul(slope, x), intercept));
  const [least, most] = [ends.reduce(min), ends.reduce(max)];
  if (!(sign(least) < 0 && sign(most) > 0)) return;
  const up = sub(ONE, least);
  const over = { x: null, slope, intercept: add(intercept, up), sign: 1 };
  yield [...tasksOf(turns, new Set()), over, { x: null, slope: ZERO, intercept: neg(up), sign: -1 }];
}

/** Return the free unit as it does the task, null if it cannot. */
export function doing({ w, b, v }: UnitSpec, task: Task): Unit | null {
  if (sign(v) * task.sign <= 0) return null;
  const unit = { w: div(task.slope, v), b: div(task.intercept, v), v };
  return (!w || eq(w, unit.w)) && (!b || eq(b, unit.b)) ? unit : null;
}

/** Return the unit as it adds nothing: unset if it can be, else dead; null if it cannot. */
export function idle({ w, b, v }: UnitSpec, [left, right]: Point): Unit | null {
  if (w) return { w, b: neg(max(mul(w, left), mul(w, right))), v };
  if (!b || sign(b) <= 0 || !sign(v)) return { w: ZERO, b: b ?? ZERO, v };
  if (sign(left) > 0) return { w: div(neg(b), left), b, v };
  return sign(right) < 0 ? { w: div(neg(b), right), b, v } : null;
}

/**
 * Return each unit's task if tasks, from left to right, go to units in this order.
 *
 * A task goes to the first unit that can do it, one with a fixed parameter before one that is
 * wholly free. Null if nobody is left for a task.
 */
export function inOrder(plan: Plan, units: readonly UnitSpec[], order: readonly number[]): (Task | null)[] | null {
  const waiting = new Map<string, number[]>();
  const key = (sign: number, slope: Rational | null, intercept: Rational | null): string =>
    [sign, slope ? fraction(slope) : "", intercept ? fraction(intercept) : ""].join();
  for (const k of order) {
    const { w, b, v } = units[k] ?? { w: null, b: null, v: ONE };
    const own = key(sign(v), w && mul(v, w), b && mul(v, b));
    waiting.set(own, [...(waiting.get(own) ?? []), k]);
  }
  const given: (Task | null)[] = units.map(() => null);
  for (const task of plan) {
    const keys = [key(task.sign, task.slope, null), key(task.sign, null, task.intercept), key(task.sign, null, null)];
    const k = keys.map((each) => waiting.get(each)).find((queue) => queue?.length)?.shift();
    if (k === undefined) return null;
    given[k] = task;
  }
  return given;
}

/** Return the number of the first of these, in rising order, that is not below x. */
export function placeOf(xs: readonly Rational[], x: Rational): number {
  const n = xs.findIndex((each) => cmp(each, x) >= 0);
  return n < 0 ? xs.length : n;
}
