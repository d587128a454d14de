/** The warm-up: linear, sigmoid and ReLU side by side, moved by one w and one b. */

import { select } from "d3-selection";
import { approximate, cmp, div, eq, exact, neg, ratio, sign, size, sub, type Rational } from "../exact/rational";
import type { Exercise, Slider } from "../exercise/facts";
import { scale, tickText } from "../pictures/frame";
import { disc, label, layer, polyline, segment, type Point } from "../pictures/svg";
import { atStep, said, short, stepOf, steps, text } from "../state/decimals";
import type { Announcer } from "./announcer";
import { lineText } from "../words/sentences";
import { button, italic, make, picture } from "./dom";

const REACH = 3;
const SIZE = { width: 200, height: 150 };
const MARGIN = 22;
const SAMPLES = 60; // of the sigmoid, the one curve that is not made of lines
const PLACES = ["3/2", "-3/2", "1/2", "5/2", "-1/2", "-5/2", "2", "-2"];

const KINDS = [
  { name: "Linear", f: (z: number) => z },
  { name: "Sigmoid", f: (z: number) => 1 / (1 + Math.exp(-z)) },
  { name: "ReLU", f: (z: number) => Math.max(0, z) },
] as const;

/** Return a place for the question where the exercise has no turn. */
export function askedPlace(exercise: Exercise): Rational {
  const taken = exercise.target.slice(1).map(({ left }) => left);
  return PLACES.map(exact).find((place) => !taken.some((turn) => eq(turn, place))) ?? ratio(3n, 2n);
}

const SLIDERS: readonly Slider[] = (["w", "b"] as const).map((letter) => ({
  name: letter,
  unit: 0,
  letter,
  min: ratio(-3n),
  max: ratio(3n),
  step: ratio(1n, 10n),
}));

export function createWarmUp(exercise: Exercise, announcer: Announcer, leave: () => void, id: string): HTMLElement {
  const place = askedPlace(exercise);
  const values = new Map<string, Rational>([
    ["w", ratio(1n)],
    ["b", ratio(0n)],
  ]);
  const plots = KINDS.map(({ name }) => ({ name, svg: picture() }));
  const verdict = make("p", { class: "outcome" });
  const inWords = make("p", { class: "quiet", id: `${id}-warm-up-words` });
  let answered = false;
  const question = `Make ReLU turn on at x = ${short(place)}, and stay off before.`;
  const redraw = (): void => {
    const [w, b] = [values.get("w") ?? ratio(0n), values.get("b") ?? ratio(0n)];
    plots.forEach(({ svg }, i) => {
      const kind = KINDS[i];
      if (kind) draw(svg, kind.f, w, b, i === 2);
    });
    const knot = sign(w) ? neg(div(b, w)) : null;
    const words = knot
      ? `z = ${lineText(w, b)} is 0 at x = ${said(knot)}; ReLU is off ${sign(w) > 0 ? "before" : "after"} it.`
      : `z is ${text(b)} everywhere: nothing turns.`;
    inWords.replaceChildren(...italic(words));
    const near = knot && sign(w) > 0 && cmp(size(sub(knot, place)), ratio(1n, 20n)) <= 0;
    if (near && !answered) announcer.now("Yes. Sigmoid is never quite off.");
    answered ||= Boolean(near);
    verdict.textContent = near ? "Yes. Sigmoid is never quite off." : "";
    toExercise.classList.toggle("strong", answered);
  };
  const rows = SLIDERS.map((slider) => {
    const range = make("input", {
      type: "range",
      min: 0,
      max: steps(slider),
      step: 1,
      value: stepOf(slider, values.get(slider.name) ?? ratio(0n)),
      "aria-label": slider.letter === "w" ? "Weight w of all three" : "Bias b of all three",
    });
    const shown = make("output", {});
    const update = (): void => {
      const value = atStep(slider, Number(range.value));
      values.set(slider.name, value);
      shown.textContent = text(value);
      range.setAttribute("aria-valuetext", text(value));
      range.style.setProperty("--at", String(Number(range.value) / steps(slider)));
      range.style.setProperty("--zero", "0.5");
    };
    range.addEventListener("input", () => {
      update();
      redraw();
    });
    update();
    return make("label", { class: "warm-up-row" }, make("i", {}, slider.name), range, shown);
  });
  const toExercise = button("To the exercise", "action", leave);
  const element = make(
    "div",
    { class: "warm-up" },
    make(
      "ol",
      {},
      make("li", {}, ...italic("Move w: all three tilt.")),
      make("li", {}, ...italic("Move b: ReLU\u2019s turn moves, to \u2212b/w.")),
      make("li", {}, ...italic(question)),
    ),
    make(
      "div",
      { class: "trio", role: "group", "aria-label": "The three activations of z = w\u00B7x + b" },
      ...plots.map(({ name, svg }) => {
        svg.setAttribute("role", "img");
        svg.setAttribute("aria-label", name);
        svg.setAttribute("aria-describedby", `${id}-warm-up-words`);
        return make("figure", {}, make("figcaption", {}, name), svg);
      }),
    ),
    ...rows,
    inWords,
    verdict,
    toExercise,
  );
  redraw();
  return element;
}

function draw(svg: SVGSVGElement, f: (z: number) => number, w: Rational, b: Rational, isRelu: boolean): void {
  const { width, height } = SIZE;
  const root = select<SVGSVGElement, unknown>(svg).attr("viewBox", `0 0 ${width} ${height}`);
  const x = scale([-REACH, REACH], [MARGIN, width - 6]);
  const y = scale([-REACH, REACH], [height - MARGIN, 6]);
  const group = layer(root, "unit-plot");
  const [slope, offset] = [approximate(w), approximate(b)];
  const knot = slope ? -offset / slope : null;
  const inside = (at: number): number => Math.max(-REACH, Math.min(REACH, at));
  if (isRelu) {
    const on: [number, number] = knot === null ? (offset > 0 ? [-REACH, REACH] : [REACH, REACH]) : slope > 0 ? [inside(knot), REACH] : [-REACH, inside(knot)];
    for (const [from, to] of [
      [-REACH, on[0]],
      [on[1], REACH],
    ] as const) {
      if (to <= from) continue;
      group.append("rect").attr("class", "shade").attr("x", x(from)).attr("y", y(REACH)).attr("width", x(to) - x(from)).attr("height", y(-REACH) - y(REACH));
      if (x(to) - x(from) > 26) label(group, [(x(from) + x(to)) / 2, y(REACH) + 14], "off", "tick x");
    }
  }
  for (const tick of [-REACH, 0, REACH]) {
    label(group, [x(tick), height - 6], tickText(tick), "tick x");
    label(group, [MARGIN - 6, y(tick) + (tick > 0 ? 8 : tick ? 0 : 4)], tickText(tick), "tick y");
  }
  segment(group, [x(-REACH), y(0)], [x(REACH), y(0)], "axis");
  const places = Array.from({ length: SAMPLES + 1 }, (_, i) => -REACH + (2 * REACH * i) / SAMPLES);
  if (knot !== null && Math.abs(knot) < REACH) places.push(knot);
  const points = places.sort((a, c) => a - c).map((at): Point => [x(at), y(inside(f(slope * at + offset)))]);
  polyline(group, points, "a");
  if (isRelu && knot !== null && Math.abs(knot) < REACH) disc(group, [x(knot), y(0)], 5, "knot");
}
