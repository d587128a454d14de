"""Markdown as HTML and as XML: no raw HTML, and no images, which would be requests."""

from grader.text.inert import inert_lines

_LOWEST_HEADING = 6
_LONGEST = 200_000


def rendered(words: str, below: int = 1) -> str:
    """Return the HTML of Markdown, its headings below the page's own of level `below`."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = parser.parse(words)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_LOWEST_HEADING, int(token.tag[1]) + below)}"
    html = str(parser.renderer.render(tokens, parser.options, {}))
    return inert_lines(html.strip(), _LONGEST)  # an entity may have become any character
