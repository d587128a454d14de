/** Hand in, in place: save submission.json, copy it, or send it to the address built into the page. */

import type { Exercise, Values } from "../exercise/facts";
import { plainText } from "../state/decimals";
import type { Announcer } from "./announcer";
import { button, make } from "./dom";

const SLOW = 10_000; // milliseconds until an answer counts as missing
const LONGEST_NAME = 100;

/** Return the submission as `grade` reads it: the decimals that the controls show. */
export function submission(exercise: Exercise, values: Values, student: string): string {
  const numbers = [...values].map(([name, value]) => `${JSON.stringify(name)}: ${plainText(value)}`);
  const names = [["exercise", exercise.facts.id], ...(student ? [["student", student]] : [])];
  const { variant } = exercise.facts;
  const which = variant ? [["variant", variant.number], ["variant_list", variant.list]] : [];
  const texts = [...names, ...which].map(([key, words]) => `${JSON.stringify(key)}: ${JSON.stringify(words)}`);
  return `{${[...texts, ...numbers].join(", ")}}\n`;
}

export interface HandIn {
  readonly element: HTMLElement;
  toggle(open?: boolean): void;
}

export function createHandIn(exercise: Exercise, values: () => Values, announcer: Announcer, id: string): HandIn {
  const { handIn, variant } = exercise.facts;
  const name = make("input", { type: "text", autocomplete: "name", maxlength: LONGEST_NAME, id: `${id}-student` });
  const label = variant ? "Your id in the course" : "Your name (optional)";
  name.value = variant?.student ?? "";
  const said = make("p", { class: "outcome" });
  const text = (): string => submission(exercise, values(), name.value.trim());
  const done = (words: string): void => {
    said.textContent = words;
    announcer.now(words);
  };
  const save = (): void => {
    const link = make("a", {
      href: URL.createObjectURL(new Blob([text()], { type: "application/json" })),
      download: "submission.json",
    });
    link.click();
    window.setTimeout(() => {
      URL.revokeObjectURL(link.href);
    }, SLOW);
    done("Saved submission.json. Upload it in your course.");
  };
  const copy = async (): Promise<void> => {
    done((await toClipboard(text(), panel)) ? "Copied." : "Could not copy. Save the file instead.");
  };
  const failed = (words: string): void => {
    said.textContent = words;
    announcer.alert(words);
  };
  const panel = make("section", { class: "card hand-in", hidden: true, "aria-label": "Hand in", id: `${id}-hand-in` });
  const sending = handIn === null ? [] : sender(handIn, text, done, failed);
  const saving = button("Save file", "action strong", save);
  panel.append(
    make("div", { class: "field" }, make("label", { for: name.id }, label), name),
    make("div", { class: "actions" }, ...sending, saving, button("Copy", "action", () => void copy())),
    said,
  );
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggle(false);
    event.preventDefault();
  });
  const toggle = (open = panel.hidden): void => {
    panel.hidden = !open;
    if (open) name.focus();
  };
  return { element: panel, toggle };
}

/** Return the button that sends, and what is said of the address. */
function sender(
  address: string,
  text: () => string,
  done: (words: string) => void,
  failed: (words: string) => void,
): HTMLElement[] {
  const { host, protocol } = new URL(address);
  const open = protocol === "https:" ? "" : " (not encrypted)";
  const send = button(`Send to ${host}${open}`, "action strong", () => {
    void (async () => {
      send.disabled = true;
      try {
        const answer = await fetch(address, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: text(),
          signal: AbortSignal.timeout(SLOW),
        });
        if (answer.ok) done(`Handed in at ${clock()}.`);
        else failed(`Not handed in: ${host} refused it (${answer.status}). Your values are still here.`);
      } catch {
        failed(`Not handed in: ${host} did not answer. Your values are still here.`);
      }
      send.disabled = false;
      send.textContent = `Send to ${host}${open}`;
    })();
  });
  return [send];
}

const clock = (): string => {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
};

/** Copy the text; the older way serves pages from a file or in a frame without the permission. */
export async function toClipboard(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    beside.append(area);
    area.select();
    // The newer way was refused just now; this one needs no permission.
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
