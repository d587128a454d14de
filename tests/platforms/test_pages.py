"""Every bundle's pages: the students' task, whole and the same everywhere, and the instructor's."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from grader import load_exercise
from grader.cli import package
from grader.console.delivery import platforms
from grader.desk.catalogue import find
from grader.task.page import task_html
from grader.words.tasks import as_marked, formula, marking, parameters, rules
from samples.specs import spec

LAB = "relu-three-segments"
BUNDLES = platforms("bundle")
# Mustache, the LMS's variables, markup of both and of a page, and Markdown that is more than words.
HOSTILE = (
    "# Aim\\n\\nCosts $seed, [a link](http://e.example/$seed?a=1&b=2) {{params.x}} {{{x}}} "
    "<pl-number-input answers-name='w1'> <script>x</script> ]]> &amp; <?php ?> **bold**\\n\\n- one\\n- two"
)
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def packaged(platform: str, exercise: object = LAB, *words: str) -> Path:
        folder = tmp_path / platform
        assert package.main([platform, str(exercise), "-o", str(folder), *words]) == 0
        return folder

    return packaged


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    source = Path(find(LAB).path).read_text("utf-8")
    _, old = source.split("description: |\n")
    source = source.replace(re.split(r"(?m)^(?=\w)", old)[0], "  a\n")
    source = source.replace("description: |\n  a\n", f'description: "{HOSTILE}"\n')
    source = re.sub(r"(?m)^title: .*$", 'title: "A $seed {{x}} <b> title"', source)
    path = tmp_path / f"{LAB}.yaml"
    path.write_text(source, "utf-8")
    return path


def question(page: str) -> str:
    """Return what a page says, tags and spaces aside."""
    words = " ".join(html5lib.parse(page, namespaceHTMLElements=False).itertext())
    return re.sub(r"\s+", " ", words)


PAGES = {
    "classroom50": "task.html",
    "coursera": "task.html",
    "github": "task.html",
    "gradescope": "task.html",
    "open-edx": "problem.xml",
    "prairielearn": f"{LAB}/question.html",
}


@pytest.mark.parametrize("platform", BUNDLES)
def test_the_page_that_a_student_meets_is_the_whole_task(make: Make, platform: str) -> None:
    lab = load_exercise(LAB)
    text = (make(platform) / PAGES[platform]).read_text("utf-8")
    page = question(text)
    assert "A network with one input adds up three ReLU units" in page
    assert formula(lab) in page
    for sentence in (*parameters(lab), *rules(lab)):
        assert sentence in page
    for row in marking(lab):
        assert f"{row.name}{row.asks}{row.worth}" in page.replace("> <", "").replace("  ", " ") or (
            row.asks in page and row.worth in page
        )
    assert re.search(r"<svg|<img alt=\"Target from x = 0 to x = 3\" src=\"data:image/svg", text)
    assert "The target in words" in page
    assert "How to hand in" in page


@pytest.mark.parametrize("platform", BUNDLES)
def test_a_bundle_has_both_pages_beside_its_parts(make: Make, platform: str) -> None:
    folder = make(platform)
    page = (folder / "task.html").read_text("utf-8")
    assert "How to hand in" in page
    assert 'id="lab-facts"' in page
    # All that it shows and runs is in it: pictures as data, its own style and module.
    assert not re.findall(r"<(?:link|iframe)|\ssrc=\"(?!data:)|url\((?!#)", page)
    assert "default-src 'none'; script-src 'sha256-" in page
    told = (folder / "INSTRUCTOR.md").read_text("utf-8")
    heads = re.findall(r"(?m)^## (.*)$", told)
    assert heads == ["What to do", "What students see", "What is not possible here",
                     "What can be handed in", "What this is"]  # fmt: skip
    assert "task.html" in told
    assert load_exercise(LAB).digest in told
    assert max(map(len, told.splitlines())) <= 130
    assert "{" not in re.sub("`[^`]*`", "", told)


def test_what_decides_about_trust_is_said_first(make: Make) -> None:
    told = (make("github") / "INSTRUCTOR.md").read_text("utf-8")
    assert told.split("\n\n")[1].startswith("**Whoever may push to a repository may change its")


@pytest.mark.parametrize("platform", BUNDLES)
def test_points_and_words_are_the_bundles(make: Make, platform: str) -> None:
    folder = make(platform, LAB, "--points", "20", "--reveal", "verdict")
    facts = re.search(r'id="lab-facts">(.*?)</script>', (folder / "task.html").read_text("utf-8"))
    assert facts
    told = json.loads(facts[1])
    assert (told["points"], told["reveal"], told["id"]) == ("20", "verdict", LAB)
    assert [check["worth"] for check in told["checks"] if check["role"] == "goal"] == ["5"] * 4
    for name in {PAGES[platform], "task.html"}:
        page = question((folder / name).read_text("utf-8"))
        assert "Full marks are 20 points" in page
        assert "5 points" in page
        assert "25 points" not in page
        assert "which checks are right, and no more" in page


def test_less_can_be_said_than_the_exercise_allows_and_never_more() -> None:
    lab = load_exercise(LAB)
    assert [as_marked(lab, None, level).reveal for level in ("verdict", "hints", "answers")] == [
        "verdict",
        "hints",
        "hints",
    ]


def test_nothing_of_an_authors_text_is_markup_of_the_platform(make: Make, hostile: Path) -> None:
    text = (make("prairielearn", hostile) / LAB / "question.html").read_text("utf-8")
    active = re.findall(r"\{\{.*?\}\}", text)
    url = "{{options.client_files_question_url}}"
    assert active == [url, url, "{{{feedback.report}}"]
    assert "<pl-number-input" not in text
    assert "&lt;pl-number-input" in text
    problem = (make("open-edx", hostile) / "problem.xml").read_text("utf-8")
    root = ET.fromstring(problem)  # noqa: S314 - our own
    del root.attrib["display_name"]  # which the LMS shows as it is
    assert not re.search(r"\$[a-z_]", ET.tostring(root, "unicode"))
    assert root.find(".//strong") is not None
    assert [item.text for item in root.iter("li")] == ["one", "two"]
    assert "Costs $seed" in "".join(root.itertext())
    for platform in BUNDLES:
        page = (
            make(f"{platform}", hostile)
            if platform not in {"prairielearn", "open-edx"}
            else hostile.parent / platform
        ) / "task.html"
        task = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
        kinds = [script.get("type") for script in task.iter("script")]
        assert kinds == ["application/json", "module"]
        assert "<b>" not in (page.parent / "INSTRUCTOR.md").read_text("utf-8").replace(
            "\\<b\\>", ""
        )


def test_a_page_of_ten_thousand_units_stays_a_page(tmp_path: Path) -> None:
    points = ", ".join(f"[{x}, {x % 2}]" for x in range(1000))
    units = "\n".join("    - {w: free, b: free}" for _ in range(10_000))
    path = tmp_path / "many.yaml"
    path.write_text(
        f"format: 1\nid: many\ntitle: Many\ndomain: [0, 999]\ntarget: {{points: [{points}]}}\n"
        f"network:\n  units:\n{units}\ntolerance: {{value: 0.05, x: 0.05, slope: 0.05}}\n",
        "utf-8",
    )
    page = task_html(load_exercise(path))
    assert len(page) < 200_000
    assert "and so on for 9,976 more units" in page
    assert "and 19,800 more." in page
    assert "; 799 more follow" in page


def test_a_file_to_hand_in_can_be_copied_from_the_page(make: Make) -> None:
    text = (make("gradescope") / "task.html").read_text("utf-8")
    page = html5lib.parse(text, namespaceHTMLElements=False)
    assert "click <strong>Hand in</strong> and then <strong>Save file</strong>" in text
    codes = ["".join(code.itertext()) for code in page.iter("code")]
    blank = dict.fromkeys(load_exercise(LAB).free, 0)
    assert blank in [json.loads(code) for code in codes if code.startswith("{")]
    found: dict[str, Callable[[], object]] = {}
    exec(next(code for code in codes if code.startswith("def ")), found)  # noqa: S102
    assert found["submission"]() == blank


TOO_SHORT = [("tolerance:", "sliders: {min: -1, max: 1, step: 0.5}\ntolerance:")]


@pytest.mark.parametrize("platform", BUNDLES)
def test_sliders_that_reach_no_answer_leave_the_plain_task(
    tmp_path: Path, platform: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(spec(TOO_SHORT), "utf-8")
    words = [platform, str(path), "--force", "-o", str(tmp_path / "a")]
    assert package.main(words) == 0
    assert capsys.readouterr().err == (
        "case: sliders: none of the 625 slider settings gets full marks; choose min, max and step "
        "so that a right answer can be set; task.html is the task without sliders\n"
    )
    page = (tmp_path / "a/task.html").read_text("utf-8")
    assert "<script" not in page
    assert "Save file" not in page
    assert "How to hand in" in page


def test_too_many_numbers_for_sliders_leave_the_plain_task(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = "".join("    - {w: free, b: free}\n" for _ in range(40))
    both = "    - {w: free, b: free}\n    - {w: free, b: free}\n"
    path = tmp_path / "case.yaml"
    path.write_text(
        spec([(both, units), ("weights: [1, 1]", f"weights: [{', '.join(['1'] * 40)}]")]), "utf-8"
    )
    assert package.main(["gradescope", str(path), "--force", "-o", str(tmp_path / "a")]) == 0
    assert capsys.readouterr().err == (
        "case: has 80 free parameters; a page with sliders can have at most 60; task.html is the "
        "task without sliders\n"
    )
    assert "<script" not in (tmp_path / "a/task.html").read_text("utf-8")


def test_a_right_answer_is_in_the_page_only_where_answers_are_revealed(
    make: Make, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        spec([("title: A case", "title: A case\nfeedback: {reveal: answers}")]), "utf-8"
    )
    answers = (make("gradescope", path) / "task.html").read_text("utf-8")
    assert "A right answer:" in answers
    (tmp_path / "hints").mkdir()
    words = ["gradescope", str(path), "--reveal", "hints", "-o", str(tmp_path / "hints/a")]
    assert package.main(words) == 0
    assert "A right answer:" not in (tmp_path / "hints/a/task.html").read_text("utf-8")


def test_prairielearns_question_has_the_lab_where_there_is_one(make: Make, tmp_path: Path) -> None:
    folder = make("prairielearn") / LAB
    root = ET.fromstring(f"<page>{(folder / 'question.html').read_text('utf-8')}</page>")  # noqa: S314 - our own
    place = next(each for each in root.iter("div") if "data-lab" in each.attrib)
    fields = [field.attrib["answers-name"] for field in root.iter("pl-string-input")]
    assert place.attrib["data-names"].split() == fields
    served = {path.name for path in (folder / "clientFilesQuestion").iterdir()}
    assert served == {"lab.html", "fields.js"}
    assert "lab" not in {path.name for path in (folder.parent / f"{LAB}-python").iterdir()}
    path = tmp_path / "case.yaml"
    path.write_text(spec(TOO_SHORT), "utf-8")
    words = ["prairielearn", str(path), "--force", "-o", str(tmp_path / "plain")]
    assert package.main(words) == 0
    plain = tmp_path / "plain/case"
    assert not (plain / "clientFilesQuestion").exists()
    text = (plain / "question.html").read_text("utf-8")
    assert "data-lab" not in text
    assert "<script" not in text
    assert "sliders below" not in text


def test_open_edx_has_the_sliders_as_a_component(make: Make, tmp_path: Path) -> None:
    folder = make("open-edx")
    text = (folder / "sliders.html").read_text("utf-8")
    (frame,) = html5lib.parse(text, namespaceHTMLElements=False).iter("iframe")
    assert frame.get("srcdoc") == (folder / "task.html").read_text("utf-8")
    assert frame.get("sandbox") == "allow-scripts allow-downloads"
    # The LMS puts an address in place of what looks like an uploaded file's.
    assert not re.search("[\"']/static/", text)
    assert "paste\n   `sliders.html` into it" in (folder / "INSTRUCTOR.md").read_text("utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(spec(TOO_SHORT), "utf-8")
    assert package.main(["open-edx", str(path), "--force", "-o", str(tmp_path / "plain")]) == 0
    assert not (tmp_path / "plain/sliders.html").exists()
    assert "sliders.html" not in (tmp_path / "plain/INSTRUCTOR.md").read_text("utf-8")
