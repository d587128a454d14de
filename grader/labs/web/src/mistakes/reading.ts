/** A submitted network read against the right answers of its exercise: who does which task. */

import { bendOf, knotOf, pre, relu, type Unit } from "../exact/network";
import { breakpoints, type Breakpoint, type PiecewiseLinear } from "../exact/piecewise";
import { ZERO, cmp, div, eq, isWithin, max, mul, neg, sign, size, sub, type Rational } from "../exact/rational";
import type { Exercise, UnitSpec } from "../exercise/facts";
import {
  EXACT_UP_TO, bendOfTask, doing, idle, leftover, placeOf, plans, type Lefts, type Plan, type Task,
} from "./answers";
import {
  NOTHING, NOTHING_KNOWN, NUMBERS, rightAnswer, windowOf, type Answer, type Case, type Point, type Window,
} from "./cases";
import { bestAssignment, byKnots, textOf, type Assignment, type Fit } from "./matching";
import { predictions } from "./naming";
import type { Kept } from "./keeping";
import { balancedPlans, sidedPlans } from "./sides";
import type { Table } from "./table";

// So many ends of segments are all compared; of more, those next to the unit's knot.
const FEW = 8;

/** A free unit that is not among those that keep what they do. */
export interface Place {
  readonly k: number;
  readonly spec: UnitSpec;
  readonly unit: Unit;
  readonly close: Window;
}

export interface Reading {
  readonly exercise: Exercise;
  readonly table: Table;
  readonly kept: ReadonlyMap<number, Kept>;
  readonly domain: Point;
  /** Where kept units turn. */
  readonly shared: readonly Rational[];
  readonly places: readonly Place[];
  readonly rest: PiecewiseLinear;
  readonly turns: readonly Breakpoint[];
  readonly edges: readonly Rational[];
  readonly assignment: Assignment | null;
}

/** Only how many are right counts, in `rough` ones: neither mistakes nor distances. */
export function readingOf(
  exercise: Exercise, table: Table, units: readonly Unit[], kept: ReadonlyMap<number, Kept> = new Map(), rough = false,
): Reading {
  const { left, right, tolerance, segments } = exercise;
  const places = exercise.units.flatMap((spec, k) => {
    const unit = units[k];
    return spec.fixed || kept.has(k) || !unit ? [] : [{ k, spec, unit, close: windowOf(unit, tolerance) }];
  });
  const rest = leftover(exercise, exercise.units.map((unit, k) => kept.get(k)?.answer ?? unit));
  const unread: Reading = {
    exercise,
    table,
    kept,
    domain: [left, right],
    shared: [...kept.values()].flatMap(({ turn }) => (turn ? [turn.x] : [])),
    places,
    rest,
    turns: breakpoints(rest),
    edges: [left, ...segments.map((segment) => segment.right)],
    assignment: null,
  };
  return { ...unread, assignment: assign(unread, rough) };
}

function assign(reading: Reading, rough: boolean): Assignment | null {
  const { places, rest, domain } = reading;
  const every = plans(rest, places.length, domain);
  if (places.length <= EXACT_UP_TO) {
    const listed = [...every];
    return bestAssignment(listed, places.length, fitsOf(reading, listed, rough));
  }
  const lefts = leftsOf(reading);
  const [specs, submitted] = [places.map(({ spec }) => spec), places.map(({ unit }) => unit)];
  const isDoingIt = (n: number, task: Task | null): boolean => isDoing(reading, n, task);
  for (const some of [sidedPlans(rest, lefts, places.length, domain), balancedPlans(rest, lefts, places.length), every])
    for (const plan of some) {
      const found = byKnots(plan, specs, submitted, isDoingIt);
      if (found) return found;
    }
  return null;
}

