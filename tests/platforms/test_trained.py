"""Trained networks on platforms: the pages name their files, and bare Python reads them there."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from made import FILES, SAMPLES, zipped

import restated
from grader import load_exercise
from grader.cli import package
from grader.handover.trained import as_a_file
from grader.submission.sources import WEIGHTS

LAB = "relu-three-segments"
RESULTS = "results/results.json"
ANY_ORDER = "train-a-hat"
STARTS = {
    "classroom50": (f"autograders/{LAB}/autograder.py", "."),
    "coursera": ("grader/start.py", "submission"),
    "github": (f".github/relu-grader/{LAB}/start.py", "."),
    "gradescope": ("start.py", "submission"),
    "prairielearn": (f"{LAB}-python/tests/start.py", "student"),
}


Bundles = Callable[[str], Path]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundles:
    folder = tmp_path_factory.mktemp("bundles")

    @cache
    def packaged(platform: str) -> Path:
        assert package.main([platform, LAB, "-o", str(folder / platform)]) == 0
        return folder / platform

    return packaged


def start(program: Path, root: Path, stdin: bytes = b"") -> str:
    """Run a bundle's program on a Python without any library, and return what it prints."""
    bare = "import sys, runpy; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], {}, '__main__')"
    done = subprocess.run(
        [sys.executable, "-IS", "-c", bare, program, "--root", root],
        input=stdin,
        capture_output=True,
        cwd=root,
        env={"PATH": os.environ["PATH"], "partId": "abc12"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def unpacked_as_by_setup(folder: Path) -> None:
    for wheel in (folder / "wheels").iterdir():
        with ZipFile(wheel) as archive:
            archive.extractall(folder / "lib")


def gradescope(bundle: Bundles, root: Path, files: dict[str, bytes]) -> object:
    (root / "submission").mkdir(parents=True)
    for name, data in files.items():
        (root / "submission" / name).write_bytes(data)
    start(bundle("gradescope") / "start.py", root)
    return restated.gradescope({RESULTS: (root / RESULTS).read_text("utf-8")})


def test_a_network_is_graded_beside_the_program_that_trained_it(
    bundle: Bundles, tmp_path: Path
) -> None:
    network = (FILES / "keras.weights.h5").read_bytes()
    files = {"submission.weights.h5": network, "train.py": b"import keras\n"}
    assert gradescope(bundle, tmp_path, files) == (100, 100)


@pytest.mark.thorough
def test_every_kind_is_read_and_nothing_has_to_be_installed(
    bundle: Bundles, tmp_path: Path
) -> None:
    unpacked_as_by_setup(bundle("gradescope"))
    kinds = (*SAMPLES, "keras_get_weights.json", "sklearn_mlp.json")
    made = [{f"submission.{name.partition('.')[2]}": (FILES / name).read_bytes()} for name in kinds]
    both = ("tfjs_model.json", "tfjs_model.weights.bin")
    made += [
        {"submission.zip": zipped(*both)},
        {name: (FILES / name).read_bytes() for name in both},
    ]
    for number, files in enumerate(made):
        assert gradescope(bundle, tmp_path / str(number), files) == (100, 100), files


@pytest.mark.thorough
@pytest.mark.parametrize("platform", STARTS)
def test_each_platform_that_takes_files_reads_one(
    bundle: Bundles, tmp_path: Path, platform: str
) -> None:
    program, folder = STARTS[platform]
    (tmp_path / folder).mkdir(exist_ok=True)
    sample = (FILES / "keras.weights.h5").read_bytes()
    (tmp_path / folder / "submission.weights.h5").write_bytes(sample)
    said = start(bundle(platform) / program, tmp_path)
    written = [path for path in tmp_path.rglob("*") if path.suffix in {".json", ".html", ".md"}]
    said += "".join(path.read_text("utf-8") for path in written)
    assert "Score 100 of 100" in said or "100 of 100 points" in said


def test_open_edx_reads_the_lists_that_are_pasted(bundle: Bundles, tmp_path: Path) -> None:
    lists = (FILES / "keras_get_weights.json").read_text("utf-8")
    item = json.dumps({"xqueue_body": json.dumps({"student_response": lists})})
    program = bundle("open-edx") / f"graders/{LAB}/start.py"
    reply = json.loads(start(program, tmp_path, item.encode()))
    assert (reply["correct"], reply["score"]) == (True, 1)


@pytest.mark.parametrize("platform", STARTS)
def test_both_pages_name_the_files(bundle: Bundles, platform: str) -> None:
    told = (bundle(platform) / "INSTRUCTOR.md").read_text("utf-8")
    page = "task.html" if platform != "prairielearn" else f"{LAB}-python/question.html"
    task = (bundle(platform) / page).read_text("utf-8")
    for ending in WEIGHTS:
        assert f"`{ending}`" in told
        assert re.search(rf"<code>{re.escape(ending)}</code>|submission{re.escape(ending)}", task)
    assert "neither h5py nor NumPy" in told
    assert "one hidden layer of 3 units with ReLU" in task


def test_open_edx_says_that_it_takes_no_files(bundle: Bundles) -> None:
    told = (bundle("open-edx") / "INSTRUCTOR.md").read_text("utf-8")
    assert "Files such as `.weights.h5` cannot be handed in here." in told
    for name in ("task.html", "problem.xml"):
        task = (bundle("open-edx") / name).read_text("utf-8")
        assert "model.get_weights()" in task
        assert ".weights.h5" not in task


def test_what_has_to_stay_is_said_where_something_does() -> None:
    assert as_a_file(load_exercise(LAB)).endswith(
        "What the exercise gives keeps its numbers, each unit in its place; so does the output "
        "layer.\n"
    )
    assert as_a_file(load_exercise(ANY_ORDER)).endswith(
        "The output layer keeps the weights that the exercise gives it.\n"
    )
