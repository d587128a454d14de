"""The exact output of the author's commands. To rewrite it: GOLDEN=write pytest tests/golden."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from command import LAB, PROJECT
from grader.authoring.linting.lint import ROWS
from grader.authoring.solving import proofs
from grader.mistakes.table import DIAGNOSES
from samples import EXERCISE_IDS, EXERCISES
from samples.golden import compare
from samples.networks import UNSOLVABLE
from samples.specs import LINTED, SOLVED, spec

HERE = Path(__file__).parent / "authoring"
AUTHORS = PROJECT / "docs" / "authors.md"
NEW = {
    "hat": ["--points", "0,0 1,2 3,0"],
    "lab": ["--points", "0,2 1,0 2,1 3,4", "--title", "The lab"],
    "below": ["--points", "-2,-1 0,-3 1/3,-1 2,4.5"],
    "straight": ["--points", "0,1 2,3"],
    "falling": ["--points", "0,1 2,-3"],
    "flat-start": ["--points", "0,1 2,1 3,2"],
    "two-weights": ["--points", "0,2 1,0 3,2", "--weights", "2,1/2"],
    "all-positive": ["--points", "0,0 1,2 3,0", "--weights", "1,1"],
    "too-few": ["--points", "0,2 1,0 2,1 3,4", "--weights", "1,1"],
    "too-steep": ["--points", "0,0 1,1e9 2,-1e9"],
    "too-near": ["--points", "0,0 1e-9,1 2e-9,0"],
    "nothing-to-do": ["--points", "0,0 1,0"],
    "hopeless": ["--points", "0,2 1,0 2,1 3,4 4,0", "--weights", "1"],
}


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(verb: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a verb prints, on both streams, and its status."""
    status = import_module(f"grader.cli.{verb}").main(arguments)
    out, err = capsys.readouterr()
    return f"{out}{err}status {status}\n"


@pytest.mark.parametrize("name", LINTED)
def test_lint(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("case.yaml").write_text(spec(LINTED[name]), "utf-8")
    compare(HERE / "lint" / f"{name}.txt", told("lint", ["-v", "case.yaml"], capsys))


@pytest.mark.parametrize("id_", EXERCISE_IDS)
def test_lint_of_what_is_shipped(id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(f"{id_}.yaml").write_bytes((EXERCISES / f"{id_}.yaml").read_bytes())
    compare(HERE / "shipped" / f"{id_}.txt", told("lint", ["-v", f"{id_}.yaml"], capsys))


@pytest.mark.parametrize("form", ["json", "github"])
def test_lint_in_other_forms(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("case.yaml").write_text(spec(LINTED["everything-at-once"]), "utf-8")
    text = told("lint", ["-v", "-f", form, "case.yaml"], capsys)
    compare(HERE / "forms" / f"lint-{form}.txt", text)


@pytest.mark.parametrize("name", SOLVED)
def test_solve(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("case.yaml").write_text(spec(SOLVED[name]), "utf-8")
    compare(HERE / "solve" / f"{name}.txt", told("solve", ["case.yaml"], capsys))


@pytest.mark.parametrize("name", ["sets", "wrong-bends"])
def test_solve_in_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("case.yaml").write_text(spec(SOLVED[name]), "utf-8")
    text = told("solve", ["-f", "json", "case.yaml"], capsys)
    compare(HERE / "forms" / f"solve-{name}.json.txt", text)


@pytest.mark.parametrize("name", NEW)
def test_new(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = told("new", [name, *NEW[name]], capsys)
    for path in sorted(Path().rglob("*.yaml")):
        text += f"\n{path}\n{path.read_text('utf-8')}"
    for path in sorted(Path().rglob("*.json")):
        text += f"{path.name} {json.dumps(json.loads(path.read_text('utf-8')))}\n"
    compare(HERE / "new" / f"{name}.txt", text)


@pytest.mark.parametrize("form", ["text", "html", "svg"])
def test_preview(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = told("preview", [LAB, "--answer", "-f", form], capsys)
    if form == "html":  # module and style sheet are files of their own; their hashes follow them
        text = re.sub(r"(?s)(<(?:style|script type=\"module\")>).*?</", r"\1...</", text)
        text = re.sub("'sha256-[^']*'", "...", text)
    compare(HERE / "forms" / f"preview-{form}.txt", text)


@pytest.mark.parametrize("id_", ["exact-match", "hard-sigmoid", "first-turn"])
def test_preview_of_other_rules(id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    compare(HERE / "forms" / f"preview-{id_}.txt", told("preview", [id_], capsys))


def texts(folder: str) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((HERE / folder).glob("*.txt")))


def test_every_finding_is_shown() -> None:
    shown = texts("lint") + texts("shipped")
    for row in ROWS:
        assert f"{row.level} {row.code}: " in shown, row.code


def test_every_proof_is_shown() -> None:
    assert set(UNSOLVABLE) <= set(SOLVED)
    source = Path(proofs.__file__).read_text("utf-8")
    for name in SOLVED:
        text = (HERE / "solve" / f"{name}.txt").read_text("utf-8")
        if name.rpartition("-")[0] and f'"{name}"' in source:
            assert text.startswith("case: A case\nNot solvable"), name


def test_every_sample_is_named_for_a_mistake() -> None:
    names = {line.split(".json")[0] for line in texts("new").splitlines() if ".json {" in line}
    assert names - {"perfect", "blank"} <= set(DIAGNOSES)


def test_no_golden_file_is_left_over() -> None:
    for folder, names in {
        "lint": LINTED,
        "solve": SOLVED,
        "new": NEW,
        "shipped": EXERCISE_IDS,
    }.items():
        assert {path.stem for path in (HERE / folder).glob("*")} == set(names)


def test_the_readme_lists_every_finding() -> None:
    rows = [f"| {row.level} | `{row.code}` | {row.meaning} |" for row in ROWS]
    shown = [line for line in AUTHORS.read_text("utf-8").splitlines() if line in rows]
    assert sorted(shown) == sorted(rows)
