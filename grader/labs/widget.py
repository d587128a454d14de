"""The lab in a notebook: the page's own module as a widget whose parameters are traitlets.

Needs the extra `lab` (anywidget, ipywidgets). In JupyterLab, Notebook 7, VS Code, Colab and marimo
the sliders and the Python object say the same numbers; a notebook that was turned into HTML shows
a copy of the page in a frame, which works without Python.
"""

from fractions import Fraction
from html import escape

import anywidget
import traitlets

from grader.display import ShownReport
from grader.exact.rational import to_double
from grader.exercise.record import Exercise
from grader.labs.controls import Control
from grader.labs.document import module, page
from grader.labs.payload import payload
from grader.library import grade
from grader.style import sheet
from grader.task.page import task_parts

_HEIGHT = 900  # CSS pixels of the frame in exported HTML


class LabWidget(anywidget.AnyWidget):
    """One exercise with sliders; each free parameter is a traitlet of its name."""

    _esm = module()
    _css = sheet("lab")
    facts = traitlets.Dict().tag(sync=True)
    task = traitlets.Unicode().tag(sync=True)

    def __init__(self, exercise: Exercise, controls: tuple[Control, ...], answer: str) -> None:
        """Make a trait for each slider, at 0 or at what comes nearest to it."""
        self.exercise = exercise
        self._answer = answer if exercise.reveal == "answers" else ""
        super().__init__(
            facts=payload(exercise, controls, hand_in=None, intro=False),
            task=task_parts(exercise, 3),
        )
        self.add_traits(**{each.name: _trait(each) for each in controls})

    def values(self) -> dict[str, float]:
        """Return the free parameters by name, as they are set now."""
        return {name: getattr(self, name) for name in self.exercise.free}

    def grade(self) -> ShownReport:
        """Return the report on what is set now; as a cell's value it shows itself."""
        return grade(self.exercise, self.values())

    def _repr_mimebundle_(self, **kwargs: object) -> object:
        """Show the widget; where it cannot run, as in exported HTML, a page that works there."""
        shown = super()._repr_mimebundle_(**kwargs)
        if isinstance(shown, tuple):  # data and metadata
            return {**shown[0], "text/html": self._frame()}, *shown[1:]
        return None if shown is None else {**shown, "text/html": self._frame()}

    def _frame(self) -> str:
        text = page(self.exercise, self.facts, answer=self._answer, values=self.values())
        title = escape(self.exercise.title)
        return (
            f'<iframe title="{title}" srcdoc="{escape(text)}" '
            f'style="width:100%;height:{_HEIGHT}px;border:0"></iframe>'
        )


def _trait(control: Control) -> traitlets.Float:
    """Return the trait of a slider: a number from its lower to its upper end."""
    low, high = to_double(control.min), to_double(control.max)
    start = min(max(control.min, Fraction(0)), control.max)
    return traitlets.Float(to_double(start), min=low, max=high).tag(sync=True)
