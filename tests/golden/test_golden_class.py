"""The exact text of a class's page and its JSON. To rewrite it: GOLDEN=write pytest tests/golden."""

from pathlib import Path

import pytest

from grader.cohort.analysis.as_json import as_json
from grader.cohort.analysis.class_page import page
from results_made import COPIED, RIGHT, UNSET, USUAL, class_of, hand, run_of, unread
from samples.golden import compare

HERE = Path(__file__).parent / "class"
USUALLY = run_of([*class_of(USUAL), unread("zoe"), hand("s010", RIGHT, 2)])
FEW = run_of(class_of([(3, COPIED), (1, RIGHT)]))
NOBODY = run_of([unread("ada")])
TERMS = [
    run_of(class_of([(30, RIGHT), (10, UNSET)]), "autumn"),
    run_of(class_of([(12, RIGHT), (28, UNSET)]), "spring"),
]
KEPT = {"usual": [USUALLY], "few": [FEW], "nobody": [NOBODY], "terms": TERMS}


@pytest.mark.parametrize("name", KEPT)
def test_class_page(name: str) -> None:
    compare(HERE / f"{name}.html", page(KEPT[name], anonymous=name == "few"))


@pytest.mark.parametrize("name", KEPT)
def test_class_json(name: str) -> None:
    compare(HERE / f"{name}.json", as_json(KEPT[name], anonymous=name == "few"))


def test_nothing_is_left_over() -> None:
    assert {path.stem for path in HERE.iterdir()} == set(KEPT)


def test_no_name_and_no_id_is_on_an_anonymous_page() -> None:
    for made in (page(KEPT["usual"], anonymous=True), as_json(KEPT["usual"], anonymous=True)):
        assert "zoe" not in made
        assert "s010" not in made
