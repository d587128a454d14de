/** Boxes of 44 px over the picture: dragging a knot moves the turn, dragging the line tilts it. */

import { drag } from "d3-drag";
import { select } from "d3-selection";
import { add, approximate, cmp, div, exact, max, min, mul, neg, sign, sub, type Rational } from "../exact/rational";
import { knotOf, type Unit } from "../exact/network";
import { value as valueAt } from "../exact/piecewise";
import type { Exercise, Slider } from "../exercise/facts";
import { snapped } from "../state/decimals";
import { isInFrame, type Layout } from "../pictures/plot";
import { shownFunction, shownKnots, type Scene } from "../pictures/model";
import { make } from "./dom";

const SIZE = 44;
const EDGE = 4; // digits behind the point of a pixel's place, before it is snapped to a step

export interface HandleEvents {
  readonly choose: (unit: number) => void;
  readonly set: (changes: ReadonlyMap<string, Rational>, change: "moving") => void;
  readonly settle: () => void;
  readonly cancel: () => void;
}


type Kind = "knot" | "line";

interface Handle {
  readonly unit: number;
  readonly kind: Kind;
  readonly x: number;
  readonly y: number;
}

/** Return the changes that bring the unit's knot to x: w stays where b is free, else b stays. */
export function knotTo(exercise: Exercise, unit: number, now: Unit, x: Rational): Map<string, Rational> {
  const [w, b] = [sliderOf(exercise, `w${unit}`), sliderOf(exercise, `b${unit}`)];
  if (b) return new Map([[b.name, snapped(b, neg(mul(now.w, x)))]]);
  return w && sign(x) ? new Map([[w.name, snapped(w, neg(div(now.b, x)))]]) : new Map<string, Rational>();
}

/** Return the changes that lift the unit's line by dy at x; the turn stays, as near as steps allow. */
export function lineBy(exercise: Exercise, unit: number, now: Unit, x: Rational, dy: Rational): Map<string, Rational> {
  const knot = knotOf(now);
  const [w, b] = [sliderOf(exercise, `w${unit}`), sliderOf(exercise, `b${unit}`)];
  if (!knot || !w || !sign(sub(x, knot)) || !sign(now.v)) return new Map();
  const wanted = add(now.w, div(dy, mul(now.v, sub(x, knot))));
  // Where the bias meets its end the weight stops too, or the turn would move.
  const held = b && sign(knot) ? div(neg(clamped(b, neg(mul(wanted, knot)))), knot) : wanted;
  const next = snapped(w, held);
  return new Map([[w.name, next], ...(b ? [[b.name, snapped(b, neg(mul(next, knot)))] as const] : [])]);
}

const sliderOf = (exercise: Exercise, name: string): Slider | undefined =>
  exercise.sliders.find((slider) => slider.name === name);

const clamped = ({ min: low, max: high }: Slider, value: Rational): Rational => max(low, min(high, value));

const pixel = (value: number): Rational => exact(value.toFixed(EDGE));

/** Return where the boxes stand: over each free knot, and on the chosen unit's line. */
function places(scene: Scene, { x, y }: Layout): Handle[] {
  const { exercise, chosen } = scene;
  const f = shownFunction(scene);
  const box = (unit: number, kind: Kind, place: Rational): Handle[] => {
    const at = y(approximate(valueAt(f, place)));
    return isInFrame(y, at) ? [{ unit, kind, x: x(approximate(place)), y: at }] : [];
  };
  const found = shownKnots(scene)
    .filter(({ unit }) => !exercise.units[unit]?.fixed)
    .flatMap((knot) => box(knot.unit, "knot", knot.x));
  const line = linePlace(scene);
  if (line) found.push(...box(chosen, "line", line));
  // The chosen unit's boxes come last and so lie on top.
  return found.sort((a, b) => Number(a.unit === chosen) - Number(b.unit === chosen));
}

/** Return where the chosen unit's line can be held: three quarters of the way to where it ends. */
function linePlace({ exercise, verdict, chosen }: Scene): Rational | null {
  const own = verdict.units[chosen];
  const knot = own && knotOf(own);
  if (!own || !knot || !sliderOf(exercise, `w${chosen}`)) return null;
  const right = sign(own.w) > 0;
  const edge = right ? exercise.right : exercise.left;
  if (cmp(knot, edge) * (right ? 1 : -1) >= 0) return null;
  const place = div(add(add(add(knot, edge), edge), edge), { n: 4n, d: 1n });
  return cmp(exercise.left, place) <= 0 && cmp(place, exercise.right) <= 0 ? place : null;
}

/** Keep boxes over the picture; the sliders do the same, so they are hidden from assistive devices. */
export function createHandles(host: HTMLElement, events: HandleEvents): (scene: Scene, layout: Layout) => void {
  let current: { scene: Scene; layout: Layout } | null = null;
  let grip: { unit: number; kind: Kind; from: Unit; x: Rational; y0: number } | null = null;

  const begin = (handle: Handle): void => {
    const from = current?.scene.verdict.units[handle.unit];
    if (!current || !from) return;
    events.choose(handle.unit);
    grip = { unit: handle.unit, kind: handle.kind, from, x: pixel(current.layout.x.invert(handle.x)), y0: handle.y };
  };
  const move = (px: number, py: number): void => {
    if (!current || !grip) return;
    const { scene, layout } = current;
    const { exercise } = scene;
    if (grip.kind === "knot") {
      const [left = 0, right = 0] = layout.x.range();
      const x = pixel(layout.x.invert(Math.max(left, Math.min(right, px))));
      events.set(knotTo(exercise, grip.unit, grip.from, x), "moving");
    } else {
      const dy = pixel(layout.y.invert(py) - layout.y.invert(grip.y0));
      events.set(lineBy(exercise, grip.unit, grip.from, grip.x, dy), "moving");
    }
  };
  const escape = ({ key }: KeyboardEvent): void => {
    if (key !== "Escape" || !grip) return;
    grip = null;
    events.cancel();
  };
  const dragging = drag<HTMLDivElement, Handle>()
    .container(() => host)
    .subject((event: { x: number; y: number }) => ({ x: event.x, y: event.y }))
    .on("start", function (_, handle) {
      this.classList.add("held");
      // The pointer moves no focus: the key may reach any element.
      window.addEventListener("keydown", escape);
      begin(handle);
    })
    .on("drag", (event: { x: number; y: number }) => {
      move(event.x, event.y);
    })
    .on("end", function () {
      this.classList.remove("held");
      window.removeEventListener("keydown", escape);
      if (grip) events.settle();
      grip = null;
    });
  return (scene, layout) => {
    current = { scene, layout };
    const boxes = select(host)
      .selectAll<HTMLDivElement, Handle>(".handle")
      .data(places(scene, layout), (handle) => `${handle.kind}${handle.unit}`)
      .join((enter) => enter.append(() => make("div", { class: "handle", "aria-hidden": "true" })).call(dragging));
    boxes
      .classed("line", (handle) => handle.kind === "line")
      .classed("chosen", (handle) => handle.unit === scene.chosen)
      .style("left", (handle) => `${handle.x - SIZE / 2}px`)
      .style("top", (handle) => `${handle.y - SIZE / 2}px`);
    if (!grip) boxes.order();
  };
}
