/** The lab: one exercise with its picture, units and controls, in an element of any page. */

import { cmp, parse, type Rational } from "../exact/rational";
import { exerciseOf, type Exercise, type Facts, type Values } from "../exercise/facts";
import { grade, type Verdict } from "../exercise/grading";
import { firstRange, grown } from "../pictures/frame";
import type { Scene, View } from "../pictures/model";
import { drawPlot } from "../pictures/plot";
import { reach } from "../pictures/unit";
import { readFragment, write } from "../state/fragment";
import { blank, createSession, isSame, type Change, type Session } from "../state/session";
import { short, text } from "../state/decimals";
import { announcement, inWords, levelOf, listed, points, standing, whyThisWorks } from "../words/sentences";
import { createAnnouncer } from "./announcer";
import type { ControlEvents } from "./control";
import { button, headingAt, italic, make, picture } from "./dom";
import { createHandIn, toClipboard } from "./handin";
import { createHandles } from "./handles";
import { createHints } from "./hint";
import { createUnitCard, type UnitCard } from "./unitcard";
import { createWarmUp } from "./warmup";

const NARROW = 600;
const STUCK = 12; // changes without a new goal
const PICTURE_SHARE = 0.45; // of a narrow window's height
const VIEWS: readonly (readonly [View, string])[] = [
  ["sum", "The sum"],
  ["one", "One unit"],
  ["adding", "Add one by one"],
];

/** What stands around the lab: a page of its own with an address, or a notebook. */
export interface Host {
  /** The exercise's text as elements, put into its fold. */
  readonly text?: Node | undefined;
  readonly hash?: string;
  readonly values?: Values | undefined;
  readonly keep?: (hash: string) => void;
  readonly onValues?: (values: Values) => void;
  readonly answer?: string | undefined;
  /** The level of the title's heading; those below it follow. */
  readonly level?: 1 | 2;
  /** Where the values go, said at the end. */
  readonly note?: string;
  /** Where Escape leads. */
  readonly leave?: () => void;
}

export interface Lab {
  readonly exercise: Exercise;
  readonly session: Session;
  load(hash: string): void;
  /** Show what only the author sees, or hide it. */
  asAuthor(shown: boolean): void;
  /** Say under the title what the sliders cannot show. */
  notice(words: string): void;
  destroy(): void;
}

/** What differs where fields around a frame are handed in: their page has title and buttons. */
const placeOf = ({ framed }: Facts): { title: string | null; buttons: (own: HTMLElement) => HTMLElement | null } =>
  framed ? { title: "unseen", buttons: () => null } : { title: null, buttons: (own) => own };

let labs = 0;

