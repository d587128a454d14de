"""A small exercise with variants, for tests of all that is done with them."""

VARIED = """\
format: 1
id: varied
title: Turn at x = {t1}
description: |
  Up to {t1} it is 0, then {s1}x {+ -s1*t1}; a brace is {{.
domain: [0, 4]
variants:
  choices:
    t1: [1, 3/2, 2]
    t2: [5/2, 3]
    s1: [1, 2]
    s2: [1/2, 1, 3/2]
  conditions:
    - t2 - t1 >= 1
    - s1 != s2
target:
  points: [[0, 0], [$t1, 0], [$t2, $s1*($t2 - $t1)], [4, $s1*(4 - $t1) + $s2*(4 - $t2)]]
network:
  units:
    - {w: free, b: free}
    - {w: free, b: free}
tolerance: {value: 0.05, x: 0.05, slope: 0.05}
sliders: {min: -8, max: 8, step: 0.25}
"""
COUNT = 25


def varied(*pairs: tuple[str, str]) -> str:
    """Return the spec with some of its text changed."""
    text = VARIED
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
