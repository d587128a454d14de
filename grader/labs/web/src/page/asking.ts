/** A page for a whole class: it asks for the student's id and shows the exercise of that student.
 *
 * It knows which variant belongs to which id by the ids' digests, and nothing that variants are drawn by.
 */

import type { Facts } from "../exercise/facts";
import { sha256 } from "../state/sha256";
import { button, make } from "./dom";

/** What `grader.labs.class_lab` writes: what all have in common, and what is each variant's own. */
export interface ClassFacts {
  readonly salt: string;
  readonly title: string;
  /** What is asked for, in words, and whether that is the student's id. */
  readonly asking: { readonly about: string; readonly label: string; readonly unknown: string; readonly isId: boolean };
  readonly numbers: Readonly<Record<string, number>>;
  readonly common: Partial<Facts>;
  readonly variants: Readonly<Record<string, OwnFacts>>;
}

export interface OwnFacts {
  readonly facts: Partial<Facts>;
  /** The exercise's text as Python rendered it, with raw HTML off. */
  readonly text: string;
  readonly answer: string;
}

export interface Own {
  readonly facts: Facts;
  readonly text: HTMLElement;
  readonly answer: string;
}

const DIGITS = 32; // of a digest

/** Return what belongs to a student's id; null where the page does not know it. */
export function ownOf(known: ClassFacts, typed: string): { number: number; student: string } | null {
  const student = typed.trim().normalize("NFC");
  const number = known.numbers[sha256(`${known.salt}\n${student}`).slice(0, DIGITS)];
  return number === undefined ? null : { number, student };
}

/** Ask in an element, and call `start` with what belongs to the id that is typed. */
export function ask(root: HTMLElement, known: ClassFacts, start: (own: Own) => void): void {
  const field = make("input", { type: "text", id: "lab-id", autocomplete: "username", spellcheck: "false", autocapitalize: "off" });
  const said = make("p", { class: "outcome", role: "alert" });
  const answer = (): void => {
    const found = ownOf(known, field.value);
    const own = found && known.variants[found.number];
    if (!own) {
      said.textContent = known.asking.unknown;
      field.focus();
      return;
    }
    root.replaceChildren();
    const text = make("div", { id: "lab-text", dir: "auto" });
    text.innerHTML = own.text;
    const facts = { ...known.common, ...own.facts } as Facts;
    start({ facts: known.asking.isId ? withStudent(facts, found.student) : facts, text, answer: own.answer });
  };
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") answer();
  });
  root.classList.add("relu", "lab");
  root.replaceChildren(
    make("h1", { dir: "auto" }, known.title),
    make(
      "section",
      { class: "card hand-in", "aria-label": "Who you are" },
      make("p", {}, known.asking.about),
      make("div", { class: "field" }, make("label", { for: field.id }, known.asking.label), field),
      make("div", { class: "actions" }, button("Show my exercise", "action strong", answer)),
      said,
    ),
  );
}

const withStudent = (facts: Facts, student: string): Facts =>
  facts.variant ? { ...facts, variant: { ...facts.variant, student } } : facts;
