"""What is loaded to grade one JSON file, so that its time cannot creep up module by module."""

import json
import subprocess
import sys
from pathlib import Path

SUBMISSIONS = Path(__file__).resolve().parents[2] / "submissions" / "relu-three-segments"
# A module more costs every student a quarter of a millisecond. Load it where it is needed, or say
# here why one JSON file cannot do without it.
ON_THE_WAY = frozenset(
    [
        "grader",
        "grader.version",
        "grader.named",
        "grader.errors",
        "grader.report",
        "grader.grading",
        "grader.cli",
        "grader.cli.start",
        "grader.cli.grade",
        "grader.console",
        "grader.console.ahead",
        "grader.console.code",
        "grader.console.forms",
        "grader.console.lookup",
        "grader.console.options",
        "grader.console.screen",
        "grader.desk",
        "grader.desk.assess",
        "grader.desk.catalogue",
        "grader.desk.choice",
        "grader.desk.family",
        "grader.desk.files",
        "grader.desk.intake",
        "grader.exact",
        "grader.exact.network",
        "grader.exact.piecewise",
        "grader.exact.ratio",
        "grader.exact.rational",
        "grader.exercise",
        "grader.exercise.build",
        "grader.exercise.checks",
        "grader.exercise.evidence",
        "grader.exercise.record",
        "grader.reports",
        "grader.reports.terminal",
        "grader.specs",
        "grader.specs.exercise",
        "grader.specs.reader",
        "grader.specs.target",
        "grader.specs.tree",
        "grader.specs.units",
        "grader.submission",
        "grader.submission.record",
        "grader.submission.sources",
        "grader.submission.sources.json",
        "grader.submission.origin",
        "grader.text",
        "grader.text.codes",
        "grader.text.digest",
        "grader.text.inert",
        "grader.text.lists",
        "grader.words",
        "grader.words.standing",
        "grader.words.wording",
    ]
)
DIAGNOSING = frozenset(
    [
        "grader.mistakes",
        "grader.mistakes.answers",
        "grader.mistakes.cases",
        "grader.mistakes.matching",
        "grader.mistakes.naming",
        "grader.mistakes.reading",
        "grader.mistakes.keeping",
        "grader.mistakes.sides",
        "grader.mistakes.table",
        "grader.mistakes.wrong_units",
        "grader.words.labels",
        "grader.words.mistakes",
        "grader.words.shapes",
        "grader.words.special",
    ]
)
# From a quarter of a millisecond to thirty each.
SLOW = frozenset(
    [
        "argparse",
        "contextlib",
        "dataclasses",
        "difflib",
        "hashlib",
        "inspect",
        "jsonschema",
        "locale",
        "logging",
        "numpy",
        "pathlib",
        "random",
        "shutil",
        "subprocess",
        "tempfile",
        "textwrap",
        "typing",
    ]
)


def loaded(name: str) -> set[str]:
    """Return the modules that grading the file loads."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        f"sys.argv = ['grade', {str(SUBMISSIONS / name)!r}]\n"
        "from grader.cli.start import grade\n"
        "assert grade() == 0\n"
        "loaded = sorted(set(sys.modules) - before)\n"
        "import json\n"
        "json.dump(loaded, sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(json.loads(done.stderr))


def ours(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "grader"}


def test_a_right_file_loads_these_modules_and_no_others() -> None:
    modules = loaded("perfect.json")
    assert ours(modules) - ON_THE_WAY == set()
    assert ON_THE_WAY - ours(modules) == set()
    newer = {"typing", "contextlib"} if sys.version_info >= (3, 14) else set()
    assert modules & SLOW <= newer


def test_a_wrong_file_loads_what_names_the_mistake_besides() -> None:
    assert ours(loaded("copied-line.json")) - ON_THE_WAY - DIAGNOSING == set()
