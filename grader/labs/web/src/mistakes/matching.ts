/** Which right answer a submission is meant to be: who is doing which task, as far as it shows. */

import { knotOf, type Unit } from "../exact/network";
import { cmp } from "../exact/rational";
import type { UnitSpec } from "../exercise/facts";
import { inOrder, placeOf, textOfTask, type Plan, type Task } from "./answers";

/**
 * How well a unit does a task: more of `right` counts first, then of `explained`, both 0 or 1;
 * `away` is the sum of the squared differences of the parameters, in a unit that all fits share.
 */
export interface Fit {
  readonly right: boolean;
  readonly explained: boolean;
  readonly away: bigint;
}

/** Tasks in the order of the free units, null for one that is idle. */
export type Assignment = readonly (Task | null)[];

/** How well each free unit does a task, or is idle; null where it cannot. */
export type Fits = ReadonlyMap<string, readonly (Fit | null)[]>;

/** What a sum of fits is worth as one number; null for what cannot be. */
type Rank = bigint | null;

export const textOf = (task: Task | null): string => (task ? textOfTask(task) : "");

/** Return the assignment of the best fit, the first of several; null if there is none. */
export function bestAssignment(plans: readonly Plan[], count: number, fits: Fits): Assignment | null {
  const ranks = ranksOf(fits, count);
  let best: Rank = null;
  let assignment: Assignment | null = null;
  for (const plan of plans) {
    const columns = [...plan, null].map((task) => ranks.get(textOf(task)) ?? []);
    const rows = Array.from({ length: count }, (_, k) => columns.map((column) => column[k] ?? null));
    const able = rows.map((row) => row.reduce(higher, null));
    const most = able.reduce(plus, 0n);
    if (most === null || (best !== null && most <= best)) continue;
    const [rank, chosen] = bestSharing(rows, plan.length);
    if (rank !== null && (best === null || rank > best)) {
      best = rank;
      assignment = chosen.map((n) => plan[n] ?? null);
    }
  }
  return assignment;
}

const higher = (a: Rank, b: Rank): Rank => (a === null || (b !== null && b > a) ? b : a);
const plus = (a: Rank, b: Rank): Rank => (a === null || b === null ? null : a + b);

/** Return each fit as one whole number: sums compare as sums of the fits' parts, in order. */
function ranksOf(fits: Fits, count: number): Map<string, Rank[]> {
  let furthest = 0n;
  for (const row of fits.values()) for (const fit of row) if (fit && fit.away > furthest) furthest = fit.away;
  const step = BigInt(count) * furthest + 1n;
  const rank = ({ right, explained, away }: Fit): bigint =>
    BigInt((right ? count + 1 : 0) + (explained ? 1 : 0)) * step - away;
  return new Map([...fits].map(([task, row]) => [task, row.map((fit) => fit && rank(fit))]));
}

type Shared = readonly [Rank, readonly number[]];

/**
 * Return the best sum and who does what, unit by unit; column `spare`, the last, is for the idle.
 *
 * What is best for the rest depends only on the tasks taken, which are bits.
 */
function bestSharing(rows: readonly (readonly Rank[])[], spare: number): Shared {
  const known = new Map<number, Shared>();
  const best = (k: number, taken: number): Shared => {
    if (k === rows.length) return [0n, []];
    const key = taken * (rows.length + 1) + k;
    const found = known.get(key) ?? search(k, taken);
    known.set(key, found);
    return found;
  };
  const search = (k: number, taken: number): Shared => {
    let found: Shared = [null, []];
    const idleLeft = rows.length - spare - (k - bitCount(taken));
    for (const [n, own] of (rows[k] ?? []).entries()) {
      if (own === null || (n === spare ? idleLeft <= 0 : (taken >> n) & 1)) continue;
      const [rest, others] = best(k + 1, n === spare ? taken : taken | (1 << n));
      const rank = plus(own, rest);
      if (rank !== null && (found[0] === null || rank > found[0])) found = [rank, [n, ...others]];
    }
    return found;
  };
  return best(0, 0);
}

const bitCount = (bits: number): number => (bits ? (bits & 1) + bitCount(bits >> 1) : 0);

type IsDoing = (n: number, task: Task | null) => boolean;

/**
 * Return an assignment for more than EXACT_UP_TO units: who is right stays, the rest by knots.
 *
 * A unit that does the task at its knot keeps it; the other tasks go, from left to right, to the
 * other units by their knots. Null if that leaves a task to nobody.
 */
export function byKnots(
  plan: Plan, specs: readonly UnitSpec[], submitted: readonly Unit[], isDoing: IsDoing,
): Assignment | null {
  const claimed = claims(plan, submitted, isDoing);
  const others = [...submitted.keys()]
    .filter((k) => !claimed.has(k))
    .sort((one, other) => byPlace(submitted[one], submitted[other]));
  const taken = new Set(claimed.values());
  const rest = inOrder(plan.filter((_, n) => !taken.has(n)), specs, others);
  return rest?.map((task, k) => plan[claimed.get(k) ?? -1] ?? task) ?? null;
}

/** Return which units already do a task of the plan: unit -> the task's number. */
function claims(plan: Plan, submitted: readonly Unit[], isDoing: IsDoing): Map<number, number> {
  const xs = plan.flatMap(({ x }) => (x ? [x] : []));
  const claimed = new Map<number, number>();
  const taken = new Set<number>();
  for (const [k, unit] of submitted.entries()) {
    const knot = knotOf(unit);
    const nearest = knot ? placeOf(xs, knot) : xs.length;
    const n = [nearest - 1, nearest, nearest + 1, plan.length - 1].find((each) => {
      const task = plan[each];
      return task !== undefined && !taken.has(each) && isDoing(k, task);
    });
    if (n === undefined) continue;
    claimed.set(k, n);
    taken.add(n);
  }
  return claimed;
}

/** Compare units by their knots, those without one last. */
function byPlace(one: Unit | undefined, other: Unit | undefined): number {
  const [a, b] = [one && knotOf(one), other && knotOf(other)];
  return a && b ? cmp(a, b) : Number(!a) - Number(!b);
}
