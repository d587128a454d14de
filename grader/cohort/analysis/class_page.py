"""class.html: what a class's results say, on one page that needs nothing else and runs nothing."""

from collections.abc import Mapping, Sequence

from grader.cohort.analysis.beneath import beneath
from grader.cohort.analysis.facts import facts
from grader.cohort.analysis.hands import of_book
from grader.cohort.analysis.parts_of_page import mistakes, pictures, teach, top
from grader.cohort.analysis.several import Run, course
from grader.cohort.book import Book
from grader.reports.html import head

_TAIL = "</body>\n</html>\n"


def class_page(book: Book, terms: Mapping[str, str], *, anonymous: bool) -> str:
    """Return the page of a run that is about to be written."""
    return page([Run("", facts(of_book(book, terms)), terms)], anonymous=anonymous)


def page(runs: Sequence[Run], *, anonymous: bool) -> str:
    """Return the page of one run, or of several, each with its label."""
    alone = len(runs) == 1
    level = 1 if alone else 2
    title = runs[0].found.exercise.title if alone else "Results of several runs"
    whole = "" if alone else course(runs)
    parts = "".join(_run(each, level, anonymous=anonymous, alone=alone) for each in runs)
    start = head(title, "class").replace('class="relu report"', 'class="relu report class"')
    return f'{start}<main>\n<div class="page">\n{whole}{parts}</div>\n</main>\n{_TAIL}'


def _run(each: Run, level: int, *, anonymous: bool, alone: bool) -> str:
    found = each.found
    label = "" if alone else each.label
    parts = [top(found, label, level, anonymous=anonymous)]
    parts.append(teach(found, level + 1))
    if found.firsts:
        parts += [pictures(found, level + 1), mistakes(found, level + 1)]
    parts.append(beneath(found, each.terms, level + 1, anonymous=anonymous))
    content = "".join(parts)
    return content if alone else f'<article class="stack run">\n{content}</article>\n'
