/** What a student has set, and the way back: values by name, undo, redo, reset. */

import { ZERO, eq, type Rational } from "../exact/rational";
import type { Exercise, Values } from "../exercise/facts";
import { snapped } from "./decimals";

export type Change = "moving" | "moved" | "undone" | "redone" | "reset" | "loaded";

export interface Session {
  readonly values: Values;
  /** Change values; `moving` ones belong to a gesture and become one step back with the next moved. */
  readonly set: (changes: ReadonlyMap<string, Rational>, change: "moving" | "moved") => void;
  /** End a gesture without a further change. */
  readonly settle: () => void;
  /** Put everything as it was before the gesture. */
  readonly cancel: () => void;
  readonly undo: () => string | null;
  readonly redo: () => string | null;
  readonly reset: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onChange: (listener: (change: Change) => void) => void;
}

/** Return the values of the untouched page: 0, or what comes nearest to it. */
export const blank = (exercise: Exercise): Map<string, Rational> =>
  new Map(exercise.sliders.map((slider) => [slider.name, snapped(slider, ZERO)]));

export const isSame = (one: Values, other: Values): boolean =>
  [...one].every(([name, value]) => eq(value, other.get(name) ?? ZERO));

export function createSession(exercise: Exercise, initial: Values): Session {
  let values: Values = initial;
  let settled: Values = initial;
  let past: Values[] = [];
  let future: Values[] = [];
  const listeners: ((change: Change) => void)[] = [];
  const tell = (change: Change): void => listeners.forEach((listener) => listener(change));
  const keep = (): void => {
    if (isSame(values, settled)) return;
    past = [...past, settled];
    future = [];
    settled = values;
  };
  /** Go to other values; return the name of the first parameter that they change. */
  const go = (to: Values, change: Change): string => {
    const from = values;
    values = settled = to;
    tell(change);
    return [...to.keys()].find((name) => !eq(to.get(name) ?? ZERO, from.get(name) ?? ZERO)) ?? "";
  };
  return {
    get values() {
      return values;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    set(changes, change) {
      values = new Map([...values, ...changes]);
      if (change === "moved") keep();
      tell(change);
    },
    settle() {
      keep();
      tell("moved");
    },
    cancel() {
      values = settled;
      tell("moved");
    },
    undo() {
      keep();
      const to = past.at(-1);
      if (!to) return null;
      past = past.slice(0, -1);
      future = [values, ...future];
      return go(to, "undone");
    },
    redo() {
      const to = future[0];
      if (!to) return null;
      future = future.slice(1);
      past = [...past, values];
      return go(to, "redone");
    },
    reset() {
      values = blank(exercise);
      keep();
      tell("reset");
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
