/** What the page around a lab and the lab in its frame take from each other, and nothing else. */

import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { readFromFields, readFromLab } from "../src/frame/messages";

test("a message is taken by its kind, with its texts alone", () => {
  deepEqual(readFromLab({ lab: "ready", more: 1 }), { lab: "ready" });
  deepEqual(readFromLab({ lab: "height", height: 900 }), { lab: "height", height: 900 });
  deepEqual(readFromLab({ lab: "values", texts: { w1: "1", b1: 2, w2: null } }), { lab: "values", texts: { w1: "1" } });
  deepEqual(readFromFields({ lab: "fields", texts: { w1: "1/3" }, done: 1 }), { lab: "fields", texts: { w1: "1/3" }, done: false });
});

test("anything else is nothing", () => {
  for (const data of [null, undefined, 1, "ready", [], {}, { lab: "other" }, { lab: "height", height: "1" }]) equal(readFromLab(data), null);
  for (const data of [null, "fields", {}, { lab: "values" }]) equal(readFromFields(data), null);
  deepEqual(readFromLab({ lab: "values", texts: null }), { lab: "values", texts: {} });
});
