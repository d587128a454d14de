/** The main plot: target, network, hatch where it is off, turns and knots, all over one x axis. */

import { select } from "d3-selection";
import { approximate, cmp, eq, type Rational } from "../exact/rational";
import { partsWithin, value as valueAt, type PiecewiseLinear } from "../exact/piecewise";
import { short } from "../state/decimals";
import { corners, scale, tickText, ticksX, ticksY, type Range, type Scale } from "./frame";
import { drawGoals } from "./goals";
import { shownFunction, shownKnots, shownUnits, sumOf, type Scene } from "./model";
import { HEIGHT, plate } from "./plate";
import { box, diamond, disc, label, layer, polyline, segment, square, widthOf, type Group, type Point } from "./svg";

const MARGIN = { top: 26, left: 48, bottom: 24 };
const GUTTER = { wide: 100, narrow: 14 };
const WIDE = 600;
const SMALLEST_BAND = 3;
const HATCH_STEP = 7;

/** Where the plot's frame stands, and its scales: what handles over it need. */
export interface Layout {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
  readonly height: number;
  readonly wide: boolean;
}

/** Tell whether a height in pixels lies in the frame, or a mark on its edge would. */
export function isInFrame(y: Scale, at: number): boolean {
  const [bottom = 0, top = 0] = y.range();
  return at >= top - 6 && at <= bottom + 6;
}

/** Return the height of the frame for a width: about 3:2, from 150 to 400, less where little room is. */
export const frameHeight = (width: number, most: number): number =>
  Math.max(110, Math.min(400, most, Math.round(Math.max(150, width * 0.62))));

/** Draw the scene into the SVG, as wide as given; return where things stand. */
export function drawPlot(svg: SVGSVGElement, scene: Scene, range: Range, width: number, most: number): Layout {
  const wide = width >= WIDE;
  const right = width - (wide ? GUTTER.wide : GUTTER.narrow);
  const height = frameHeight(right - MARGIN.left, most);
  const { exercise } = scene;
  const domain = [approximate(exercise.left), approximate(exercise.right)] as const;
  const x = scale(domain, [MARGIN.left, right]);
  const y = scale([range.low, range.high], [MARGIN.top + height, MARGIN.top]);
  const layout = { x, y, width, height, wide };
  const root = select<SVGSVGElement, unknown>(svg);
  definitions(svg, scene.id, layout);
  const back = layer(root, "axes");
  axes(back, layout);
  const inside = layer(root, "inside").attr("clip-path", `url(#${scene.id}-frame)`);
  if (scene.level === "full") {
    band(inside, scene, layout);
    if (!scene.untouched && scene.view === "sum") hatch(inside, scene, layout);
  }
  guides(inside, scene, layout);
  lines(inside, scene, layout);
  const front = layer(root, "front");
  turns(front, scene, layout);
  names(layer(root, "names"), scene, layout);
  const whole = drawGoals(layer(root, "goals"), scene, layout, MARGIN.top + height + MARGIN.bottom);
  root.attr("viewBox", `0 0 ${width} ${whole}`).attr("width", width).attr("height", whole);
  return layout;
}

function definitions(svg: SVGSVGElement, id: string, { x, y }: Layout): void {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const root = select(svg);
  if (root.select("defs").empty()) {
    const defs = root.insert("defs", ":first-child");
    defs.append("clipPath").attr("id", `${id}-frame`).append("rect");
    const pattern = defs
      .append("pattern")
      .attr("id", `${id}-hatch`)
      .attr("width", HATCH_STEP)
      .attr("height", HATCH_STEP)
      .attr("patternUnits", "userSpaceOnUse")
      .attr("patternTransform", "rotate(45)");
    pattern.append("line").attr("class", "hatch-line").attr("x1", 0).attr("y1", 0).attr("x2", 0).attr("y2", HATCH_STEP);
  }
  root
    .select("clipPath rect")
    .attr("x", left - 3)
    .attr("y", top)
    .attr("width", right - left + 6)
    .attr("height", bottom - top);
}

function axes(group: Group, { x, y, height }: Layout): void {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  for (const tick of ticksX(x, right - left)) {
    segment(group, [x(tick), top], [x(tick), bottom], "grid");
    label(group, [x(tick), bottom + 18], tickText(tick), "tick x");
  }
  for (const tick of ticksY(y, height)) {
    segment(group, [left, y(tick)], [right, y(tick)], tick === 0 ? "axis" : "grid");
    label(group, [left - 8, y(tick) + 4], tickText(tick), "tick y");
  }
}

