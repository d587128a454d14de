import os
from pathlib import Path

import pytest

from grader import SpecError, load_exercise
from grader.desk import catalogue as library
from grader.desk.catalogue import DEFAULT, Found, NotFound, find, is_known, is_path, known_ids

HERE = Path(library.__file__).parent


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exercises").mkdir()


def put(name: str, text: str = "format: 1\n") -> str:
    path = Path("exercises") / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_default_is_installed() -> None:
    assert load_exercise(DEFAULT).id == DEFAULT
    assert is_known(DEFAULT)
    assert DEFAULT in known_ids()


def test_an_exercise_in_the_current_folder() -> None:
    for ending in (".yaml", ".yml", ".json"):
        path = put(f"mine{ending}")
        assert find("mine") == Found(path)
        Path(path).unlink()
    with pytest.raises(NotFound):
        find("mine")
    assert not is_known("mine")
    put("mine.yaml")
    put("notes.txt")
    put("not an id.yaml")
    assert "mine" in known_ids()
    assert not {"notes", "not an id"} & set(known_ids())


def test_the_installed_one_counts_and_hides_another_of_the_same_id() -> None:
    path = put(f"{DEFAULT}.yaml")
    assert find(DEFAULT).hidden == path
    installed = Path(find(DEFAULT).path)
    put(f"{DEFAULT}.yaml", installed.read_text(encoding="utf-8"))
    assert find(DEFAULT) == Found(str(installed))


def test_the_folder_in_the_package_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "_HERE", str(tmp_path))
    put("mine.yaml")
    assert find("mine").path == str(tmp_path / "exercises" / "mine.yaml")
    os.chdir(HERE)
    assert known_ids() == ["mine"]


@pytest.mark.parametrize(
    ("name", "path"), [("a", False), ("a/b", True), ("a.yaml", True), ("a.json", True)]
)
def test_paths_and_ids(name: str, path: bool) -> None:  # noqa: FBT001 - a row of a table
    assert is_path(name) is path


def test_a_path_to_escape_with_is_no_id() -> None:
    with pytest.raises(NotFound):
        find("../exercises/mine")


def test_what_is_no_spec(tmp_path: Path) -> None:
    os.mkfifo("fifo.yaml")
    with pytest.raises(SpecError) as caught:
        load_exercise("./fifo.yaml")
    assert str(caught.value) == (
        "fifo.yaml:1: is not a regular file; name the YAML file of an exercise"
    )
    Path("\x1b[2J.yaml").write_text("", encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_exercise(tmp_path / "\x1b[2J.yaml")
    assert str(caught.value).startswith("\\x1b[2J.yaml:1: the file is empty")
    with pytest.raises(FileNotFoundError):
        load_exercise("none.yaml")


def test_an_id_that_nobody_knows_is_an_error_of_its_own() -> None:
    with pytest.raises(NotFound, match=r'^unknown exercise "no\\x1b"$') as caught:
        load_exercise("no\x1b")
    assert caught.value.id == "no\x1b"


def test_a_hidden_exercise_that_cannot_be_read_counts_as_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    path = put(f"{DEFAULT}.yaml")
    monkeypatch.setattr(library, "open", refuse, raising=False)
    assert find(DEFAULT).hidden == path
