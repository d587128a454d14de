"""The whole task as one HTML file: no script, no request, everything from outside escaped.

The description is Markdown, rendered without raw HTML and without images, which would be requests.
"""

from collections.abc import Iterable, Sequence
from html import escape

from markdown_it import MarkdownIt

from grader.authoring.previews.picture import fading_svg, target_svg
from grader.authoring.previews.preview import (
    answer,
    chosen,
    formula,
    given,
    marking,
    rules,
    target_rows,
)
from grader.exercise.record import Exercise

_LOWEST_HEADING = 6
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:0 auto;padding:1rem;"
    "overflow-wrap:break-word}"
    "pre{font-size:.85rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "code{overflow-wrap:anywhere}figure{margin:0}svg{width:100%;height:auto}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #8888}"
)


def preview_html(exercise: Exercise, *, with_answer: bool) -> str:
    """Return a whole page; the answer only on request."""
    return task_html(exercise, shown_answer=answer(exercise) if with_answer else "")


def task_html(exercise: Exercise, how_to_hand_in: str = "", *, shown_answer: str = "") -> str:
    """Return the whole task as a page: what a student needs to know, and how to hand it in."""
    title = escape(exercise.title)
    sections = [
        f"<h1>{title}</h1>",
        _markdown(exercise.description),
        "<h2>The target</h2>",
        _figure(target_svg(exercise)),
        _table("The target in words", ("from", "to", "target"), target_rows(exercise)),
        "<h2>The network</h2>",
        f"<p><code>{escape(formula(exercise))}</code></p>",
        _paragraphs([f"Given: {', '.join(given(exercise))}."] if given(exercise) else []),
        _paragraphs(chosen(exercise)),
        "<h2>How it is marked</h2>",
        _table("What earns points", ("check", "asks that", "worth"), marking(exercise)),
        _paragraphs(rules(exercise)),
        _figure(fading_svg(exercise)),
    ]
    if how_to_hand_in:
        sections += ["<h2>How to hand in</h2>", _markdown(how_to_hand_in)]
    if shown_answer:
        sections += ["<h2>The answer</h2>", _paragraphs([shown_answer])]
    body = "\n".join(section for section in sections if section)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _markdown(text: str) -> str:
    """Return HTML of Markdown, its headings below the page's own."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_LOWEST_HEADING, int(token.tag[1]) + 1)}"
    return str(parser.renderer.render(tokens, parser.options, {})).strip()


def _figure(picture: str) -> str:
    return f"<figure>{picture}</figure>" if picture else ""


def _paragraphs(sentences: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    lines = "\n".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{top}</tr></thead>\n"
        f"<tbody>\n{lines}\n</tbody>\n</table>"
    )
