"""A download, and who handed in what by it."""

from pathlib import Path

from collections_made import RIGHT, zipped
from grader.cohort.collection import manifest, reader
from grader.cohort.manifest import HandIn, Manifest
from grader.desk.intake import Received


def read(path: str, entry: HandIn) -> Received:
    with reader(path) as received:
        return received(entry)


def found_in(tmp_path: Path, *names: str, data: bytes = RIGHT) -> Manifest:
    return manifest(zipped(tmp_path / "c.zip", dict.fromkeys(names, data)))
