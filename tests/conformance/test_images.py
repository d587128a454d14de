"""Coursera's image as buildah builds it, with nothing prepared and only the submission mounted."""

from pathlib import Path
from typing import Any

import images
import pytest

import restated
from grader.cli import package

pytestmark = pytest.mark.conformance
LAB = "relu-three-segments"
NAME = "relu-grader-conformance"
SUBMISSIONS = {
    "right": ("submission.json", '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}', 1),
    "partial": ("answer.json", '{"w1": 1.04, "b1": -1, "w2": 2.05, "b2": -4}', 0.75),
    "broken": ("submission.json", "{", 0),
    "python": ("submission.py", "def submission():\n    return 1, -1, 2, -4\n", 1),
}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("coursera") / "image"
    assert package.main(["coursera", LAB, "--no-numpy", "-o", str(folder)]) == 0
    try:
        return images.build(folder, NAME)
    except images.RefusedError as error:
        pytest.skip(f"no image can be built here: {error}")


def test_the_image_has_its_entry_and_a_user_without_privileges(image: dict[str, Any]) -> None:
    assert image["User"] == "1000"
    assert image["Entrypoint"] == ["python3", "-I", "/grader/start.py"]


@pytest.mark.parametrize("case", SUBMISSIONS)
@pytest.mark.usefixtures("image")
def test_it_grades_what_is_mounted(tmp_path: Path, case: str) -> None:
    name, text, score = SUBMISSIONS[case]
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / name).write_text(text)
    for path in (tmp_path / "submission", tmp_path / "submission" / name):
        path.chmod(path.stat().st_mode | 0o555)
    mounted = tmp_path / "submission"
    done, files = images.run(NAME, mounted, "/shared/submission", partId="abc12", userId="7")
    assert (done.returncode, done.stderr) == (0, "")
    assert restated.coursera(files) == pytest.approx(score)
