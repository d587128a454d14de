/**
 * The fewest units that have to change, where a given weight or bias makes units wrong together.
 *
 * One unit, then two, then three are let free, all others stay as they are, those near a breakpoint
 * exactly there; the first that can do what is left over are the wrong ones.
 */

import { active, bendOf, knotOf, type Unit } from "../exact/network";
import { cmp, sign } from "../exact/rational";
import type { Breakpoint } from "../exact/piecewise";
import type { Exercise } from "../exercise/facts";
import { leftover } from "./answers";
import { combinations, partsOf, type Kept } from "./keeping";
import { doingTogether } from "./joint";

const AT_MOST = 3;
// Of so many free units all choices are tried.
const AMONG = 6;

/** Return what every unit has to do if fewer than `below` are wrong; null if none is known. */
export function fewest(
  exercise: Exercise, units: readonly Unit[], turns: readonly Breakpoint[], below: number,
): ReadonlyMap<number, Kept> | null {
  const able = exercise.units.flatMap((given, k) => {
    const unit = units[k];
    return given.fixed || !unit || !sign(given.v) ? [] : [{ k, given, unit }];
  });
  if (able.length > AMONG) return null;
  const held = new Map(
    able.map(({ k, given, unit }): [number, Kept] => {
      const inPlace = partsOf(given, unit, turns, exercise).find((part) => part.isInPlace);
      return [k, inPlace ?? { unit, answer: unit, turn: null, isInPlace: true }];
    }),
  );
  for (let count = 1; count < Math.min(below, AT_MOST + 1, able.length); count += 1)
    for (const wrong of combinations(able, count)) {
      const kept = new Map([...held].filter(([k]) => wrong.every((each) => each.k !== k)));
      const rest = leftover(exercise, exercise.units.map((unit, k) => kept.get(k)?.answer ?? unit));
      if (rest.length > count + 1) continue;
      const found = doingTogether({ f: rest, domain: [exercise.left, exercise.right] }, wrong.map(({ given }) => given));
      if (!found) continue;
      for (const [n, { k, unit }] of wrong.entries()) {
        const answer = found[n];
        if (answer) kept.set(k, changed(exercise, unit, answer));
      }
      return kept;
    }
  return null;
}

/** Return the unit beside what it has to do instead. */
function changed({ left, right }: Exercise, unit: Unit, answer: Unit): Kept {
  const x = knotOf(answer);
  const isTurning = x && cmp(left, x) < 0 && cmp(x, right) < 0;
  return { unit, answer, turn: isTurning ? { x, change: bendOf(answer) } : null, isInPlace: false };
}

/** Tell whether a unit has to do something, as it would be right. */
export const isBusy = ({ answer }: Kept, { left, right }: Exercise): boolean => active(answer, left, right) !== null;
