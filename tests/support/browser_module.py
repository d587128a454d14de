"""The lab's built module run in Node, on exercises and settings that a test makes."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import grader.labs
from grader.exercise.record import Exercise
from grader.labs.payload import payload

MODULE = Path(grader.labs.__file__).parent / "static/lab.js"
_RUN = f"""
import * as lab from {json.dumps(MODULE.as_uri())};
import {{ readFileSync }} from "node:fs";
const {{ name, more, batches }} = JSON.parse(readFileSync(0, "utf8"));
const found = batches.map(({{ facts, rows }}) => lab[name](facts, rows, ...more));
process.stdout.write(JSON.stringify(found));
"""

# The free parameters by name, as texts.
Row = Mapping[str, str]
Batch = tuple[Exercise, Sequence[Row]]


def in_node(name: str, batches: Iterable[Batch], *more: object) -> list[list[Any]]:
    """Return what the module's function of this name returns for each batch of settings."""
    data = [
        {"facts": payload(exercise, (), hand_in=None, intro=False), "rows": rows}
        for exercise, rows in batches
    ]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", _RUN],
        input=json.dumps({"name": name, "more": more, "batches": data}),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def shown(value: Fraction) -> str:
    """Return the decimal that a double of the value is read as."""
    number = value.numerator / value.denominator
    return str(int(number)) if number.is_integer() else repr(number)
