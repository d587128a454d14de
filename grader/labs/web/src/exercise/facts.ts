/** An exercise as the page carries it: JSON whose numbers are texts, so that none is rounded. */

import { exact, type Rational } from "../exact/rational";
import { joined, type PiecewiseLinear, type Segment } from "../exact/piecewise";
import { asPiecewise, type Unit } from "../exact/network";
import type { HintFacts } from "../mistakes/table";

export type Kind = "segment" | "breakpoint";
export type Role = "goal" | "guard";
export type Reveal = "verdict" | "hints" | "answers";
export type Live = "none" | "checks" | "full";

/** What `grader.labs.payload` writes; numbers are decimals or ratios as text. */
export interface Facts {
  readonly format: 1;
  readonly version: string;
  readonly id: string;
  readonly title: string;
  readonly digest: string;
  readonly domain: readonly [string, string];
  readonly segments: readonly (readonly [string, string, string, string])[];
  readonly units: readonly (readonly [string | null, string | null, string])[];
  readonly bias: string;
  readonly tolerance: readonly [string, string, string];
  readonly fade: readonly [string, string, string];
  readonly positionCredit: string;
  readonly points: string;
  readonly reveal: Reveal;
  readonly live: Live;
  readonly sliders: readonly { readonly name: string; readonly min: string; readonly max: string; readonly step: string }[];
  readonly checks: readonly {
    readonly id: string;
    readonly kind: Kind;
    readonly role: Role;
    readonly left: string;
    readonly right: string;
    readonly change: string;
    readonly blank: string;
    readonly share: string;
    readonly worth: string;
  }[];
  /** What hints say of wrong units; null where the page may not say it. */
  readonly hints: HintFacts | null;
  readonly handIn: string | null;
  readonly intro: boolean;
  /** Whether the page is made for a frame in a page whose fields are handed in. */
  readonly framed?: boolean;
  /** Which variant it is, of which list, and whose if that is known; only where there are some. */
  readonly variant?: { readonly number: number; readonly list: string; readonly student: string };
  /** Whether the author's panel stands around the page. */
  readonly author?: boolean;
}

export interface Check {
  readonly id: string;
  readonly kind: Kind;
  readonly role: Role;
  readonly left: Rational;
  readonly right: Rational;
  readonly change: Rational;
  readonly blank: Rational;
  readonly share: Rational;
  readonly worth: Rational;
}

export interface Slider {
  readonly name: string;
  readonly unit: number;
  readonly letter: "w" | "b";
  readonly min: Rational;
  readonly max: Rational;
  readonly step: Rational;
}

export interface UnitSpec {
  readonly w: Rational | null;
  readonly b: Rational | null;
  readonly v: Rational;
  readonly fixed: boolean;
}

/** Three numbers that belong to a value, an x and a slope change. */
export interface Measure {
  readonly value: Rational;
  readonly x: Rational;
  readonly slope: Rational;
}

export interface Exercise {
  readonly facts: Facts;
  readonly left: Rational;
  readonly right: Rational;
  readonly segments: readonly Segment[];
  readonly target: PiecewiseLinear;
  readonly units: readonly UnitSpec[];
  readonly bias: Rational;
  readonly tolerance: Measure;
  readonly fade: Measure;
  readonly positionCredit: Rational;
  readonly points: Rational;
  readonly checks: readonly Check[];
  readonly sliders: readonly Slider[];
}

/** The free parameters by name. */
export type Values = ReadonlyMap<string, Rational>;

const measure = ([value, x, slope]: readonly [string, string, string]): Measure => ({
  value: exact(value),
  x: exact(x),
  slope: exact(slope),
});

/** Return the exercise that the facts describe; throws where a number is none. */
export function exerciseOf(facts: Facts): Exercise {
  const segments = facts.segments.map(([left, right, slope, intercept]) => ({
    left: exact(left),
    right: exact(right),
    slope: exact(slope),
    intercept: exact(intercept),
  }));
  return {
    facts,
    left: exact(facts.domain[0]),
    right: exact(facts.domain[1]),
    segments,
    target: joined(segments),
    units: facts.units.map(([w, b, v]) => ({
      w: w === null ? null : exact(w),
      b: b === null ? null : exact(b),
      v: exact(v),
      fixed: w !== null && b !== null,
    })),
    bias: exact(facts.bias),
    tolerance: measure(facts.tolerance),
    fade: measure(facts.fade),
    positionCredit: exact(facts.positionCredit),
    points: exact(facts.points),
    checks: facts.checks.map((check) => ({
      ...check,
      left: exact(check.left),
      right: exact(check.right),
      change: exact(check.change),
      blank: exact(check.blank),
      share: exact(check.share),
      worth: exact(check.worth),
    })),
    sliders: facts.sliders.map(({ name, min, max, step }) => ({
      name,
      unit: Number(name.slice(1)),
      letter: name.startsWith("w") ? "w" : "b",
      min: exact(min),
      max: exact(max),
      step: exact(step),
    })),
  };
}

/** Return the units with the free parameters, all given by name, put in. */
export function unitsOf(exercise: Exercise, values: Values): Unit[] {
  const chosen = (name: string): Rational => {
    const number = values.get(name);
    if (!number) throw new Error(`no value for ${name}`);
    return number;
  };
  return exercise.units.map(({ w, b, v }, k) => ({ w: w ?? chosen(`w${k}`), b: b ?? chosen(`b${k}`), v }));
}

export const functionOf = (exercise: Exercise, units: readonly Unit[]): PiecewiseLinear =>
  asPiecewise(units, exercise.bias, exercise.left, exercise.right);
