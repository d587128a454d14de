"""The author's commands as an author runs them: files, exit statuses, and what is refused."""

import json
import re
from fractions import Fraction
from html import unescape
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal
from subprocess import PIPE, Popen

import pytest

from command import BIN, LAB, PERFECT, as_a_plain_user, grade_json, run
from grader import grade, load_exercise
from grader.task.page import task_html
from grader.words.wording import points_of
from samples.specs import LEAKS, LINTED, SOLVED, spec


def write(folder: Path, changes: list[tuple[str, str]]) -> Path:
    path = folder / "case.yaml"
    path.write_text(spec(changes), "utf-8")
    return path


def test_new_writes_what_lints_and_grades_as_it_says(tmp_path: Path) -> None:
    answer = run("grader", "new", "hat", "--points", "0,0 1,2 3,0", cwd=tmp_path)
    assert (answer.status, answer.err) == (0, "")
    exercise = tmp_path / "exercises" / "hat.yaml"
    assert run("grader", "lint", exercise).status == 0
    samples = sorted((tmp_path / "submissions" / "hat").glob("*.json"))
    assert {"perfect.json", "blank.json", "bias-sign.json"} <= {path.name for path in samples}
    for path in samples:
        report = grade_json("-e", exercise, path).report
        told = re.search(rf"{path.name}  ([0-9.]+) points", answer.out)
        assert told is not None
        assert abs(float(told[1]) - report["score"]) <= 0.005
        named = [code for d in report["diagnoses"] for code in (d["code"], *d["also"])]
        assert path.stem in {"perfect", "blank", *named}


def test_new_asks_for_points(tmp_path: Path) -> None:
    answer = run("grader", "new", "hat", stdin=b"0,0 1,2 3,0\n", cwd=tmp_path)
    assert answer.status == 0
    assert answer.err == "points, such as 0,0 1,2 3,0: "
    assert (tmp_path / "exercises" / "hat.yaml").is_file()


def test_new_without_an_answer_writes_nothing(tmp_path: Path) -> None:
    answer = run("grader", "new", "hat", cwd=tmp_path)
    assert answer.status == 2
    assert answer.err.endswith(": \nno points were given, so nothing was written; try --points\n")
    assert not list(tmp_path.iterdir())


def test_an_interrupted_question_writes_nothing(tmp_path: Path) -> None:
    # A shell lets what it runs in the background ignore interrupts: undo that for the command.
    before = signal(SIGINT, SIG_DFL)
    try:
        asked = Popen([BIN / "grader", "new", "hat"], cwd=tmp_path, stdin=PIPE, stderr=PIPE)
    finally:
        signal(SIGINT, before)
    with asked:
        assert asked.stderr is not None
        shown = asked.stderr.read(len("points, such as "))
        asked.send_signal(SIGINT)
        assert asked.wait(30) == 130
        shown += asked.stderr.read()
    assert shown == b"points, such as 0,0 1,2 3,0: \nnothing was written\n"
    assert not list(tmp_path.iterdir())


def test_new_draws_a_picture(tmp_path: Path) -> None:
    points = ["--points", "0,0 1,2 3,0", "--picture", "hat.svg"]
    assert run("grader", "new", "hat", *points, cwd=tmp_path).status == 0
    assert (tmp_path / "hat.svg").read_text("utf-8").startswith("<svg ")


@pytest.mark.parametrize("title", ["", "  ", "no", 'a "quoted" \\ title: #1', "\x1b[2J", "Ü" * 300])
def test_new_takes_any_title(title: str, tmp_path: Path) -> None:
    arguments = ["new", "hat", "--points", "0,0 1,2 3,0", "--title", title]
    assert run("grader", *arguments, cwd=tmp_path).status == 0
    assert run("grader", "lint", tmp_path / "exercises" / "hat.yaml").status == 0


