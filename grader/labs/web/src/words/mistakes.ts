/**
 * Diagnoses in the report's own words: what a unit does, what the target does, what idea is missing,
 * and where to look next.
 *
 * Unless answers are asked for, no sentence gives a parameter any value but the student's own.
 */

import { active, bendOf, knotOf } from "../exact/network";
import { beside, clipped, largest, value as valueAt, type Breakpoint, type Extreme } from "../exact/piecewise";
import { add, cmp, div, eq, neg, sign, size, sub, sum, type Rational } from "../exact/rational";
import type { Exercise } from "../exercise/facts";
import type { Verdict } from "../exercise/grading";
import { NUMBERS, isInPlace, isMirrored } from "../mistakes/cases";
import { isThat, predictions } from "../mistakes/naming";
import { PERMUTED, type Idea, type Mistake, type Special, type Table } from "../mistakes/table";
import { diagnose, isRounded, type WrongUnit } from "../mistakes/wrongunits";
import { number } from "./numbers";

const NAMED_AT_MOST = 5;

/** The sentences of a diagnosis, for whoever sets them apart; "" for what there is not. */
export interface Sentences {
  readonly does: string;
  readonly needed: string;
  readonly witness: string;
  readonly idea: string;
  readonly look: string;
  readonly answer: string;
}

/**
 * A named mistake of one unit, or an observation about several (unit null).
 *
 * `parts` are the sentences of the message; an author's own text has none.
 */
export interface Diagnosis {
  readonly unit: number | null;
  readonly code: string;
  readonly message: string;
  readonly also: readonly string[];
  readonly parts: Sentences | null;
}

/** What all messages on one network have in common. */
interface Scene {
  readonly exercise: Exercise;
  readonly table: Table;
  readonly verdict: Verdict;
  readonly answers: boolean;
}

/** Return the diagnoses of a network, in words; `answers`: with the right values of wrong units. */
export function advice(exercise: Exercise, table: Table, verdict: Verdict, answers = false): Diagnosis[] {
  const { findings, permuted } = diagnose(exercise, table, verdict);
  const scene = { exercise, table, verdict, answers };
  const worded = findings.map((finding) => wordedOf(finding, scene));
  if (!permuted.length) return worded;
  const message = table.messages[PERMUTED] ?? inOtherOrder(permuted);
  return [...worded, { unit: null, code: PERMUTED, message, also: [], parts: null }];
}

/** Return what to say about a wrong unit; an author's own text replaces all but the answer. */
function wordedOf(finding: WrongUnit, scene: Scene): Diagnosis {
  const [code = "", ...also] = finding.codes;
  const unit = finding.k;
  const answer = scene.answers ? answerIn(finding, scene.exercise) : "";
  const own = scene.table.messages[code];
  if (own) return { unit, code, message: `${own} ${answer}`.replace(/ +$/, ""), also, parts: null };
  const idea = ideaOf(finding, scene.table);
  const words = wordsOf(finding, scene);
  const parts = {
    does: does(finding),
    needed: needed(finding, scene),
    witness: witness(finding, scene),
    idea: idea.text.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? ""),
    look: `Look at ${look(finding, scene.exercise, idea.look)}.`,
    answer,
  };
  return { unit, code, message: Object.values(parts).filter(Boolean).join(" "), also, parts };
}

/** Return the idea that fits what is known of the right answer, and what is given. */
function ideaOf(finding: WrongUnit, { byCode, special }: Table): Idea {
  const code = finding.codes[0] ?? "";
  const row = byCode.get(code);
  const { right, turn } = finding.case;
  if (!row) throw new Error(`no such mistake: ${code}`);
  if (isRounded(finding)) return special.rounding;
  const alone = special.alone[code];
  if (!finding.answer && !turn && alone) return alone;
  if (finding.answer && right.known < NUMBERS) return right.given ? special.spareGiven : special.spare;
  if (right.given && (right.known !== NUMBERS || special.output[code])) return ofOne(row, right.given, special);
  return (right.known === NUMBERS ? row.onLine : null) ?? ideaIn(row);
}

/** Return the idea for a unit of which only one number can be chosen. */
function ofOne(row: Mistake, given: "w" | "b", special: Special): Idea {
  const free = given === "w" ? "b" : "w";
  const output = special.output[row.code]?.[free];
  if (output) return output;
  return row.alone.includes(free) ? ideaIn(row) : special.given[given];
}

