import assert from "node:assert/strict";
import { test } from "node:test";
import { exact } from "../src/exact/rational";
import { exerciseOf } from "../src/exercise/facts";
import { grade } from "../src/exercise/grading";
import { grown, firstRange } from "../src/pictures/frame";
import { reach } from "../src/pictures/unit";
import { announcement, inWords, lineText, standing, unitSummary } from "../src/words/sentences";
import { askedPlace } from "../src/page/warmup";
import { FACTS } from "./lab";

const lab = exerciseOf(FACTS);
const verdict = (text: string) => grade(lab, new Map(text.split(" ").map((each, i) => [lab.sliders[i]?.name ?? "", exact(each)])));

test("the picture in words", () => {
  assert.equal(
    inWords(lab, verdict("1 -1 2.5 -4"), "full"),
    "Your network goes from (0, 2) down to (1, 0), up to (1.6, 0.6) and up to (3, 5.5). It equals the target from x = 0 to 1.6. " +
      "It is furthest above the target at x = 3: 5.5 instead of 4. Off by 0.05 or less counts as right. " +
      "The target goes from (0, 2) down to (1, 0), up to (2, 1) and up to (3, 4).",
  );
});

test("what `live` hides is left out", () => {
  const wrong = verdict("1 -1 2.5 -4");
  assert.doesNotMatch(inWords(lab, wrong, "checks"), /equals|furthest|Off by/);
  assert.equal(standing(wrong, "none", false), "Your network and the target");
  assert.equal(announcement(lab, wrong, "none", 2), "Unit 2 turns at x = 1.6 and adds +2.5.");
  assert.equal(announcement(lab, wrong, "checks", 2), "Unit 2 turns at x = 1.6 and adds +2.5. 1 of 4 goals right.");
});

test("announcements", () => {
  assert.equal(announcement(lab, verdict("1 -1 2 -4"), "full", 1), "All 4 goals right. The network is the target from x = 0 to 3.");
  assert.match(announcement(lab, verdict("1 -1.04 2 -4"), "full", 1), /within tolerance from x = 0 to 3\.$/);
  assert.equal(announcement(lab, verdict("0 1 2 -4"), "checks", 1), "Unit 1 is flat. 1 of 4 goals right.");
});

test("a unit's line", () => {
  for (const [w, b, wanted] of [["1", "-1", "x \u2212 1"], ["-1", "0", "\u2212x"], ["0", "2", "2"], ["5/3", "1", "(5/3)x + 1"], ["-2", "2", "\u22122x + 2"]] as const)
    assert.equal(lineText(exact(w), exact(b)), wanted);
});

test("a turn outside is said to be outside", () => {
  const [, unit] = verdict("1 -4 0 0").units;
  assert.equal(unit && unitSummary(lab, unit), "turns at 4, outside");
});

test("the plot grows in quarters and keeps what it has", () => {
  const first = firstRange(lab);
  assert.deepEqual(first, { low: -1, high: 5 });
  const { network } = verdict("1 -1 2.5 -4");
  assert.deepEqual(grown(first, lab, network), { low: -1, high: 6 });
  assert.deepEqual(grown(first, lab, verdict("4 4 4 4").network), { low: -1, high: 9 });
});

test("unit plots share one scale of 1, 2 or 5", () => {
  assert.equal(reach(lab, verdict("1 -1 2 -4").units), 5);
  assert.equal(reach(lab, verdict("0 0 4 4").units), 20);
});

test("the warm-up asks for a place where the exercise has no turn", () => {
  assert.deepEqual(askedPlace(lab), exact("3/2"));
});
