/** Small steps of drawing with d3-selection. */

import type { Selection } from "d3-selection";
import { line } from "d3-shape";

export type Group = Selection<SVGGElement, unknown, null, undefined>;
export type Point = readonly [number, number];

const path = line<Point>(
  (point) => point[0],
  (point) => point[1],
);

/** Return the group of this class inside the parent, made where it is missing, and emptied. */
export function layer(parent: Selection<SVGSVGElement, unknown, null, undefined>, name: string): Group {
  const found: Group = parent.select<SVGGElement>(`:scope > g.${name}`);
  if (found.empty()) return parent.append("g").attr("class", name);
  found.selectAll("*").remove();
  return found;
}

export const polyline = (group: Group, points: readonly Point[], name: string): void => {
  group.append("path").attr("class", name).attr("d", path([...points]));
};

export const segment = (group: Group, a: Point, b: Point, name: string): void => {
  group.append("line").attr("class", name).attr("x1", a[0]).attr("y1", a[1]).attr("x2", b[0]).attr("y2", b[1]);
};

export function label(group: Group, [x, y]: Point, words: string, name: string): void {
  group.append("text").attr("class", name).attr("x", x).attr("y", y).text(words);
}

export const disc = (group: Group, [x, y]: Point, r: number, name: string): void => {
  group.append("circle").attr("class", name).attr("cx", x).attr("cy", y).attr("r", r);
};

/** A rectangle around a point. */
export const box = (group: Group, [x, y]: Point, [width, height]: Point, name: string, round = 4): void => {
  group
    .append("rect")
    .attr("class", name)
    .attr("x", x - width / 2)
    .attr("y", y - height / 2)
    .attr("width", width)
    .attr("height", height)
    .attr("rx", round);
};

export const square = (group: Group, point: Point, side: number, name: string): void => {
  box(group, point, [side, side], name, 1);
};

export const diamond = (group: Group, [x, y]: Point, r: number, name: string): void => {
  group.append("path").attr("class", name).attr("d", `M${x - r} ${y}L${x} ${y - r}L${x + r} ${y}L${x} ${y + r}Z`);
};

const MARKS: Readonly<Record<string, string>> = {
  right: "M-4 0L-1.2 3L4 -3.4",
  given: "M-4 0L-1.2 3L4 -3.4",
  wrong: "M-3.4 -3.4L3.4 3.4M3.4 -3.4L-3.4 3.4",
};

/** Draw the mark of a state at a point: a tick, a cross, a half disc; nothing for "to do". */
export function mark(group: Group, [x, y]: Point, state: string): void {
  const at = group.append("g").attr("class", `mark ${state}`).attr("transform", `translate(${x} ${y})`);
  const stroke = MARKS[state];
  if (stroke) at.append("path").attr("d", stroke);
  if (state === "partly") {
    at.append("circle").attr("r", 4);
    at.append("path").attr("class", "half").attr("d", "M0 -4A4 4 0 0 1 0 4Z");
  }
}

/** Return about how wide a text of 13 px is. */
export const widthOf = (words: string, size = 13): number => words.length * size * 0.56;
