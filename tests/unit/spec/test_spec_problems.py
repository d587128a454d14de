"""Every problem of a spec to the letter, with its line and its key."""

import pytest

from grader.errors import SpecError
from grader.specs.exercise import read_exercise
from spec_text import NUMBER, SPEC, changed, problems, read


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("format: 1", "format: 2", ['1: format: "2" is not allowed; it must be 1']),
        ("format: 1\n", "", ["1: format: is missing"]),
        ("id: hat", "id: cap", ['2: id: is "cap"; it must be the file\'s name, "hat"']),
        ("id: hat", "id: h t", ["2: id: must be letters, digits and hyphens, at most 100"]),
        ("id: hat", "id: [hat]", ["2: id: is a list; it must be text"]),
        ("id: hat", 'id: ""', ["2: id: is empty; give it a value or delete it"]),
        ("title: A hat", "title:", ["3: title: is empty; give it a value or delete it"]),
        ("title: A hat", "title: ~", ["3: title: is empty; give it a value or delete it"]),
        ("title: A hat", 'title: " "', ["3: title: is empty; give it a value or delete it"]),
        (
            "title: A hat",
            "titel: A hat",
            [
                "1: title: is missing",
                "3: titel: unknown key; did you mean title? Allowed are: format, id, title, "
                "domain, target, network, tolerance, description, scoring, feedback, sliders, "
                "submission, variants, variant",
            ],
        ),
        (
            "fade: {",
            "zzz: {",
            [
                "18: scoring.zzz: unknown key; allowed are: points, fade, position_credit, "
                "weights"
            ],
        ),
        ("[0, 3]", "[0, 4]", ["7: target.segments: cover 0 to 3, but the domain is 0 to 4; make them the same"]),
        ("[0, 3]", "[3, 0]", ["5: domain: goes from 3 to 0; left must be smaller"]),
        ("[0, 3]", "[0]", ["5: domain: has 1 items; it must be two numbers, from left to right"]),
        ("[0, 3]", "3", ['5: domain: is the text "3"; it must be a list of two numbers, from left to right']),
        ("domain: [0, 3]\n", "", ["1: domain: is missing"]),
        ("on: [1, 2]", "on: [1.5, 2]", ["9: target.segments[1]: starts at 3/2, but the segment before ends at 1: a gap"]),
        ("on: [1, 2]", "on: [0.5, 2]", ["9: target.segments[1]: starts at 1/2, but the segment before ends at 1: an overlap"]),
        (
            "intercept: -1",
            "intercept: -0.5",
            [
                "9: target.segments[1]: is 1/2 at x = 1, but the segment before ends at 0: the "
                "target must be continuous",
                "10: target.segments[2]: is 1 at x = 2, but the segment before ends at 3/2: the "
                "target must be continuous",
            ],
        ),
        ("on: [1, 2]", "on: [2, 1]", ["9: target.segments[1].on: must go from left to right"]),
        ("slope: 1,", "slope: yes,", [f'9: target.segments[1].slope: "yes" is not a number; it must be {NUMBER}']),
        ("slope: 1,", "slope: 0x10,", [f'9: target.segments[1].slope: "0x10" is not a number; it must be {NUMBER}']),
        ("slope: 1,", "slope: 1_000,", [f'9: target.segments[1].slope: "1_000" is not a number; it must be {NUMBER}']),
        ("slope: 1,", "slope: 017,", [f'9: target.segments[1].slope: "017" is not a number; it must be {NUMBER}']),
        ("slope: 1,", "slope: 1:30,", [f'9: target.segments[1].slope: "1:30" is not a number; it must be {NUMBER}']),
        ("slope: 1,", 'slope: "1",', [f'9: target.segments[1].slope: "1" is text in quotes; it must be {NUMBER}']),
        ("slope: 1,", "slope: [1],", [f"9: target.segments[1].slope: is a list; it must be {NUMBER}"]),
        ("slope: 1,", "slope: 1e-999999999,", [f'9: target.segments[1].slope: "1e-999999999" has an exponent beyond 400; it must be {NUMBER}']),
        ("slope: 1,", "slope: 2e9,", [f'9: target.segments[1].slope: "2e9" is over 1e9 in magnitude; it must be {NUMBER}']),
        ("slope: 1,", "", ["9: target.segments[1].slope: is missing"]),
        ("weights: [1, 1, 1]", "weights: [1, 1]", ["16: network.output.weights: has 2 items; it needs one for each unit: 3"]),
        ("weights: [1, 1, 1]", "weights: [1, a, 1]", [f'16: network.output.weights[1]: "a" is not a number; it must be {NUMBER}']),
        ("weights: [1, 1, 1]", "weights: 1", ['16: network.output.weights: is the text "1"; it must be a list of numbers, one for each unit']),
        ("bias: 0", "bias: much", [f'16: network.output.bias: "much" is not a number; it must be {NUMBER}']),
        ("w: free", "w: fre", [f'14: network.units[1].w: "fre" is not a number; it must be {NUMBER}, or free']),
        ("w: free, ", "", ["14: network.units[1].w: is missing"]),
        ("value: 0.05, ", "", ["17: tolerance.value: is missing"]),
        ("value: 0.05", "value: -1", ['17: tolerance.value: "-1" is not allowed; it must be a number, 0 or more']),
        ("tolerance: {value: 0.05, x: 0.05, slope: 0.05}", "tolerance: 0.05", ['17: tolerance: is the text "0.05"; it must be keys and values: value, x, slope']),
        ("points: 100", "points: 0", ['18: scoring.points: "0" is not allowed; it must be a number over 0']),
        ("slope: 4", "slope: 0.9", ['18: scoring.fade.slope: "0.9" is not allowed; it must be a number, 1 or more']),
        ("slope: 4", "sloppy: 4", ["18: scoring.fade.sloppy: unknown key; did you mean slope? Allowed are: value, x, slope"]),
        ("fade: {value: 8, x: 4, slope: 4}", "near: 2", ["18: scoring.near: unknown key; allowed are: points, fade, position_credit, weights"]),
        ("1/2", "1", ['18: scoring.position_credit: "1" is not allowed; it must be a number, 0 or more and under 1']),
        ("weights: {}", "weights: {segment-1: 0}", ['18: scoring.weights.segment-1: "0" is not allowed; it must be a number over 0']),
        (
            "weights: {}",
            "weights: {segment-4: 1}",
            [
                "18: scoring.weights.segment-4: unknown key; did you mean segment-3? Allowed "
                "are: segment-1, segment-2, segment-3, breakpoint-1, breakpoint-2"
            ],
        ),
        ("reveal: hints", "reveal: all", ['19: feedback.reveal: "all"; allowed are: verdict, hints, answers'.replace('"all"', 'is "all"')]),
        ("reveal: hints", "reveal: [a]", ["19: feedback.reveal: is a list; it must be text"]),
        ("messages: {}", "messages: {dead-unit: [a]}", ["19: feedback.messages.dead-unit: is a list; it must be text"]),
        ("min: -4", "min: 4", ["20: sliders: min must be smaller than max"]),
        ("step: 0.1", "step: 0", ["20: sliders.step: must be over 0"]),
        ("min: -4, ", "", ["20: sliders.min: is missing"]),
        ("x: 0.05", "x: 0.125", ["6: target: breakpoints 1 and 2 are 1 apart; they must be more than 2 * fade.x * tolerance.x = 1 apart"]),
        ("{w: -2, b: 2}", "{w: -2, b: 2, v: 1}", ["13: network.units[0].v: unknown key; allowed are: w, b"]),
    ],
)  # fmt: skip
def test_one_problem(old: str, new: str, expected: list[str]) -> None:
    assert problems(changed((old, new))) == expected


