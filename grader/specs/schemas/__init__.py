"""The JSON Schema of each file format; lists that a table of the package holds are read from it."""

import json
from collections.abc import Mapping
from importlib.resources import files

from grader.mistakes.table import DIAGNOSES
from grader.text.codes import ERRORS, LIVE, ORDERS, REVEAL

NAMES = ("exercise", "submission", "report", "course", "analysis", "regrading")
# In a file the name of a table takes the place of a list of words, or of properties by name.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "diagnoses": tuple(DIAGNOSES),
    "errors": tuple(ERRORS),
    "live": LIVE,
    "orders": ORDERS,
    "reveal": REVEAL,
}


def schema(name: str) -> dict[str, object]:
    """Return the schema of one of NAMES, complete."""
    text = files("grader.specs").joinpath(f"schemas/{name}.json").read_text("utf-8")
    return json.loads(text, object_pairs_hook=_filled)  # type: ignore[no-any-return]


def _filled(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of a schema with its table, if it names one, put in."""
    read = dict(pairs)
    if isinstance(words := read.get("enum"), str):
        read["enum"] = list(_TABLES[words])
    if read.get("properties") == "diagnoses":
        read["properties"] = {
            code: {"description": f"{meaning[0].upper()}{meaning[1:]}.", "$ref": "#/$defs/text"}
            for code, meaning in DIAGNOSES.items()
        }
    return read
