"""grader analyse OUT/...: what the results of classes say, as JSON or as a page."""

import argparse
import os
from collections.abc import Sequence

from grader.console.usage import parse, parser_of
from grader.desk.files import complain, deliver
from grader.errors import GraderError

MEANING = "say what a class's results show: mistakes, goals, what to teach next"

_FORMS = ("json", "html")
_EPILOG = """\
examples:
  grader analyse OUT/
  grader analyse week1/ week2/ week3/ -o course.html
  grader analyse autumn/ spring/ --anonymous -f html -o terms.html

OUT/ is a folder that "grade COLLECTION -o OUT/" wrote. Runs of different exercises are shown as a
course, runs of the same exercise are compared as terms.

exit status: 0 written, 2 wrong usage, or no readable results
"""


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "analyse",
        "Summarise the results of one or more classes.",
        _EPILOG,
    )
    parser.add_argument("folders", nargs="+", metavar="OUT/", help="output folders of class runs")
    parser.add_argument(
        "-f", "--format", choices=_FORMS, help="default: html for -o FILE.html, else json"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file")
    parser.add_argument(
        "--anonymous", action="store_true", help="leave out names and identical submissions"
    )
    options = parse(parser, arguments, glued=False)
    try:
        text = _text(options)
    except GraderError as error:
        complain(str(error))
        return 2
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}")
        return 2
    return 0 if deliver(text, options.output) else 2


def _text(options: argparse.Namespace) -> str:
    """Return what is asked for. Raises: GraderError."""
    from grader.cohort.analysis.as_json import as_json
    from grader.cohort.analysis.class_page import page
    from grader.cohort.analysis.facts import facts
    from grader.cohort.analysis.hands import of_folder
    from grader.cohort.analysis.several import Run

    runs = []
    for label, folder in zip(_labels(options.folders), options.folders, strict=True):
        results = of_folder(folder)
        runs.append(Run(label, facts(results), results.terms))
    form = options.format or _form_of(options.output)
    write = page if form == "html" else as_json
    return write(runs, anonymous=options.anonymous)


def _form_of(output: str | None) -> str:
    return "html" if output and output.lower().endswith((".html", ".htm")) else "json"


def _labels(folders: Sequence[str]) -> list[str]:
    """Return what each run is called: the folder's name, or its path where names are alike."""
    names = [os.path.basename(os.path.abspath(folder)) for folder in folders]
    return [
        name if names.count(name) == 1 else folder
        for name, folder in zip(names, folders, strict=True)
    ]
