/** The author's panel around a preview: buttons that set the sliders, and the page without it. */

import type { Values } from "../exercise/facts";
import { isSame } from "../state/session";
import { readValues, type Lab } from "./lab";

const WORDS = { author: "See it as a student", student: "Back to the author\u2019s page" };

interface Setter {
  readonly button: HTMLButtonElement;
  readonly values: Values;
}

/** Bring the panel that Python wrote to life. */
export function addPanel(lab: Lab): void {
  const [panel, way, back, says] = ["author", "as-student", "to-mistakes", "author-says"].map((id) => document.getElementById(id));
  if (!panel || !way || !back || !says) return;
  const setters = settersIn(panel, lab);
  let last = setters[0]?.button;
  // Messages appear above the lab, beside what they are about, and one at a time.
  panel.classList.add("live");
  for (const { button, values } of setters)
    button.addEventListener("click", () => {
      last = button;
      lab.session.set(values, "moved");
      document.querySelector(".lab .picture")?.scrollIntoView();
    });
  back.addEventListener("click", () => {
    last?.focus();
  });
  const mark = (): void => {
    const set = setters.find(({ values }) => isSame(values, lab.session.values))?.button;
    for (const { button } of setters) button.setAttribute("aria-pressed", String(button === set));
    says.textContent = set ? told(set) : "";
    back.hidden = !set;
  };
  lab.session.onChange((change) => {
    if (change !== "moving") mark();
  });
  mark();
  way.addEventListener("click", () => {
    const hide = !panel.hidden;
    panel.hidden = hide;
    const note = document.getElementById("author-note");
    if (note) note.hidden = hide;
    way.textContent = hide ? WORDS.student : WORDS.author;
    if (hide) lab.session.reset();
    lab.asAuthor(!hide);
  });
}

function settersIn(panel: HTMLElement, lab: Lab): Setter[] {
  return [...panel.querySelectorAll<HTMLButtonElement>("button[data-values]")].flatMap((button) => {
    const values = readValues(lab.exercise, JSON.parse(button.dataset.values ?? "{}") as Record<string, string>);
    return values ? [{ button, values }] : [];
  });
}

/** Return score and message as Python wrote them beside a button. */
function told(button: HTMLButtonElement): string {
  const parts = [button, ...(button.closest("li")?.querySelectorAll(".score, .told p") ?? [])];
  return parts.map(({ textContent }) => textContent.replace(/(?<![.?!])$/, ".")).join(" ");
}
