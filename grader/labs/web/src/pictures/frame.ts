/** Where things stand in a plot, in CSS pixels as seen; doubles serve, for nothing is decided here. */

import { scaleLinear, type ScaleLinear } from "d3-scale";
import { approximate } from "../exact/rational";
import { valueOn, type PiecewiseLinear } from "../exact/piecewise";
import type { Exercise } from "../exercise/facts";

export type Scale = ScaleLinear<number, number>;

/** The lowest and highest y of a plot. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const MOST_TICKS_X = 7;
const APART_X = 44;
const APART_Y = 36;

/** Return the corners of a function as points of doubles. */
export const corners = (f: PiecewiseLinear): [number, number][] =>
  f.flatMap((each, i) => {
    const start: [number, number][] = i ? [] : [[approximate(each.left), approximate(valueOn(each, each.left))]];
    return [...start, [approximate(each.right), approximate(valueOn(each, each.right))] as [number, number]];
  });

const extent = (f: PiecewiseLinear): Range => {
  const ys = corners(f).map(([, y]) => y);
  return { low: Math.min(...ys), high: Math.max(...ys) };
};

/** Return the range of an untouched plot: the target and a quarter of its span on each side. */
export function firstRange(exercise: Exercise): Range {
  const { low, high } = extent(exercise.target);
  const quarter = (high - low || 1) / 4;
  return { low: low - quarter, high: high + quarter };
}

/** Return the range grown in quarter spans to hold the network, by at most one span on each side. */
export function grown(range: Range, exercise: Exercise, network: PiecewiseLinear): Range {
  const target = extent(exercise.target);
  const span = target.high - target.low || 1;
  const held = extent(network);
  const beyond = (wanted: number): number => Math.min(span, Math.ceil((wanted * 4) / span) * (span / 4));
  const first = firstRange(exercise);
  return {
    low: Math.min(range.low, first.low - Math.max(0, beyond(first.low - (held.low - span / 8)))),
    high: Math.max(range.high, first.high + Math.max(0, beyond(held.high + span / 8 - first.high))),
  };
}

export const scale = (domain: readonly [number, number], pixels: readonly [number, number]): Scale =>
  scaleLinear(domain, pixels);

export const ticksX = (x: Scale, width: number): number[] => atMost(x, Math.min(MOST_TICKS_X, width / APART_X));
export const ticksY = (y: Scale, height: number): number[] => atMost(y, height / APART_Y);

/** Return ticks in steps of 1, 2 or 5, no more than so many. */
function atMost(of: Scale, most: number): number[] {
  for (let count = Math.max(2, Math.floor(most)); count > 1; count -= 1) {
    const found = of.ticks(count);
    if (found.length <= most) return found;
  }
  return of.ticks(1);
}

export const tickText = (tick: number): string => String(Number(tick.toPrecision(12))).replace("-", "\u2212");
