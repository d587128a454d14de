"""Text as the HTML report sets it: escaped, numbers with their sign, variables in italics."""

from grader.pictures.lettering import minus
from grader.text.markup import LONGEST, lines, text
from grader.text.rendered import rendered


def bdi(content: str, limit: int = 200) -> str:
    """Return text from outside whose direction does not affect what is around it."""
    return f"<bdi>{text(content, limit)}</bdi>"


def heading(level: int, content: str, kind: str = "title") -> str:
    """Return a heading whose content is markup."""
    return f'<h{level} class="{kind}">{content}</h{level}>\n'


def formula(content: str) -> str:
    """Return a formula or a number of ours, its variables in italics."""
    return minus(text(content)).replace("x", "<i>x</i>").replace("z", "<i>z</i>")


def place(content: str) -> str:
    """Return words of ours, their numbers with the long minus and the x of a place in italics."""
    shown = text(content, LONGEST)
    shown = minus(shown[:1]) + shown[1:].replace(" -", " \u2212").replace("(-", "(\u2212")
    return shown.replace(" x = ", " <i>x</i> = ")


def paragraphs(message: str, kind: str = "") -> str:
    """Return the lines of a message from outside, each a paragraph of its own direction."""
    shown = [text(line, len(line) + 1) for line in lines(message) if line]
    look = f' class="{kind}"' if kind else ""
    return "".join(f'<p{look} dir="auto">{line}</p>\n' for line in shown)


def badge(unit: int, *, given: bool = False) -> str:
    """Return a unit's number as its mark in the pictures has it."""
    return f'<span class="badge{" given" if given else ""}">{unit}</span>'


def authored(words: str, level: int) -> str:
    """Return an author's Markdown, its headings below this level, its direction its own."""
    return f'<div class="relu-author" dir="auto">\n{rendered(words, level)}\n</div>'
