/** One status line for screen readers: once the values rest, and only if it says something new. */

import { make } from "./dom";

const REST = 500; // milliseconds after the last change

export interface Announcer {
  readonly elements: readonly HTMLElement[];
  /** Say it once nothing has changed for half a second. */
  readonly later: (words: string) => void;
  /** Say it at once. */
  readonly now: (words: string) => void;
  readonly alert: (words: string) => void;
}

export function createAnnouncer(): Announcer {
  const status = make("p", { role: "status", class: "unseen" });
  const alarm = make("p", { role: "alert", class: "unseen" });
  let timer = 0;
  let last = "";
  const say = (words: string): void => {
    if (words === last) return;
    last = words;
    status.textContent = words;
  };
  return {
    elements: [status, alarm],
    later(words) {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        say(words);
      }, REST);
    },
    now(words) {
      window.clearTimeout(timer);
      last = "";
      say(words);
    },
    alert(words) {
      alarm.textContent = words;
    },
  };
}
