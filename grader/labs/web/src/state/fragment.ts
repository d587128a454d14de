/** The state in the address: #lab1;EXERCISE;DIGEST;w1=1;b1=-1, and its careful way back. */

import type { Rational } from "../exact/rational";
import type { Exercise, Values } from "../exercise/facts";
import { plainText, read } from "./decimals";

const FORMAT = "lab1";
const DIGEST = 12;
const LONGEST = 20_000;

const head = ({ facts }: Exercise): string[] => [FORMAT, facts.id, facts.digest.slice(0, DIGEST)];

export const write = (exercise: Exercise, values: Values): string =>
  `#${[...head(exercise), ...[...values].map(([name, value]) => `${name}=${plainText(value)}`)].join(";")}`;

/** Return the values that an address holds; null if it is another exercise's or was changed. */
export function readFragment(exercise: Exercise, hash: string): Map<string, Rational> | null {
  const parts = hash.slice(1, LONGEST).split(";");
  const own = head(exercise);
  if (own.some((part, i) => parts[i] !== part)) return null;
  const pairs = parts.slice(own.length).map((part) => part.split("="));
  if (pairs.length !== exercise.sliders.length) return null;
  const values = new Map<string, Rational>();
  for (const [i, slider] of exercise.sliders.entries()) {
    const [name, text = ""] = pairs[i] ?? [];
    const reading = read(text, slider);
    if (name !== slider.name || !("value" in reading)) return null;
    values.set(name, reading.value);
  }
  return values;
}
