/**
 * The table of mistakes, as the page carries it: Python's own rows, written out as data.
 *
 * A formula is a letter of the right answer, a number as text, or an operation and what it is done
 * to. x stands for each of the target's other breakpoints and ends in turn.
 */

import { add, div, exact, mul, neg, size, sub, type Rational } from "../exact/rational";
import type { Answer, Point } from "./cases";

export type Formula = string | readonly [string, ...Formula[]];

/** The idea that a mistake misses, and which of w and b to look at next. */
export interface Idea {
  readonly text: string;
  readonly look: string;
}

interface Shared {
  readonly code: string;
  readonly meaning: string;
  readonly idea: Idea | null;
  readonly onLine: Idea | null;
  readonly needs: number;
  readonly looks: string | null;
  readonly explains: string;
  readonly alone: string;
}

interface RowFacts extends Shared {
  readonly numbers: readonly (readonly [Formula, Formula])[] | null;
}

/** What is said where a unit is not needed, partly given, alone, mirrored or only rounded. */
export interface Special {
  readonly spare: Idea;
  readonly spareGiven: Idea;
  readonly given: Readonly<Record<"w" | "b", Idea>>;
  readonly output: Readonly<Record<string, Readonly<Record<string, Idea>>>>;
  readonly alone: Readonly<Record<string, Idea>>;
  readonly mirrored: readonly [string, string];
  readonly rounding: Idea;
}

/** What `grader.labs.advising` writes. */
export interface HintFacts {
  readonly mistakes: readonly RowFacts[];
  readonly remarks: readonly RowFacts[];
  readonly special: Special;
  /** The author's own texts, by code. */
  readonly messages: Readonly<Record<string, string>>;
}

export interface Mistake extends Shared {
  /** The weights and biases that the mistake makes of a right answer; null where looks tell. */
  readonly numbers: ((answer: Answer) => Point[]) | null;
}

export interface Table {
  readonly mistakes: readonly Mistake[];
  readonly byCode: ReadonlyMap<string, Mistake>;
  readonly special: Special;
  readonly messages: Readonly<Record<string, string>>;
}

export const UNSET = "unit-unset";
export const UNRECOGNISED = "unrecognised";
export const PERMUTED = "units-permuted";

export function tableOf(facts: HintFacts): Table {
  const [mistakes, remarks] = [facts.mistakes.map(mistakeOf), facts.remarks.map(mistakeOf)];
  const byCode = new Map([...mistakes, ...remarks].map((row) => [row.code, row]));
  return { mistakes, byCode, special: facts.special, messages: facts.messages };
}

function mistakeOf(row: RowFacts): Mistake {
  const points = row.numbers?.map(([w, b]) => ({
    w: compiled(w),
    b: compiled(b),
    isElsewhere: mentions(w, "x") || mentions(b, "x"),
  }));
  const numbers = (answer: Answer): Point[] =>
    (points ?? []).flatMap(({ w, b, isElsewhere }) =>
      (isElsewhere ? answer.elsewhere : [answer.t]).map((x): Point => [w(answer, x), b(answer, x)]),
    );
  return { ...row, numbers: points ? numbers : null };
}

type Compiled = (answer: Answer, x: Rational) => Rational;

const LETTERS: Readonly<Record<string, Compiled>> = {
  w: ({ w }) => w,
  b: ({ b }) => b,
  v: ({ v }) => v,
  t: ({ t }) => t,
  s: ({ s }) => s,
  c: ({ c }) => c,
  x: (_, x) => x,
};
const ONE_NUMBER: Readonly<Record<string, (a: Rational) => Rational>> = { neg, abs: size };
const TWO_NUMBERS: Readonly<Record<string, (a: Rational, b: Rational) => Rational>> = {
  "+": add,
  "-": sub,
  "*": mul,
  "/": div,
};

/** Return the formula as a function; throws where it holds an operation that is not known here. */
function compiled(formula: Formula): Compiled {
  if (typeof formula === "string") {
    const letter = LETTERS[formula];
    if (letter) return letter;
    const number = exact(formula);
    return () => number;
  }
  const [operation, ...parts] = formula;
  const [first, second] = parts.map(compiled);
  const [one, two] = [ONE_NUMBER[operation], TWO_NUMBERS[operation]];
  if (one && first) return (answer, x) => one(first(answer, x));
  if (two && first && second) return (answer, x) => two(first(answer, x), second(answer, x));
  throw new Error(`not an operation: ${operation}`);
}

const mentions = (formula: Formula, letter: string): boolean =>
  typeof formula === "string" ? formula === letter : formula.slice(1).some((part) => mentions(part, letter));
