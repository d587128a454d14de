"""A class on the disk, and its gradebook read."""

import csv
import io
import json
from pathlib import Path

from command import RIGHT

HALF = {**RIGHT, "w2": 0, "b2": 0}


def table(out: Path, delimiter: str = ",") -> list[dict[str, str]]:
    data = (out / "gradebook.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def put(folder: Path, student: str, values: object, name: str = "submission.json") -> None:
    (folder / student).mkdir(parents=True, exist_ok=True)
    text = values if isinstance(values, str) else json.dumps(values)
    (folder / student / name).write_text(text)


def in_time(folder: Path, student: str, values: object, time: str) -> None:
    put(folder, f"submitted/{student}/lab", values)
    (folder / "submitted" / student / "lab" / "timestamp.txt").write_text(f"{time} UTC")


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,ReLU lab (55512)\n"
    "    Points Possible,,,,,10\n"
    '"Lovelace, Ada",90000,1001,ada,CS101,\n'
    '"Nobody, N.",90007,1007,n,CS101,\n'
)
