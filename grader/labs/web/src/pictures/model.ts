/** What a picture shows of one state of the page. */

import { asPiecewise, type Knot } from "../exact/network";
import type { PiecewiseLinear } from "../exact/piecewise";
import { ZERO, sign, type Rational } from "../exact/rational";
import type { Exercise, Live } from "../exercise/facts";
import type { Verdict } from "../exercise/grading";

export type View = "sum" | "one" | "adding";

export interface Scene {
  readonly exercise: Exercise;
  readonly verdict: Verdict;
  readonly level: Live;
  readonly untouched: boolean;
  /** The unit that is chosen: it lies on top and has handles. */
  readonly chosen: number;
  readonly view: View;
  /** Whether the row of needed slope changes is shown: on request, and when all is right. */
  readonly needs: boolean;
  /** Whether the row of points is shown: to the author. */
  readonly worth: boolean;
  /** A prefix of ids inside this picture, for several labs may stand in one document. */
  readonly id: string;
}

/** Return the sum of some units and a bias over the exercise's domain. */
export function sumOf({ exercise, verdict }: Scene, units: readonly number[], bias: Rational): PiecewiseLinear {
  const some = verdict.units.filter((_, k) => units.includes(k));
  return asPiecewise(some, bias, exercise.left, exercise.right);
}

/** Return the units that the view adds up, from the first to the chosen one, all, or one alone. */
export function shownUnits({ verdict, view, chosen }: Scene): number[] {
  const all = verdict.units.map((_, k) => k);
  if (view === "one") return [chosen];
  return view === "adding" ? all.filter((k) => k <= chosen) : all;
}

/** Return the function on which the view's turns lie. */
export const shownFunction = (scene: Scene): PiecewiseLinear =>
  sumOf(scene, shownUnits(scene), scene.view === "one" ? ZERO : scene.exercise.bias);

/** Return the turns of the units that the view shows. */
export function shownKnots(scene: Scene): Knot[] {
  const units = shownUnits(scene);
  return scene.verdict.knots.filter(({ unit, bend }) => sign(bend) && units.includes(unit));
}
