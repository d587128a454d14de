"""grader doctor: show how students' code is contained on this machine and what is missing."""

import json
from collections.abc import Iterator, Sequence
from textwrap import fill

from grader.console.usage import parse, parser_of
from grader.desk.files import to_standard_output
from grader.sandbox.grader_side.health import Health, examine

MEANING = "show how code is contained here and what is missing"
_DESCRIPTION = (
    "Start the sandbox, try to break out of it, and report its parts. "
    "Exit status 0: Python submissions can be graded; 4: they cannot, JSON still can."
)

_UNHEALTHY = 4
_WIDTH = 80


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "doctor",
        _DESCRIPTION,
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object, for health checks"
    )
    options = parse(parser, arguments)
    health = examine()
    written = to_standard_output([_json(health)] if options.json else _lines(health))
    return (0 if health.ok else _UNHEALTHY) if written else 2


def _json(health: Health) -> str:
    whole = health._asdict() | {"layers": [layer._asdict() for layer in health.layers]}
    return json.dumps(whole, indent=2) + "\n"


def _lines(health: Health) -> Iterator[str]:
    if not health.ok:
        words, python, command = (health.reason or "").partition("python -c")
        yield fill(words, _WIDTH) + "\n"
        if python:  # a command to be copied is not broken into lines
            yield f"\n{python}{command}\n"
        return
    yield f"Python submissions can be graded here (arrangement: {health.arrangement}).\n\n"
    width = max(len(layer.name) for layer in health.layers)
    for layer in health.layers:
        mark = "used   " if layer.used else "missing"
        yield f"{mark} {layer.name:<{width}}  {layer.detail}\n"
        if layer.remedy:
            indent = " " * (width + 10)
            yield fill(f"to get it: {layer.remedy}", 100, initial_indent=indent,
                       subsequent_indent=indent) + "\n"  # fmt: skip