/** Return the breakpoints whose nearest unit is active on the left. */
function leftsOf({ places, turns }: Reading): Lefts {
  const knots = places
    .flatMap(({ unit }) => {
      const x = knotOf(unit);
      return x && sign(unit.v) ? [{ x, isLeft: sign(unit.w) < 0 }] : [];
    })
    .sort((a, b) => cmp(a.x, b.x) || Number(a.isLeft) - Number(b.isLeft));
  const xs = knots.map(({ x }) => x);
  const isLeft = (turn: Breakpoint): boolean => {
    const n = placeOf(xs, turn.x);
    return nearest(knots.slice(Math.max(n - 1, 0), n + 1), turn.x)?.isLeft ?? false;
  };
  return new Set([...turns.keys()].filter((index) => turns.slice(index, index + 1).some(isLeft)));
}

/** Return what is nearest to x, the first of two. */
export function nearest<Placed extends { readonly x: Rational }>(all: readonly Placed[], x: Rational): Placed | undefined {
  const off = (placed: Placed): Rational => size(sub(placed.x, x));
  return all.reduce<Placed | undefined>((best, each) => (best && cmp(off(best), off(each)) <= 0 ? best : each), undefined);
}

/** Return how many units are right, those that keep their part of a turn among them. */
export function countRight(reading: Reading): number {
  const { assignment, kept } = reading;
  if (!assignment) return -1;
  const keeping = [...kept.values()].filter(({ isInPlace }) => isInPlace).length;
  return assignment.filter((task, n) => isDoing(reading, n, task)).length + keeping;
}

/** Return the n-th free unit as it does the task, or nothing; null if it cannot. */
export function answerOf({ places, domain }: Reading, n: number, task: Task | null): Unit | null {
  const spec = places[n]?.spec;
  if (!spec) return null;
  return task ? doing(spec, task) : idle(spec, domain);
}

/** Return how well each free unit, as submitted, does each task of the plans, or nothing. */
function fitsOf(reading: Reading, every: readonly Plan[], rough: boolean): Map<string, (Fit | null)[]> {
  const tasks = new Map(every.flatMap((plan) => [...plan, null].map((task) => [textOf(task), task])));
  const answers = new Map([...tasks].map(([key, task]) => [key, reading.places.map((_, n) => answerOf(reading, n, task))]));
  const units = [...reading.places.map(({ unit }) => unit), ...[...answers.values()].flat()];
  const numbers = [...reading.domain, ...units.flatMap((unit) => (unit ? [unit.w, unit.b] : []))];
  const parts = rough ? 0n : numbers.reduce((shared, { d }) => lcm(shared, d), 1n);
  return new Map(
    [...tasks].map(([key, task]) => {
      const predicted = new Map<string, Point[]>();
      const row = answers.get(key) ?? [];
      return [key, row.map((answer, n) => answer && fitOf(reading, n, task, answer, parts, predicted))];
    }),
  );
}

const gcd = (a: bigint, b: bigint): bigint => (b ? gcd(b, a % b) : a);
const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

/** Return how well the n-th free unit does the task; units of one output weight share predictions. */
function fitOf(
  reading: Reading, n: number, task: Task | null, answer: Unit, parts: bigint, predicted: Map<string, Point[]>,
): Fit | null {
  const place = reading.places[n];
  if (!place) return null;
  const right = isRight(reading, n, task, answer, false);
  if (!parts) return { right, explained: false, away: 0n };
  let away = distance(place.unit, answer, parts);
  if (!task) {
    // Any dead unit is as right as the one that `idle` gives.
    const peak = inParts(peakOf(reading, place.unit), parts * parts);
    if (peak * peak < away) away = peak * peak;
  }
  if (right) return { right, explained: false, away };
  const isShared = reading.edges.length <= FEW && isWhollyFree(place);
  const key = isShared ? `v ${answer.v.n}/${answer.v.d}` : `unit ${n}`;
  const points =
    predicted.get(key) ?? predictions(reading.table, caseOf(reading, n, task, answer).right).flatMap(([, found]) => found);
  predicted.set(key, points);
  return { right, explained: points.some((point) => place.close(...point)), away };
}

