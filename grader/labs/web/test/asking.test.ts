import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { exerciseOf } from "../src/exercise/facts";
import { ownOf } from "../src/page/asking";
import { submission } from "../src/page/handin";
import { sha256 } from "../src/state/sha256";
import { FACTS } from "./lab";

test("a digest is the one of the standard", () => {
  for (const length of [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const text = "\u00e9x".repeat(length).slice(0, length);
    assert.equal(sha256(text), createHash("sha256").update(text, "utf8").digest("hex"));
  }
});

test("an id is known as it is written in either normal form", () => {
  const digest = sha256("salt\nzo\u00eb").slice(0, 32);
  const known = { salt: "salt", title: "", asking: { about: "", label: "", unknown: "", isId: true }, numbers: { [digest]: 7 }, common: {}, variants: {} };
  assert.deepEqual(ownOf(known, " zoe\u0308 "), { number: 7, student: "zo\u00eb" });
  assert.equal(ownOf(known, "Zo\u00eb"), null);
});

test("what is handed in names number and list", () => {
  const own = exerciseOf({ ...FACTS, variant: { number: 17, list: "abc", student: "ada" } });
  assert.match(submission(own, new Map(), "ada"), /"student": "ada", "variant": 17, "variant_list": "abc"/);
});
