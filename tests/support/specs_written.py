"""A spec that a test writes."""

from pathlib import Path

from samples.specs import spec


def write(folder: Path, changes: list[tuple[str, str]]) -> Path:
    path = folder / "case.yaml"
    path.write_text(spec(changes), "utf-8")
    return path
