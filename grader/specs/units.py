"""The network of a spec: which parameters are fixed, and the output weights."""

from fractions import Fraction

from grader.exact.network import ZERO, UnitSpec
from grader.exercise.record import free_parameters
from grader.specs.reader import Reader
from grader.specs.target import MAX_PARTS, sized
from grader.specs.tree import Entry, Scalar


def read_network(reader: Reader, top: dict[str, Entry]) -> tuple[list[UnitSpec], Fraction]:
    """Return the units and the output bias; no units where a problem was noted."""
    entry = top.get("network")
    if entry is None:
        return [], ZERO
    keys = reader.mapping(entry.value, "network", ("units",), ("output",))
    units = _units(reader, keys["units"]) if "units" in keys else []
    if not units or "output" not in keys:
        return units, ZERO
    path = "network.output"
    output = reader.mapping(keys["output"].value, path, (), ("weights", "bias"))
    bias = output and "bias" in output and reader.number(output["bias"].value, f"{path}.bias")
    if "weights" in output:
        units = _with_output_weights(reader, units, output["weights"])
    return units, bias or ZERO


def _units(reader: Reader, entry: Entry) -> list[UnitSpec]:
    path = "network.units"
    items = reader.items(entry.value, path, "units such as {w: free, b: free}")
    if items is None or not sized(reader, entry, path, len(items), (1, MAX_PARTS)):
        return []
    units = []
    before = len(reader.problems)
    for k, item in enumerate(items):
        keys = reader.mapping(item, f"{path}[{k}]", ("w", "b"))
        w, b = (_parameter(reader, keys.get(key), f"{path}[{k}].{key}") for key in ("w", "b"))
        units.append(UnitSpec(w, b))
    if len(reader.problems) == before and not free_parameters(units):
        reader.note(entry.line, path, "has no free parameter; write w: free or b: free")
    return units


def _parameter(reader: Reader, entry: Entry | None, path: str) -> Fraction | None:
    if entry is None or (isinstance(entry.value, Scalar) and entry.value.text == "free"):
        return None
    return reader.number(entry.value, path, allowed="a number such as 2, -0.5 or 1/3, or free")


def _with_output_weights(reader: Reader, units: list[UnitSpec], entry: Entry) -> list[UnitSpec]:
    path = "network.output.weights"
    items = reader.items(entry.value, path, "numbers, one for each unit")
    if items is None:
        return units
    weights = [reader.number(item, f"{path}[{k}]") for k, item in enumerate(items)]
    if len(weights) != len(units):
        reader.note(
            entry.line, path, f"has {len(weights)} items; it needs one for each unit: {len(units)}"
        )
        return units
    return [u if v is None else u._replace(v=v) for u, v in zip(units, weights, strict=True)]
