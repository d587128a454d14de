"""The one style sheet of lab, report, preview and class page: tokens, type, and how lines look."""

from functools import cache
from importlib.resources import files


@cache
def sheet(*names: str) -> str:
    """Return the tokens and, after them, the style sheets of these names, without comments."""
    folder = files("grader.style")
    texts = [folder.joinpath(f"{name}.css").read_text("utf-8") for name in ("tokens", *names)]
    return "".join(_plain(text) for text in texts)


def _plain(text: str) -> str:
    """Return a style sheet without comments and indents."""
    while "/*" in text:
        before, _, rest = text.partition("/*")
        text = before + rest.partition("*/")[2]
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
