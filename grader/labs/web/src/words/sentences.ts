/** What the page says: sentences that are true of the numbers that the controls show. */

import { active, bendOf, knotOf, type Unit } from "../exact/network";
import { valueOn, value as valueAt, type PiecewiseLinear, type Segment } from "../exact/piecewise";
import { ONE, cmp, eq, sign, size, sub, type Rational } from "../exact/rational";
import type { Exercise, Live, Values } from "../exercise/facts";
import type { Result, Verdict } from "../exercise/grading";
import { cut, said, short, signed } from "../state/decimals";

const MOST_CORNERS = 8;
const MOST_PARTS = 3;

export type State = "todo" | "given" | "right" | "partly" | "wrong";

/** Return how much the page may say: `live`, but no more than checks where only a verdict is given. */
export const levelOf = ({ facts }: Exercise): Live =>
  facts.reveal === "verdict" && facts.live === "full" ? "checks" : facts.live;

export function stateOf(result: Result, untouched: boolean): State {
  const { role } = result.check;
  if (eq(result.credit, ONE)) return role === "guard" ? "given" : "right";
  if (untouched && role === "goal") return "todo";
  return sign(result.credit) ? "partly" : "wrong";
}

export const STATE_WORDS: Record<State, string> = {
  todo: "to do",
  given: "given",
  right: "right",
  partly: "partly right",
  wrong: "not yet right",
};

/** Return what stands in a goal's bar beside its mark. */
export function goalLabel(result: Result, state: State, level: Live): string {
  if (state === "todo" || state === "given") return STATE_WORDS[state];
  if (level !== "full" || !result.error) return "";
  return sign(result.error) ? `${short(result.error)} off` : "exact";
}

/** Return "turns at 1.6, adds +2.5", or that the unit is flat. */
export function unitSummary(exercise: Exercise, unit: Unit): string {
  const knot = knotOf(unit);
  if (!knot) return "flat";
  const inside = cmp(exercise.left, knot) < 0 && cmp(knot, exercise.right) < 0;
  return `turns at ${short(knot)}${inside ? `, adds ${signed(bendOf(unit))}` : ", outside"}`;
}

/** Return what a given unit does, in a sentence. */
export function givenUnit(exercise: Exercise, unit: Unit): string {
  const on = active(unit, exercise.left, exercise.right);
  if (!on) return "Off on the whole interval.";
  const [from, to] = on;
  if (eq(from, exercise.left) && eq(to, exercise.right)) return "On over the whole interval.";
  const range = `from x = ${said(from)} to ${said(to)}`;
  return eq(from, exercise.left) ? `On ${range}, then off.` : `Off at first, on ${range}.`;
}

/** Return z = −2x + 2 of a unit: the right-hand side, for a heading. */
export function lineText(w: Rational, b: Rational): string {
  if (!sign(w)) return short(b);
  const slope = eq(w, ONE) ? "" : w.n === -1n && w.d === 1n ? "\u2212" : short(w);
  const term = w.d === 1n || !slope.includes("/") ? `${slope}x` : `(${slope})x`;
  if (!sign(b)) return term;
  return `${term} ${sign(b) > 0 ? "+" : "\u2212"} ${short(b).replace("\u2212", "")}`;
}

const point = (x: Rational, y: Rational): string => `(${short(x)}, ${short(y)})`;

function way(segment: Segment): string {
  return ["down", "level", "up"][sign(segment.slope) + 1] ?? "";
}

/** Return where a function goes, corner by corner. */
function route(f: PiecewiseLinear): string {
  const first = f[0];
  const last = f.at(-1);
  if (!first || !last) return "";
  const start = `from ${point(first.left, valueOn(first, first.left))}`;
  if (f.length > MOST_CORNERS)
    return `${start} to ${point(last.right, valueOn(last, last.right))} with ${f.length - 1} turns`;
  const legs = f.map((each) => `${way(each)} to ${point(each.right, valueOn(each, each.right))}`);
  return `${start} ${listed(legs)}`;
}

/** Return words as a, b and c. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Return where network and target are the same line. */
function sameParts(verdict: Verdict): string {
  const same = verdict.error.filter(({ slope, intercept }) => !sign(slope) && !sign(intercept));
  const parts = same.map(({ left, right }) => `from x = ${said(left)} to ${said(right)}`);
  if (!parts.length) return "";
  const shown = parts.length > MOST_PARTS ? [...parts.slice(0, MOST_PARTS), "elsewhere"] : parts;
  return `It equals the target ${listed(shown)}.`;
}

