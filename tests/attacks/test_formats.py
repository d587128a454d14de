"""What an attack says of itself is text in every form of report, and nothing else."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import html5lib
import pytest
from markdown_it import MarkdownIt

import grader.reports
from attacks.conftest import CASES, MANIFEST
from attacks.test_attacks import _unsafe
from grader import GraderError, Report, grade, load_exercise
from grader.desk.intake import read_submission
from grader.errors import SandboxError, SubmissionError
from grader.grading import invalid
from grader.report import Failure
from grader.reports import Layout
from grader.sandbox.grader_side.running import RunSettings, run_in
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.sandbox.protocol.limits import Limits
from grader.submission.origin import Origin
from shares import one_in

FORMATS = sorted(module.name for module in iter_modules(grader.reports.__path__))
EXERCISE = load_exercise("relu-three-segments")
SAYS_SOMETHING = {"html-escaped", "markdown-escaped", "terminal-clean", "name-verbatim",
                  "message-clean", "message-bounded", "no-secret-in-message"}  # fmt: skip
NAMES = [
    case["file"]
    for case in MANIFEST
    if case["kind"] != "yaml" and not case["file"].startswith("_generated")
    if case["kind"] == "json" or SAYS_SOMETHING & set(case["must_hold"])
]
SHORT = RunSettings(limits=Limits(wall=3, cpu=1))  # endless ones end soon
WORD_JOINER = "\u2060"  # by which the Markdown report keeps code hosts from linking
MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def report_on(name: str, sandbox: Sandbox) -> Report:
    path = CASES / name
    try:
        return grade(EXERCISE, read_submission(path, EXERCISE, run_in(sandbox, SHORT)))
    except (SubmissionError, SandboxError) as error:
        where = getattr(error, "where", None)
        return invalid(EXERCISE, Origin(path.name), Failure(error.code, error.message, where))
    except GraderError as error:
        raise AssertionError(name) from error


def render(report: Report, name: str) -> str:
    text: str = import_module(f"grader.reports.{name}").render(report, Layout())
    return text


def elements(html: str) -> set[tuple[str, ...]]:
    """List every element with the names of its attributes."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {(str(node.tag), *sorted(map(str, node.attrib))) for node in tree.iter()}


def tame(report: Report) -> Report:
    """Return the same report with nothing of the student's words in it."""
    error = report.error and report.error._replace(message="tame")
    return report._replace(
        origin=Origin("tame.json", report.origin.student and "tame"), error=error
    )


@pytest.mark.parametrize("name", one_in(3, NAMES))
def test_it_is_inert_in_every_form(name: str, sandbox: Sandbox) -> None:
    report = report_on(name, sandbox)
    for form in FORMATS:
        text = render(report, form)
        assert not _unsafe(text.replace(WORD_JOINER, "")), form
        assert not re.search("CANARY|root:x?:0|PATH=", text), form
    if report.error:
        assert len(report.error.message) <= 500
    assert elements(render(report, "html")) <= elements(render(tame(report), "html"))
    written = MARKDOWN.render(render(report, "markdown"))
    assert elements(written) <= elements(MARKDOWN.render(render(tame(report), "markdown"))) | {
        ("p",)
    }
    if report.origin.student is not None:
        given = json.loads((CASES / name).read_bytes())["student"]
        assert json.loads(render(report, "json"))["submission"]["student"] == given