const ideaIn = (row: Mistake): Idea => row.idea ?? meaning(row);

const meaning = (row: Mistake): Idea => ({
  text: `${row.meaning.slice(0, 1).toUpperCase()}${row.meaning.slice(1)}.`,
  look: "wb",
});

/** Return what the unit does as it is. */
function does({ k, case: { unit, domain } }: WrongUnit): string {
  const [on, knot] = [active(unit, ...domain), knotOf(unit)];
  if (!sign(unit.w) && !sign(unit.b)) return `Unit ${k} does nothing yet: its weight and its bias are both 0.`;
  if (!on) return `Unit ${k} is 0 on the whole interval${knot ? `; it would turn at x = ${number(knot)}` : ""}.`;
  if (!knot || (eq(on[0], domain[0]) && eq(on[1], domain[1])))
    return `Unit ${k} is active on the whole interval: it turns nowhere inside.`;
  return `Unit ${k} turns at x = ${number(knot)}, where it changes the slope by ${number(bendOf(unit))}.`;
}

/** Return what the target does where the unit is needed. */
function needed({ case: { turn, right }, answer }: WrongUnit, { exercise, verdict }: Scene): string {
  if (!turn) {
    if (!answer) return "";
    return right.known === NUMBERS
      ? "All that is left for it to do is a straight line over the whole interval."
      : "The other units can do all that the target needs; nothing is left for this one.";
  }
  const [before, after] = beside(exercise.target, turn.x).map(({ slope }) => slope) as [Rational, Rational];
  const given = sum(
    verdict.knots.filter(({ x, unit }) => eq(x, turn.x) && exercise.units[unit]?.fixed).map(({ bend }) => bend),
  );
  const place = `at x = ${number(turn.x)}`;
  if (eq(before, after)) {
    const undone = neg(turn.change);
    const who = eq(given, undone) ? "the given" : "other";
    return `The target goes straight on ${place}, where ${who} units change the slope by ${number(undone)}, so that has to be undone.`;
  }
  const change = sub(after, before);
  const already = sign(given) ? `; the given units already change it by ${number(given)}` : "";
  const shared = eq(add(given, turn.change), change) ? "" : "; several units can share that";
  return (
    `The target's slope changes ${place} by ${number(change)}, from ${number(before)} to ` +
    `${number(after)}${already}${shared}.`
  );
}

/** Return an x where the network is off: on the target's lines beside the unit's breakpoint. */
const witness = ({ case: { turn } }: WrongUnit, { exercise, verdict }: Scene): string =>
  offAt(worst(turn, exercise, verdict), exercise, verdict);

/** Return where the network is most off, where nothing is known of its units. */
export const worstPlace = (exercise: Exercise, verdict: Verdict): string => offAt(verdict.worst, exercise, verdict);

function offAt({ value, x }: Extreme, exercise: Exercise, verdict: Verdict): string {
  if (!sign(value)) return "";
  const [expected, found] = [valueAt(exercise.target, x), valueAt(verdict.network, x)];
  return `At x = ${number(x)} the target is ${number(expected)} and your network gives ${number(found, expected)}.`;
}

function worst(turn: Breakpoint | null, { target }: Exercise, verdict: Verdict): Extreme {
  if (!turn) return verdict.worst;
  const [before, after] = beside(target, turn.x);
  return largest(clipped(verdict.error, before.left, after.right));
}

/** Return what the placeholders of an idea stand for. */
function wordsOf(finding: WrongUnit, { exercise, table }: Scene): Readonly<Record<string, string>> {
  const { unit, turn } = finding.case;
  const knot = knotOf(unit);
  const [side, other] = sign(unit.w) > 0 ? ["right", "left"] : ["left", "right"];
  const words = { v: number(unit.v), side, other_side: other, ...claims(finding, table) };
  if (!knot) return words;
  if (!turn) {
    const isInside = cmp(exercise.left, knot) < 0 && cmp(knot, exercise.right) < 0;
    return { ...words, near: isInside ? `${nearestTurn(knot, exercise)} ` : "" };
  }
  const bend = bendOf(unit);
  const isOpposite = sign(bend) * sign(turn.change) < 0;
  const isMore = cmp(size(bend), size(turn.change)) > 0;
  const off = isOpposite ? "in the opposite direction" : isMore ? "by too much" : "by too little";
  const way = cmp(knot, turn.x) < 0 ? "to the right" : "to the left";
  const bends = eq(bend, turn.change) ? "" : ` The slope changes ${off}.`;
  const step = eq(knot, turn.x) ? bends : ` The turn has to move ${way}.`;
  return { ...words, edge: edge(finding, exercise, table), t: number(turn.x), off, way, step };
}

