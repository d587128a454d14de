/**
 * Which rows of the table explain a case, and in which order.
 *
 * Numbers that match exactly win over numbers that match within tolerance, of which a sentence about
 * turns or signs still has to be true, and looks come after both; among equals the earlier row
 * counts. A mistake comes first only if it explains something wrong. Where the weight or the bias
 * of a unit is given, a row that can be told of the other one alone is compared with that alone.
 */

import { bendOf, knotOf } from "../exact/network";
import { eq, isWithin, neg, sign, type Rational } from "../exact/rational";
import { LOOKS, type Answer, type Case, type Point } from "./cases";
import { UNRECOGNISED, UNSET, type Mistake, type Table } from "./table";

/** Return the codes of all mistakes that explain the unit, the one that counts first. */
export function codesOf(table: Table, wrong: Case): string[] {
  const looks = table.mistakes.filter(({ looks }) => looks !== null && LOOKS[looks]?.(wrong));
  let found = [...byNumbers(table, wrong), ...looks.map(({ code }) => code)];
  if (found.length > 1 && found[0] === UNSET && (sign(wrong.unit.w) || sign(wrong.unit.b)))
    found = found.slice(1);
  const last = found.filter((code) => explainsNothing(table, code, wrong));
  const sorted = [...found.filter((code) => !last.includes(code)), ...last];
  return sorted.length ? sorted : [UNRECOGNISED];
}

/** Tell whether the mistake makes wrong what is right in this unit. */
function explainsNothing(table: Table, code: string, { unit, right, turn, tolerance }: Case): boolean {
  const row = table.byCode.get(code);
  if (!turn || !row) return false;
  if (row.explains === "bend" && (right.given !== "w" || !row.alone.includes("b")))
    return isWithin(bendOf(unit), turn.change, tolerance.slope);
  if (row.explains !== "place") return false;
  const knot = knotOf(unit);
  return !!knot && isWithin(knot, turn.x, tolerance.x);
}

/** Return the codes whose numbers the unit has: exactly, or failing that within tolerance. */
function byNumbers(table: Table, wrong: Case): string[] {
  const rows = predictions(table, wrong.right);
  const exact = rows.filter(([, points]) => points.some((point) => isThat(wrong, point)));
  if (exact.length) return exact.map(([code]) => code);
  const close = rows
    .filter(([, points]) => points.some((point) => wrong.close(...point) && staysTrue(wrong, point)))
    .map(([code]) => code);
  const others = close.filter((code) => code !== UNSET);
  return others.length ? others : close;
}

/** Tell whether the unit has exactly these numbers. */
export const isThat = ({ unit }: Case, [w, b]: Point): boolean => eq(unit.w, w) && eq(unit.b, b);

/** Tell whether what is said of the mistake is true of a unit that has its numbers only nearly. */
function staysTrue({ unit, right }: Case, [w, b]: Point): boolean {
  if (sign(w) && !sign(unit.w)) return false;
  const numbers = [[unit.w, w, right.w], [unit.b, b, right.b]] as const;
  const isOnlyASign = (wrong: Rational, needed: Rational): boolean => sign(wrong) !== 0 && eq(wrong, neg(needed));
  return !right.known || numbers.every(([own, wrong, needed]) => !isOnlyASign(wrong, needed) || sign(own) === sign(wrong));
}

/** Return the numbers that each mistake about this answer produces, save the answer itself. */
export function predictions(table: Table, right: Answer): [string, Point[]][] {
  const isRight = ([w, b]: Point): boolean => right.known > 0 && eq(w, right.w) && eq(b, right.b);
  return table.mistakes
    .filter(({ numbers, needs }) => numbers && needs <= right.known)
    .map((row) => [row.code, pointsOf(row, right).filter((point) => !isRight(point))]);
}

/** Return the row's numbers; where one of them is given, also with that one as it is. */
function pointsOf(row: Mistake, right: Answer): Point[] {
  const points = row.numbers?.(right) ?? [];
  if (right.given === "w" && row.alone.includes("b")) return [...points, ...points.map(([, b]): Point => [right.w, b])];
  if (right.given === "b" && row.alone.includes("w")) return [...points, ...points.map(([w]): Point => [w, right.b])];
  return points;
}
