"""`check` in a notebook: what it says where it was taken for another grader's."""

import pytest

import grader
from grader.desk.catalogue import NotFound


@pytest.mark.parametrize("more", [{}, {"global_env": {"w1": 1}}])
def test_called_as_otters_check_it_says_what_happened(more: dict[str, object]) -> None:
    with pytest.raises(NotFound) as caught:
        grader.check("q1", **more)
    assert str(caught.value) == (
        'unknown exercise "q1", and no parameters were given. If otter\'s grader.check was '
        'meant: "import grader" has replaced the variable grader that otter made. Write "from '
        'grader import check as check_relu" instead, and run the cell with otter.Notebook again'
    )


def test_a_misspelt_exercise_is_just_that() -> None:
    with pytest.raises(NotFound) as caught:
        grader.check("relu", w1=1)
    assert str(caught.value) == 'unknown exercise "relu"'


def test_the_line_in_the_docs_leaves_otters_variable_alone() -> None:
    cell = "from grader import check as check_relu"
    names: dict[str, object] = {"grader": "otter's"}
    exec(cell, names)  # noqa: S102 - our own line
    assert names["grader"] == "otter's"
    assert names["check_relu"] is grader.check