function furthest(exercise: Exercise, verdict: Verdict): string {
  const { value, x } = verdict.worst;
  if (!sign(value)) return "";
  const [found, wanted] = [valueAt(verdict.network, x), valueAt(exercise.target, x)];
  const side = sign(sub(found, wanted)) > 0 ? "above" : "below";
  return `It is furthest ${side} the target at x = ${said(x)}: ${said(found)} instead of ${said(wanted)}.`;
}

/** Return in words what the picture shows. */
export function inWords(exercise: Exercise, verdict: Verdict, level: Live): string {
  const sentences = [`Your network goes ${route(verdict.network)}.`];
  if (level === "full") {
    const { value } = exercise.tolerance;
    sentences.push(sameParts(verdict), furthest(exercise, verdict));
    if (sign(value)) sentences.push(`Off by ${said(value)} or less counts as right.`);
  }
  sentences.push(`The target goes ${route(exercise.target)}.`);
  return sentences.filter(Boolean).join(" ");
}

/** Return the heading over the picture: how many goals are right, as far as that may be said. */
export function standing(verdict: Verdict, level: Live, untouched: boolean): string {
  const many = `${verdict.goals} goal${verdict.goals === 1 ? "" : "s"}`;
  if (level === "none") return "Your network and the target";
  if (untouched) return `${many} to reach`;
  if (verdict.allRight) return verdict.goals === 1 ? "The goal is right" : `All ${many} right`;
  return `${verdict.goalsRight} of ${many} right`;
}

/** Return the points and the largest error beside the heading, at `full` alone. */
export function points(exercise: Exercise, verdict: Verdict, level: Live, brief: boolean): string {
  if (level !== "full") return "";
  if (brief && sign(verdict.worst.value)) return `off by up to ${short(verdict.worst.value)}`;
  const earned = `${cut(verdict.score)} of ${cut(exercise.points)} points`;
  const { value, x } = verdict.worst;
  return sign(value) ? `${earned}; furthest off by ${short(value)} at x = ${short(x)}` : earned;
}

/** Return what a screen reader says once the values rest. */
export function announcement(
  exercise: Exercise,
  verdict: Verdict,
  level: Live,
  unit: number | null,
): string {
  const found: string[] = [];
  const moved = unit === null ? undefined : verdict.units[unit];
  if (level !== "none" && verdict.allRight) {
    const range = `from x = ${said(exercise.left)} to ${said(exercise.right)}`;
    const all = verdict.goals === 1 ? "The goal is right." : `All ${verdict.goals} goals right.`;
    return sign(verdict.worst.value)
      ? `${all} The network is the target within tolerance ${range}.`
      : `${all} The network is the target ${range}.`;
  }
  if (moved && unit !== null) {
    const knot = knotOf(moved);
    found.push(
      knot
        ? `Unit ${unit} turns at x = ${said(knot)} and adds ${signed(bendOf(moved))}.`
        : `Unit ${unit} is flat.`,
    );
  }
  if (level !== "none") found.push(`${verdict.goalsRight} of ${verdict.goals} goals right.`);
  if (level === "full")
    found.push(`Furthest off by ${said(verdict.worst.value)} at x = ${said(verdict.worst.x)}.`);
  return found.join(" ");
}

/** Return why the right network works: what each turn adds, place by place. */
export function whyThisWorks(exercise: Exercise, verdict: Verdict): string {
  const sentences = exercise.checks
    .filter(({ kind }) => kind === "breakpoint")
    .slice(0, MOST_CORNERS)
    .map(({ left, change }) => {
      const there = verdict.knots.filter(
        ({ x, bend }) => sign(bend) && cmp(exercise.tolerance.x, size(sub(x, left))) >= 0,
      );
      const who = there.map(({ unit, bend }) => {
        const goes = sign(verdict.units[unit]?.w ?? ONE) < 0 ? "goes off" : "comes on";
        return `unit ${unit} ${goes} (${signed(bend)})`;
      });
      const needs = `the slope has to change by ${said(change)}`;
      return who.length ? `At x = ${said(left)} ${needs}: ${listed(who)}.` : "";
    });
  return [...sentences.filter(Boolean), "Each turn gives what was still missing there."].join(" ");
}

/** Return "w1 from −4 to 4" for a value beyond its slider. */
export const rangeText = (name: string, min: Rational, max: Rational): string =>
  `${name} goes from ${short(min)} to ${short(max)}.`;

export const isUntouched = (values: Values, blankValues: Values): boolean =>
  [...values].every(([name, value]) => eq(value, blankValues.get(name) ?? value));
