/** The page around a lab in a frame: a form whose fields and the lab's sliders say the same numbers. */

import { readFromLab, type FromFields } from "./frame/messages";

const LOWEST = 200; // CSS pixels that a frame may have
const HIGHEST = 6000;
const NUMBER = /^-?\d{1,30}(\.\d{1,30})?$/;

/** Put a lab into each place that asks for one: data-lab is its address, data-names the fields. */
for (const place of document.querySelectorAll<HTMLElement>("[data-lab]")) void put(place);

async function put(place: HTMLElement): Promise<void> {
  const frame = document.createElement("iframe");
  frame.title = "The exercise with sliders";
  // Scripts alone: the lab has no way to the page, its cookies or its address.
  frame.setAttribute("sandbox", "allow-scripts");
  Object.assign(frame.style, { border: "0", display: "block", width: "100%", height: "800px" });
  connect(frame, fieldsOf(place));
  try {
    const answer = await fetch(place.dataset.lab ?? "");
    if (!answer.ok) throw new Error(answer.statusText);
    // Its text, not its address: a platform may refuse to be shown in frames.
    frame.srcdoc = await answer.text();
    place.replaceChildren(frame);
  } catch {
    place.textContent = "The sliders could not be loaded. Type your numbers into the fields.";
  }
}

type Fields = ReadonlyMap<string, HTMLInputElement>;

function fieldsOf(place: HTMLElement): Fields {
  const found = new Map<string, HTMLInputElement>();
  const names = (place.dataset.names ?? "").split(" ");
  for (const field of (place.closest("form") ?? document).querySelectorAll("input"))
    if (names.includes(field.name)) found.set(field.name, field);
  return found;
}

function connect(frame: HTMLIFrameElement, fields: Fields): void {
  let writing = false;
  const tell = (done: boolean): void => {
    const texts = Object.fromEntries([...fields].map(([name, { value }]) => [name, value]));
    const message: FromFields = { lab: "fields", texts, done };
    // The frame has no origin to name; nobody else is in it.
    frame.contentWindow?.postMessage(message, "*");
  };
  const write = (name: string, text: string): void => {
    const field = fields.get(name);
    if (!field || field.disabled || field.readOnly || !NUMBER.test(text)) return;
    field.value = text;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  window.addEventListener("message", ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || origin !== "null") return;
    const message = readFromLab(data);
    if (message?.lab === "ready") tell(true);
    if (message?.lab === "height") frame.style.height = `${Math.min(HIGHEST, Math.max(LOWEST, message.height))}px`;
    if (message?.lab !== "values") return;
    writing = true;
    for (const [name, text] of Object.entries(message.texts)) write(name, text);
    writing = false;
  });
  for (const field of fields.values())
    for (const kind of ["input", "change"])
      field.addEventListener(kind, () => {
        if (!writing) tell(kind === "change");
      });
}
