"""What `grader explain` prints, to the letter; it holds every message. GOLDEN=write rewrites it."""

from pathlib import Path

import pytest

from grader.cli.grader import main
from grader.mistakes.table import DIAGNOSES
from grader.text.codes import ERRORS
from samples.golden import compare

GOLDEN = Path(__file__).parent / "explanations.txt"


def test_every_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    for code in (*DIAGNOSES, *ERRORS):
        assert main(["explain", code]) == 0
    assert main(["explain"]) == 0
    text, errors = capsys.readouterr()
    assert errors == ""
    compare(GOLDEN, text)


def test_an_unknown_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "bias"]) == 2
    assert capsys.readouterr().err == (
        'unknown code "bias"; did you mean bias-sign? "grader explain" lists them\n'
    )
