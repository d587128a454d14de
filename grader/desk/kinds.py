"""What kind of file a submission is where its name does not say, by how its bytes begin.

Browsers and mail programs add endings (hw.ipynb.txt), platforms take them away, and students hand
in the archive, the PDF or the page that their course's system shows. What can be graded is read as
what it is; everything else is named, with what to hand in instead.
"""

import re
from typing import NamedTuple

from grader.errors import SubmissionError
from grader.text.unicode import as_utf8

_FILE = 'the .ipynb or .py file itself, or JSON such as {"w1": 1, "b1": -1}'
_HAND_IN = f"hand in {_FILE}"
_UNPACK = f"unpack it and hand in {_FILE}"
_ARRAYS = (
    "save its weights: np.savez('weights.npz', *model.get_weights()), or for PyTorch "
    "torch.save(model.state_dict(), 'weights.pt'), and hand in the new file"
)
SAVED_MODEL = "a TensorFlow SavedModel"
KERAS = "save it by model.save_weights('model.weights.h5') and hand in that file"
_SCIKIT_LEARN = (
    "hand in the arrays alone, by json.dump({'coefs_': [a.tolist() for a in mlp.coefs_], "
    "'intercepts_': [a.tolist() for a in mlp.intercepts_]}, file)"
)
_NUMBERS = 'hand in the numbers in it as JSON, such as {"w1": 1, "b1": -1}'
_TEXT = f"copy the text into a plain text editor, or hand in {_FILE}"
_DOWNLOAD = f"download what it points to, and hand in {_FILE}"
_FETCH = "fetch what it points to, by git lfs pull, and hand in the file itself"
_START = 1 << 16  # bytes that are looked at


class Kind(NamedTuple):
    """A kind of file that is neither code nor JSON: how it looks, its name, what to do instead.

    `look` is matched at the first byte. `read_as` is the file of `submission.sources` that reads
    it; without one it cannot be graded. `is_model` tells a network that was saved another way than
    can be read. A new kind is one row.
    """

    look: bytes
    name: str
    instead: str = _HAND_IN
    read_as: str = ""
    is_model: bool = False


# What is in a zip archive tells which program saved it; the first that applies.
_ZIP = rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"
_ZIPPED = (
    Kind(rb".*?word/document", "a Word document", _TEXT),
    Kind(rb".*?xl/work", "an Excel workbook", _NUMBERS),
    Kind(rb".*?ppt/(?:presentation|slides)", "a PowerPoint presentation"),
    Kind(rb".*?opendocument\.text", "an OpenDocument text", _TEXT),
    Kind(rb".*?opendocument\.spreadsheet", "an OpenDocument spreadsheet", _NUMBERS),
    Kind(rb".*?opendocument", "an OpenDocument file"),
    Kind(rb".*?epub\+zip", "an e-book (EPUB)"),
    Kind(rb".*?Index/(?:Document|CalculationEngine|Slide)[\w-]*\.iwa",
         "a Pages, Numbers or Keynote document", _TEXT),
    Kind(rb".*?data\.pkl", "a saved PyTorch model", read_as="pt"),
    Kind(rb".*?model\.weights\.h5", "a saved Keras model", read_as="keras"),
    Kind(rb".*?saved_model\.pb", SAVED_MODEL, KERAS, is_model=True),
    Kind(rb"(?=.*?\.npy).*?schema\.json", "a scikit-learn model saved by skops", _SCIKIT_LEARN,
         is_model=True),
    Kind(rb".*?\.npy", "a NumPy archive (.npz)", read_as="npz"),
    Kind(rb"(?=.*?\.json).*?\.bin", "a TensorFlow.js model", read_as="tfjs"),
    Kind(rb"", "a zip archive", _UNPACK),
)  # fmt: skip
_KINDS = (
    Kind(rb"%PDF", "a PDF file"),
    Kind(rb"%!PS", "a PostScript file"),
    Kind(rb"\{\\rtf", "a rich text (RTF) document", _TEXT),
    Kind(rb"\xd0\xcf\x11\xe0", "an old Word or Excel document", _TEXT),
    Kind(rb"\x1f\x8b", "a gzip archive", _UNPACK),
    Kind(rb"BZh[1-9]", "a bzip2 archive", _UNPACK),
    Kind(rb"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    Kind(rb"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    Kind(rb"Rar!", "a RAR archive", _UNPACK),
    Kind(rb"7z\xbc\xaf", "a 7z archive", _UNPACK),
    Kind(rb".{257}ustar", "a tar archive", _UNPACK),
    Kind(rb"SQLite format 3\x00", "an SQLite database", _NUMBERS),
    Kind(rb"\x93NUMPY", "a NumPy array (.npy)", read_as="npy"),
    Kind(rb"\x89HDF\r\n", "an HDF5 file, such as a saved model", read_as="h5"),
    Kind(rb".{4}\x00{4}\{", "a safetensors file", read_as="safetensors"),
    Kind(rb"\x08[\x03-\x1f]\x12.{1,60}?[\x3a\x1a\x22\x2a]", "an ONNX model", read_as="onnx"),
    Kind(rb".{4}TFL3", "a TensorFlow Lite model", KERAS, is_model=True),
    Kind(rb"MATLAB 5\.0 MAT", "a MATLAB data file", _NUMBERS),
    Kind(rb"PAR1", "a Parquet table", _NUMBERS),
    Kind(rb"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19", "a PyTorch file as before version 1.6",
         "save it again with a newer PyTorch, torch.save(model.state_dict(), 'weights.pt'), and "
         "hand in the new file", is_model=True),
    Kind(rb"\x80[\x02-\x05].{0,300}?(?:sklearn|joblib)", "a pickled scikit-learn model",
         _SCIKIT_LEARN, is_model=True),
    Kind(rb"\x80[\x02-\x05][\x80-\x95c}(\]K-M]", "a pickle, Python's saved data", _ARRAYS,
         is_model=True),
    Kind(rb"\x89PNG", "a picture (PNG)"),
    Kind(rb"\xff\xd8\xff", "a picture (JPEG)"),
    Kind(rb"GIF8", "a picture (GIF)"),
    Kind(rb"BM.{4}\x00{4}", "a picture (BMP)"),
    Kind(rb"II\*\x00|MM\x00\*", "a picture (TIFF)"),
    Kind(rb"RIFF.{4}WEBP", "a picture (WebP)"),
    Kind(rb".{4}ftyp(?:hei|hev|mif|avif)", "a picture (HEIC)"),
    Kind(rb".{4}ftyp", "a video"),
    Kind(rb"\x1a\x45\xdf\xa3", "a video"),
    Kind(rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:(?><!--.*?-->)\s*+|<!DOCTYPE svg[^>]*>\s*+)*+<svg\b",
         "a picture (SVG)"),
    Kind(rb"\x00\x05\x16\x07", "a side file that macOS made"),
    Kind(rb"\x00\x00\x00\x01Bud1", "a folder's settings that macOS saved"),
    Kind(rb"bplist00", "a web archive or a settings file of macOS"),
    Kind(rb"\x7fELF|MZ.{56,}?PE\x00\x00|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\x00asm",
         "a compiled program"),
    Kind(rb"[\x00-\xff]{2}\r\n.{4}.{8}[\xe3\x63]\x00\x00\x00", "compiled Python (.pyc)"),
    Kind(rb"version https://git-lfs\.github\.com/spec/", "a pointer of Git LFS", _FETCH),
    Kind(rb"\s*+\[InternetShortcut\]", "a link to a web page", _DOWNLOAD),
    Kind(rb'\s*+\{[^{}]{0,300}"(?:doc_id|resource_id)"[^{}]{0,300}\}\s*$',
         "a link to a file in Google Drive", _DOWNLOAD),
    Kind(rb"(?:From: <Saved by|MIME-Version:)", "a saved web page (MHTML)"),
    Kind(rb"\\documentclass\b", "a LaTeX document", _TEXT),
    Kind(rb"(?i:\s*+<(?:!doctype|html|head|body|!--|\?xml))", "an HTML page"),
    Kind(rb'"?\w+"?[ \t]*[,;\t][^\n{}()=:]*\n[^\n{}()]*[,;\t]', "a table (CSV)", _NUMBERS),
)  # fmt: skip
_PYTHON = re.compile(
    rb"^\s*+(?:(?:async\s+)?def\s+\w+\s*\(|import\s+\w|from\s+[\w.]+\s+import\s|class\s+\w+\s*[(:]"
    rb"|\w+\s*=\s*lambda\b|@\w[\w.]*\s*$)",
    re.MULTILINE,
)