@pytest.mark.parametrize(
    ("start", "end", "new", "expected"),
    [
        ("target:", "network:", "", ["1: target: is missing"]),
        ("target:", "network:", "target: {}\n", ["6: target: needs one key: segments or points"]),
        ("target:", "network:", "target: 5\n", ['6: target: is the text "5"; it must be keys and values: segments, points']),
        ("target:", "network:", "target: {segments: }\n", ["6: target.segments: is empty; give it a value or delete it"]),
        ("target:", "network:", "target: {segments: 5}\n", ['6: target.segments: is the text "5"; it must be a list of segments']),
        ("target:", "network:", "target: {segments: []}\n", ["6: target.segments: has 0 items; it needs 1 to 10000"]),
        ("network:", "tolerance:", "", ["1: network: is missing"]),
        ("network:", "tolerance:", "network: {output: {}}\n", ["11: network.units: is missing"]),
        ("network:", "tolerance:", "network: {units: []}\n", ["11: network.units: has 0 items; it needs 1 to 10000"]),
        ("network:", "tolerance:", "network: {units: 3}\n", ['11: network.units: is the text "3"; it must be a list of units such as {w: free, b: free}']),
        ("network:", "tolerance:", "network: {units: [{w: 1, b: 1}]}\n", ["11: network.units: has no free parameter; write w: free or b: free"]),
        ("tolerance:", "scoring:", "", ["1: tolerance: is missing"]),
        ("  output:", "tolerance:", "  output: {bias: 0}\n", []),
        ("scoring:", "sliders:", "scoring: {weights: {}}\n", []),
        ("scoring:", "feedback:", "scoring: {weights: []}\n", ["18: scoring.weights: is a list; it must be keys and values: segment-1, segment-2, segment-3, breakpoint-1, breakpoint-2"]),
    ],
)  # fmt: skip
def test_a_part_that_is_another(start: str, end: str, new: str, expected: list[str]) -> None:
    text = SPEC[: SPEC.index(start)] + new + SPEC[SPEC.index(end) :]
    if expected:
        assert problems(text) == expected
    else:
        assert read(text)


