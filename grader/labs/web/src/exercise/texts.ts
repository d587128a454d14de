/** Grading from texts to texts: what the tests hold against the grader on the server. */

import { exact, fraction } from "../exact/rational";
import { tableOf } from "../mistakes/table";
import { advice, type Diagnosis } from "../words/mistakes";
import { exerciseOf, type Exercise, type Facts, type Reveal } from "./facts";
import { grade, type Verdict } from "./grading";

/** The free parameters by name, as decimals or ratios. */
type Row = Readonly<Record<string, string>>;

const verdictOf = (exercise: Exercise, row: Row): Verdict =>
  grade(exercise, new Map(Object.entries(row).map(([name, text]) => [name, exact(text)])));

/** Return score, and basis, credit and points of each check, as exact ratios. */
export function gradeTexts(facts: Facts, rows: readonly Row[]): unknown[] {
  const exercise = exerciseOf(facts);
  return rows.map((row) => {
    const verdict = verdictOf(exercise, row);
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

/** Return the diagnoses of each row, as a report has them at this level. */
export function hintTexts(facts: Facts, rows: readonly Row[], reveal: Reveal): Diagnosis[][] {
  const exercise = exerciseOf(facts);
  const table = facts.hints && tableOf(facts.hints);
  return rows.map((row) => (table ? advice(exercise, table, verdictOf(exercise, row), reveal === "answers") : []));
}
