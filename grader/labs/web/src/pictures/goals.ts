/** Under the axis, on the same x: goals, what is needed, and what the units add. */

import { approximate, sign, sum, type Rational } from "../exact/rational";
import { knotOf } from "../exact/network";
import type { Result } from "../exercise/grading";
import { goalLabel, stateOf, type State } from "../words/sentences";
import { short, signed } from "../state/decimals";
import type { Layout } from "./plot";
import type { Scene } from "./model";
import { diamond, disc, label, mark, square, widthOf, type Group } from "./svg";

const GOALS_ROW = 32;
const ADDS_ROW = 24;
const MOST_GOALS = 12;
const DIAMOND = 14;
const GROUP_APART = 8;
const MOST_ROWS = 3;

/** Draw the rows from `top` on; return where they end. */
export function drawGoals(group: Group, scene: Scene, layout: Layout, top: number): number {
  const [left = 0] = layout.x.range();
  let row = top + GOALS_ROW / 2;
  const named = (words: string): void => label(group, [left - 8, row + 4], words, "tick y");
  named("goals");
  if (scene.verdict.results.length > MOST_GOALS) counted(group, scene, layout, row);
  else for (const result of scene.verdict.results) goal(group, scene, layout, result, row);
  row += GOALS_ROW;
  if (scene.worth && scene.verdict.results.length <= MOST_GOALS) {
    named("points");
    for (const { left: from, right: to, worth } of scene.exercise.checks)
      if (sign(worth)) label(group, [layout.x((approximate(from) + approximate(to)) / 2), row + 5], short(worth), "needed");
    row += GOALS_ROW - 6;
  }
  if (scene.needs) {
    named("needs");
    for (const { kind, left: place, change } of scene.exercise.checks)
      if (kind === "breakpoint") label(group, [layout.x(approximate(place)), row + 5], signed(change), "needed");
    row += GOALS_ROW - 6;
  }
  named("adds");
  return row + adds(group, scene, layout, row) * ADDS_ROW - ADDS_ROW / 2 + 4;
}

const shownState = (scene: Scene, result: Result): State | "hidden" =>
  scene.level === "none" ? "hidden" : stateOf(result, scene.untouched);

function goal(group: Group, scene: Scene, layout: Layout, result: Result, row: number): void {
  const { check } = result;
  const state = shownState(scene, result);
  const [from, to] = [layout.x(approximate(check.left)), layout.x(approximate(check.right))];
  const box = group.append("g").attr("class", `goal ${state}`);
  if (check.kind === "breakpoint") {
    diamond(box, [from, row], DIAMOND, "shape");
    if (state !== "hidden") mark(box, [from, row], state);
    return;
  }
  const [domainLeft = 0, domainRight = 0] = layout.x.range();
  const start = from + (from > domainLeft + 1 ? DIAMOND + 3 : 0);
  const end = to - (to < domainRight - 1 ? DIAMOND + 3 : 0);
  if (end - start < 6) return;
  box
    .append("rect")
    .attr("class", "shape")
    .attr("x", start)
    .attr("y", row - DIAMOND)
    .attr("width", end - start)
    .attr("height", DIAMOND * 2)
    .attr("rx", 5);
  if (state === "hidden") return;
  const words = goalLabel(result, state, scene.level);
  const room = end - start - 4;
  const fits = words !== "" && widthOf(words) + (state === "todo" ? 0 : 16) <= room;
  const middle = (start + end) / 2;
  if (state !== "todo" && room >= 8) mark(box, [fits ? middle - widthOf(words) / 2 - 4 : middle, row], state);
  if (fits) label(box, [middle + (state === "todo" ? 0 : 8), row + 4.5], words, "words");
}

function counted(group: Group, scene: Scene, { x }: Layout, row: number): void {
  const [left = 0] = x.range();
  const { results, goals, goalsRight } = scene.verdict;
  const wrong = [...results]
    .sort((a, b) => approximate(a.check.left) - approximate(b.check.left))
    .find((each) => ["partly", "wrong"].includes(stateOf(each, scene.untouched)));
  const first = wrong && scene.level !== "none" ? `; the first that is not: at x = ${short(wrong.check.left)}` : "";
  const words = scene.level === "none" || scene.untouched ? `${goals} goals` : `${goalsRight} of ${goals} right${first}`;
  label(group, [left, row + 4.5], words, "words start");
}

interface Cluster {
  readonly at: number;
  readonly units: readonly number[];
  readonly words: string;
}

/** Badges of the units at their knots with the sum of their bends; flat ones at the row's end. */
function adds(group: Group, scene: Scene, layout: Layout, row: number): number {
  const { knots, units } = scene.verdict;
  const [left = 0, right = 0] = layout.x.range();
  const clusters: { place: Rational; units: number[]; bends: Rational[] }[] = [];
  for (const { x, bend, unit } of knots) {
    const last = clusters.at(-1);
    if (last && Math.abs(layout.x(approximate(last.place)) - layout.x(approximate(x))) < 1) {
      last.units.push(unit);
      last.bends.push(bend);
    } else clusters.push({ place: x, units: [unit], bends: [bend] });
  }
  const shown: Cluster[] = clusters.map(({ place, units: many, bends }) => ({
    at: layout.x(approximate(place)),
    units: many,
    words: signed(sum(bends)),
  }));
  const flat = units.flatMap((unit, k) => (knotOf(unit) ? [] : [k]));
  if (flat.length) shown.push({ at: right - 50, units: flat, words: "flat" });
  const ends: number[] = Array<number>(MOST_ROWS).fill(left - 20);
  let hidden = 0;
  for (const cluster of shown) {
    const badges = Math.min(cluster.units.length, 6);
    const width = badges * 22 + widthOf(cluster.words) + 6;
    const start = Math.min(Math.max(left - 14, cluster.at - badges * 11), right + 14 - width);
    const line = ends.findIndex((end) => start >= end + GROUP_APART);
    if (line < 0) {
      hidden += 1;
      continue;
    }
    ends[line] = start + width;
    badge(group, scene, cluster, start, row + line * ADDS_ROW, badges);
  }
  if (hidden) label(group, [right, row + MOST_ROWS * ADDS_ROW - 8], `+${hidden}`, "tick y");
  return Math.max(1, ends.filter((end) => end > left - 20).length) + Number(hidden > 0);
}

function badge(group: Group, scene: Scene, cluster: Cluster, start: number, row: number, most: number): void {
  cluster.units.slice(0, most).forEach((unit, i) => {
    const centre = [start + 11 + i * 22, row] as const;
    const given = scene.exercise.units[unit]?.fixed;
    const box = group.append("g").attr("class", `badge${given ? " given" : ""}${unit === scene.chosen ? " chosen" : ""}`);
    if (given) square(box, centre, 18, "shape");
    else disc(box, centre, 9.5, "shape");
    label(box, [centre[0], row + 4.5], `${unit}`, "words");
  });
  label(group, [start + most * 22 + 5, row + 4.5], cluster.words, `sum${cluster.words === "flat" ? " quiet" : ""}`);
}
