"""`grader preview` as an author runs it."""

import json
import re
from fractions import Fraction
from html import unescape
from pathlib import Path

from command import LAB, PERFECT, run
from grader import grade, load_exercise
from grader.task.page import task_html
from grader.words.wording import points_of
from specs_written import write


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
