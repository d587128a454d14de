/** One parameter: a slider, a number field and two step buttons, all saying the same number. */

import type { Rational } from "../exact/rational";
import { cmp, eq } from "../exact/rational";
import type { Slider } from "../exercise/facts";
import { atStep, read, stepOf, steps, text } from "../state/decimals";
import { rangeText } from "../words/sentences";
import { button, make } from "./dom";

const TEN = 10;
const WORDS = { w: "weight", b: "bias" };

export interface Control {
  readonly element: HTMLElement;
  readonly slider: HTMLInputElement;
  show(value: Rational): void;
}

export interface ControlEvents {
  readonly set: (value: Rational, change: "moving" | "moved") => void;
  readonly settle: () => void;
  readonly choose: () => void;
  readonly refused: (words: string) => void;
}

const FAULTS = {
  number: (slider: Slider) => `${slider.name} needs a number, such as 1 or \u22120.5.`,
  digits: (slider: Slider) => `${slider.name} can have at most 15 digits.`,
  range: ({ name, min, max }: Slider) => rangeText(name, min, max),
};

export function createControl(slider: Slider, id: string, events: ControlEvents): Control {
  const { name, unit, letter } = slider;
  const long = `${letter === "w" ? "Weight" : "Bias"} ${name} of unit ${unit}`;
  let value: Rational = atStep(slider, 0);
  const range = make("input", { type: "range", min: 0, max: steps(slider), step: 1, id: `${id}-${name}`, "aria-label": long });
  const field = make("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": `${long}, number`,
    "aria-describedby": `${id}-${name}-fault`,
    maxlength: 40,
  });
  const fault = make("p", { class: "fault", id: `${id}-${name}-fault` });
  const go = (to: Rational, change: "moving" | "moved"): void => {
    fault.textContent = "";
    events.set(to, change);
  };
  const by = (count: number): void => {
    const from = stepOf(slider, value);
    const onStep = eq(atStep(slider, from), value);
    // From between two steps the first press goes to the next one in its direction.
    const first = onStep ? from + count : count > 0 ? below(slider, value) + count : below(slider, value) + 1 + count;
    go(atStep(slider, first), "moved");
  };
  const less = button("\u2212", "step", () => {
    by(-1);
  });
  const more = button("+", "step", () => {
    by(1);
  });
  less.setAttribute("aria-label", `${name} one step down`);
  more.setAttribute("aria-label", `${name} one step up`);

  range.addEventListener("input", () => {
    go(atStep(slider, Number(range.value)), "moving");
  });
  range.addEventListener("change", events.settle);
  range.addEventListener("keydown", (event) => {
    const jump = jumpOf(event);
    if (!jump) return;
    event.preventDefault();
    by(jump);
  });
  const apply = (): void => {
    if (field.value === text(value)) return;
    const reading = read(field.value, slider);
    if ("value" in reading) {
      go(reading.value, "moved");
      return;
    }
    const words = FAULTS[reading.fault](slider);
    field.setAttribute("aria-invalid", "true");
    fault.textContent = words;
    events.refused(words);
  };
  const restore = (): void => {
    field.value = text(value);
    field.removeAttribute("aria-invalid");
    fault.textContent = "";
  };
  field.addEventListener("change", apply);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") apply();
    if (event.key === "Escape" && field.value !== text(value)) {
      restore();
      event.preventDefault();
    }
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      by((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? TEN : 1));
    }
  });
  const element = make(
    "div",
    { class: "control" },
    make("label", { for: range.id }, make("i", {}, name), ` ${WORDS[letter]}`),
    make("div", { class: "stepper" }, less, field, more),
    range,
    fault,
  );
  element.addEventListener("focusin", events.choose);
  element.addEventListener("pointerdown", events.choose);
  return {
    element,
    slider: range,
    show(next) {
      value = next;
      range.value = String(stepOf(slider, next));
      range.setAttribute("aria-valuetext", text(next));
      // The track is filled from 0 to the thumb; the style sheet reads both as shares of its length.
      range.style.setProperty("--at", share(slider, next));
      range.style.setProperty("--zero", share(slider, { n: 0n, d: 1n }));
      restore();
    },
  };
}

/** Return the step at or below a value. */
const below = (slider: Slider, value: Rational): number => {
  const nearest = stepOf(slider, value);
  return cmp(atStep(slider, nearest), value) > 0 ? nearest - 1 : nearest;
};

const share = (slider: Slider, value: Rational): string => String(stepOf(slider, value) / Math.max(1, steps(slider)));

/** Return by how many steps a key moves that the browser's own way does not fit. */
function jumpOf({ key, shiftKey }: KeyboardEvent): number {
  if (key === "PageUp") return TEN;
  if (key === "PageDown") return -TEN;
  if (!shiftKey) return 0;
  if (key === "ArrowRight" || key === "ArrowUp") return TEN;
  return key === "ArrowLeft" || key === "ArrowDown" ? -TEN : 0;
}
