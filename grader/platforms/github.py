"""GitHub Actions: annotations for the log, and a summary of the step in Markdown.

Source: docs.github.com, "Workflow commands for GitHub Actions"; npm @actions/core 1.11.1,
lib/command.js and lib/summary.js; read in November 2026.

Annotations go to standard output, one a line, with %, line breaks and in properties : and , as
escapes; GitHub shows ten of a kind for a step. The summary is appended to the file that
GITHUB_STEP_SUMMARY names, of at most 1 MiB. A grader that failed is an error annotation, and the
step fails by its exit status.

The bundle. Source: docs.github.com, "Workflow syntax for GitHub Actions", and the list of software
on the runner image ubuntu-24.04 (Python 3.12), read in November 2026. Whoever may push may also
change the workflow: a score that counts must come from a repository that students cannot write
to.
"""

from grader.handover.bundling import RUNNER, Bundle, Parts, as_file, below, core
from grader.handover.feedback import as_markdown, cut, is_full, items
from grader.handover.pages import a_file_of_numbers, pages
from grader.platforms import Files, Handed, Place, Settings, only_file
from grader.report import Report
from grader.words.wording import points, points_of

SHOWS = {
    "score": "in a notice, and at the top of the summary",
    "checks": "a warning for each that lost points, ten at most; all of them in the summary",
    "diagnoses": "in the summary",
    "picture": "not shown: GitHub shows no pictures that are part of the text",
}
ROOT = "."
UPLOAD = "A workflow and its folder to copy into a repository: each push is graded, with a summary."
NEXT = "Copy .github and task.html to the top of the repository, and commit them."
_MOST = 10
_TITLE = 100


def answer(report: Report, settings: Settings) -> Files:
    """Return the annotations, and the summary if the environment names its file."""
    return {
        "$GITHUB_STEP_SUMMARY": as_markdown(report, settings.aside),
        "-": "".join(f"{line}\n" for line in _annotations(report)),
    }


def _annotations(report: Report) -> list[str]:
    if report.error:
        whose = "The grader failed" if report.status == "failed" else "This could not be graded"
        return [_command("error", whose, report.error.message)]
    if report.score is None or report.max_score is None:
        raise ValueError("a graded report has a score")
    score = f"Score {points_of(report.score, report.max_score)} of {points(report.max_score)}"
    lost = [item for item in items(report) if not item.right]
    summary = "Everything is right." if is_full(report) else f"{len(lost)} checks lost points."
    return [
        _command("notice", score, summary),
        *(_command("warning", item.name, item.message) for item in lost[:_MOST]),
    ]


def _command(kind: str, title: str, message: str) -> str:
    safe = _data(cut(title, _TITLE)).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} title={safe}::{_data(cut(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def handed_over(place: Place) -> Handed:
    """Return the file in the checkout, and who pushed it."""
    return only_file(place.files(""), place.environment.get("GITHUB_ACTOR"))


_FOLDER = ".github/relu-grader"
_WORKFLOW = """\
name: Grade {id}
on:
  push:
  workflow_dispatch:
permissions:
  contents: read
jobs:
  grade:
    runs-on: {runner}
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
NUMPY      - name: Grade
        run: python3 -I {folder}/{id}/start.py
"""


_NUMPY = """\
      - name: Unpack the grader, and NumPy beside it
        continue-on-error: true
        run: |
          for wheel in {folder}/{id}/wheels/*.whl; do
            python3 -m zipfile -e "$wheel" {folder}/{id}/lib
          done
          python3 -m pip install --quiet --only-binary :all: \\
            --target {folder}/{id}/lib numpy=={numpy}
"""


_HAND_IN = """\
Commit that one file to your repository and push. The summary of the run, under Actions, is the
report.
"""
_INSTRUCTOR = """\
**Whoever may push to a repository may change its workflow as well, and with it what the run says.
Use this for feedback; a score that counts must come from a repository that students cannot write
to.**

## What to do

1. Copy the folder `.github` and `task.html` to the top of the repository that students start from,
   a template repository for instance. This page is for you alone.
2. Commit and push. Under Actions the workflow has to run and to say that nothing was handed in.
3. Push a `submission.json` with 0 for every parameter. The run's summary must be a report of 0
   points. Remove the file again.

## What students see

`task.html` in the repository is the whole task. GitHub shows HTML files as source, so students open
it after cloning, or on a page that you publish. The report is in the run's summary, and what lost
points in its annotations.

## What is not possible here

- No picture is shown: GitHub's summaries show none that is part of the text.
- At most ten annotations are shown; the summary has all checks.
- A low score does not fail the run. If it should, add `--fail-under` and a number of points to the
  line that starts the grader.
"""


def bundle(parts: Parts) -> Bundle:
    """Return the files to copy to the repository's top."""
    id_ = parts.exercise.id
    hand_in = f"{a_file_of_numbers(parts)}\n{_HAND_IN}"
    template = _WORKFLOW.replace("NUMPY", _NUMPY if parts.numpy else "")
    workflow = template.format(id=id_, runner=RUNNER, folder=_FOLDER, numpy=parts.numpy)
    return {
        **below(f"{_FOLDER}/{id_}", core(parts, "github")),
        **pages(parts, "GitHub Actions", hand_in, _INSTRUCTOR),
        f".github/workflows/grade-{id_}.yml": as_file(workflow),
    }
