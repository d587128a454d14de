/** Making elements: text enters as text alone, never as markup. */

type Attributes = Readonly<Record<string, string | number | boolean | null>>;
type Child = Node | string | null;

/** Return an element with its attributes and children; null and false leave an attribute out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  element.append(...children.filter((child) => child !== null));
  return element;
}

const HEADINGS = ["h1", "h2", "h3", "h4"] as const;
export type Heading = (typeof HEADINGS)[number];

/** Return the element's name for a heading of this level. */
export const headingAt = (level: number): Heading => HEADINGS[level - 1] ?? "h4";

export function button(words: string, name: string, press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: name }, words);
  made.addEventListener("click", press);
  return made;
}

/** Return the words with each parameter, x and z in italics, as mathematics is set; the article a is none. */
export function italic(words: string): (Node | string)[] {
  return words.split(/(?<![A-Za-z])([wb]\d+|[wbxz]|a(?! [A-Za-z]))(?![A-Za-z0-9])/).map((part, i) => (i % 2 ? make("i", {}, part) : part));
}

export const picture = (): SVGSVGElement => document.createElementNS("http://www.w3.org/2000/svg", "svg");
