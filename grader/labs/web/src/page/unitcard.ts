/** A unit's card: its line, what it does, its plot and its controls. */

import type { Unit } from "../exact/network";
import type { Rational } from "../exact/rational";
import type { Exercise } from "../exercise/facts";
import { drawUnit } from "../pictures/unit";
import { givenUnit, lineText, unitSummary } from "../words/sentences";
import { createControl, type Control, type ControlEvents } from "./control";
import { italic, make, picture, type Heading } from "./dom";

export interface UnitCard {
  readonly element: HTMLElement;
  readonly unit: number;
  readonly fixed: boolean;
  readonly controls: readonly Control[];
  readonly show: (unit: Unit, values: ReadonlyMap<string, Rational>, reach: number) => void;
}

export function createUnitCard(
  exercise: Exercise,
  k: number,
  { id, heading: tag }: { readonly id: string; readonly heading: Heading },
  eventsFor: (name: string) => ControlEvents,
): UnitCard {
  const spec = exercise.units[k];
  const fixed = Boolean(spec?.fixed);
  const heading = make(tag, { id: `${id}-unit-${k}` });
  const summary = make("p", { class: "summary" });
  const words = make("p", { class: "quiet given-words" });
  const svg = picture();
  const sliders = exercise.sliders.filter(({ unit }) => unit === k);
  const controls = sliders.map((slider) => ({ name: slider.name, ...createControl(slider, id, eventsFor(slider.name)) }));
  svg.setAttribute("role", "img");
  svg.setAttribute("class", "unit-picture");
  const badge = make("span", { class: fixed ? "badge given" : "badge", "aria-hidden": "true" }, `${k}`);
  const element = make(
    "section",
    { class: fixed ? "card unit given" : "card unit", "aria-labelledby": heading.id, id: `${id}-card-${k}` },
    make("div", { class: "unit-head" }, badge, heading, summary),
    make("div", { class: "unit-body" }, svg, make("div", { class: "controls" }, ...(fixed ? [words] : controls.map((each) => each.element)))),
  );
  return {
    element,
    unit: k,
    fixed,
    controls,
    show(unit, values, reach) {
      const times = unit.v.n === 1n && unit.v.d === 1n ? "" : `, times ${lineText({ n: 0n, d: 1n }, unit.v)}`;
      heading.replaceChildren(...italic(`Unit ${k}${fixed ? ", given" : ""}: z = ${lineText(unit.w, unit.b)}${times}`));
      summary.textContent = unitSummary(exercise, unit);
      if (fixed) words.textContent = `${givenUnit(exercise, unit)} Its numbers stay as they are.`;
      svg.setAttribute("aria-label", `Unit ${k}: ${unitSummary(exercise, unit)}. ${givenUnit(exercise, unit)}`);
      drawUnit(svg, exercise, unit, reach, fixed);
      for (const control of controls) {
        const value = values.get(control.name);
        if (value) control.show(value);
      }
    },
  };
}
