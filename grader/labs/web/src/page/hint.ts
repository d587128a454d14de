/** Hints, one more with each press: what is needed, what the report would say, and at `answers` values. */

import type { Exercise, Values } from "../exercise/facts";
import type { Verdict } from "../exercise/grading";
import { tableOf } from "../mistakes/table";
import { isSame, type Change } from "../state/session";
import { advice, worstPlace, type Diagnosis } from "../words/mistakes";
import type { Announcer } from "./announcer";
import { button, italic, make, type Heading } from "./dom";

const MOST_OPEN = 2; // of more mistakes, the first is open and the rest is folded
const [NEEDS, ADVICE, ANSWERS] = [1, 2, 3];

export interface Hints {
  /** The button, with "Try a hint?" beside it where somebody is stuck. */
  readonly ask: HTMLElement;
  readonly card: HTMLElement;
  /** Whether the row of needed slope changes is shown. */
  readonly showsNeeds: boolean;
  /** Show what belongs to these values; while they move nothing is said, for it would not be true. */
  readonly show: (values: Values, verdict: Verdict, change: Change) => void;
  /** Say "Try a hint?", if no hint was asked for yet, once. */
  readonly suggest: () => boolean;
}

interface Setting {
  /** A right answer in words, where the page may tell it. */
  readonly answer: string | undefined;
  readonly heading: Heading;
}

/** `press` draws everything anew. */
export function createHints(
  exercise: Exercise, { answer, heading }: Setting, announcer: Announcer, press: () => void,
): Hints {
  const { facts } = exercise;
  const table = facts.hints && tableOf(facts.hints);
  const last = facts.reveal === "answers" ? ANSWERS : ADVICE;
  const card = make("section", { class: "hint-words", "aria-label": "Hint", hidden: true });
  const nudge = make("span", { class: "nudge" });
  let count = 0;
  let advised: Values | null = null;
  let isUnfolded = false;
  let wasSuggested = false;
  let spoken = "";

  const ask = make("div", { class: "hint-ask" }, nudge, button("Hint", "action", () => {
    count = Math.min(last, count + 1);
    advised = null;
    nudge.textContent = "";
    press();
    announcer.now(spoken);
  }));

  function show(values: Values, verdict: Verdict, change: Change): void {
    const isMoving = change === "moving" && advised !== null && !isSame(advised, values);
    card.classList.toggle("waiting", isMoving);
    if (isMoving || (advised && isSame(advised, values))) return;
    advised = values;
    card.hidden = !count || verdict.allRight;
    if (!count) return;
    if (verdict.allRight) spoken = "Every goal is right.";
    else if (count < ADVICE) tell([make("p", {}, NEEDED)], NEEDED);
    else tellMistakes(verdict);
  }

  function tell(shown: readonly Node[], words: string): void {
    card.replaceChildren(...shown);
    spoken = typeset(words);
  }

  function tellMistakes(verdict: Verdict): void {
    const said = table ? advice(exercise, table, verdict, count === ANSWERS) : [];
    const [first] = said;
    if (!first) {
      const words = [worstPlace(exercise, verdict) || NEEDED, count === ANSWERS ? (answer ?? "") : ""].filter(Boolean);
      tell(words.map((each) => make("p", {}, ...set(each))), words.join(" "));
      return;
    }
    const open = said.length > MOST_OPEN ? 1 : said.length;
    const shown: Node[] = said.slice(0, open).map((each, i) => diagnosisCard(each, i ? "Then" : "Look at this next"));
    const folded = said.slice(open);
    if (folded.length) shown.push(foldOf(folded));
    const isUnanswered = count === ANSWERS && said.some(({ parts }) => parts?.answer === "");
    if (isUnanswered && answer) shown.push(make("p", {}, ...set(answer)));
    tell(shown, [first.message, others(said.length - 1)].filter(Boolean).join(" "));
  }

  function foldOf(folded: readonly Diagnosis[]): HTMLElement {
    const made = make("details", { open: isUnfolded }, make("summary", {}, others(folded.length)), ...folded.map((each) => diagnosisCard(each, "Then")));
    made.addEventListener("toggle", () => {
      isUnfolded = made.open;
    });
    return made;
  }

  function diagnosisCard({ unit, message, also, parts }: Diagnosis, when: string): HTMLElement {
    const whose = unit === null ? "The order of the units" : `${when}: unit ${unit}`;
    const meanings = also.map((code) => table?.byCode.get(code)?.meaning ?? code);
    return make(
      "div",
      { class: "diagnosis" },
      make(heading, {}, whose),
      ...(parts
        ? [
            make("dl", {}, ...labelled("does", parts.does), ...labelled("needed", parts.needed)),
            make("p", { class: "idea" }, ...set(parts.idea)),
            make("p", { class: "look" }, ...set([parts.look, parts.answer].filter(Boolean).join(" "))),
            parts.witness ? make("p", { class: "quiet" }, ...set(parts.witness)) : null,
          ]
        : [make("p", { class: "idea own", dir: "auto" }, message)]),
      meanings.length ? make("p", { class: "quiet" }, `It may also be this: ${meanings.join("; or: ")}.`) : null,
    );
  }

  return {
    ask,
    card,
    get showsNeeds() {
      return count >= NEEDS;
    },
    show,
    suggest() {
      if (count || wasSuggested || !table) return false;
      wasSuggested = true;
      nudge.textContent = "Try a hint?";
      return true;
    },
  };
}

const NEEDED = "The row \u201Cneeds\u201D shows by how much the slope has to change at each turn of the target.";

const others = (count: number): string =>
  count > 0 ? `${count} more ${count === 1 ? "thing" : "things"} to look at.` : "";

/** Return a sentence of the report with the minus that the page has. */
const typeset = (words: string): string => words.replace(/(?<!\w)-(?=[\dbw])/g, "\u2212");

const set = (words: string): (Node | string)[] => italic(typeset(words));

const labelled = (label: string, words: string): HTMLElement[] =>
  words ? [make("dt", {}, label), make("dd", {}, ...set(words))] : [];
