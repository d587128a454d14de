"""A class in shares: each graded by itself, put together to the same bytes as in one run."""

import io
import json
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from classes_made import made_class, outputs
from command import LAB, Answer, run
from grader.cli import merge
from grader.cohort import merging
from grader.cohort.shards import Shard
from grader.console.arguments import read
from grader.console.classes import run_class as in_process

FORMS = ("--reports", "json")


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_class(tmp_path_factory.mktemp("class") / "c", 26)


@pytest.fixture(scope="module")
def whole(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run_class(collection, out, *FORMS).status == 0
    return outputs(out)


@pytest.fixture(scope="module")
def sharded(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sharded") / "out"
    for share in ("3/3", "1/3", "2/3"):
        answer = run_class(collection, out, *FORMS, "--shard", share)
        assert answer.status == 0
    assert f"Written: {out}/shard-0002-of-0003.part" in answer.out
    return out


@pytest.fixture
def parts(sharded: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "parts"
    folder.mkdir()
    for part in sharded.glob("*.part"):
        shutil.copy(part, folder)
    return folder


def answered(work: Callable[[], int]) -> Answer:
    """Run a command in this process; its output is a stream that can be reconfigured."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = work()
    out.seek(0)
    return Answer(status, out.read(), err.getvalue())


def merged(*words: object) -> Answer:
    return answered(lambda: merge.main([*map(str, words)]))


def run_class(collection: Path, out: Path, *words: str) -> Answer:
    options = read(["-e", LAB, str(collection), "-o", f"{out}/", *words])
    asked = options.of_class
    assert asked is not None
    return answered(lambda: in_process(options, asked))


def test_every_hand_in_is_in_one_chunk_of_one_shard() -> None:
    luck = random.Random(7)  # noqa: S311 - to be repeated
    for _ in range(200):
        total, of = luck.randrange(4000), luck.randrange(1, 40)
        chunks = [each for i in range(of) for each in Shard(i + 1, of).chunks(total)]
        assert sorted(number for number, _ in chunks) == list(range(len(chunks)))
        assert sorted(seq for _, every in chunks for seq in every) == list(range(total))
        assert all(len(every) <= 100 for _, every in chunks)
        assert all(
            n % of + 1 == i + 1 for i in range(of) for n, _ in Shard(i + 1, of).chunks(total)
        )


def test_merged_it_is_what_one_run_leaves(
    parts: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for again in range(2):
        answer = merged(parts, "-o", out)
        assert (answer.status, again, answer.err) == (0, again, "")
        assert answer.out.startswith("Merged: 3 shards\n26 submissions: 26 graded")
        assert outputs(out) == whole


def test_in_one_folder_it_needs_no_other_word(
    collection: Path, sharded: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(sharded, out)
    assert merged(out).status == 0
    answer = run_class(collection, out, *FORMS)
    assert "26 of 26 are graded already" in answer.err


def test_a_shard_goes_on_and_keeps_its_part(collection: Path, sharded: Path) -> None:
    part = sharded / "shard-0002-of-0003.part"
    before = part.read_bytes()
    answer = run_class(collection, sharded, *FORMS, "--shard", "2/3")
    assert answer.status == 0
    assert "8 of 8 are graded already" in answer.err
    assert part.read_bytes() == before


def test_what_is_missing_is_named(parts: Path, tmp_path: Path) -> None:
    (parts / "shard-0001-of-0003.part").unlink()
    (parts / "shard-0003-of-0003.part").unlink()
    answer = merged(parts, "-o", tmp_path / "out")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == (
        "1/3 and 3/3 are missing; run what is missing with --shard, then merge again\n"
    )
    assert not (tmp_path / "out").exists()


def cut_off(data: bytes) -> bytes:
    return data[:-200]


def a_score_changed(data: bytes) -> bytes:
    return data.replace(b'"graded","100"', b'"graded","101"', 1)


def head_changed(data: bytes) -> bytes:
    return data.replace(b'"hand_ins":26', b'"hand_ins":27', 1)


def another_file(_: bytes) -> bytes:
    return b"student,score\nada,100\n"


@pytest.mark.parametrize("harm", [cut_off, a_score_changed, head_changed, another_file])
def test_a_damaged_part_is_refused(
    harm: Callable[[bytes], bytes], parts: Path, tmp_path: Path
) -> None:
    part = parts / "shard-0002-of-0003.part"
    data = part.read_bytes()
    part.write_bytes(harm(data))
    assert part.read_bytes() != data
    answer = merged(parts, "-o", tmp_path / "out")
    assert answer.status == 2
    assert f"{part} is damaged or not a part of a class run (" in answer.err
    assert "copy it anew, or run its shard again" in answer.err


def test_another_version_of_the_file_is_said(parts: Path, tmp_path: Path) -> None:
    part = parts / "shard-0002-of-0003.part"
    part.write_bytes(part.read_bytes().replace(b'{"format":1', b'{"format":9', 1))
    answer = merged(parts, "-o", tmp_path / "out")
    assert answer.err == f"{part} is of version 9; this grader reads version 1\n"


def test_parts_of_two_runs_are_refused(collection: Path, parts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run_class(collection, other, "--reveal", "verdict", "--shard", "2/3").status == 0
    part = "shard-0002-of-0003.part"
    answer = merged(parts, other / part, "-o", tmp_path / "out")
    assert (
        f"{parts / part} and {other / part} are the same shard with different content" in answer.err
    )
    (parts / part).unlink()
    answer = merged(parts, other / part, "-o", tmp_path / "out")
    assert answer.status == 2
    assert "is of another run than" in answer.err
    assert "--reveal was as the exercise says and is verdict" in answer.err
    assert run_class(collection, other, *FORMS, "--shard", "1/2").status == 0
    answer = merged(parts, other / "shard-0001-of-0002.part", "-o", tmp_path / "out")
    assert "one of 3 shards, the other one of 2" in answer.err


def test_a_part_that_is_there_twice_counts_once(
    parts: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copytree(parts, tmp_path / "copies")
    out = tmp_path / "out"
    assert merged(parts, tmp_path / "copies", "-o", out).status == 0
    assert outputs(out) == whole


def test_the_exercise_comes_with_the_parts(collection: Path, tmp_path: Path) -> None:
    spec = tmp_path / f"{LAB}.yaml"
    lab = Path(__file__).parents[2] / "exercises" / f"{LAB}.yaml"
    spec.write_text(lab.read_text() + "# a word\n")
    words = ["-e", spec, collection, "-o"]
    assert run("grade", *words, f"{tmp_path}/whole/").status == 0
    assert run("grade", *words, f"{tmp_path}/out/", "--shard", "1/1").status == 0
    spec.unlink()
    assert merged(tmp_path / "out").status == 0
    one, other = tmp_path / "whole" / "results.sqlite", tmp_path / "out" / "results.sqlite"
    assert one.read_bytes() == other.read_bytes()


def test_another_version_of_the_grader_does_not_merge(
    parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "VERSION", "99.0")
    assert "were graded by version" in merged(parts, "-o", tmp_path / "out").err


@pytest.mark.parametrize("share", ["0/3", "4/3", "1", "a/b", "1/10000", "1/3/5"])
def test_what_is_no_share_is_refused(share: str, collection: Path, tmp_path: Path) -> None:
    answer = run_class(collection, tmp_path / "out", "--shard", share)
    assert answer.status == 2
    assert not (tmp_path / "out").exists()
    assert answer.err.endswith("with i from 1 to n and n at most 9,999, as in 3/16\n")


def test_what_is_for_the_whole_class_is_for_merge(collection: Path, tmp_path: Path) -> None:
    answer = run_class(collection, tmp_path / "out", "--shard", "1/3", "--keep", "best")
    assert (
        answer.err
        == "--into, --keep and --due are for the whole class; give them to grader merge\n"
    )


def test_nothing_to_merge_is_said(tmp_path: Path) -> None:
    assert "holds no shard-....part" in merged(tmp_path).err
    assert "name a folder for what is written: -o OUT/" in merged(tmp_path / "x.part").err
    answer = merged(tmp_path / "x.part", "-o", tmp_path / "out")
    assert (answer.status, answer.out) == (2, "")
    assert "x.part" in answer.err


def test_more_shards_than_hand_ins(tmp_path: Path) -> None:
    few, out = made_class(tmp_path / "few", 2), tmp_path / "out"
    for number in (1, 2, 3):
        assert run_class(few, out, "--shard", f"{number}/3").status == 0
    assert merged(out).status == 0
    rows = (out / "gradebook.csv").read_text().splitlines()
    assert len(rows) == 3
    head = json.loads((out / "shard-0003-of-0003.part").read_text().splitlines()[0])
    assert head["shard"] == [3, 3]


def test_the_installed_commands(whole: dict[str, bytes], collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["-e", LAB, collection, "-o", f"{out}/", *FORMS, "--shard", "1/1", "--quiet"]
    assert run("grade", *words) == Answer(0, "", "")
    assert run("grader", "merge", out, "--quiet") == Answer(0, "", "")
    left = {name for name in outputs(out) if name.startswith("shard-")}
    assert {name: data for name, data in outputs(out).items() if name not in left} == whole


def test_without_the_extra_a_cluster_is_refused_in_words(
    collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "grader.cohort.scheduling", raising=False)
    monkeypatch.setitem(sys.modules, "dask", None)
    answer = run_class(collection, tmp_path / "out", "--scheduler", "local:2")
    assert (answer.status, answer.err.splitlines()[-1]) == (
        2,
        "--scheduler needs dask, which is not installed: python -m pip install "
        "'relu-grader[cluster]'",
    )
