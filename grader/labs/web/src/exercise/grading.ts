/** Values to a verdict: the network, what each check earns, and the score. */

import { difference, largest, type Extreme, type PiecewiseLinear } from "../exact/piecewise";
import { knots, type Knot, type Unit } from "../exact/network";
import { ONE, ZERO, add, div, eq, max, mul, sign, sub, sum, type Rational } from "../exact/rational";
import { checkBreakpoint, checkSegment, type Finding } from "./checks";
import { functionOf, unitsOf, type Check, type Exercise, type Values } from "./facts";

/** A check's finding with the credit counted from the blank's, and its points. */
export interface Result extends Finding {
  readonly check: Check;
  readonly points: Rational;
}

export interface Verdict {
  readonly units: readonly Unit[];
  readonly network: PiecewiseLinear;
  readonly error: PiecewiseLinear;
  readonly knots: readonly Knot[];
  readonly worst: Extreme;
  readonly results: readonly Result[];
  readonly goals: number;
  readonly goalsRight: number;
  readonly allRight: boolean;
  readonly score: Rational;
}

/** Return what the values make of the exercise; all free parameters are given. */
export function grade(exercise: Exercise, values: Values): Verdict {
  const units = unitsOf(exercise, values);
  const network = functionOf(exercise, units);
  const error = difference(network, exercise.target);
  const there = knots(units, exercise.left, exercise.right);
  const findings = exercise.checks.map((check) => {
    const finding =
      check.kind === "segment"
        ? checkSegment(exercise, check, error)
        : checkBreakpoint(exercise, check, there);
    const credit = check.role === "goal" ? sinceBlank(check.blank, finding.credit) : finding.credit;
    return { ...finding, check, credit };
  });
  const earned = sum(findings.map(({ check, credit }) => mul(check.worth, credit)));
  const results = findings.map((finding) => {
    const { check, credit } = finding;
    const lost = mul(mul(earned, check.share), sub(credit, ONE));
    return { ...finding, points: check.role === "goal" ? mul(check.worth, credit) : lost };
  });
  const goals = results.filter(({ check }) => check.role === "goal");
  return {
    units,
    network,
    error,
    knots: there,
    worst: largest(error),
    results,
    goals: goals.length,
    goalsRight: goals.filter(({ credit }) => eq(credit, ONE)).length,
    allRight: results.every(({ credit }) => eq(credit, ONE)),
    score: results.reduce((total, { points }) => add(total, points), ZERO),
  };
}

const sinceBlank = (blank: Rational, credit: Rational): Rational =>
  sign(blank) ? max(ZERO, div(sub(credit, blank), sub(ONE, blank))) : credit;
