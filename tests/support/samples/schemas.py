"""The package's schemas, ready to validate, and specs as the data that they would be in JSON."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from grader.specs import schemas
from grader.specs.schemas import NAMES
from grader.specs.tree import Mapping, Node, Scalar, parse
from samples import EXERCISES


def schema(name: str) -> dict[str, Any]:
    return schemas.schema(name)


VALID = {name: Draft202012Validator(schema(name)) for name in NAMES}


def problems(name: str, data: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALID[name].iter_errors(data)]


def plain(node: Node) -> Any:  # noqa: ANN401 - a tree of plain data
    """Return a spec's tree as the data that it would be in JSON."""
    if isinstance(node, Scalar):
        try:
            return json.loads(node.text) if node.plain else node.text
        except ValueError:
            return node.text
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items]


def spec(name: str) -> dict[str, Any]:
    data: dict[str, Any] = plain(parse((EXERCISES / f"{name}.yaml").read_bytes(), name))
    return data


def put(data: Any, path: tuple[str | int, ...], value: object) -> None:  # noqa: ANN401 - JSON
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value
