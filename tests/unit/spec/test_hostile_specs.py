"""Specs that would like to take long, or to break what is made of them: a named line, or a grade."""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import hostile
from grader import grade
from grader.errors import SpecError
from grader.exercise.record import Exercise
from grader.specs.exercise import is_id, read_exercise
from hostile import STRINGS, in_turn

LONGEST = 2.0  # seconds of computing
PRIMES = [10**35 + 2 * k + 1 for k in range(3000)]  # denominators with hardly a common factor


def spec(**changes: str) -> str:
    """Return a spec in which one part is replaced; two units build a hat."""
    parts = {
        "domain": "[0, 2]",
        "target": "{points: [[0, 0], [1, 1], [2, 0]]}",
        "network": "{units: [{w: 1, b: 0}, {w: free, b: free}]}",
        "tolerance": "{value: 0.1, x: 0.1, slope: 0.1}",
    } | changes
    return "format: 1\nid: x\ntitle: x\n" + "".join(f"{k}: {v}\n" for k, v in parts.items())


def points(pairs: Iterator[tuple[str, str]]) -> str:
    return f"{{points: [{', '.join(f'[{x}, {y}]' for x, y in pairs)}]}}"


def units(lines: Iterator[str]) -> str:
    return f"{{units: [{', '.join(lines)}]}}"


MANY = range(2500)
SHAPES: dict[str, Callable[[], str]] = {
    "many segments": lambda: spec(domain="[0, 9999]", target=points((str(k), str(k % 2)) for k in range(10_000)),
                                  tolerance="{value: 0.1, x: 0.01, slope: 0.1}"),
    "too many segments": lambda: spec(domain="[0, 20000]", target=points((str(k), "0") for k in range(20_001))),
    "many units": lambda: spec(network=units("{w: free, b: free}" for _ in range(10_000))),
    "too many units": lambda: spec(network=units("{w: free, b: free}" for _ in range(30_000))),
    "fixed units with primes": lambda: spec(network=units(
        [*(f"{{w: 1/{p}, b: 1/{p + 4}}}" for p in PRIMES[:2000]), "{w: free, b: free}"])),
    "points with primes": lambda: spec(target=points(
        (str(k) if k in (0, 2) else f"{k}/1500", f"1/{PRIMES[k]}") for k in range(2000))),
    "x with primes": lambda: spec(domain="[0, 1]", target=points(
        (f"{k}/{PRIMES[k]}" if 0 < k < 999 else str(min(k, 1)), "0") for k in range(1000))),
    "target and units together": lambda: spec(
        target=points((("0", "0"), ("1", f"1/{PRIMES[0]}"), ("2", f"1/{PRIMES[9]}"))),
        network=units([*(f"{{w: 1/{p}, b: 0}}" for p in PRIMES[:900]), "{w: free, b: free}"])),
    "long decimals": lambda: spec(network=units(
        [*(f"{{w: 0.{k:037d}1, b: 0}}" for k in range(2000)), "{w: free, b: free}"])),
    "tiny exponents": lambda: spec(network=units(
        [*(f"{{w: 1e-{k + 1}, b: 0}}" for k in range(2000)), "{w: free, b: free}"])),
    "one tiny exponent": lambda: spec(tolerance="{value: 1e-999999999, x: 0.1, slope: 0.1}"),
    "a huge exponent": lambda: spec(tolerance="{value: 1e999999999, x: 0.1, slope: 0.1}"),
    "a number of a million digits": lambda: spec(tolerance=f"{{value: {'9' * 10**6}, x: 0.1, slope: 0.1}}"),
    "a ratio of a million digits": lambda: spec(tolerance=f"{{value: 1/{'9' * 10**6}, x: 0.1, slope: 0.1}}"),
    "weights with primes": lambda: spec() + "scoring: {weights: {" + ", ".join(
        f"segment-{k + 1}: 1/{p}" for k, p in enumerate(PRIMES)) + "}}\n",
    "many unknown weights": lambda: spec() + "scoring: {weights: {" + ", ".join(
        f"segmnt-{k}: 1" for k in range(20_000)) + "}}\n",
    "anchors and aliases": lambda: "a: &a [x, x]\n" + "".join(
        f"{chr(98 + k)}: &{chr(98 + k)} [*{chr(97 + k)}, *{chr(97 + k)}]\n" for k in range(20)),
    "merge keys": lambda: spec() + "base: &base {a: 1}\nmore:\n  <<: *base\n",
    "deep nesting": lambda: spec(target="[" * 50_000 + "]" * 50_000),
    "deep maps": lambda: spec(target="{a: " * 50_000 + "1" + "}" * 50_000),
    "deep blocks": lambda: spec() + "".join(f"{' ' * k}a:\n" for k in range(3000)),
    "many keys": lambda: spec() + "".join(f"key{k}: 1\n" for k in range(30_000)),
    "the same key": lambda: spec() + "title: x\n" * 30_000,
    "a very long key": lambda: spec() + f"{'k' * 1000}: 1\n" + f"? {'k' * 10**6}\n: 1\n",
    "a very long title": lambda: spec().replace("title: x", f"title: {'x' * 10**6}"),
    "a long description": lambda: spec() + "description: |\n" + "  *a* [b](c) `d`\n" * 50_000,
    "many documents": lambda: spec() + "---\n" * 30_000,
    "many tags": lambda: spec(network="{units: [" + "!!python/name:os.system {w: free, b: free}, " * 5000 + "]}"),
    "many comments": lambda: "# x\n" * 200_000 + spec(),
    "tabs and breaks": lambda: spec() + "\n\t" * 100_000,
    "quotes": lambda: spec() + "description: '" + "''" * 400_000 + "'\n",
    "sliders with primes": lambda: spec() + f"sliders: {{min: 0, max: 1, step: 1/{PRIMES[0]}}}\n",
}  # fmt: skip