/** Return how many parts the value is, if so many make 1: a multiple of its denominator. */
const inParts = ({ n, d }: Rational, parts: bigint): bigint => n * (parts / d);

/** Return the sum of the squared differences of w and b, in units of parts**-4. */
function distance(unit: Unit, other: Unit, parts: bigint): bigint {
  const w = inParts(unit.w, parts) - inParts(other.w, parts);
  const b = inParts(unit.b, parts) - inParts(other.b, parts);
  return (w * w + b * b) * parts * parts;
}

/** Return the unit's largest activation on the domain. */
const peakOf = ({ domain }: Reading, unit: Unit): Rational => domain.map((x) => relu(pre(unit, x))).reduce(max);

/** Return the ends of segments next to the knot, save x; others cannot explain it. */
function elsewhereOf({ edges }: Reading, x: Rational, knot: Rational): Rational[] {
  const n = placeOf(edges, knot);
  const near = edges.length <= FEW ? edges : edges.slice(Math.max(n - 2, 0), n + 2);
  return near.filter((place) => !eq(place, x));
}

/** Tell whether the n-th free unit does its task, within tolerance or exactly. */
export function isDoing(reading: Reading, n: number, task: Task | null, exactly = false): boolean {
  const answer = answerOf(reading, n, task);
  return !!answer && isRight(reading, n, task, answer, exactly);
}

function isRight(reading: Reading, n: number, task: Task | null, answer: Unit, exactly: boolean): boolean {
  const place = reading.places[n];
  if (!place) return false;
  const { unit, close } = place;
  const { value, x: around, slope } = reading.exercise.tolerance;
  if (!sign(unit.v)) return true;
  if (!task) return cmp(mul(size(unit.v), peakOf(reading, unit)), exactly ? ZERO : value) <= 0;
  if (exactly) return isSame(unit, answer);
  const [knot, { x }] = [knotOf(unit), task];
  const isShared = x && knot && reading.shared.some((each) => eq(each, x)) && sign(unit.w) * sign(answer.w) > 0;
  if (isShared && isWithin(knot, x, around) && isWithin(bendOf(unit), bendOfTask(task), slope)) return true;
  return close(answer.w, answer.b);
}

/** Tell whether weight and bias are the same. */
export const isSame = (one: Unit, other: Unit): boolean => eq(one.w, other.w) && eq(one.b, other.b);

export const isWhollyFree = ({ spec }: Place): boolean => !spec.w && !spec.b;

/** Return the answer of which nothing is known but which parameter is given. */
export function nothingKnown({ exercise }: Reading, k: number): Answer {
  const unit = exercise.units[k];
  return { ...NOTHING_KNOWN, given: unit?.w ? "w" : unit?.b ? "b" : "" };
}

/** Return the n-th free unit beside its right answer. */
export function caseOf(reading: Reading, n: number, task: Task | null, answer: Unit): Case {
  const place = reading.places[n];
  if (!place) throw new Error("no such unit");
  const turn = task?.x ? { x: task.x, change: bendOfTask(task) } : null;
  return besideAnswer(reading, place, turn, answer, task ? NUMBERS : NOTHING);
}

/** Return a unit beside its right answer, of which so much is known. */
export function besideAnswer(
  reading: Reading, { k, unit, close }: Omit<Place, "spec">, turn: Breakpoint | null, answer: Unit, known: number,
): Case {
  const { exercise, domain } = reading;
  let right = nothingKnown(reading, k);
  if (turn) {
    const elsewhere = elsewhereOf(reading, turn.x, div(neg(unit.b), answer.w));
    right = rightAnswer(exercise.target, answer, turn.x, elsewhere, right.given);
  } else if (known) right = rightAnswer(exercise.target, answer, null, [], right.given);
  return { unit, close, right, turn, domain, tolerance: exercise.tolerance };
}
