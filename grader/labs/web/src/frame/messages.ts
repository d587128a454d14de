/** What the lab in a frame and the page around it say to each other, and how each reads it. */

/** From the frame: it is there; what its sliders say; how high it is, in CSS pixels. */
export type FromLab =
  | { readonly lab: "ready" }
  | { readonly lab: "values"; readonly texts: Readonly<Record<string, string>> }
  | { readonly lab: "height"; readonly height: number };

/** To the frame: what stands in the fields; `done` once nobody is typing any more. */
export interface FromFields {
  readonly lab: "fields";
  readonly texts: Readonly<Record<string, string>>;
  readonly done: boolean;
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> => typeof data === "object" && data !== null;

/** Return the texts of an object by name, whatever else is in it left out. */
function textsIn(data: unknown): Record<string, string> {
  const entries = isObject(data) ? Object.entries(data) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

export function readFromLab(data: unknown): FromLab | null {
  if (!isObject(data)) return null;
  if (data.lab === "ready") return { lab: "ready" };
  if (data.lab === "values") return { lab: "values", texts: textsIn(data.texts) };
  if (data.lab === "height" && typeof data.height === "number") return { lab: "height", height: data.height };
  return null;
}

export function readFromFields(data: unknown): FromFields | null {
  if (!isObject(data) || data.lab !== "fields") return null;
  return { lab: "fields", texts: textsIn(data.texts), done: data.done === true };
}
