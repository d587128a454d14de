"""A workflow and its folder to copy into a repository: each push is graded, with a summary.

Source: docs.github.com, "Workflow syntax for GitHub Actions", and the list of software on the
runner image ubuntu-24.04 (Python 3.12), read in November 2026. Who may push may also change the
workflow: a score that counts has to come from a repository that students cannot write to.
"""

from grader.bundles import RUNNER, Bundle, Parts, below, core, text

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
      - name: Grade
        run: python3 -I {folder}/{id}/start.py
"""

NEXT = "copy what is in it to the top of the repository, and commit it"


def bundle(parts: Parts) -> Bundle:
    """Return the files to copy to the repository's top."""
    id_ = parts.exercise.id
    workflow = _WORKFLOW.format(id=id_, runner=RUNNER, folder=_FOLDER)
    return {
        **below(f"{_FOLDER}/{id_}", core(parts, "github")),
        f".github/workflows/grade-{id_}.yml": text(workflow),
    }
