/** A notebook has a theme of its own, whatever the system prefers: the lab takes that of its surroundings. */

import { make } from "./dom";

const HALF = 128; // of 255
const WEIGHTS = [0.2126, 0.7152, 0.0722]; // of red, green and blue in luminance; ITU-R BT.709

/** Keep the classes `dark` and `light` of the root true to what stands behind `outer`; return how to stop. */
export function followTheme(root: HTMLElement, outer: HTMLElement): () => void {
  const brush = make("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const look = (): void => {
    const light = brush && outer.isConnected ? lightness(brush, outer) : null;
    root.classList.toggle("dark", light !== null && light < HALF);
    root.classList.toggle("light", light !== null && light >= HALF);
  };
  // Only once it stands in the document anything stands behind it; that it has a size tells so.
  const appearing = new ResizeObserver(look);
  appearing.observe(outer);
  const switching = new MutationObserver(look);
  for (const each of [document.documentElement, document.body]) switching.observe(each, { attributes: true });
  return () => {
    appearing.disconnect();
    switching.disconnect();
  };
}

/** Return how light the nearest background is, 0 to 255; null where none is painted. */
function lightness(brush: CanvasRenderingContext2D, from: Element): number | null {
  for (let at: Element | null = from; at; at = parentOf(at)) {
    brush.clearRect(0, 0, 1, 1);
    // The canvas knows every way to write a colour.
    brush.fillStyle = window.getComputedStyle(at).backgroundColor;
    brush.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
    if (alpha >= HALF) return [red, green, blue].reduce((sum, part, i) => sum + part * (WEIGHTS[i] ?? 0), 0);
  }
  return null;
}

/** Return the element around this one, out of a shadow tree, too. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
