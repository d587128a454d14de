/** A unit's own small plot: z dotted, a solid, where it is off shaded; all units on one scale. */

import { select } from "d3-selection";
import { approximate, cmp, max, sign, size, ZERO, type Rational } from "../exact/rational";
import { active, knotOf, pre, relu, type Unit } from "../exact/network";
import type { Exercise } from "../exercise/facts";
import { scale, tickText } from "./frame";
import { disc, label, layer, polyline, segment, square, type Point } from "./svg";

export const UNIT_SIZE = { width: 190, height: 150 };
const MARGIN = { top: 8, right: 44, bottom: 20, left: 30 };

/** Return R of the shared scale -R to R: 1, 2 or 5 times a power of ten, that holds every z. */
export function reach(exercise: Exercise, units: readonly Unit[]): number {
  const ends = units.flatMap((unit) => [pre(unit, exercise.left), pre(unit, exercise.right)]);
  const largest = approximate(ends.map(size).reduce(max, ZERO)) || 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 5, 10].find((n) => n * power >= largest * (1 - 1e-12)) ?? 10) * power;
}

export function drawUnit(svg: SVGSVGElement, exercise: Exercise, unit: Unit, r: number, given: boolean): void {
  const { width, height } = UNIT_SIZE;
  const root = select<SVGSVGElement, unknown>(svg).attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  const [left, right] = [approximate(exercise.left), approximate(exercise.right)];
  const x = scale([left, right], [MARGIN.left, width - MARGIN.right]);
  const y = scale([-r, r], [height - MARGIN.bottom, MARGIN.top]);
  const at = (place: Rational, value: Rational): Point => [x(approximate(place)), y(approximate(value))];
  const group = layer(root, "unit-plot");
  const on = active(unit, exercise.left, exercise.right);
  shade(group, [x(left), x(right)], on && [x(approximate(on[0])), x(approximate(on[1]))], y(r), y(-r));
  for (const tick of [-r, 0, r]) label(group, [MARGIN.left - 6, y(tick) + (tick ? (tick > 0 ? 8 : 0) : 4)], tickText(tick), "tick y");
  for (const edge of [left, right]) label(group, [x(edge), height - 4], tickText(Number(edge.toPrecision(4))), "tick x");
  segment(group, [x(left), y(0)], [x(right), y(0)], "axis");
  const ends = [exercise.left, exercise.right];
  const knot = knotOf(unit);
  const inside = knot && cmp(exercise.left, knot) < 0 && cmp(knot, exercise.right) < 0 ? [knot] : [];
  polyline(group, ends.map((place) => at(place, pre(unit, place))), "z");
  const places = [exercise.left, ...inside, exercise.right];
  polyline(group, places.map((place) => at(place, relu(pre(unit, place)))), given ? "a given" : "a");
  for (const place of inside) (given ? square : disc)(group, at(place, ZERO), given ? 8 : 5, given ? "knot given" : "knot");
  const z = pre(unit, exercise.right);
  const [endX, endY] = at(exercise.right, z);
  if (sign(z) >= 0) label(group, [endX + 5, endY + 4], "a = z", "name a-name");
  else {
    label(group, [endX + 5, y(0) + 4], "a", "name a-name");
    label(group, [endX + 5, Math.max(y(0) + 16, endY + 4)], "z", "name z-name");
  }
}

/** Shade where the unit is off, and name it where there is room. */
function shade(
  group: ReturnType<typeof layer>,
  [left, right]: [number, number],
  on: [number, number] | null,
  top: number,
  bottom: number,
): void {
  const parts: [number, number][] = on ? [[left, on[0]], [on[1], right]] : [[left, right]];
  for (const [from, to] of parts) {
    if (to - from < 1) continue;
    group.append("rect").attr("class", "shade").attr("x", from).attr("y", top).attr("width", to - from).attr("height", bottom - top);
    if (to - from >= 26) label(group, [(from + to) / 2, top + 14], "off", "tick x");
  }
}
