import assert from "node:assert/strict";
import { test } from "node:test";
import { exact, ratio } from "../src/exact/rational";
import { number, rounded, toDouble } from "../src/words/numbers";

test("a number is written as the report writes it", () => {
  const cases = [
    ["0", "0"],
    ["-2", "-2"],
    ["0.000001", "0.000001"],
    ["1/3", "1/3"],
    ["-5/12", "-5/12"],
    ["1/13", "about 0.0769231"],
    ["1000000000000", "about 1e+12"],
    ["123456789.1234567", "about 1.23457e+08"],
    ["1/30000", "about 3.33333e-05"],
    ["200000/3", "200000/3"],
    ["200000/13", "about 15384.6"],
  ] as const;
  for (const [value, text] of cases) assert.equal(number(exact(value)), text);
});

test("a rounded number that would read like another gets more digits", () => {
  assert.equal(number(exact("1.0000001"), exact("1")), "about 1.0000001");
  assert.equal(number(exact("1.0000001"), exact("2")), "about 1");
});

test("a half goes to the even digit", () => {
  assert.equal(rounded(5 / 512, 6), "0.00976562");
  assert.equal(rounded(3 / 256, 6), "0.0117188");
  assert.equal(rounded(999999.5, 6), "1e+06");
  assert.equal(rounded(0.1, 17), "0.10000000000000001");
});

test("the nearest double of a ratio of long numbers", () => {
  assert.equal(toDouble(ratio(10n ** 40n + 1n, 3n * 10n ** 40n)), 1 / 3);
  assert.equal(toDouble(ratio(2n ** 53n + 1n)), 2 ** 53);
  assert.equal(toDouble(ratio(2n ** 54n + 3n, 2n)), 2 ** 53 + 2);
  assert.equal(toDouble(ratio(-(10n ** 400n), 10n ** 399n)), -10);
  assert.equal(toDouble(ratio(10n ** 400n)), Infinity);
  assert.equal(number(ratio(10n ** 400n)), "a number too large to write");
});
