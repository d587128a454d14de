"""grader.lab(...) where the extra for notebooks is not installed, and why the page needs none."""

import re
import subprocess
import sys

import pytest

import grader
from grader.style import sheet


@pytest.mark.parametrize("missing", ["anywidget", "traitlets"])
def test_without_the_extra_it_says_what_to_install(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "grader.labs.widget", raising=False)
    monkeypatch.delitem(sys.modules, "grader.labs.setting", raising=False)
    for module in {"anywidget", missing}:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError) as caught:
        grader.lab("relu-three-segments")
    assert str(caught.value) == (
        "the lab in a notebook needs anywidget; install it with pip install 'relu-grader[lab]'"
    )
    assert caught.value.__suppress_context__  # one message, not two tracebacks


def test_the_page_is_made_without_what_a_notebook_needs() -> None:
    code = (
        "import sys\n"
        "for name in ('anywidget', 'ipywidgets', 'traitlets', 'IPython'): sys.modules[name] = None\n"
        "from grader.cli.grader import main\n"
        "sys.exit(main(['lab', 'relu-three-segments']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("<!DOCTYPE html>")


def test_a_dark_notebook_has_the_colours_of_a_dark_system() -> None:
    blocks = re.findall(r"\{([^{}]*--page: #14171a[^{}]*)\}", sheet())
    system, notebook = (re.findall(r"--[a-z]+: #[0-9a-f]+", block) for block in blocks)
    assert system == notebook
    assert len(system) == 14
