"""The preview as one HTML file: no script, no request, everything from outside escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from grader.authoring.previews.picture import target_svg
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
from grader.text.inert import inert

_LONGEST = 500
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
    title = escape(inert(exercise.title))
    text = "\n".join(inert(line, _LONGEST) for line in exercise.description.splitlines())
    sections = [
        f"<h1>{title}</h1>",
        f"<pre>{escape(text)}</pre>" if text else "",
        "<h2>The target</h2>",
        f"<figure>{target_svg(exercise)}</figure>",
        _table("The target in words", ("from", "to", "target"), target_rows(exercise)),
        "<h2>The network</h2>",
        f"<p><code>{escape(formula(exercise))}</code></p>",
        _paragraphs([f"Given: {', '.join(given(exercise))}."] if given(exercise) else []),
        _paragraphs(chosen(exercise)),
        "<h2>How it is marked</h2>",
        _table("What earns points", ("check", "asks that", "worth"), marking(exercise)),
        _paragraphs(rules(exercise)),
    ]
    if with_answer:
        sections += ["<h2>The answer</h2>", _paragraphs([answer(exercise)])]
    body = "\n".join(section for section in sections if section)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


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
