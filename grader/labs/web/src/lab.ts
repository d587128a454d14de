/** The lab's module: a page that carries facts starts by itself, a notebook calls `render`. */

import { exerciseOf, type Facts, type Values } from "./exercise/facts";
import { connect } from "./frame/inside";
import { addPanel } from "./page/author";
import { ask, type ClassFacts } from "./page/asking";
import { createLab, readValues } from "./page/lab";
import { make } from "./page/dom";
import { followTheme } from "./page/theme";
import { plainText } from "./state/decimals";
import { blank, isSame } from "./state/session";

export { gradeTexts, hintTexts } from "./exercise/texts";
export { createLab } from "./page/lab";

/** Start in a page: its facts stand in a script of type application/json. */
function start(): void {
  const root = document.getElementById("lab");
  const whole = document.getElementById("lab-class");
  if (root && whole?.textContent) {
    ask(root, JSON.parse(whole.textContent) as ClassFacts, ({ facts: own, text, answer }) => {
      startInPage(root, { ...own, start: {} }, { text, answer });
    });
    return;
  }
  const facts = document.getElementById("lab-facts");
  if (!root || !facts?.textContent) return;
  const known = JSON.parse(facts.textContent) as PageFacts;
  // Opened by its own address it is a page like any other.
  if (!known.framed || !startInFrame(root, known)) startInPage(root, { ...known, framed: false }, written());
}

/** What the page has in words beside its facts: the exercise's text, and the answer where it is told. */
interface Written {
  readonly text: HTMLElement | null;
  readonly answer: string | null;
}

const written = (): Written => ({
  text: document.getElementById("lab-text"),
  answer: document.getElementById("lab-answer")?.textContent ?? null,
});

type PageFacts = Facts & { readonly start: Readonly<Record<string, string>> };

/** Start among the fields of another page, with what they hold; false where there is none. */
function startInFrame(root: HTMLElement, known: PageFacts): boolean {
  const exercise = exerciseOf(known);
  return connect(exercise.sliders, (found, around) => {
    const values = new Map([...blank(exercise), ...found]);
    const note = "The fields below hold the same numbers. Those you hand in.";
    around.follow(createLab(root, known, { values, note, onValues: around.tell }), root);
  });
}

function startInPage(root: HTMLElement, known: PageFacts, { text, answer }: Written): void {
  // A frame in an exported notebook has no address that could be kept or copied.
  const keep = window.location.protocol === "about:" ? undefined : keepInAddress;
  const first = window.location.hash.length < 2;
  const lab = createLab(root, known, {
    hash: window.location.hash,
    values: first ? (readValues(exerciseOf(known), known.start) ?? undefined) : undefined,
    ...(keep && { keep }),
    text: text ?? undefined,
    answer: answer ?? undefined,
  });
  window.addEventListener("hashchange", () => {
    lab.load(window.location.hash);
  });
  if (known.author) addPanel(lab);
  openOnFirstVisit(root, first);
  if (!keep) fitFrame(root);
}

/** Make the frame in an exported notebook as high as the page in it. */
function fitFrame(root: HTMLElement): void {
  const frame = window.frameElement as HTMLIFrameElement | null; // null in a sandboxed frame
  if (!frame?.hasAttribute("data-relu-lab")) return;
  new ResizeObserver(() => {
    frame.style.height = `${Math.ceil(root.getBoundingClientRect().bottom + window.scrollY)}px`;
  }).observe(root);
}

function keepInAddress(hash: string): void {
  try {
    window.history.replaceState(null, "", hash);
  } catch {
    // In a sandboxed frame the values stay in the page alone.
  }
}

/** Open the author's text on a first visit if it takes a third of the window or less. */
function openOnFirstVisit(root: HTMLElement, first: boolean): void {
  const fold = root.querySelector<HTMLDetailsElement>("details.fold");
  if (!fold || !first) return;
  fold.open = true;
  if (fold.getBoundingClientRect().height > window.innerHeight / 3) fold.open = false;
}

/** What anywidget hands over: a notebook's model, with a trait for each parameter. */
interface Model {
  get: (name: string) => unknown;
  set: (name: string, value: unknown) => void;
  save_changes: () => void;
  on: (event: string, listener: () => void) => void;
  off: (event: string, listener: () => void) => void;
}

/** Show the lab in a notebook. Source: anywidget's front-end module, afm.dev. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const facts = model.get("facts") as Facts;
  const exercise = exerciseOf(facts);
  const names = exercise.sliders.map(({ name }) => name);
  const told = (): Values | null => readValues(exercise, Object.fromEntries(names.map((name) => [name, String(model.get(name))])));
  const text = make("div");
  // The exercise's text as Python rendered it, with raw HTML off.
  text.innerHTML = String(model.get("task"));
  // Neither the notebook's style sheets nor a report's reach in there, nor do the lab's reach out.
  // Notebook 7 looks at keys before they get here: only the attribute keeps its hands off the arrows.
  const box = make("div", { class: "relu-lab", "data-lm-suppress-shortcuts": true });
  const root = make("section", { "aria-label": facts.title });
  box.attachShadow({ mode: "open" }).append(make("style", {}, String(model.get("rules"))), root);
  el.append(box);
  const lab = createLab(root, facts, {
    values: told() ?? undefined,
    text,
    answer: String(model.get("answer")) || undefined,
    level: 2,
    leave: () => {
      leave(el);
    },
    note: "Python has these values, and grade() there marks them.",
    onValues(values) {
      for (const [name, value] of values) model.set(name, Number(plainText(value)));
      model.save_changes();
    },
  });
  const follow = (): void => {
    const values = told();
    if (values && !isSame(values, lab.session.values)) lab.session.set(values, "moved");
  };
  for (const name of names) model.on(`change:${name}`, follow);
  const leaveTheme = followTheme(root, el);
  return () => {
    for (const name of names) model.off(`change:${name}`, follow);
    leaveTheme();
    lab.destroy();
  };
}

/** Give the focus to the cell around, whose keys work again. */
function leave(el: HTMLElement): void {
  const around = el.closest<HTMLElement>("[tabindex]");
  if (around) around.focus({ preventScroll: true });
  else (document.activeElement as HTMLElement | null)?.blur();
}

export default { render };

if (typeof document !== "undefined") start();
