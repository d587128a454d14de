"""The lab in a notebook: the page's own module as a widget whose parameters are traitlets.

Needs the extra `lab` (anywidget, ipywidgets). The sliders and the Python object say the same
numbers; a notebook that was turned into HTML shows a copy of the page in a frame, which works
without Python and offline.
"""

import re
from html import escape

import anywidget
import traitlets

from grader.display import ShownReport
from grader.exercise.record import Exercise
from grader.labs.controls import Control
from grader.labs.document import module, page
from grader.labs.payload import payload
from grader.labs.setting import Setting
from grader.library import grade
from grader.style import sheet
from grader.task.page import task_parts
from grader.text.lists import listed

_HEIGHT = 900  # CSS pixels of the frame in exported HTML, until its page has set its own
_HTML = "text/html"


class LabWidget(anywidget.AnyWidget):
    """One exercise with sliders; each free parameter is a traitlet of its name."""

    _esm = module()
    facts = traitlets.Dict().tag(sync=True)
    task = traitlets.Unicode().tag(sync=True)
    answer = traitlets.Unicode().tag(sync=True)
    rules = traitlets.Unicode(sheet("lab")).tag(sync=True)

    def __init__(
        self, exercise: Exercise, controls: tuple[Control, ...], answer: str, *, intro: bool
    ) -> None:
        """Make a trait for each slider; `answer` is given only where the exercise reveals it."""
        self.exercise = exercise
        super().__init__(
            facts=payload(exercise, controls, hand_in=None, intro=intro),
            task=task_parts(exercise, 3, styled=False),
            answer=answer if exercise.reveal == "answers" else "",
        )
        self.add_traits(**{each.name: Setting(each).tag(sync=True) for each in controls})

    def __setattr__(self, name: str, value: object) -> None:
        """Set a parameter, or whatever else a widget has.

        Raises: TraitError if a number does not fit its slider; AttributeError for a parameter that
        is not free, which would else be set and change nothing.
        """
        if re.fullmatch(r"[wb]\d+", name) and name not in self.exercise.free:
            raise AttributeError(
                f"{self.exercise.id} has no free parameter {name}; "
                f"it has {listed(self.exercise.free)}"
            )
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        """Return the exercise and what its sliders are set to."""
        return f"<lab of {self.exercise.id}: {self.values()}>"

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
            return {**shown[0], _HTML: self._frame()}, *shown[1:]
        return None if shown is None else {**shown, _HTML: self._frame()}

    def _frame(self) -> str:
        text = page(self.exercise, self.facts, answer=self.answer, values=self.values())
        title = escape(self.exercise.title)
        return (
            f'<iframe data-relu-lab title="{title}" srcdoc="{escape(text)}" '
            f'style="width:100%;height:{_HEIGHT}px;border:0"></iframe>'
        )
