import assert from "node:assert/strict";
import { test } from "node:test";
import { exact, fraction } from "../src/exact/rational";
import { exerciseOf } from "../src/exercise/facts";
import { submission } from "../src/page/handin";
import { cut, plainText, read, said, short, snapped, stepOf } from "../src/state/decimals";
import { readFragment, write } from "../src/state/fragment";
import { blank, createSession } from "../src/state/session";
import { FACTS } from "./lab";

const lab = exerciseOf(FACTS);
const slider = lab.sliders[0];
if (!slider) throw new Error("the lab has sliders");
const values = (text: string) =>
  new Map(text.split(" ").map((each, i) => [lab.sliders[i]?.name ?? "", exact(each)] as const));

test("a slider's steps are exact", () => {
  assert.equal(stepOf(slider, exact("0.3")), 43);
  assert.equal(fraction(snapped(slider, exact("0.34"))), "3/10");
  assert.equal(plainText(snapped(slider, exact("-99"))), "-4");
});

test("what a field reads", () => {
  const value = (text: string) => {
    const found = read(text, slider);
    return "value" in found ? plainText(found.value) : found.fault;
  };
  assert.equal(value("\u22121,5"), "-1.5");
  assert.equal(value("1/2"), "number");
  assert.equal(value("4.0000001"), "range");
  assert.equal(value("0.1234567890123456"), "digits");
});

test("numbers in sentences are true", () => {
  assert.equal(short(exact("5/3")), "5/3");
  assert.equal(said(exact("1/3")), "1/3");
  assert.equal(said(exact("1234567/1000003")), "about 1.235");
  assert.equal(cut(exact("99.9999")), "99.99");
  assert.equal(cut(exact("0.0001")), "0.01");
});

test("an address brings back the values, and no other's does", () => {
  const set = values("1 -1 2.5 -4");
  const hash = write(lab, set);
  assert.deepEqual(readFragment(lab, hash), set);
  for (const bad of ["", "#", hash.replace("lab1", "lab2"), hash.replace("w1", "w3"), hash.replace("=1", "=9"), `${hash};w1=1`, hash.replace("0123", "9123")])
    assert.equal(readFragment(lab, bad), null, bad);
});

test("undo and redo walk the same way; a gesture is one step", () => {
  const session = createSession(lab, blank(lab));
  for (const each of ["0.1", "0.2", "0.3"]) session.set(new Map([["w1", exact(each)]]), "moving");
  session.settle();
  session.set(new Map([["b1", exact("-1")]]), "moved");
  const last = session.values;
  assert.equal(session.undo(), "b1");
  assert.equal(session.undo(), "w1");
  assert.equal(session.undo(), null);
  session.redo();
  session.redo();
  assert.deepEqual(session.values, last);
  session.reset();
  assert.deepEqual(session.values, blank(lab));
  session.undo();
  assert.deepEqual(session.values, last);
  session.set(new Map([["w1", exact("2")]]), "moving");
  session.cancel();
  assert.deepEqual(session.values, last);
});

test("what is handed in is JSON with the decimals that are shown", () => {
  const text = submission(lab, values("0.1 -1 2 -4"), 'A "name" \u2028</script>');
  assert.deepEqual(JSON.parse(text), { exercise: "relu-three-segments", student: 'A "name" \u2028</script>', w1: 0.1, b1: -1, w2: 2, b2: -4 });
});
