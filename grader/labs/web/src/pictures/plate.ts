/**
 * Where in a plot a label fits: beside the place that it is about, on no curve, mark or hatch.
 *
 * Marks are on the curves, and the hatch is between them; so a label that is wholly over or wholly
 * under all curves, and not near them, covers nothing. `grader/pictures/plate.py` does the same.
 */

import type { Point } from "./svg";

export const HEIGHT = 20;
// Pixels to the nearest curve, as much as a mark needs.
const CLEAR = 12;
const BESIDE = 8;

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A column, the row where the beam begins, and the row where it ends. */
export type Beam = readonly [number, number, number];

/** Return the middle of the first free place: right, left, above or below of a beam; null if there is none. */
export function plate(frame: Frame, curves: readonly (readonly Point[])[], beam: Beam, width: number): Point | null {
  const [half, tall] = [width / 2, HEIGHT / 2];
  const isFree = ([x, y]: Point): boolean => {
    if (x - half < frame.left || x + half > frame.right || y - tall < frame.top || y + tall > frame.bottom) return false;
    const [top, bottom] = reach(curves, x, half);
    return y + tall + CLEAR <= top || bottom <= y - tall - CLEAR;
  };
  return places(frame, curves, beam, half).find(isFree) ?? null;
}

function places(frame: Frame, curves: readonly (readonly Point[])[], [column, start, end]: Beam, half: number): Point[] {
  const middle = Math.min(Math.max(column, frame.left + half), frame.right - half);
  const [top, bottom] = reach(curves, middle, half);
  return [
    [column + BESIDE + half, (start + end) / 2],
    [column - BESIDE - half, (start + end) / 2],
    [middle, top - CLEAR - HEIGHT / 2],
    [middle, bottom + CLEAR + HEIGHT / 2],
  ];
}

/** Return the highest and the lowest row of the curves so near a column that marks count. */
function reach(curves: readonly (readonly Point[])[], middle: number, half: number): [number, number] {
  const [left, right] = [middle - half - CLEAR, middle + half + CLEAR];
  const rows = curves.flatMap((curve) => [
    rowAt(curve, left),
    rowAt(curve, right),
    ...curve.filter(([x]) => left <= x && x <= right).map(([, y]) => y),
  ]);
  return [Math.min(...rows), Math.max(...rows)];
}

/** Return the row of a curve at a column, by the line between its neighbouring points. */
function rowAt(curve: readonly Point[], x: number): number {
  const after = curve.findIndex(([column]) => column >= x);
  const k = after < 0 ? curve.length - 1 : Math.max(after, 1);
  const [[ax, ay] = [0, 0], [bx, by] = [0, 0]] = [curve[k - 1], curve[k]];
  return bx > ax ? ay + ((by - ay) * (x - ax)) / (bx - ax) : by;
}
