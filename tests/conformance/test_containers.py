"""The bundles where their platforms put them: real paths, no network, a user without privileges."""

import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import container
import numpy as np
import pytest

import restated
from grader.cli import package
from grader.handover.bundling import File

pytestmark = pytest.mark.conformance
LAB = "relu-three-segments"

RIGHT = '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'
SUBMISSIONS = {
    "full": ("submission.json", RIGHT, 100),
    "partial": ("answer.json", '{"w1": 1, "b1": -1.1, "w2": 2, "b2": -4}', 1775 / 21),
    "guard": ("submission.json", '{"w1": 1, "b1": 0, "w2": 2, "b2": -4}', 20),
    "broken": ("submission.json", "{", 0),
    "markup": ("submission.json", '{"<script>&": "</pre>"}', 0),
    "chooses": ("submission.json", '{"exercise": "easy", "w1": 0, "b1": 0, "w2": 0, "b2": 0}', 0),
    "python": ("submission.py", "def submission():\n    return 1, -1, 2, -4\n", 100),
    "endless": ("submission.py", "def submission():\n    while True:\n        pass\n", 0),
}
TRAPS = {  # what a student could lay out to be imported, read or chosen instead
    "grader.py": "raise SystemExit('imported')",
    "json.py": "raise SystemExit('imported')",
    "sitecustomize.py": "raise SystemExit('imported')",
}


def fill(folder: Path, name: str, text: str) -> None:
    (folder / "exercises").mkdir(parents=True)
    spec = "format: 1\nid: easy\n"
    (folder / "exercises/easy.yaml").write_text(spec)
    (folder / f"exercises/{LAB}.yaml").write_text(spec)
    (folder / name).write_text(text)


def read(folder: Path) -> Mapping[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and "exercise" not in str(path) and "submission" not in path.parts
    }


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree in which the harness has unpacked the zip and run setup.sh, as root."""
    folder = tmp_path_factory.mktemp("gradescope")
    words = ["gradescope", LAB, "--no-numpy", "-o", str(folder / "autograder.zip")]
    assert package.main(words) == 0
    root = folder / "root"
    source = root / "autograder/source"
    source.mkdir(parents=True)
    with zipfile.ZipFile(folder / "autograder.zip") as archive:
        archive.extractall(source)
    program = root / "autograder/run_autograder"
    program.write_bytes((source / "run_autograder").read_bytes())
    program.chmod(0o755)
    (source / "setup.sh").chmod(0o755)
    open_to_all(folder)
    done = container.run(
        root, "/autograder/source/setup.sh", directory="/autograder/source", user=0
    )
    assert (done.returncode, done.stderr) == (0, "")
    installed = Path(np.__file__).parent.parent  # setup.sh would ask pip, and there is no network
    for name in ("numpy", "numpy.libs"):
        if (installed / name).exists():
            shutil.copytree(installed / name, source / "lib" / name)
    return root


def open_to_all(folder: Path) -> None:
    """Let the user without privileges reach a folder of pytest's."""
    for path in [folder, *folder.parents]:
        if path != Path("/tmp") and path.is_relative_to("/tmp"):  # noqa: S108 - pytest's
            path.chmod(path.stat().st_mode | 0o055)


NUMPY = {
    "numpy": ("a.py", "import numpy as np\nsubmission = lambda: np.array([1, -1, 2, -4])", 100)
}


@pytest.mark.parametrize("case", SUBMISSIONS | NUMPY)
def test_gradescope(autograder: Path, case: str) -> None:
    name, text, points = (SUBMISSIONS | NUMPY)[case]
    place = autograder / "autograder"
    for folder in ("submission", "results"):
        subprocess.run(["rm", "-rf", str(place / folder)], check=True)
        (place / folder).mkdir()
    fill(place / "submission", name, text)
    metadata = '{"users": [{"name": "Some Student"}], "assignment": {"total_points": "100.0"}}'
    (place / "submission_metadata.json").write_text(metadata)
    container.hand_over(autograder, "autograder/submission", "autograder/results")
    done = container.run(
        autograder,
        "/autograder/run_autograder",
        directory="/autograder",
        environment={"PYTHONPATH": "/autograder/submission"},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    files = read(place / "results")
    assert restated.gradescope(files) == (points, 100)
    assert "Some Student" in files["results.json"]


def docker(root: Path, dockerfile: str) -> list[str]:
    """Follow the few kinds of line that our Dockerfile has; return the entry point."""
    lines = dockerfile.replace("\\\n", " ").splitlines()
    entry: list[str] = []
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "COPY":
            assert rest == "grader /grader"
        elif word == "RUN":
            done = container.run(root, "sh", "-c", rest, user=0)
            assert done.returncode == 0, done.stderr
        elif word == "ENTRYPOINT":
            entry = shlex.split(rest.strip("[]").replace(",", " "))
        else:
            assert word in {"FROM", "USER"}
    return entry


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("coursera") / "root"
    assert package.main(["coursera", LAB, "--no-numpy", "-o", str(root)]) == 0
    open_to_all(root)
    return root, docker(root, (root / "Dockerfile").read_text())


def mount(root: Path, name: str, text: str) -> None:
    """Put a submission where Coursera mounts it; everything else in /shared is the image's own."""
    for path in (root / "shared").iterdir():
        subprocess.run(["rm", "-rf", str(path)], check=True)
    fill(root / "shared/submission", name, text)
    for path in (root / "shared/submission").rglob("*"):
        path.chmod(0o444 if path.is_file() else 0o555)


@pytest.mark.parametrize("case", SUBMISSIONS)
def test_coursera(image: tuple[Path, list[str]], case: str) -> None:
    root, entry = image
    name, text, points = SUBMISSIONS[case]
    mount(root, name, text)
    done = container.run(root, *entry, environment={"partId": "abc12", "userId": "7"})
    assert done.returncode == 0, done.stderr
    assert restated.coursera(read(root / "shared")) == pytest.approx(points / 100)


def test_a_lost_wheel_is_a_fault_and_no_zero(image: tuple[Path, list[str]]) -> None:
    root, entry = image
    mount(root, "submission.json", RIGHT)
    spec = root / f"grader/exercise/{LAB}.yaml"
    spec.write_bytes(spec.read_bytes() + b"\n# changed\n")
    done = container.run(root, *entry, environment={"partId": "abc12"})
    assert done.returncode == 4
    assert not (root / "shared/feedback.json").exists()


def test_no_network_and_no_privileges(image: tuple[Path, list[str]]) -> None:
    root, _ = image
    program = "import os, socket; print(os.getuid(), [n for _, n in socket.if_nameindex()])"
    done = container.run(root, "python3", "-c", program)
    assert done.stdout == f"{container.NOBODY} ['lo']\n"
    assert re.search(r"CapEff:\s*0+\n", container.run(root, "cat", "/proc/self/status").stdout)
    assert File(b"").executable is False
    assert sys.base_prefix
