"""The one style sheet of lab, report, preview and class page: tokens, type, and how lines look."""

import os
from functools import cache

# importlib.resources takes longer to import than all files here to read.
_HERE = os.path.dirname(__file__)


@cache
def sheet(*names: str) -> str:
    """Return the tokens, the type, the pictures' lines and the sheets of these names."""
    return joined("tokens", "base", "plots", *names)


@cache
def joined(*names: str) -> str:
    """Return the style sheets of these names, one after the other, without comments."""
    return "".join(_plain(_text(name)) for name in names)


def _text(name: str) -> str:
    # Whoever imported this file can also read what is beside it: a platform runs all from a zip.
    data: bytes = __spec__.loader.get_data(os.path.join(_HERE, f"{name}.css"))  # type: ignore[union-attr]
    return data.decode("utf-8")


def _plain(text: str) -> str:
    """Return a style sheet without comments and indents."""
    while "/*" in text:
        before, _, rest = text.partition("/*")
        text = before + rest.partition("*/")[2]
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
