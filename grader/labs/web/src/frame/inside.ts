/** The lab in a frame: its sliders and the fields of the page around it say the same numbers. */

import { cmp, eq, parse, type Rational } from "../exact/rational";
import type { Slider, Values } from "../exercise/facts";
import type { Lab } from "../page/lab";
import { plainText } from "../state/decimals";
import { isSame } from "../state/session";
import { listed } from "../words/sentences";
import { readFromFields, type FromFields, type FromLab } from "./messages";

export interface Around {
  /** Tell the fields what the sliders say, where they say another number. */
  readonly tell: (values: Values) => void;
  readonly follow: (lab: Lab, root: HTMLElement) => void;
}

type Texts = FromFields["texts"];

/** Call `start` with what the fields hold first; null where no page is around this one. */
export function connect(sliders: readonly Slider[], start: (values: Map<string, Rational>, around: Around) => void): boolean {
  const outside = window.parent;
  if (outside === window) return false;
  // A frame without an address of its own takes its base from the page that made it.
  const { origin } = new URL(document.baseURI);
  const send = (message: FromLab): void => {
    outside.postMessage(message, origin);
  };
  let shown: Texts = {};
  let following = false;
  let lab: Lab | null = null;
  const around: Around = {
    tell(values) {
      if (following) return;
      const changed = [...values].filter(([name, value]) => !says(shown[name], value));
      const texts = Object.fromEntries(changed.map(([name, value]) => [name, plainText(value)]));
      shown = { ...shown, ...texts };
      if (changed.length) send({ lab: "values", texts });
    },
    follow(made, root) {
      lab = made;
      lab.notice(refusal(sliders, shown));
      new ResizeObserver(() => {
        // The lines for screen readers at its end stick out by a pixel.
        send({ lab: "height", height: Math.ceil(root.getBoundingClientRect().height) + 1 });
      }).observe(root);
    },
  };
  window.addEventListener("message", ({ source, origin: from, data }: MessageEvent<unknown>) => {
    const message = source === outside && from === origin ? readFromFields(data) : null;
    if (!message) return;
    shown = message.texts;
    const found = readable(sliders, shown);
    if (!lab) {
      start(found, around);
      return;
    }
    following = true;
    const values = new Map([...lab.session.values, ...found]);
    if (!isSame(values, lab.session.values)) lab.session.set(values, message.done ? "moved" : "moving");
    else if (message.done) lab.session.settle();
    following = false;
    lab.notice(message.done ? refusal(sliders, shown) : "");
  });
  send({ lab: "ready" });
  return true;
}

const says = (words: string | undefined, value: Rational): boolean => {
  const number = words === undefined ? null : numberIn(words);
  return number !== null && eq(number, value);
};

/** Return the number that a field holds, as the grader reads it: a decimal or a ratio. */
const numberIn = (words: string): Rational | null => parse(words.trim().replace(/[\u2212\u2013\u2010\u2011\uFF0D]/g, "-"));

const reads = ({ name, min, max }: Slider, texts: Texts): Rational | null => {
  const value = numberIn(texts[name] ?? "");
  return value && cmp(min, value) <= 0 && cmp(value, max) <= 0 ? value : null;
};

function readable(sliders: readonly Slider[], texts: Texts): Map<string, Rational> {
  const found = new Map<string, Rational>();
  for (const slider of sliders) {
    const value = reads(slider, texts);
    if (value) found.set(slider.name, value);
  }
  return found;
}

/** Return which fields the sliders cannot follow; those that are empty are no fault yet. */
function refusal(sliders: readonly Slider[], texts: Texts): string {
  const names = sliders.filter((slider) => (texts[slider.name] ?? "").trim() && !reads(slider, texts)).map(({ name }) => name);
  if (!names.length) return "";
  return names.length === 1 ? `The sliders cannot show what the field ${names[0] ?? ""} holds.` : `The sliders cannot show what the fields ${listed(names)} hold.`;
}
