"""Text from outside put where markup is read: nothing in it becomes an element or an attribute."""

from grader.text.inert import inert, inert_lines

LONGEST = 10_000

_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))


def text(content: str, limit: int = 200) -> str:
    """Return the content for HTML or XML, on one line and escaped, in quotes too."""
    content = inert(content, limit)
    for character, entity in _ENTITIES:
        content = content.replace(character, entity)
    return content


def lines(content: str, limit: int = LONGEST) -> list[str]:
    """Return the lines of a longer text, not escaped, each inert; together at most `limit` long."""
    return inert_lines(content.rstrip(), limit).split("\n")