LARGEST = {"many segments", "many units"}  # all that is allowed: it is graded, in its own time


def read(data: bytes, name: str = "x.yaml") -> Exercise | list[str]:
    """Return the exercise, or the lines that say what is wrong."""
    try:
        return read_exercise(data, name)
    except SpecError as error:
        return error.lines()


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(shape, marks=[pytest.mark.thorough] if shape in LARGEST else [])
        for shape in SHAPES
    ],
)
def test_a_spec_ends_soon_with_a_named_line_or_a_grade(shape: str) -> None:
    data = SHAPES[shape]().encode()
    start = time.process_time()
    found = read(data)
    if isinstance(found, Exercise):
        grade(found, dict.fromkeys(found.free, 1))
    else:
        assert all(re.match(r"x.yaml:\d+: .", line) for line in found)
        assert all(map(hostile.is_calm, found))
    traced = 3 if sys.gettrace() else 1  # where coverage is measured
    assert time.process_time() - start < (3 if shape in LARGEST else 1) * LONGEST * traced


WHOLE: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "title": "A hat",
    "description": "What is asked.",
    "domain": [0, 2],
    "target": {"segments": [
        {"on": [0, 1], "slope": 1, "intercept": 0}, {"on": [1, 2], "slope": -1, "intercept": 2}]},
    "network": {"units": [{"w": 1, "b": 0}, {"w": "free", "b": "free"}],
                "output": {"weights": [1, 1], "bias": 0}},
    "tolerance": {"value": 0.1, "x": 0.1, "slope": 0.1},
    "scoring": {"points": 10, "fade": {"value": 8, "x": 4, "slope": 4}, "position_credit": "1/2",
                "weights": {"segment-1": 1, "breakpoint-1": 2}},
    "feedback": {"reveal": "hints", "messages": {"knot-off": "Look again."}},
    "sliders": {"min": -4, "max": 4, "step": 0.1},
}  # fmt: skip


def places(node: object, path: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], str]]:
    """Yield every place in a spec where text can stand: as a value, as a key, as one key more."""
    if isinstance(node, dict):
        yield path, "more"
        for key, value in node.items():
            yield (*path, key), "key"
            yield from places(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from places(value, (*path, number))
    if path:
        yield path, "value"


def changed(node: Any, path: tuple[object, ...], way: str, text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the spec with the text in that place."""
    if not path:
        return {**node, text: 1} if way == "more" else text
    first, *rest = path
    if way == "key" and not rest:
        return {text if key == first else key: value for key, value in node.items()}
    if isinstance(node, list):
        return [changed(x, tuple(rest), way, text) if k == first else x for k, x in enumerate(node)]
    return {k: changed(x, tuple(rest), way, text) if k == first else x for k, x in node.items()}


PLACES = list(places(WHOLE))


def test_every_key_of_the_contract_is_a_place() -> None:
    assert isinstance(read_exercise(json.dumps(WHOLE).encode(), "x.json"), Exercise)
    assert len(PLACES) > 90


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize(
    "start",
    [
        pytest.param(k, marks=() if k % 37 == 0 else pytest.mark.thorough)
        for k in range(len(STRINGS))
    ],
)
def test_no_string_in_a_spec_is_shown_raw(start: int, ascii_only: bool) -> None:  # noqa: FBT001
    following = in_turn(start)
    for path, way in PLACES:
        text = following()[:3000]
        whole = json.dumps(changed(WHOLE, path, way, text), ensure_ascii=ascii_only)
        found = read(whole.encode("utf-8", "surrogatepass"), f"{text[:200]}.yaml")
        if isinstance(found, Exercise):
            assert is_id(found.id)
            shown = [found.title, found.description, *found.messages.values()]
        else:
            shown = found
            assert not any("\n" in line for line in found)
        assert all(map(hostile.is_calm, shown)), (path, way)
