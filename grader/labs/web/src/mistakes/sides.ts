/**
 * Right answers near a submission of more units than are compared in full: on which sides they are.
 *
 * Which side a unit is on, the submission shows: its own sides are tried first, then those with one
 * unit on the other side, then, by sums of halves that meet in the middle, all that leave no line over.
 */

import { breakpoints, type Breakpoint, type PiecewiseLinear } from "../exact/piecewise";
import { ZERO, add, fraction, mul, neg, sub, type Rational } from "../exact/rational";
import { isNothing, lineLeftOver, tasksOf, withLine, type Lefts, type Line, type Plan } from "./answers";
import type { Point } from "./cases";

// Of so many breakpoints, all choices of sides that leave no line over are found.
const BALANCED_UP_TO = 16;

/** Yield the plans in which these breakpoints, or all of them but one, are made on the left. */
export function* sidedPlans(rest: PiecewiseLinear, lefts: Lefts, free: number, domain: Point): Generator<Plan> {
  const turns = breakpoints(rest);
  const first = rest[0];
  if (!first || turns.length > free) return;
  const line = lineLeftOver(first, turns, lefts);
  for (const index of [null, ...turns.keys()])
    if (isNothing(lineAfter(line, turns, lefts, index))) yield tasksOf(turns, otherSide(lefts, index));
  if (turns.length === free) return;
  for (const index of [null, ...(turns.length <= BALANCED_UP_TO ? turns.keys() : [])]) {
    const plan = withLine(turns, otherSide(lefts, index), lineAfter(line, turns, lefts, index), domain);
    if (plan) yield plan;
  }
}

/** Return what is in one of the two sets alone. */
const differing = (one: Lefts, other: Lefts): Set<number> =>
  new Set([...[...one].filter((n) => !other.has(n)), ...[...other].filter((n) => !one.has(n))]);

/** Return the breakpoints on the left if one of them, or none, changes its side. */
const otherSide = (lefts: Lefts, index: number | null): Lefts =>
  index === null ? lefts : differing(lefts, new Set([index]));

/** Return the line left over after the breakpoint of this number has changed its side. */
function lineAfter(line: Line, turns: readonly Breakpoint[], lefts: Lefts, index: number | null): Line {
  const turn = index === null ? undefined : turns[index];
  if (!turn || index === null) return line;
  const by = lefts.has(index) ? neg(turn.change) : turn.change;
  return { slope: add(line.slope, by), intercept: sub(line.intercept, mul(by, turn.x)) };
}

/** Yield the plans of one unit a breakpoint, those with sides most like `lefts` first. */
export function* balancedPlans(rest: PiecewiseLinear, lefts: Lefts, free: number): Generator<Plan> {
  const turns = breakpoints(rest);
  const line = rest[0];
  if (!line || turns.length > Math.min(free, BALANCED_UP_TO)) return;
  const half = turns.length >> 1; // the sums of halves meet in the middle
  const firsts = new Map<string, (readonly number[])[]>();
  for (const { chosen, slope, moment } of sums(turns, 0, half)) {
    const key = keyOf(slope, moment);
    firsts.set(key, [...(firsts.get(key) ?? []), chosen]);
  }
  const found = sums(turns, half, turns.length).flatMap(({ chosen, slope, moment }) => {
    const key = keyOf(sub(neg(line.slope), slope), sub(line.intercept, moment));
    return (firsts.get(key) ?? []).map((first) => new Set([...first, ...chosen]));
  });
  const unlike = found.map((sides): [number, Set<number>] => [differing(sides, lefts).size, sides]);
  for (const [, sides] of unlike.sort(([one], [other]) => one - other)) yield tasksOf(turns, sides);
}

interface Sum {
  readonly chosen: readonly number[];
  readonly slope: Rational;
  readonly moment: Rational;
}

const keyOf = (slope: Rational, moment: Rational): string => `${fraction(slope)} ${fraction(moment)}`;

/** Return every choice of breakpoints, with the sums of slope changes and of these times x. */
function sums(turns: readonly Breakpoint[], from: number, to: number): Sum[] {
  let found: Sum[] = [{ chosen: [], slope: ZERO, moment: ZERO }];
  for (const [i, { x, change }] of turns.slice(from, to).entries()) {
    const more = found.map(({ chosen, slope, moment }) => ({
      chosen: [...chosen, from + i],
      slope: add(slope, change),
      moment: add(moment, mul(change, x)),
    }));
    found = [...found, ...more];
  }
  return found;
}