const onPlot = (f: PiecewiseLinear, { x, y }: Layout, lift = 0): Point[] =>
  corners(f).map(([a, b]) => [x(a), y(b + lift)] as const);

function band(group: Group, { exercise }: Scene, layout: Layout): void {
  const allowed = approximate(exercise.tolerance.value);
  if (Math.abs(layout.y(allowed) - layout.y(-allowed)) < SMALLEST_BAND) return;
  polyline(
    group,
    [...onPlot(exercise.target, layout, allowed), ...onPlot(exercise.target, layout, -allowed).reverse()],
    "band",
  );
}

/** Hatch between network and target where the error is over the tolerance. */
function hatch(group: Group, { exercise, verdict, id }: Scene, { x, y }: Layout): void {
  const within = partsWithin(verdict.error, exercise.tolerance.value);
  const bounds = [exercise.left, ...within.flat(), exercise.right];
  for (let i = 0; i + 1 < bounds.length; i += 2) {
    const [from, to] = [bounds[i], bounds[i + 1]] as [Rational, Rational];
    if (cmp(from, to) >= 0) continue;
    const along = (f: PiecewiseLinear): Point[] =>
      [from, ...f.map((each) => each.right).filter((at) => cmp(from, at) < 0 && cmp(at, to) < 0), to].map(
        (at) => [x(approximate(at)), y(approximate(valueAt(f, at)))] as const,
      );
    polyline(group, [...along(verdict.network), ...along(exercise.target).reverse()], "off");
    group.select("path.off:last-child").style("fill", `url(#${id}-hatch)`);
  }
}

function guides(group: Group, { exercise }: Scene, { x, y }: Layout): void {
  const [bottom = 0, top = 0] = y.range();
  for (const { left } of exercise.target.slice(1)) {
    const at = x(approximate(left));
    segment(group, [at, top], [at, bottom], "guide");
  }
}

/** The functions that the view shows: the sum, one unit beside it, or the sum so far and one more. */
function lines(group: Group, scene: Scene, layout: Layout): void {
  const { exercise, verdict, view, chosen } = scene;
  const shown = onPlot(shownFunction(scene), layout);
  if (view === "sum") polyline(group, shown, "network");
  if (view === "one") {
    polyline(group, onPlot(verdict.network, layout), "network faint");
    polyline(group, shown, "added");
  }
  if (view === "adding") {
    const before = shownUnits(scene).filter((k) => k !== chosen);
    const sofar = onPlot(sumOf(scene, before, exercise.bias), layout);
    polyline(group, [...sofar, ...[...shown].reverse()], "increment");
    polyline(group, sofar, "network sofar");
    polyline(group, shown, "network");
  }
  polyline(group, onPlot(exercise.target, layout), "casing");
  polyline(group, onPlot(exercise.target, layout), "target");
}

/** Diamonds where the target turns; over them discs and squares where units do. */
function turns(group: Group, scene: Scene, { x, y }: Layout): void {
  const { exercise, chosen } = scene;
  const at = (place: Rational, f: PiecewiseLinear): Point => [
    x(approximate(place)),
    y(approximate(valueAt(f, place))),
  ];
  for (const { left } of exercise.target.slice(1)) diamond(group, at(left, exercise.target), 10, "turn");
  const last = (unit: number): number => Number(unit === chosen);
  const f = shownFunction(scene);
  for (const { x: place, unit } of shownKnots(scene).sort((a, b) => last(a.unit) - last(b.unit))) {
    const point = at(place, f);
    if (!isInFrame(y, point[1])) continue;
    if (exercise.units[unit]?.fixed) square(group, point, 8, "knot given");
    else disc(group, point, 6, unit === chosen ? "knot chosen" : "knot");
  }
}

