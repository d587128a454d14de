"""What is wrong with a course, said before anything is graded, and what is a part's collection."""

import zipfile
from pathlib import Path

import pytest

from course_made import COURSE, run
from grader.cohort.courses.selecting import matcher, selected


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "own/zigzag.yaml",
            "zigzaf",
            'course.yaml:14: exercises[2].exercise: unknown exercise "zi',
        ),
        ("own/zigzag.yaml", "own/z.yaml", "course.yaml:14: exercises[2].exercise: "),
        ("week3/", "week1.zip", "week1.zip is among the files of week1 and week3; let each file"),
        (
            "week1.zip, points: 10",
            "week1.zip/*9000*}\n  - {id: again, exercise: zigzag, files: week1.zip/love*, points: 1",
            "week1.zip/lovelaceada_90000_7700_submission.json is among the files of week1 and again",
        ),
        ("title: M", "roster: {file: r.csv}\ntitle: M", "r.csv: No such file"),
        ("format: 1", "format: 2", 'course.yaml:1: format: "2" is not allowed; it must be 1'),
    ],
)
def test_what_is_wrong_with_a_course_is_said_before_anything_is_graded(
    old: str, new: str, reason: str, course: Path, tmp_path: Path
) -> None:
    (course / "course.yaml").write_text(COURSE.replace(old, new))
    answer = run(course, tmp_path / "out")
    assert (answer.status, answer.out) == (2, "")
    assert reason in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--keep", "best"], "--keep: for a course this is said in course.yaml"),
        (["--roster", "r.csv", "--due", "x"], "--roster, --due: for a course this is said in"),
        (["--key", "ID"], "--key says by what to find rows in a file"),
        (["--shard", "1/2"], "a course is graded whole"),
    ],
)
def test_what_a_course_says_itself_is_no_option(
    words: list[str], reason: str, course: Path, tmp_path: Path
) -> None:
    answer = run(course, tmp_path / "out", *words)
    assert answer.status == 2
    assert reason in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.thorough
def test_a_course_writes_over_nothing_of_a_persons(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "gradebook.csv").write_text("mine")
    answer = run(course, out)
    assert answer.status == 2
    assert "was made or changed by something other than this run" in answer.err
    assert (out / "gradebook.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("a/b.json", "a/b.json", True),
        ("a", "a/b/c.json", True),
        ("a/*", "a/b/c.json", True),
        ("a/*.json", "a/b.json", True),
        ("a/*.json", "a/b/c.json", False),
        ("a/**/x.json", "a/x.json", True),
        ("a/**/**/x.json", "a/b/c/x.json", True),
        ("**/lab1/*", "ada/lab1/x", True),
        ("**", "any/thing", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("Ada [17].json", "Ada [17].json", True),
        ("Zoe\u0308.json", "Zo\u00eb.json", True),
    ],
)
def test_patterns(pattern: str, path: str, *, matches: bool) -> None:
    assert matcher([pattern.split("/")])(path) == matches


def test_a_collection_is_the_deepest_folder_or_first_archive(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "a" / "c.zip", "w") as archive:
        archive.writestr("x", "1")
    found = {
        patterns: selected(str(tmp_path), patterns)
        for patterns in (("a/b/",), ("a/b/*", "a/b/c/d"), ("a/c.zip/lab1/**",), (".",), ("z/y",))
    }
    assert [each.below for each in found.values()] == ["a/b", "a/b", "a/c.zip", "", ""]
    assert [each.only is None for each in found.values()] == [True, False, False, True, False]