_PARAMETER = re.compile(rb'"[wb]\d')


def by_content(data: bytes) -> str:
    """Tell the kind of submission that the bytes are: ipynb, py or json."""
    text = _beginning(data)
    if text.startswith(b"{"):
        return "ipynb" if is_notebook(data) else "json"
    return "py" if _PYTHON.search(text) else "json"


def in_spite_of_name(data: bytes, ending: str) -> str:
    """Tell the kind of what is called .py or .ipynb: students rename files to get them accepted."""
    is_object = _beginning(data).startswith(b"{")
    if ending == "py" and is_object and not _PYTHON.search(_beginning(data)):
        return by_content(data)
    if ending == "ipynb":
        found = by_content(data)
        is_json = is_object and _PARAMETER.search(_beginning(data)) and not _holds(data, _CELLS)
        return found if found != "json" or is_json else ending
    return ending


def may_be_notebook(start: bytes) -> bool:
    """Tell whether a large file that begins so is worth reading to its end as a notebook."""
    return _beginning(start).startswith(b"{") and _holds(start, (*_CELLS, '"nbformat"'))


_CELLS = ('"cells"', '"worksheets"')


def is_notebook(data: bytes) -> bool:
    """Tell whether JSON is a notebook, by two keys that no submission has."""
    return _holds(data, ('"nbformat"',)) and _holds(data, _CELLS)


def _holds(data: bytes, words: tuple[str, ...]) -> bool:
    """Tell whether the text has one of the words, in whatever encoding it is."""
    wide = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") if b"\0" in data[:4] else ()
    return any(word.encode(encoding) in data for word in words for encoding in ("ascii", *wide))


def _beginning(data: bytes) -> bytes:
    """Return the beginning of a text without the marks and spaces before its first character."""
    start = data[:_START]
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def read_as(data: bytes) -> str:
    """Tell the kind of file with weights that the bytes are, whatever their name; "" for no such.

    Raises: SubmissionError (not-weights, not-utf8, not-json) for a kind that cannot be graded, by
    its name.
    """
    kind = kind_of(data)
    if kind is None or kind.read_as:
        return kind.read_as if kind else ""
    raise SubmissionError(
        _code(data, kind), f"the submission is {kind.name}, which cannot be graded; {kind.instead}"
    )


def _code(data: bytes, kind: Kind) -> str:
    """Return what is wrong with a file that cannot be graded."""
    if kind.is_model:
        return "not-weights"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "not-utf8"
    return "not-json"


def kind_of(data: bytes) -> Kind | None:
    """Return the kind of file that is neither code nor JSON, by how it begins; None for others."""
    if re.match(_ZIP, data):
        return next(kind for kind in _ZIPPED if re.match(kind.look, data, re.DOTALL))
    start = as_utf8(data[:_START])
    return next((kind for kind in _KINDS if re.match(kind.look, start, re.DOTALL)), None)