UNUSABLE = {
    "one point": (
        ["hat", "--points", "0,0"],
        "a line needs at least two points, such as ",
    ),
    "a bias that is no number": (
        ["hat", "--points", "0,0 1,1", "--bias", "x"],
        '"x" is not a number; write a number such as 2, -0.5 or 1/3\n',
    ),
    "no points": (["hat", "--points", ""], "a line needs at least two points, such as "),
    "not in order": (
        ["hat", "--points", "0,0 2,1 1,3"],
        "x has to increase from point to point, but 1 follows 2\n",
    ),
    "the same x": (
        ["hat", "--points", "0,0 0,1"],
        "x has to increase from point to point, but 0 follows 0\n",
    ),
    "no pair": (["hat", "--points", "0 1"], '"0" is not a point; write x,y such as 1,2\n'),
    "three numbers": (
        ["hat", "--points", "0,1,2 3,4"],
        '"1,2" in "0,1,2" is not a number; write a number such as 2, -0.5 or 1/3\n',
    ),
    "no number": (
        ["hat", "--points", "0,0 1,nan"],
        '"nan" in "1,nan" is not a number; write a number such as 2, -0.5 or 1/3\n',
    ),
    "too large": (
        ["hat", "--points", "0,0 1,1e10"],
        '"1e10" in "1,1e10" is over 1e9 in magnitude; write a number such as 2, -0.5 or 1/3\n',
    ),
    "too many": (
        ["hat", "--points", " ".join(f"{x},0" for x in range(30))],
        "30 points are too many; give at most 22\n",
    ),
    "no weights": (
        ["hat", "--points", "0,0 1,1", "--weights", " "],
        "no output weight is given; write one for each unit, such as 1,1,-1\n",
    ),
    "too many weights": (
        ["hat", "--points", "0,0 1,1", "--weights", "1," * 30],
        "30 units are too many; give at most 22 weights\n",
    ),
    "no id": (
        ["../hat", "--points", "0,0 1,1"],
        '"../hat" is not an id; use letters, digits and hyphens\n',
    ),
    "an empty id": (
        ["", "--points", "0,0 1,1"],
        '"" is not an id; use letters, digits and hyphens\n',
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_new_refuses(name: str, tmp_path: Path) -> None:
    arguments, message = UNUSABLE[name]
    answer = run("grader", "new", *arguments, cwd=tmp_path)
    assert answer.status == 2
    assert answer.err.startswith(message)
    assert answer.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_new_never_overwrites(tmp_path: Path) -> None:
    arguments = ("new", "hat", "--points", "0,0 1,2 3,0")
    assert run("grader", *arguments, cwd=tmp_path).status == 0
    exercise = tmp_path / "exercises" / "hat.yaml"
    exercise.write_text("mine", "utf-8")
    again = run("grader", *arguments, cwd=tmp_path)
    assert again.status == 2
    path = "./exercises/hat.yaml"
    assert again.err == f"{path} already exists and is not overwritten; choose another name\n"
    assert exercise.read_text("utf-8") == "mine"
    exercise.unlink()
    again = run("grader", *arguments, cwd=tmp_path)
    path = "./submissions/hat"
    assert again.err == f"{path} already exists and is not overwritten; choose another name\n"
    assert not exercise.exists()


def test_new_in_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    arguments = ("new", "hat", "--points", "0,0 1,2 3,0")
    answer = run("grader", *arguments, cwd=tmp_path, before=as_a_plain_user)
    assert answer.status == 2
    assert answer.err == (
        "./exercises cannot be written (Permission denied); nothing was written; choose another "
        "--folder\n"
    )
    tmp_path.chmod(0o755)
    assert not list(tmp_path.iterdir())


def test_new_takes_back_what_it_wrote_where_the_rest_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "submissions").write_text("a file", "utf-8")
    answer = run("grader", "new", "hat", "--points", "0,0 1,2 3,0", cwd=tmp_path)
    assert answer.status == 2
    assert "nothing was written" in answer.err
    assert not (tmp_path / "exercises").exists()


@pytest.mark.parametrize(
    ("case", "status"),
    [("good", 0), ("mistake-full-marks", 0), ("unsolvable", 1), ("gap-only", 1), ("no-spec", 2)],
)
def test_lint_statuses(case: str, status: int, tmp_path: Path) -> None:
    changes = LINTED.get(case, [("on: [1, 2]", "on: [1.5, 2]")])
    assert run("grader", "lint", write(tmp_path, changes)).status == status


def test_lint_shows_information_only_on_request(tmp_path: Path) -> None:
    path = write(tmp_path, LINTED["with-sliders"])
    for form in ("text", "json", "github"):
        assert "slider-count" not in run("grader", "lint", "-f", form, path).out
        assert "slider-count" in run("grader", "lint", "-v", "-f", form, path).out


def test_lint_advises_what_new_advises(tmp_path: Path) -> None:
    lint = run("grader", "lint", write(tmp_path, LINTED["unsolvable"])).out
    target = ["--points", "0,0 1,0 2,1 3,4", "--weights", "1,-1"]
    new = run("grader", "new", "case", *target, "--folder", tmp_path).err
    advice = new.strip().splitlines()[-1]
    assert "it can be done" in advice
    assert advice in lint


@pytest.mark.parametrize("words", LEAKS)
def test_lint_finds_an_answer_in_these_words(words: str, tmp_path: Path) -> None:
    path = write(tmp_path, [("title: A case", f"title: A case\ndescription: |\n  {words}\n")])
    assert "warning answer-in-text" in run("grader", "lint", path).out


@pytest.mark.parametrize(
    "words", ["relu(-2x + 2)", "choose w1 and b1", "w1 = 3", "unit 1 has the weight 7", "f(x) = w1"]
)
def test_lint_finds_no_answer_where_there_is_none(words: str, tmp_path: Path) -> None:
    path = write(tmp_path, [("title: A case", f"title: A case\ndescription: |\n  {words}\n")])
    assert "answer-in-text" not in run("grader", "lint", path).out


def test_an_illegal_id_is_never_proposed(tmp_path: Path) -> None:
    path = tmp_path / "my case.yaml"
    path.write_text(spec([]), "utf-8")
    told = run("grader", "lint", path).out
    assert 'name the file case.yaml, for "my case" cannot be an id' in told


@pytest.mark.parametrize("title", ["'Lab #3'", '"Lab #3: on"', "Lab#3", "Lab"])
def test_a_title_that_is_whole_is_not_called_cut(title: str, tmp_path: Path) -> None:
    path = write(tmp_path, [("title: A case", f"title: {title}")])
    assert "cut-at-comment" not in run("grader", "lint", path).out


def test_a_message_that_is_cut_off_is_named(tmp_path: Path) -> None:
    own = "feedback:\n  messages:\n    bias-sign: Mind task #3\ntolerance:"
    path = write(tmp_path, [("tolerance:", own)])
    assert (
        'the message for bias-sign is only "Mind task", for "#3"' in run("grader", "lint", path).out
    )


def test_lint_of_several_gives_the_highest_status(tmp_path: Path) -> None:
    path = write(tmp_path, LINTED["unsolvable"])
    assert run("grader", "lint", LAB, path).status == 1
    missing = run("grader", "lint", LAB, tmp_path / "missing.yaml", path)
    assert missing.status == 2
    assert missing.err.endswith("No such file or directory; name a YAML file or an exercise's id\n")
    assert run("grader", "lint", "no-such-exercise").status == 2


@pytest.mark.parametrize("verb", ["lint", "solve", "preview"])
@pytest.mark.parametrize("content", [b"", b"\xff", b"[1, 2]", b"format: 1", b"a: &a [*a]"])
def test_what_is_no_spec_has_status_2(verb: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    answer = run("grader", verb, path)
    assert answer.status == 2
    assert "case.yaml:1: " in answer.out + answer.err


def test_lint_as_json(tmp_path: Path) -> None:
    answer = run("grader", "lint", "-v", "-f", "json", write(tmp_path, LINTED["unsolvable"]), LAB)
    case, lab = json.loads(answer.out)["exercises"]
    assert case["findings"][0]["code"] == "unsolvable"
    assert case["findings"][0]["line"] == 5
    assert {finding["level"] for finding in lab["findings"]} == {"information"}


@pytest.mark.parametrize(("case", "status"), [("points", 0), ("wrong-sign", 1), ("undecided", 1)])
def test_solve_statuses(case: str, status: int, tmp_path: Path) -> None:
    assert run("grader", "solve", write(tmp_path, SOLVED[case])).status == status


def test_what_solve_gives_gets_full_marks(tmp_path: Path) -> None:
    path = write(tmp_path, SOLVED["sets"])
    families = json.loads(run("grader", "solve", "-f", "json", path).out)["families"]
    for family in families:
        sample = json.dumps(family["example"]["parameters"]).encode()
        assert grade_json("-e", path, "-", stdin=sample).report["score"] == 100


def test_preview_shows_the_answer_only_on_request(tmp_path: Path) -> None:
    right = json.loads(PERFECT.read_text("utf-8"))
    shown = f"w1 = {right['w1']}, b1 = {right['b1']}"
    assert shown not in run("grader", "preview", LAB).out
    assert shown in run("grader", "preview", LAB, "--answer").out
    page = tmp_path / "page.html"
    assert run("grader", "preview", LAB, "-f", "html", "-o", page).status == 0
    text = page.read_text("utf-8")
    assert shown not in text
    assert "Do not publish this page: its mistakes lead to the answer." in text
    assert "Holds the answer" not in text
    assert run("grader", "preview", LAB, "-f", "html", "-o", page, "--answer").status == 0
    text = page.read_text("utf-8")
    assert shown in text
    assert "<h3>Holds the answer. Do not publish.</h3>" in text


def test_the_preview_says_what_an_author_wants_to_know(tmp_path: Path) -> None:
    page = run("grader", "preview", LAB, "-f", "html").out
    assert "<p>2 right answers.</p>" in page
    assert "<p>2 of 43,046,721 slider settings get full marks.</p>" in page
    assert "<p>No errors, no warnings.</p>" in page
    assert "<td>Segment 2</td>" in page
    # Contract section 5: the bias with the other sign.
    row = page.partition("right weight, the bias has the other sign</button>")[2].partition("</li>")
    assert row[0].startswith(' <span class="score">20 of 100 points</span>')
    assert "Only the sign of the bias is wrong." in row[0]
    lone = run("grader", "preview", "-f", "html", write(tmp_path, [])).out
    assert "<p>The spec has no sliders: the page makes its own.</p>" in lone
    warned = run("grader", "preview", "-f", "html", "absolute-value").out
    assert "<strong>warning copied-lines-earn</strong>, line 16, <code>target</code>:" in warned


def test_what_mistakes_score_in_the_preview_is_what_they_score_when_graded() -> None:
    page = run("grader", "preview", "zigzag", "-f", "html").out
    rows = re.findall(r'data-values="(.*?)".*?<span class="score">(.*?) of (.*?) points', page)
    beyond = re.findall(r"\(beyond the sliders\)</span>", page)
    assert (len(rows), len(beyond)) == (34, 3)
    exercise = load_exercise("zigzag")
    low, high, _ = exercise.sliders or (0, 0, 0)
    for values, score, full in rows:
        texts = json.loads(unescape(values))
        report = grade(exercise, {name: Fraction(text) for name, text in texts.items()})
        assert report.score is not None
        assert report.max_score is not None
        assert (points_of(report.score, report.max_score), full) == (score, "100")
        assert all(low <= Fraction(text) <= high for text in texts.values())


def test_what_does_not_suit_sliders_keeps_the_plain_preview(tmp_path: Path) -> None:
    changes = [("tolerance:", "sliders: {min: -1, max: 1, step: 0.5}\ntolerance:")]
    page = run("grader", "preview", "-f", "html", write(tmp_path, changes)).out
    assert "<script" not in page
    assert "For the author" not in page
    assert "How it is marked" in page


def test_the_page_renders_markdown_and_nothing_else(tmp_path: Path) -> None:
    words = "# Aim\\n\\nMake *it* `bend`.\\n\\n<b>raw</b> ![x](http://e.example/x.png)"
    title = ("title: A case", f'title: A case\ndescription: "{words}"')
    page = run("grader", "preview", "-f", "html", write(tmp_path, [title])).out
    assert "<h2>Aim</h2>" in page
    assert "Make <em>it</em> <code>bend</code>." in page
    assert "&lt;b&gt;raw" in page
    assert not re.findall('<img [^>]*src="(?!data:)', page)


def test_a_task_says_how_to_hand_in() -> None:
    page = task_html(load_exercise("relu-three-segments"), "Upload **submission.json**.")
    assert "<th>from</th>" in page  # the description's own table
    assert "<h2>How to hand in</h2>\n" in page
    assert "<p>Upload <strong>submission.json</strong>.</p>" in page


def test_preview_of_hostile_text(tmp_path: Path) -> None:
    title = "<script>alert(1)</script>\\x1b[2J\\u202E"
    path = write(tmp_path, [("title: A case", f'title: "{title}"\ndescription: "{title}"')])
    text = run("grader", "preview", path).out
    assert "\x1b" not in text
    assert "\u202e" not in text
    for form in ("html", "svg"):
        page = run("grader", "preview", "-f", form, path).out
        assert "<script>" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page


def test_thousands_of_units_and_breakpoints_come_to_an_end(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    points = ", ".join(f"[{x}, {x % 2}]" for x in range(400))
    units = "\n".join("    - {w: free, b: free}" for _ in range(500))
    weights = ", ".join("1" if k % 2 else "-1" for k in range(500))
    path.write_text(
        f"format: 1\nid: many\ntitle: Many\ndomain: [0, 399]\ntarget: {{points: [{points}]}}\n"
        f"network:\n  units:\n{units}\n  output: {{weights: [{weights}]}}\n"
        "tolerance: {value: 0.05, x: 0.05, slope: 0.05}\n",
        "utf-8",
    )
    for verb in ("solve", "lint"):
        answer = run("grader", verb, path)
        assert "none was ruled out" in answer.out


def test_new_takes_an_output_bias_and_leaves_all_units_free(tmp_path: Path) -> None:
    hat = ("--points", "0,1 1,3 3,1")
    done = run("grader", "new", "hat", *hat, "--bias", "1", "--free", "all", cwd=tmp_path)
    assert done.status == 0
    spec = (tmp_path / "exercises" / "hat.yaml").read_text("utf-8")
    assert "bias: 1}" in spec
    assert spec.count("{w: free, b: free}") == spec.count("- {w: ")
    refused = run("grader", "new", "low", *hat, "--bias", "7", cwd=tmp_path)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("no such network can draw this: ")
    assert not (tmp_path / "exercises" / "low.yaml").exists()
