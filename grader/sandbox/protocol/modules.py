"""What a student's code can import: the one list behind the helper, the docs and the error.

The helper loads these before it shuts itself in, and nothing can be loaded afterwards. They are
the standard library's modules that compute; the ones that only make sense with files, processes,
threads or a network are left out.
"""

import re

# The first that a student thinks of: an error has no room for all.
COMMON = (
    "array", "bisect", "cmath", "collections", "copy", "csv", "dataclasses", "datetime", "decimal",
    "enum", "fractions", "functools", "heapq", "io", "itertools", "json", "math", "numbers",
    "operator", "os", "random", "re", "statistics", "string", "sys", "time", "types", "typing",
)  # fmt: skip

FURTHER = (
    "__future__", "abc", "ast", "base64", "binascii", "builtins", "calendar", "codecs",
    "collections.abc", "contextlib", "difflib", "errno", "gc", "graphlib", "hashlib", "html",
    "inspect", "keyword", "linecache", "locale", "os.path", "pickle", "pprint", "queue", "reprlib",
    "secrets", "struct", "textwrap", "threading", "timeit", "tokenize", "traceback", "unicodedata",
    "warnings", "weakref", "zlib",
)  # fmt: skip

STANDARD = (*COMMON, *FURTHER)

# Loaded late by those: strptime of time and datetime.
LATE_STANDARD = ("_strptime",)

# The parts of NumPy that can be imported; `import numpy` brings the rest along, numpy.linalg too.
NUMPY = ("numpy", "numpy.fft", "numpy.ma", "numpy.polynomial", "numpy.random")

# What NumPy and `from numpy import *` load late; which of it there is depends on the release.
LATE = (
    "numpy.char", "numpy.core", "numpy.ctypeslib", "numpy.dtypes", "numpy.exceptions",
    "numpy.f2py", "numpy.lib.recfunctions", "numpy.linalg", "numpy.matlib", "numpy.rec",
    "numpy.strings", "numpy.testing", "numpy.typing",
)  # fmt: skip

# A coding cookie names a codec, and codecs are modules that Python loads when they are asked for.
CODECS = ("ascii", "cp1252", "idna", "iso8859_1", "iso8859_15", "latin_1", "utf_8", "utf_8_sig")

# Loaded for the helper's own use; a submission that imports one is told that it is not there.
PRIVATE = ("ctypes", "_ctypes", "fcntl", "resource", "select", "socket", "_socket")


def numpy_named(source: bytes) -> tuple[str, ...]:
    """Tell the parts of NumPy that a source may import: the last word of each occurs in it."""
    if b"numpy" not in source:
        return ()
    words = set(re.findall(rb"\w+", source))
    named = tuple(name for name in NUMPY if name.rpartition(".")[2].encode() in words)
    return named if NUMPY[0] in named else ()


def numpy_in_order(parts: set[str]) -> tuple[str, ...]:
    """Put parts of NumPy in order, so that equal sets are equal settings of a helper."""
    known = (*NUMPY, *LATE)
    return tuple(name for name in known if name in parts) + tuple(sorted(parts - {*known}))


def numpy_with(parts: tuple[str, ...], needed: str) -> tuple[str, ...]:
    """Add a part; code that needs a second one gets all that is loaded late, to save turns."""
    several = needed != NUMPY[0] and any(part not in NUMPY for part in parts)
    several = several or len(parts) > len(NUMPY) - 2
    return numpy_in_order({NUMPY[0], *parts, needed, *((*NUMPY, *LATE) if several else ())})


def importable() -> str:
    """Tell in one line what can be imported; docs/python-submissions.md has the whole list."""
    return f"numpy, {', '.join(COMMON)}, and {len(FURTHER)} more (see docs/python-submissions.md)"