export function createLab(root: HTMLElement, facts: Facts, host: Host = {}): Lab {
  const exercise = exerciseOf(facts);
  labs += 1;
  const id = `lab${labs}`;
  const top = host.level ?? 1;
  const level = levelOf(exercise);
  const place = placeOf(facts);
  const announcer = createAnnouncer();
  const start = blank(exercise);
  const found = host.hash && host.hash.length > 1 ? readFragment(exercise, host.hash) : null;
  const session = createSession(exercise, host.values ?? found ?? start);

  let range = firstRange(exercise);
  let chosen = exercise.sliders[0]?.unit ?? 0;
  let view: View = "sum";
  let isAuthor = facts.author === true;
  let sinceGoal = 0;
  let best = 0;
  let wasRight = false;
  let touched: string | null = null;
  let verdict: Verdict = grade(exercise, session.values);

  const svg = picture();
  const plot = make("div", { class: "plot" }, svg);
  const heading = make(headingAt(top + 1), { class: "standing-words" });
  const worth = make("p", { class: "quiet points" });
  const words = make("p", { id: `${id}-words` });
  const why = make("section", { class: "why", hidden: true });
  const notice = make("p", { class: "notice" });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Target and network over x");
  svg.setAttribute("aria-describedby", words.id);

  const choose = (unit: number): void => {
    if (unit === chosen) return;
    chosen = unit;
    render("moving");
  };
  const eventsFor = (name: string): ControlEvents => ({
    set(value, change) {
      touched = name;
      session.set(new Map([[name, value]]), change);
    },
    settle: session.settle,
    choose: () => {
      choose(Number(name.slice(1)));
    },
    refused: announcer.alert,
  });
  const cards = exercise.units.map((_, k) => createUnitCard(exercise, k, { id, heading: headingAt(top + 2) }, eventsFor));
  const handIn = createHandIn(exercise, () => session.values, announcer, id);
  const hints = createHints(exercise, { answer: host.answer, heading: headingAt(top + 2) }, announcer, () => {
    render("moving");
  });
  const buttons = makeButtons();
  const handles = createHandles(plot, {
    choose,
    set(changes, change) {
      touched = [...changes.keys()][0] ?? touched;
      session.set(changes, change);
    },
    settle: session.settle,
    cancel: session.cancel,
  });
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Units" });
  const views = makeViews();

  function makeButtons(): Record<"undo" | "redo" | "reset" | "hand", HTMLButtonElement> {
    const back = (way: "undo" | "redo", done: string, nothing: string) => (): void => {
      const name = session[way]();
      const value = name === null ? undefined : session.values.get(name);
      announcer.now(name && value ? `${done}: ${name} is ${text(value)}.` : nothing);
    };
    return {
      undo: button("Undo", "action", back("undo", "Undone", "Nothing to undo.")),
      redo: button("Redo", "action", back("redo", "Redone", "Nothing left to do.")),
      reset: button("Reset", "action", () => {
        session.reset();
        announcer.now("All sliders are 0. Undo brings your values back.");
      }),
      hand: button("Hand in", "action outlined", () => {
        handIn.toggle();
      }),
    };
  }

  function makeViews(): HTMLElement {
    const made = VIEWS.map(([name, label]) => {
      const option = make("input", { type: "radio", name: `${id}-view`, value: name, checked: name === view });
      option.addEventListener("change", () => {
        view = name;
        render("moving");
      });
      return make("label", {}, option, make("span", {}, label));
    });
    return make("fieldset", { class: "views" }, make("legend", {}, "Show"), ...made);
  }

  const isNarrow = (): boolean => root.classList.contains("narrow");

  function sceneNow(): Scene {
    const untouched = isSame(session.values, start);
    const needs = level === "full" && (hints.showsNeeds || verdict.allRight);
    return { exercise, verdict, level, untouched, chosen, view, needs, worth: isAuthor, id };
  }

  function draw(): void {
    const width = Math.floor(plot.clientWidth);
    if (!width) return;
    const most = isNarrow() ? window.innerHeight * PICTURE_SHARE - 170 : 400;
    const scene = sceneNow();
    handles(scene, drawPlot(svg, scene, range, width, most));
  }

  function render(change: Change): void {
    verdict = grade(exercise, session.values);
    if (change === "reset") range = firstRange(exercise);
    else if (change !== "moving") range = grown(range, exercise, verdict.network);
    const scene = sceneNow();
    const r = reach(exercise, verdict.units);
    for (const card of cards) {
      const unit = verdict.units[card.unit];
      if (unit) card.show(unit, session.values, r);
      card.element.classList.toggle("chosen", card.unit === chosen);
    }
    showTabs();
    heading.textContent = standing(verdict, level, scene.untouched);
    const right = level !== "none" && verdict.allRight;
    root.classList.toggle("all-right", right);
    worth.replaceChildren(...italic(scene.untouched ? "" : points(exercise, verdict, level, isNarrow())));
    words.replaceChildren(...italic(inWords(exercise, verdict, level)));
    why.hidden = !(right && level === "full");
    if (!why.hidden) why.replaceChildren(make(headingAt(top + 2), {}, "Why this works"), make("p", {}, whyThisWorks(exercise, verdict)));
    hints.show(session.values, verdict, change);
    buttons.hand.classList.toggle("strong", right);
    enable(buttons.undo, session.canUndo);
    enable(buttons.redo, session.canRedo);
    enable(buttons.reset, !scene.untouched);
    draw();
    if (right && !wasRight && change !== "loaded") svg.classList.add("sweep");
    else if (!right) svg.classList.remove("sweep");
    wasRight = right;
  }

  /** Buttons stay in the tab order: a button that vanishes would lose the focus. */
  const enable = (each: HTMLButtonElement, able: boolean): void => {
    each.setAttribute("aria-disabled", String(!able));
  };

  function showTabs(): void {
    if (!isNarrow()) return;
    for (const [i, tab] of [...tabs.children].entries()) {
      tab.setAttribute("aria-selected", String(i === chosen));
      tab.setAttribute("tabindex", i === chosen ? "0" : "-1");
    }
    for (const card of cards) card.element.hidden = card.unit !== chosen;
  }

  function narrowOrNot(): void {
    const narrow = root.clientWidth > 0 && root.clientWidth < NARROW;
    if (narrow !== isNarrow() || !tabs.children.length) {
      root.classList.toggle("narrow", narrow);
      // A bottom bar in narrow boxes; moved, so that Tab keeps to the order that is seen.
      (narrow ? root : header).append(actions);
      if (level === "full") (narrow ? units : head).append(hints.ask);
      tabs.replaceChildren(...cards.map(makeTab));
      tabs.hidden = !narrow || cards.length < 2;
      for (const card of cards) {
        card.element.hidden = false;
        if (narrow) card.element.setAttribute("role", "tabpanel");
        else card.element.removeAttribute("role");
      }
      render("moving");
    } else draw();
  }

  function makeTab(card: UnitCard): HTMLElement {
    const tab = button(`${card.fixed ? "Given" : "Unit"} ${card.unit}`, "tab", () => {
      choose(card.unit);
    });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", card.element.id);
    tab.addEventListener("keydown", ({ key }) => {
      const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      if (!step) return;
      choose((chosen + step + cards.length) % cards.length);
      (tabs.children[chosen] as HTMLElement | undefined)?.focus();
    });
    return tab;
  }

  function onChange(change: Change): void {
    render(change);
    if (change === "moving") return;
    host.keep?.(write(exercise, session.values));
    host.onValues?.(session.values);
    if (change !== "moved") return;
    const unit = touched === null ? null : Number(touched.slice(1));
    const stuck = isStuck() && level === "full" && hints.suggest() ? " Try a hint?" : "";
    announcer.later(announcement(exercise, verdict, level, unit) + stuck);
  }

  /** Tell whether so many changes have gone by without a new goal. */
  function isStuck(): boolean {
    sinceGoal = verdict.goalsRight > best ? 0 : sinceGoal + 1;
    best = Math.max(best, verdict.goalsRight);
    return sinceGoal >= STUCK;
  }

  function keys(event: KeyboardEvent): void {
    // JupyterLab takes arrow keys for itself unless they stop here; Escape leads out of a notebook's cell.
    if (event.key !== "Escape") event.stopPropagation();
    else if (!event.defaultPrevented) host.leave?.();
    const field = event.target instanceof HTMLInputElement && event.target.type === "text";
    if (field || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z") (event.shiftKey ? buttons.redo : buttons.undo).click();
    else if (key === "y") buttons.redo.click();
    else return;
    event.preventDefault();
  }

  const actions = make("div", { class: "actions" }, buttons.undo, buttons.redo, buttons.reset, place.buttons(buttons.hand));
  const names = exercise.sliders.map(({ name }) => name);
  const goalLine = make(
    "p",
    { class: "goal-line" },
    ...italic(`Move ${listed(names)} until the solid line `),
    stroke("network"),
    " lies on the dashed line ",
    stroke("target"),
    ...italic(` from x = ${short(exercise.left)} to x = ${short(exercise.right)}.`),
  );
  // The page around a frame has the title.
  const title = make(headingAt(top), { dir: "auto", class: place.title }, facts.title);
  const skip = button("To the sliders", "skip", () => {
    cards.find((card) => !card.fixed)?.controls[0]?.slider.focus();
  });
  const folds = makeFolds();
  const link = button("Copy the link", "link", () => {
    void (async () => {
      const address = `${window.location.href.split("#")[0] ?? ""}${write(exercise, session.values)}`;
      const done = await toClipboard(address, root);
      announcer.now(done ? "Copied." : "Could not copy. The address of this page holds your values.");
      link.textContent = done ? "Copied" : "Copy the link";
    })();
  });

  function makeFolds(): HTMLElement {
    const made: HTMLElement[] = [];
    if (host.text) made.push(fold("The exercise in full", host.text));
    if (facts.intro) {
      const warm = fold("Warm-up, 1 minute: what w and b do", createWarmUp(exercise, announcer, () => {
        warm.open = false;
        skip.click();
      }, id));
      made.push(warm);
    }
    return make("div", { class: "folds" }, ...made);
  }

  const head = make("div", { class: "standing" }, heading, worth);
  const units = make("div", { class: "units" }, views, tabs, ...cards.map(({ element }) => element));
  const header = make("header", { class: "top" }, title, actions);
  root.classList.add("relu", "lab");
  root.replaceChildren(
    skip,
    header,
    handIn.element,
    goalLine,
    notice,
    folds,
    make(
      "div",
      { class: "columns" },
      make(
        "section",
        { class: "card picture", "aria-label": "Picture" },
        make(
          "div",
          { class: "stage" },
          head,
          plot,
        ),
        hints.card,
        why,
        make("div", { class: "in-words" }, make(headingAt(top + 2), {}, "In words"), words),
      ),
      units,
    ),
    make(
      "footer",
      {},
      host.keep ? make("p", {}, "Kept in the address of this page. ", link) : null,
      make("p", {}, host.note ?? "Nothing leaves this page until you hand in."),
    ),
    ...announcer.elements,
  );
  root.addEventListener("keydown", keys);
  session.onChange(onChange);
  const observer = new ResizeObserver(narrowOrNot);
  observer.observe(root);
  observer.observe(plot);
  if (host.hash && host.hash.length > 1 && !found) refuse("The sliders start at 0.");
  else if (isSame(session.values, start)) notice.textContent = `Start with ${names[0] ?? ""}.`;
  render("loaded");

  function refuse(instead: string): void {
    notice.textContent = `This link does not fit this exercise. ${instead}`;
    announcer.alert(notice.textContent);
  }

  session.onChange((change) => {
    if (change !== "moving" && !isSame(session.values, start)) notice.textContent = "";
  });

  return {
    exercise,
    session,
    load(hash) {
      const values = readFragment(exercise, hash);
      if (!values) refuse("Your values are still here.");
      else if (!isSame(values, session.values)) session.set(values, "moved");
    },
    asAuthor(shown) {
      isAuthor = shown;
      render("moving");
    },
    notice(words) {
      if (words) {
        notice.textContent = words;
        announcer.alert(words);
      } else if (!isSame(session.values, start)) notice.textContent = "";
    },
    destroy() {
      observer.disconnect();
      root.removeEventListener("keydown", keys);
    },
  };
}

const fold = (words: string, ...children: Node[]): HTMLDetailsElement =>
  make("details", { class: "card fold" }, make("summary", {}, ...italic(words)), ...children);

const stroke = (kind: string): HTMLElement => make("span", { class: `stroke ${kind}`, role: "presentation" });

/** Read values that came from outside as texts; null unless all are there and in range. */
export function readValues(exercise: Exercise, texts: Readonly<Record<string, string>>): Values | null {
  const values = new Map<string, Rational>();
  for (const { name, min, max } of exercise.sliders) {
    const value = texts[name] === undefined ? null : parse(texts[name]);
    if (!value || cmp(value, min) < 0 || cmp(max, value) < 0) return null;
    values.set(name, value);
  }
  return values;
}