/** Return how exactly the mistake's numbers are met, and what is right beside them. */
function claims({ case: wrong, codes }: WrongUnit, table: Table): Readonly<Record<string, string>> {
  const { unit, right } = wrong;
  const isMet = predicted(table, wrong.right, codes[0] ?? "").some((point) => isThat(wrong, point));
  return {
    nearly: isMet ? "" : "about ",
    almost: isMet ? "" : "almost ",
    the_bias: right.given ? "The bias" : "The weight is right, but the bias",
    the_turn: right.given ? "The unit turns" : "The weight is right, but the unit turns",
    used: isInPlace(wrong) ? "The place is right, but you used" : "You used",
    missing: sign(unit.b) ? "nearly 0" : "0, so the unit turns at x = 0",
    mirrored: isMirrored(wrong) ? table.special.mirrored[sign(unit.w) > 0 ? 1 : 0] : "",
  };
}

const predicted = (table: Table, right: WrongUnit["case"]["right"], code: string) =>
  predictions(table, right).find(([each]) => each === code)?.[1] ?? [];

/** Return the breakpoint or end of the interval for which the unit's own was taken. */
function edge({ case: { unit, right } }: WrongUnit, exercise: Exercise, table: Table): string {
  const places = predicted(table, right, "wrong-breakpoint");
  const first = places[0];
  if (!first) return "";
  const off = (b: Rational): Rational => size(sub(b, unit.b));
  const [, bias] = places.reduce((best, each) => (cmp(off(each[1]), off(best[1])) < 0 ? each : best), first);
  const x = div(neg(bias), right.w);
  const isEnd = eq(x, exercise.left) || eq(x, exercise.right);
  return `${number(x)}, ${isEnd ? "an end of the interval" : "another breakpoint"}`;
}

function nearestTurn(knot: Rational, exercise: Exercise): string {
  const [before, after] = beside(exercise.target, knot);
  const ends = [before.left, before.right, after.right].filter((x) => !eq(x, exercise.left) && !eq(x, exercise.right));
  const first = ends[0];
  if (!first) return "The target is one straight line.";
  const off = (x: Rational): Rational => size(sub(x, knot));
  const near = ends.reduce((best, x) => (cmp(off(x), off(best)) < 0 ? x : best), first);
  return `The nearest breakpoint of the target is at x = ${number(near)}.`;
}

const free = (k: number, { units }: Exercise): ("w" | "b")[] =>
  (["w", "b"] as const).filter((letter) => units[k] && !units[k][letter]);

const named = (k: number, letters: readonly string[]): string => letters.map((letter) => `${letter}${k}`).join(" and ");

/** Return the parameters to look at: those named, if the student can choose them. */
function look(finding: WrongUnit, exercise: Exercise, letters: string): string {
  const chosen = free(finding.k, exercise);
  if (isMirrored(finding.case) && finding.codes[0] === "knot-off") return named(finding.k, chosen);
  const some = chosen.filter((letter) => letters.includes(letter));
  return named(finding.k, some.length ? some : chosen);
}

/** Return the right parameters of the unit. */
function answerIn({ k, answer }: WrongUnit, exercise: Exercise): string {
  if (!answer) return "";
  const right = free(k, exercise).map((letter) => `${letter}${k} = ${number(answer[letter])}`);
  return `The right ${right.length > 1 ? "values are" : "value is"} ${right.join(" and ")}.`;
}

/** Return the observation that units stand in another order than the breakpoints. */
function inOtherOrder(places: readonly (readonly [number, Rational])[]): string {
  const shown = places.slice(0, NAMED_AT_MOST).map(([k, x]) => `unit ${k} turns at x = ${number(x)}`);
  const more = places.length - shown.length;
  const listed = more
    ? `${shown.join(", ")} and so on, ${more} more`
    : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
  return (
    `The units do each other's work: ${listed}. That is not a mistake: the network adds them ` +
    "up, in any order."
  );
}
