import assert from "node:assert/strict";
import { test } from "node:test";
import { add, approximate, cmp, decimal, exact, floor, fraction, mul, parse, ratio, round, sub, terminating } from "../src/exact/rational";

test("0.1 twice is 0.2", () => {
  assert.equal(fraction(add(exact("0.1"), exact("0.1"))), "1/5");
});

test("what a text writes", () => {
  for (const [text, wanted] of [["-2", "-2"], ["1e-3", "1/1000"], ["1/3", "1/3"], [".5", "1/2"], ["5.", "5"], ["+1E2", "100"]] as const)
    assert.equal(fraction(exact(text)), wanted);
  for (const text of ["", ".", "-", "1/0", "1/-3", "0x10", "1 2", "NaN", "1e9999", "e5", "1_000"]) assert.equal(parse(text), null, text);
});

test("laws of a field, on many ratios", () => {
  const some = ["0", "1", "-1/3", "22/7", "-0.1", "1e12", "7/1000003"].map(exact);
  for (const a of some)
    for (const b of some)
      for (const c of some) {
        assert.deepEqual(mul(a, add(b, c)), add(mul(a, b), mul(a, c)));
        assert.equal(cmp(a, b), cmp(sub(a, b), ratio(0n)));
      }
});

test("decimals are cut, never rounded up", () => {
  assert.equal(decimal(exact("99.999999"), 2), "99.99");
  assert.equal(decimal(exact("-1/3"), 3), "-0.333");
  assert.equal(terminating(exact("1/3")), null);
  assert.equal(terminating(exact("-1/8")), "-0.125");
});

test("whole numbers below and nearest", () => {
  assert.equal(floor(exact("-1/2")), -1n);
  assert.equal(round(exact("5/2")), 3n);
  assert.equal(round(exact("-5/2")), -2n);
});

test("doubles for drawing, of numbers beyond a double's parts too", () => {
  assert.equal(approximate(ratio(10n ** 400n, 3n * 10n ** 399n)), 10 / 3);
});
