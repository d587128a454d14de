"""grader lab as an author runs it: pages, folders of them, and what it refuses."""

import json
import re
from pathlib import Path

import pytest

from command import run
from samples import EXERCISE_IDS, EXERCISES, VARIED_IDS
from samples.specs import spec

LAB = "relu-three-segments"


def facts(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="lab-facts">(.*?)</script>', page)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def test_a_page_holds_everything_and_asks_for_nothing(tmp_path: Path) -> None:
    done = run("grader", "lab", LAB, "-o", tmp_path / "lab.html")
    assert (done.status, done.out, done.err) == (0, "", "")
    page = (tmp_path / "lab.html").read_text("utf-8")
    assert len(page) <= 400_000
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert facts(page)["intro"] is True
    assert run("grader", "lab", LAB).out == page
    assert run("grader", "lab", LAB, "-o", tmp_path / "lab.html").status == 0  # its own page


def test_a_page_is_the_same_each_time() -> None:
    assert run("grader", "lab", "zigzag").out == run("grader", "lab", "zigzag").out
    assert facts(run("grader", "lab", "zigzag").out)["intro"] is False
    assert facts(run("grader", "lab", "zigzag", "--intro").out)["intro"] is True


def test_a_site_of_all_exercises(tmp_path: Path) -> None:
    done = run("grader", "lab", "--all", "-o", tmp_path / "site")
    skipped = [
        f"{name} has variants and is left out; make its page by --roster, --student or --variant"
        for name in VARIED_IDS
    ]
    assert (done.status, done.err.splitlines()) == (0, skipped)
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names == {"index.html", *(f"{name}.html" for name in EXERCISE_IDS)}
    again = run("grader", "lab", "--all", "-o", tmp_path / "site")
    assert again.status == 2
    told = f"{tmp_path}/site cannot be made: File exists; name a new folder"
    assert again.err.splitlines() == [*skipped, told]


def test_a_site_of_an_authors_own_folder(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/case.yaml").write_text(spec([]), "utf-8")
    assert run("grader", "lab", tmp_path / "own", "-o", tmp_path / "site").status == 0
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"index.html", "case.html"}
    (tmp_path / "empty").mkdir()
    done = run("grader", "lab", tmp_path / "empty", "-o", tmp_path / "none")
    assert done.status == 2
    assert done.err == f"{tmp_path}/empty has no exercise in it, a file that ends in .yaml\n"


FAR = [("tolerance:", "sliders: {min: -1, max: 1, step: 0.5}\ntolerance:")]


def test_sliders_that_reach_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(spec(FAR), "utf-8")
    done = run("grader", "lab", path, "-o", tmp_path / "lab.html")
    assert done.status == 2
    assert done.err == (
        "case: sliders: none of the 625 slider settings gets full marks; choose min, max and step "
        'so that a right answer can be set, or use "--fit-sliders"\n'
    )
    assert not (tmp_path / "lab.html").exists()
    done = run("grader", "lab", path, "--fit-sliders")
    assert done.status == 0
    sliders = facts(done.out)["sliders"]
    assert sliders == [
        {"name": name, "min": f"-{end}", "max": end, "step": step}
        for name, end, step in (
            ("w0", "4", "1/10"),
            ("b0", "5", "1/10"),
            ("w1", "4", "1/10"),
            ("b1", "5", "1/10"),
        )
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://a.example/x", "is not a web address such as https://course.example/hand-in"),
        ("course.example", "is not a web address such as https://course.example/hand-in"),
        ("https://", "is not a web address such as https://course.example/hand-in"),
        ("javascript:alert(1)", "is not a web address such as https://course.example/hand-in"),
        (
            "https://a.example/'; script-src *",
            "is not a web address such as https://course.example/hand-in",
        ),
        (
            "https://me:secret@a.example/",
            "holds a name or password, which every student could read",
        ),
        (
            "http://a.example/x",
            "is not encrypted, so others on the way can read and change what students hand in; "
            "use https, or add --allow-http, and the page says so",
        ),
    ],
)
def test_addresses_that_are_refused(address: str, message: str) -> None:
    done = run("grader", "lab", LAB, "--hand-in", address)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"--hand-in {address}: {message}\n"


def test_the_policy_names_the_address_alone() -> None:
    page = run("grader", "lab", LAB, "--hand-in", "https://course.example:8443/in?x=1").out
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)
    assert policy
    assert "connect-src https://course.example:8443;" in policy[1]
    assert "unsafe" not in policy[1]
    assert "connect-src 'none';" in run("grader", "lab", LAB).out


def test_too_much_for_a_page(tmp_path: Path) -> None:
    units = "".join("    - {w: free, b: free}\n" for _ in range(40))
    weights = ", ".join(["1"] * 40)
    path = tmp_path / "case.yaml"
    path.write_text(
        spec(
            [
                ("    - {w: free, b: free}\n    - {w: free, b: free}\n", units),
                ("weights: [1, 1]", f"weights: [{weights}]"),
            ]
        ),
        "utf-8",
    )
    done = run("grader", "lab", path)
    assert (done.status, done.out) == (2, "")
    assert done.err == ("case: has 80 free parameters; a page with sliders can have at most 60\n")


def test_the_answer_stands_in_the_page_only_where_it_may(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    for reveal, told in (("hints", False), ("answers", True)):
        path.write_text(
            spec([("title: A case", f"title: A case\nfeedback: {{reveal: {reveal}}}")]), "utf-8"
        )
        page = run("grader", "lab", path).out
        assert ("A right answer:" in page) == told


def test_a_wrong_value_of_live_is_named(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(spec([("title: A case", "title: A case\nfeedback: {live: some}")]), "utf-8")
    done = run("grader", "lab", path)
    assert done.status == 2
    assert 'feedback.live: is "some"; allowed are: none, checks, full' in done.err


def test_wrong_usage() -> None:
    assert "needs EXERCISE" in run("grader", "lab").err
    assert "exclude each other" in run("grader", "lab", LAB, "--all").err
    assert "several pages need -o" in run("grader", "lab", "--all").err


def test_the_specs_are_those_of_the_repository() -> None:
    assert len(EXERCISE_IDS) + len(VARIED_IDS) == len(list(EXERCISES.glob("*.yaml")))


def test_an_index_shows_each_exercise_and_its_pages_lead_back(tmp_path: Path) -> None:
    assert run("grader", "lab", "--all", "-o", tmp_path / "site").status == 0
    index = (tmp_path / "site/index.html").read_text("utf-8")
    cards = re.findall(r'(?s)<li class="card">(.*?)</li>', index)
    assert len(cards) == len(EXERCISE_IDS)
    for card in cards:
        assert re.search(r'<a href="[a-z-]+\.html">', card)
        assert 'role="img" aria-label="Target from x = ' in card
        assert "to find" in card
        # Whole sentences: nothing that leads up to a formula which is not there.
        assert re.search(r"(?s)<p>[^<].*[.?!]</p>", card), card
        assert ":</p>" not in card
    for name in EXERCISE_IDS:
        page = (tmp_path / f"site/{name}.html").read_text("utf-8")
        assert '<a href="index.html">All exercises</a>' in page
    assert "All exercises" not in run("grader", "lab", LAB).out
