/** Grading from texts to texts: what the tests hold against the grader on the server. */

import { exact, fraction } from "../exact/rational";
import { exerciseOf, type Facts } from "./facts";
import { grade } from "./grading";

/** Return score, and basis, credit and points of each check, as exact ratios. */
export function gradeTexts(facts: Facts, rows: readonly Record<string, string>[]): unknown[] {
  const exercise = exerciseOf(facts);
  return rows.map((row) => {
    const values = new Map(Object.entries(row).map(([name, text]) => [name, exact(text)]));
    const verdict = grade(exercise, values);
    return {
      score: fraction(verdict.score),
      checks: verdict.results.map(({ check, basis, credit, points, error, worst, coverage, found }) => [
        check.id,
        basis,
        fraction(credit),
        fraction(points),
        error && fraction(error),
        worst && fraction(worst),
        coverage && fraction(coverage),
        found && fraction(found),
      ]),
    };
  });
}
