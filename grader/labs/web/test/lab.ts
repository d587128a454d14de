/** The lab's exercise, as the page carries it. */

import type { Facts } from "../src/exercise/facts";

const check = (id: string, left: string, right: string, change: string, guard = false) =>
  ({
    id,
    kind: id.startsWith("segment") ? "segment" : "breakpoint",
    role: guard ? "guard" : "goal",
    left,
    right,
    change,
    blank: guard ? "1" : "0",
    share: "1/5",
    worth: guard ? "0" : "25",
  }) as const;

export const FACTS: Facts = {
  format: 1,
  version: "0",
  id: "relu-three-segments",
  title: "Lab",
  digest: "0123456789abcdef",
  domain: ["0", "3"],
  segments: [
    ["0", "1", "-2", "2"],
    ["1", "2", "1", "-1"],
    ["2", "3", "3", "-5"],
  ],
  units: [
    ["-2", "2", "1"],
    [null, null, "1"],
    [null, null, "1"],
  ],
  bias: "0",
  tolerance: ["1/20", "1/20", "1/20"],
  fade: ["8", "4", "4"],
  positionCredit: "1/2",
  points: "100",
  reveal: "hints",
  live: "full",
  sliders: ["w1", "b1", "w2", "b2"].map((name) => ({ name, min: "-4", max: "4", step: "1/10" })),
  checks: [
    check("segment-1", "0", "1", "0", true),
    check("segment-2", "1", "2", "0"),
    check("segment-3", "2", "3", "0"),
    check("breakpoint-1", "1", "1", "3"),
    check("breakpoint-2", "2", "2", "2"),
  ],
  hints: null,
  handIn: null,
  intro: false,
};