/** Names of the curves in the right gutter, and the largest error with its bracket or beam. */
function names(group: Group, scene: Scene, layout: Layout): void {
  const { exercise, verdict, level, untouched } = scene;
  const { x, y, wide } = layout;
  const [, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const inFrame = (at: number): number => Math.max(top, Math.min(bottom, at));
  const raw = { target: valueAt(exercise.target, exercise.right), network: valueAt(verdict.network, exercise.right) };
  const target = inFrame(y(approximate(raw.target)));
  const network = inFrame(y(approximate(raw.network)));
  beyond(group, scene, layout);
  const { value, x: place } = verdict.worst;
  const shows = level === "full" && !untouched && cmp(value, exercise.tolerance.value) > 0 && scene.view === "sum";
  const atRight = eq(place, exercise.right);
  if (!wide) {
    if (shows) beam(group, layout, x(approximate(place)), place, scene, false);
    return;
  }
  const apart = Math.abs(target - network) < 18;
  const middle = (target + network) / 2;
  const up = network <= target ? -1 : 1;
  const spread = shows && atRight ? 18 : 9;
  label(group, [right + 24, (apart ? middle + up * spread : network) + 4], "network", "name network-name");
  label(group, [right + 24, (apart ? middle - up * spread : target) + 4], "target", "name target-name");
  if (!shows) return;
  if (!atRight) {
    beam(group, layout, x(approximate(place)), place, scene, true);
    return;
  }
  const bracket = `M${right + 8} ${network}H${right + 16}V${target}H${right + 8}`;
  group.append("path").attr("class", "bracket").attr("d", bracket);
  label(group, [right + 24, middle + 4], `${short(value)} off`, "name error-name");
}

/** An I-beam at the worst place inside, its label on the first free place beside it, or else above the frame. */
function beam(group: Group, layout: Layout, at: number, place: Rational, scene: Scene, labelled: boolean): void {
  const { y, x } = layout;
  const { exercise, verdict } = scene;
  const [bottom = 0, top = 0] = y.range();
  const [left = 0, right = 0] = x.range();
  const inFrame = (value: number): number => Math.max(top, Math.min(bottom, value));
  const a = inFrame(y(approximate(valueAt(verdict.network, place))));
  const b = inFrame(y(approximate(valueAt(exercise.target, place))));
  group.append("path").attr("class", "bracket").attr("d", `M${at - 4} ${a}H${at + 4}M${at} ${a}V${b}M${at - 4} ${b}H${at + 4}`);
  if (!labelled) return;
  const words = `${short(verdict.worst.value)} off`;
  const width = widthOf(words) + 12;
  const allowed = approximate(exercise.tolerance.value);
  const curves = [onPlot(verdict.network, layout), ...[0, allowed, -allowed].map((by) => onPlot(exercise.target, layout, by))];
  const free = plate({ left, right, top, bottom }, curves, [at, Math.min(a, b), Math.max(a, b)], width);
  if (free) {
    box(group, free, [width, HEIGHT], "plate");
    label(group, [free[0], free[1] + 5], words, "name error-name centred");
    return;
  }
  const centre = Math.max(left + width / 2, Math.min(right - width / 2, at));
  // The gutter above the frame meets no line, mark or label.
  segment(group, [at, Math.min(a, b)], [at, top - 4], "leader");
  label(group, [centre, top - 9], words, "name error-name centred");
}

/** Say in the gutter above how far the network goes beyond the frame. */
function beyond(group: Group, { verdict }: Scene, { x, y }: Layout): void {
  const [low = 0, high = 0] = y.domain();
  const [left = 0, right = 0] = x.range();
  const [, top = 0] = y.range();
  const points = corners(verdict.network);
  const highest = points.reduce((a, b) => (b[1] > a[1] ? b : a));
  const lowest = points.reduce((a, b) => (b[1] < a[1] ? b : a));
  const half = 56; // of the widest of these words
  const at = (px: number): number => Math.max(left + half, Math.min(right - half, px));
  const number = (value: number): string => tickText(Number(value.toPrecision(3)));
  const up = highest[1] > high ? at(x(highest[0])) : null;
  let down = lowest[1] < low ? at(x(lowest[0])) : null;
  if (up !== null && down !== null && Math.abs(up - down) < 2 * half)
    down = up - 2 * half >= left + half ? up - 2 * half : up + 2 * half;
  if (up !== null) label(group, [up, top - 9], `\u25B2 up to ${number(highest[1])}`, "name beyond centred");
  if (down !== null) label(group, [down, top - 9], `\u25BC down to ${number(lowest[1])}`, "name beyond centred");
}
