import assert from "node:assert/strict";
import { test } from "node:test";
import { exact, fraction, ratio } from "../src/exact/rational";
import { inOrder, plans } from "../src/mistakes/answers";
import { NOTHING_KNOWN, type Answer } from "../src/mistakes/cases";
import { tableOf, type Formula, type HintFacts } from "../src/mistakes/table";

const idea = { text: "", look: "wb" };
const special = {
  spare: idea, spareGiven: idea, given: { w: idea, b: idea }, output: {}, alone: {}, rounding: idea,
  mirrored: ["", ""] as const,
};
const facts = (...numbers: [Formula, Formula][]): HintFacts => ({
  mistakes: [{
    code: "one", meaning: "", idea: null, onLine: null, needs: 0, numbers, looks: null, explains: "", alone: "",
  }],
  remarks: [],
  special,
  messages: {},
});
const answer: Answer = { ...NOTHING_KNOWN, w: exact("2"), t: exact("3"), elsewhere: [exact("1"), exact("4")] };
const points = (...numbers: [Formula, Formula][]): string[] =>
  (tableOf(facts(...numbers)).mistakes[0]?.numbers?.(answer) ?? []).map(([w, b]) => `${fraction(w)} ${fraction(b)}`);

test("a formula is done as it is written", () => {
  assert.deepEqual(points(["w", ["*", ["neg", "w"], "t"]], ["1/2", ["/", ["-", "w", "5"], ["+", "t", "1"]]]), [
    "2 -6",
    "1/2 -3/4",
  ]);
  assert.deepEqual(points([["abs", "-2"], "0"]), ["2 0"]);
});

test("x stands for each other breakpoint and end in turn", () => {
  assert.deepEqual(points(["w", ["*", "w", "x"]]), ["2 2", "2 8"]);
});

test("an operation that is not known is refused, not passed over", () => {
  assert.throws(() => points(["w", ["root", "w"]]), /root/);
});

test("|x| can be made by one unit on each side, and by a line and a turn", () => {
  const [left, right, zero, one] = [exact("-1"), exact("1"), ratio(0n), ratio(1n)];
  const rest = [
    { left, right: zero, slope: ratio(-1n), intercept: zero },
    { left: zero, right, slope: one, intercept: zero },
  ];
  const found = [...plans(rest, 2, [left, right])].map((plan) => plan.map(({ slope }) => fraction(slope)));
  assert.deepEqual(found, [["-1", "1"]]);
});

test("a task goes to the unit whose given number is the right one, before one that is free", () => {
  const task = { x: exact("2"), slope: exact("3"), intercept: exact("-6"), sign: 1 };
  const free = { w: null, b: null, v: ratio(1n), fixed: false };
  const fitting = { ...free, w: exact("3") };
  assert.deepEqual(inOrder([task], [free, fitting], [0, 1]), [null, task]);
  assert.equal(inOrder([task], [{ ...free, v: ratio(-1n) }], [0]), null);
});
