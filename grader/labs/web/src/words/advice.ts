/** Hint 2: what to look at next, from left to right, read from what the target shows. */

import { bendOf, knotOf } from "../exact/network";
import { cmp, eq, ONE, sign, size, sub, sum, type Rational } from "../exact/rational";
import type { Exercise } from "../exercise/facts";
import type { Verdict } from "../exercise/grading";
import { said } from "../state/decimals";

/** Return one or two sentences on the first goal that is not right; no parameter's value is given. */
export function advice(exercise: Exercise, verdict: Verdict): string {
  const wrong = verdict.results
    .filter(({ check, credit }) => check.kind === "breakpoint" && !eq(credit, ONE))
    .sort((a, b) => cmp(a.check.left, b.check.left))[0];
  if (!wrong) return withoutTurn(exercise, verdict);
  const place = wrong.check.left;
  const wanted = `At x = ${said(place)} the slope has to change by ${said(wrong.check.change)}.`;
  const free = verdict.knots.filter(({ unit }) => !exercise.units[unit]?.fixed);
  const there = free.filter(({ x }) => cmp(size(sub(x, place)), exercise.tolerance.x) <= 0);
  if (there.length) {
    const found = said(sum(there.map(({ bend }) => bend)));
    const who = there.length === 1 ? `Unit ${there[0]?.unit} turns` : `Units ${units(there)} turn`;
    return `${wanted} ${who} there, but ${there.length === 1 ? "adds" : "add"} ${found}. ${WEIGHT}`;
  }
  const flat = verdict.units.findIndex((unit, k) => !exercise.units[k]?.fixed && !knotOf(unit));
  if (flat >= 0) return `${wanted} Unit ${flat} is flat and adds nothing yet. ${WEIGHT}`;
  const nearest = [...free].sort((a, b) => cmp(size(sub(a.x, place)), size(sub(b.x, place))))[0];
  const where = nearest
    ? `No unit that you choose turns there; unit ${nearest.unit} turns at x = ${said(nearest.x)}.`
    : "No unit that you choose turns inside the interval.";
  return `${wanted} ${where} A unit turns at x = \u2212b/w.`;
}

const WEIGHT = "The weight decides by how much; the bias has to go with it, or the turn moves.";

const units = (knots: readonly { unit: number }[]): string => knots.map(({ unit }) => unit).join(" and ");

/** Every turn is right, or the target has none: the line itself is off. */
function withoutTurn(exercise: Exercise, verdict: Verdict): string {
  const off = verdict.results
    .filter(({ check, credit }) => check.kind === "segment" && !eq(credit, ONE))
    .sort((a, b) => cmp(a.check.left, b.check.left))[0];
  if (!off) return "";
  const outside = verdict.units.flatMap((unit, k) => {
    const knot: Rational | null = knotOf(unit);
    const turnsInside = knot && cmp(exercise.left, knot) < 0 && cmp(knot, exercise.right) < 0;
    return exercise.units[k]?.fixed || turnsInside || !sign(bendOf(unit)) ? [] : [k];
  });
  const who = outside.length ? ` Look at unit ${outside.join(" and ")}, which turns outside the interval.` : "";
  return `The line from x = ${said(off.check.left)} to ${said(off.check.right)} is off.${who} A turn changes the slope on one side only: on which, the sign of the weight decides.`;
}
