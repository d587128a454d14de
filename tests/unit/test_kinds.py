"""Kinds of file by their content, whatever the name says; how large a notebook may be."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from command import environment
from grader.desk.intake import NOTEBOOK_BYTES, Received, entries, receive
from grader.desk.kinds import kind_of
from grader.errors import SubmissionError
from grader.submission.record import Origin

DEFINED = "def submission():\n    return 1, -1, 2, -4\n"
RIGHT = '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'
MIB = 2**20


def notebook(*sources: str | list[str], outputs: str = "") -> str:
    cells: list[dict[str, object]] = [{"cell_type": "code", "source": x} for x in sources]
    cells.append({"cell_type": "code", "source": "1", "outputs": [{"data": outputs}]})
    return json.dumps({"cells": cells, "nbformat": 4}, ensure_ascii=False)


def ran(source: bytes, *_: object) -> list[tuple[str, object]]:
    return [("code", source.replace(b"\0", b"").decode())]


def became(data: str | bytes, kind: str) -> str:
    """Tell whether the bytes were run as code, or read as JSON."""
    given = data if isinstance(data, bytes) else data.encode()
    read = entries(Received(given, kind, Origin()), ran)
    return "code" if read[0][0] == "code" else "json"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("kind", ["json", "txt", "", "py", "ipynb", "docx"])
def test_what_can_be_graded_is_read_as_what_it_is(kind: str, encoding: str) -> None:
    assert became(notebook(DEFINED).encode(encoding), kind) == "code"
    assert became(RIGHT.encode(encoding), kind) == "json"
    if kind != "json":
        assert became(DEFINED.encode(encoding), kind) == "code"


@pytest.mark.parametrize(
    "text",
    [
        "submission = lambda: (1, -1, 2, -4)",
        "# coding: utf-8\n\n@cache\ndef submission(): ...",
        "'''Mine'''\nfrom math import sqrt\n",
        "class Net:\n    pass",
        "async def submission(): ...",
    ],
)
def test_python_by_its_look(text: str) -> None:
    assert became(text, "txt") == "code"


def test_a_broken_notebook_is_called_one() -> None:
    for broken in ('{"cells": 1}', '{"cells": [{"cell_type": "code"'):
        with pytest.raises(SubmissionError, match="is not a notebook"):
            became(broken, "ipynb")


ROWS = [
    ("hw.docx", b"PK\3\4..[Content_Types].xml..word/document.xml", "a Word document"),
    ("hw.xlsx", b"PK\3\4..xl/workbook.xml", "an Excel workbook"),
    ("hw.pptx", b"PK\3\4..ppt/slides/slide1.xml", "a PowerPoint presentation"),
    ("hw.odt", b"PK\3\4mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
    ("hw.ods", b"PK\3\4mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument spread"),
    ("hw.pages", b"PK\3\4..Index/Document.iwa", "a Pages, Numbers or Keynote document"),
    ("hw.zip", b"PK\3\4homework/hw.py", "a zip archive"),
    ("hw.zip", b"PK\5\6" + bytes(18), "a zip archive"),
    ("hw.rar", b"Rar!\x1a\7\1\0", "a RAR archive"),
    ("hw.7z", b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    ("hw.gz", b"\x1f\x8b\x08\0", "a gzip archive"),
    ("hw.bz2", b"BZh91AY", "a bzip2 archive"),
    ("hw.xz", b"\xfd7zXZ\0", "an xz archive"),
    ("hw.tar", b"hw.py".ljust(257, b"\0") + b"ustar\x0000", "a tar archive"),
    ("hw.sqlite", b"SQLite format 3\0", "an SQLite database"),
    ("hw.pkl", b"\x80\4\x95\x10\0", "a pickle"),
    ("hw.pt", b"\x80\2\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", "a PyTorch file as before version 1.6"),
    ("hw.joblib", b"\x80\4\x95\x10\0\0\0\0\0\0\0\x8c\x1bsklearn.neural_network", "a pickled scikit-learn"),
    ("hw.skops", b"PK\3\4..14026.npy..PK\3\4..schema.json", "saved by skops"),
    ("hw.tflite", b"\x1c\0\0\0TFL3", "a TensorFlow Lite model"),
    ("hw.zip", b"PK\3\4..model/saved_model.pb", "a TensorFlow SavedModel"),
    ("hw.mat", b"MATLAB 5.0 MAT-file", "a MATLAB data file"),
    ("hw.pdf", b"%PDF-1.7\n\xe2\xe3", "a PDF file"),
    ("hw.rtf", b"{\\rtf1\\ansi}", "a rich text (RTF) document"),
    ("hw.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or Excel document"),
    ("hw.png", b"\x89PNG\r\n", "a picture (PNG)"),
    ("hw.jpg", b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
    ("hw.gif", b"GIF89a", "a picture (GIF)"),
    ("hw.bmp", b"BM\x36\1\0\0\0\0\0\0", "a picture (BMP)"),
    ("hw.tif", b"II*\0", "a picture (TIFF)"),
    ("hw.webp", b"RIFF....WEBP", "a picture (WebP)"),
    ("hw.heic", b"\0\0\0\x18ftypheic", "a picture (HEIC)"),
    ("hw.mp4", b"\0\0\0\x18ftypmp42", "a video"),
    ("hw.svg", b'<?xml version="1.0"?>\n<!-- x --><svg xmlns="', "a picture (SVG)"),
    ("._hw.py", b"\0\5\x16\7\0\2", "a side file that macOS made"),
    ("hw.pyc", b"\xa7\r\r\n" + bytes(12) + b"\xe3\0\0\0", "compiled Python"),
    ("hw.url", b"[InternetShortcut]\r\nURL=https://colab", "a link to a web page"),
    ("hw.json", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n", "a pointer of Git LFS"),
    ("hw.gdoc", b'{"":"WARNING!","doc_id":"1x","resource_key":"","email":"a"}', "Google Drive"),
    ("hw.tex", b"\\documentclass{article}", "a LaTeX document"),
    ("hw.html", b"\n<!doctype html>", "an HTML page"),
    ("hw.json", b"<html>", "an HTML page"),
    ("hw.csv", b"w1,b1\n1,-1\n", "a table (CSV)"),
    ("hw.csv", "w1;b1\n1;-1\n".encode("utf-16"), "a table (CSV)"),
    ("hw.elf", b"\x7fELF", "a compiled program"),
]  # fmt: skip


MODEL = "scikit-learn|skops|TensorFlow|pickle|PyTorch"


@pytest.mark.parametrize(("name", "data", "kind"), ROWS, ids=[row[2] for row in ROWS])
def test_what_cannot_be_graded_is_named(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    ending = name.rpartition(".")[2]
    for named in {ending, "py", "ipynb", "json", ""} - ({"json"} if ending == "gdoc" else set()):
        with pytest.raises(SubmissionError) as caught:
            entries(receive(str(tmp_path / name))._replace(kind=named), ran)
        assert kind in caught.value.message
        assert caught.value.message.startswith("the submission is ")
        assert "hand in" in caught.value.message
        codes = {"not-weights"} if re.search(MODEL, kind) else {"not-json", "not-utf8"}
        assert caught.value.code in codes


WEIGHTS = [
    (b"PK\3\4..model.weights.h5", "keras"),
    (b"PK\3\4..w1.npy", "npz"),
    (b"\x93NUMPY\1\0", "npy"),
    (b"\x89HDF\r\n\x1a\n", "h5"),
    (b"\x50\0\0\0\0\0\0\0{", "safetensors"),
    (b"PK\3\4..archive/data.pkl", "pt"),
    (b"PK\3\4..model.json..model.weights.bin", "tfjs"),
    (b"\x08\x09\x12\x07pytorch:\xb4\x02", "onnx"),
]


@pytest.mark.parametrize(("data", "kind"), WEIGHTS, ids=[row[1] for row in WEIGHTS])
@pytest.mark.parametrize("named", ["json", "py", "ipynb", "txt", "", "h5"])
def test_weights_are_read_as_what_they_are(data: bytes, kind: str, named: str) -> None:
    found = []

    def reader(source: bytes, _place: object, _notes: object, kind: str = "", /) -> object:
        found.append((source, kind))
        return (("saved", '["keras",[]]'),)

    entries(Received(data, named, Origin()), reader)
    assert found == [(data, kind)]


@pytest.mark.parametrize(
    "data", [DEFINED, RIGHT, notebook(DEFINED), "", "BMI = 1", "x = 1\ny = 2\n"]
)
def test_what_can_be_graded_is_no_other_kind(data: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert kind_of(data.encode(encoding)) is None


@pytest.mark.parametrize("part", ["<!-- -->", '{"url": "x", ', '"a",', "w1\t", "MZ", " " * 99])
def test_a_look_is_short_whatever_it_meets(part: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    kind_of((part * MIB)[:MIB].encode())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 2


@pytest.mark.parametrize("name", ["hw.ipynb", "hw.json", "hw.txt", "hw"])
def test_a_large_notebook_by_any_name(tmp_path: Path, name: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / name).write_bytes(notebook(DEFINED, outputs="x" * 2 * MIB).encode(encoding))
        (pair,) = entries(receive(str(tmp_path / name)), ran)
        assert pair == ("code", f"{DEFINED}\n1\n".replace("\n\n", "\n"))


@pytest.mark.parametrize("name", ["hw.ipynb", "hw.json", "hw"])
def test_fifty_mebibytes_of_notebook_are_the_limit(tmp_path: Path, name: str) -> None:
    start = notebook(DEFINED).encode()
    path = tmp_path / name
    path.write_bytes(start)
    with path.open("r+b") as file:  # the rest is a hole, so that it takes no space
        file.truncate(NOTEBOOK_BYTES)
    assert len(receive(str(path)).data) == NOTEBOOK_BYTES
    with path.open("r+b") as file:
        file.truncate(NOTEBOOK_BYTES + 1)
    with pytest.raises(SubmissionError) as caught:
        receive(str(path))
    assert caught.value.code == "too-large"
    assert "larger than 50 MiB" in caught.value.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (RIGHT.encode() + b" " * MIB, "larger than 1 MiB"),
        (b'{"cells": 1, ' + b" " * MIB, "larger than 1 MiB"),
        (DEFINED.encode() + b"#" * MIB, "larger than 1 MiB"),
        (b"%PDF-1.7\n" + b"x" * MIB, "is a PDF file, which cannot be graded; hand in"),
        (b"PK\3\4" + b"x" * MIB, "is a zip archive, which cannot be graded; unpack it"),
    ],
)
def test_what_is_large_and_no_notebook(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "hw").write_bytes(data)
    with pytest.raises(SubmissionError) as caught:
        receive(str(tmp_path / "hw"))
    assert caught.value.code == "too-large"
    assert words in caught.value.message


@pytest.mark.parametrize("text", ["\u00e9" * 600_000, "x" * 1_100_000, ["\U0001f600\n"] * 250_000])
def test_source_is_counted_in_bytes(text: str | list[str]) -> None:
    for outputs in ("", "x" * MIB):
        with pytest.raises(SubmissionError) as caught:
            became(notebook(text, outputs=outputs), "ipynb")
        assert caught.value.code == "too-large"
        assert "more than 1 MiB of source" in caught.value.message


def test_text_between_the_cells_costs_nothing() -> None:
    cells = [{"cell_type": "markdown", "source": "x" * 8 * MIB}]
    cells.append({"cell_type": "code", "source": DEFINED})
    assert became(json.dumps({"nbformat": 4, "cells": cells}), "ipynb") == "code"


def peak(code: str, cwd: Path) -> tuple[int, str]:
    """Return the most memory that code has held in a process of its own, and what it wrote."""
    code += "\nprint(*(x.split()[1] for x in open('/proc/self/status') if 'VmHWM' in x))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    told, _, held = done.stdout.rstrip().rpartition("\n")
    return int(held) * 1024, told


SHAPES = {
    "a picture": lambda size: notebook(DEFINED, outputs="A" * size).encode(),
    "emoji": lambda size: notebook(DEFINED, outputs="\U0001f600" * (size // 4)).encode(),
    "wide": lambda size: notebook(DEFINED, outputs="\u4e00" * (size // 2)).encode("utf-16"),
    "source": lambda size: notebook(DEFINED, "x=1\n" * (size // 5)).encode(),
    "lines": lambda size: notebook(DEFINED, ["ab"] * (size // 6)).encode(),
    "depth": lambda size: notebook(DEFINED)[:-1].encode()
    + b', "x": ' + b"[" * (size // 2) + b"]" * (size // 2) + b"}",
}  # fmt: skip


@pytest.mark.parametrize("shape", ["a picture", *(
    pytest.param(each, marks=pytest.mark.thorough) for each in SHAPES if each != "a picture"
)])  # fmt: skip
def test_a_notebook_takes_at_most_three_times_its_size(tmp_path: Path, shape: str) -> None:
    data = SHAPES[shape](NOTEBOOK_BYTES - 2000)
    assert NOTEBOOK_BYTES * 0.95 < len(data) <= NOTEBOOK_BYTES
    (tmp_path / "a.ipynb").write_bytes(data)
    code = (
        "import sys\nfrom grader.desk.intake import *\n"
        "try: print(len(entries(receive('a.ipynb'), lambda *_: [1])))\n"
        "except Exception as error: print(error)"
    )
    held, told = peak(code, tmp_path)
    assert told == "1" or "more than 1 MiB of source" in told
    assert held < 3 * len(data)


def test_the_command_grades_fifty_mebibytes_in_three_times_the_memory(tmp_path: Path) -> None:
    data = SHAPES["emoji"](NOTEBOOK_BYTES - 2000)
    (tmp_path / "hw.txt").write_bytes(data)
    code = "from grader.cli.grade import main\nmain(['-e', 'relu-three-segments', 'hw.txt'])"
    held, told = peak(code, tmp_path)
    assert "Score 100 of 100" in told
    assert held < 3 * len(data)
