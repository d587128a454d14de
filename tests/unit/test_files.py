"""Whatever stops a command while it writes, and wherever: the old file or the new one, no other."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from grader.desk import files


class Stop(BaseException):
    """A signal's exception, which nothing in the program expects."""


def stopped_at(line: int, work: Callable[[], None]) -> bool:
    """Do the work, and stop it at so manieth line in files.py where a signal may come."""
    left = line

    def trace(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ANN401 - as sys has it
        nonlocal left
        if frame.f_code.co_filename != files.__file__:
            return None
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        if (
            event == "line"
            and signal.SIGTERM not in blocked
            and frame.f_code.co_name != "_undisturbed"
        ):
            left -= 1
            if left == 0:
                raise Stop
        return trace

    before = sys.gettrace()  # that of whoever measures coverage
    sys.settrace(trace)
    try:
        work()
    except Stop:
        return True
    finally:
        sys.settrace(before)
    return False


def state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text() if path.is_file() else ""
        for path in folder.rglob("*")
    }


# A stop between two lines loses an open file's only name; the system closes it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_replaced_file_is_the_old_one_or_the_new_one_wherever_it_stops(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    stops = 0
    for line in range(1, 100):
        path.write_text("old")
        stopped = stopped_at(line, lambda: files.replace(str(path), b"new", executable=True))
        assert state(tmp_path) in [{"report.txt": "old"}, {"report.txt": "new"}]
        stops += stopped
        if not stopped:
            break
    assert stops >= 5
    assert state(tmp_path) == {"report.txt": "new"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_new_tree_is_there_as_a_whole_or_not_at_all_wherever_it_stops(tmp_path: Path) -> None:
    tree = {str(tmp_path / "a" / "b" / name): b"new" for name in ("1.txt", "2.txt")}
    stops = 0
    for line in range(1, 200):
        stopped = stopped_at(line, lambda: files.create(tree, [next(iter(tree))]))
        if not stopped:
            break
        stops += 1
        if (tmp_path / "a" / "b" / "2.txt").exists():
            break  # it was stopped after all was done
        assert state(tmp_path) == {}, line
    assert stops >= 10
    assert set(state(tmp_path)) == {"a", "a/b", "a/b/1.txt", "a/b/2.txt"}


def test_what_was_there_before_a_new_tree_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "2.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        files.create({str(tmp_path / "a" / name): b"new" for name in ("1.txt", "2.txt")})
    assert state(tmp_path) == {"a": "", "a/2.txt": "mine"}


def test_a_hard_link_keeps_its_other_name(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine")
    os.link(tmp_path / "secret", tmp_path / "report.txt")
    assert files.to_file(["new"], str(tmp_path / "report.txt"))
    assert state(tmp_path) == {"secret": "mine", "report.txt": "new"}


def test_a_pipe_that_nobody_reads_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "report.txt")
    assert not files.to_file(["new"], str(tmp_path / "report.txt"))
    told = capsys.readouterr()
    assert told.out == "new"
    assert "cannot be written (No such device or address)" in told.err


def test_a_pipe_that_somebody_reads_gets_it_all(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert files.to_file(["new"], str(path))
        assert os.read(reader, 100) == b"new"
    finally:
        os.close(reader)


@pytest.mark.parametrize("way", ["file", "nowhere", "folder"])
def test_a_planted_link_is_replaced_and_its_target_left_alone(tmp_path: Path, way: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "report.txt").symlink_to(way)
    files.replace(str(tmp_path / "report.txt"), b"new")
    assert not (tmp_path / "report.txt").is_symlink()
    assert (tmp_path / "report.txt").read_text() == "new"
    assert (tmp_path / "file").read_text() == "mine"
    assert os.listdir(tmp_path / "folder") == []
