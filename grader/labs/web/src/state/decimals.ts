/** Numbers as a person types and reads them: decimals, with "\u2212" for minus on the page. */

import {
  add, approximate, cmp, decimal, eq, exact, floor, fraction, mul, parse, ratio, round, sign, size, sub,
  terminating, type Rational,
} from "../exact/rational";
import type { Slider } from "../exercise/facts";

const MINUS = "\u2212";
// A double keeps 15 significant digits of any decimal: `grade` reads back what the page shows.
const DIGITS = 15;
const PLACES = 3;
const LARGEST_DENOMINATOR = 99n;

export type Reading = { readonly value: Rational } | { readonly fault: "number" | "digits" | "range" };

/** Read a field's text; a comma counts as the point, and any dash that looks like minus as minus. */
export function read(text: string, slider: Slider): Reading {
  const plain = text.trim().replace(/[\u2212\u2013\u2010\u2011\uFF0D]/g, "-").replace(",", ".");
  const value = plain.includes("/") ? null : parse(plain);
  if (!value) return { fault: "number" };
  if (!terminating(value) || digitsOf(value) > DIGITS) return { fault: "digits" };
  if (cmp(value, slider.min) < 0 || cmp(slider.max, value) < 0) return { fault: "range" };
  return { value };
}

const digitsOf = (value: Rational): number =>
  plainText(value).replace(/[-.]/g, "").replace(/^0+/, "").length;

/** Return the decimal as JSON has it: what is handed in, and what stands in the address. */
export const plainText = (value: Rational): string => terminating(value) ?? decimal(value, DIGITS);

/** Return the decimal as the page shows it. */
export const text = (value: Rational): string => plainText(value).replace("-", MINUS);

/** Return a short text of any number: a decimal, a ratio, or the nearest of three places. */
export function short(value: Rational): string {
  const plain = terminating(value, PLACES + 1);
  if (plain !== null) return plain.replace("-", MINUS);
  if (value.d <= LARGEST_DENOMINATOR && size(value).n < 1000n) return fraction(value).replace("-", MINUS);
  return nearest(value).replace("-", MINUS);
}

/** Return the same for a sentence, which says "about" where the number is rounded. */
export function said(value: Rational): string {
  const shown = short(value);
  return eq(exact(shown.replace(MINUS, "-")), value) ? shown : `about ${shown}`;
}

/** Return a short text with its sign: +2, −1, 0. */
export const signed = (value: Rational): string => (sign(value) > 0 ? `+${short(value)}` : short(value));

/** Return points or an error cut off after two decimals: 99.99 never becomes 100. */
export const cut = (value: Rational): string => {
  const shown = decimal(value, 2);
  return (shown === "0" && sign(value) > 0 ? "0.01" : shown).replace("-", MINUS);
};

function nearest(value: Rational): string {
  if (approximate(size(value)) >= 1e9) return approximate(value).toExponential(2).replace("e+", "e");
  const scale = ratio(10n ** BigInt(PLACES));
  const rounded = ratio(round(mul(value, scale)), scale.n);
  return sign(rounded) ? decimal(rounded, PLACES) : approximate(value).toExponential(1);
}

/** How many steps the slider has from its lower end to its upper one. */
export const steps = (slider: Slider): number =>
  Number(floor(mul(sub(slider.max, slider.min), ratio(slider.step.d, slider.step.n))));

/** Return the slider's value so many steps from its lower end, as the decimal that the page shows. */
export function atStep(slider: Slider, index: number): Rational {
  const inside = Math.max(0, Math.min(steps(slider), index));
  return exact(plainText(add(slider.min, mul(ratio(BigInt(inside)), slider.step))));
}

/** Return the step nearest to a value. */
export const stepOf = (slider: Slider, value: Rational): number =>
  Math.max(0, Math.min(steps(slider), Number(round(mul(sub(value, slider.min), ratio(slider.step.d, slider.step.n))))));

/** Return the slider's setting nearest to a value. */
export const snapped = (slider: Slider, value: Rational): Rational => atStep(slider, stepOf(slider, value));