def test_both_forms_of_a_target_are_one_too_many() -> None:
    assert problems(changed(("  segments:", "  points: [[0, 1], [3, 4]]\n  segments:"))) == [
        "6: target: needs one key: segments or points"
    ]


def test_all_problems_are_reported_at_once() -> None:
    text = changed(
        ("format: 1", "format: one"),
        ("title: A hat", "titel: A hat"),
        ("on: [2, 3]", "on: [2, 4]"),
        ("value: 0.05", "value: none"),
        ("points: 100", "points: -1"),
        ("reveal: hints", "reveal: much"),
        ("step: 0.1", "step: -1"),
    )
    assert [line.split(": ")[:2] for line in problems(text)] == [
        ["1", "format"],
        ["1", "title"],
        ["3", "titel"],
        ["7", "target.segments"],
        ["17", "tolerance.value"],
        ["18", "scoring.points"],
        ["19", "feedback.reveal"],
        ["20", "sliders.step"],
    ]


def test_weights_of_a_target_that_cannot_be_read_are_left_alone() -> None:
    text = changed(("slope: 1,", "slope: x,"), ("weights: {}", "weights: {segment-9: -1}"))
    assert [line.split(": ")[1] for line in problems(text)] == [
        "target.segments[1].slope",
        "scoring.weights.segment-9",
    ]


BLANK = (
    "11: network: the blank submission, every free parameter 0, already passes every check; "
    "leave more for the student to do"
)


def test_a_blank_that_passes_is_reported_beside_other_problems() -> None:
    easy = changed(("value: 0.05", "value: 99"), ("slope: 0.05", "slope: 99"))
    assert problems(easy) == [BLANK]
    assert problems(easy.replace("step: 0.1", "step: 0")) == [
        BLANK,
        "20: sliders.step: must be over 0",
    ]


def test_missing_freedom_is_reported_beside_other_problems() -> None:
    fixed = changed(("{w: free, b: free}", "{w: 1, b: 1}"), ("{w: free, b: free}", "{w: 1, b: 1}"))
    assert problems(fixed.replace("format: 1", "format: 3")) == [
        '1: format: "3" is not allowed; it must be 1',
        "12: network.units: has no free parameter; write w: free or b: free",
    ]


def test_a_file_name_that_cannot_be_an_id_is_to_be_changed() -> None:
    with pytest.raises(SpecError) as caught:
        read_exercise(b"id: hat\n", "my hat.yaml", "my hat")
    assert 'name the file hat.yaml, for "my hat" cannot be an id' in str(caught.value)
