"""Dragging in the lab: by mouse and touch, put back by Escape."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lab_in_browser import LAB, RIGHT, button, place, press, shown, slider, type_in

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser


def drag(lab: "Browser", x0: float, y0: float, x1: float, y1: float) -> None:
    """Drag with the mouse from one point of the window to another, in steps."""
    send = lab.command
    send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x0, "y": y0})
    event = {"button": "left", "buttons": 1, "clickCount": 1}
    send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": x0, "y": y0, **event})
    for i in range(1, 11):
        at = {"x": x0 + (x1 - x0) * i / 10, "y": y0 + (y1 - y0) * i / 10}
        send("Input.dispatchMouseEvent", {"type": "mouseMoved", **at, **event})
    send("Input.dispatchMouseEvent", {"type": "mouseReleased", "x": x1, "y": y1, **event})


def at_x(lab: "Browser", x: float) -> float:
    """Return where an x of the plot stands in the window."""
    return float(
        lab.run(
            "const svg = document.querySelector('.plot svg').getBoundingClientRect();"
            "const t = [...document.querySelectorAll('.plot .tick.x')].map(e =>"
            " [Number(e.textContent), Number(e.getAttribute('x'))]);"
            "const [a, b] = [t[0], t.at(-1)];"
            "return svg.x + a[1] + (arguments[0] - a[0]) / (b[0] - a[0]) * (b[1] - a[1])",
            x,
        )
    )


def test_solved_by_mouse(lab: "Browser") -> None:
    # Sliders set the weights roughly; the picture's knots and lines do the rest.
    for name, share in (("w1", 5 / 8), ("w2", 6 / 8)):
        lab.run("arguments[0].scrollIntoView({block: 'center'})", slider(lab, name))
        left, top, width, height = lab.run(
            "const r = arguments[0].getBoundingClientRect(); return [r.x, r.y, r.width, r.height]",
            slider(lab, name),
        )
        thumb = 20
        track = width - thumb
        y, start = top + height / 2, left + thumb / 2
        drag(lab, start + track / 2, y, start + track * share, y)
        # A pixel may be half a step: a click on a button is a step.
        off = Fraction(shown(lab)[name]) - Fraction(RIGHT[name])
        assert abs(off) <= Fraction(1, 5)
        for _ in range(int(abs(off) * 10)):
            button(lab, f"{name} one step {'down' if off > 0 else 'up'}").click()
        assert shown(lab)[name] == RIGHT[name]
    type_in(lab, {"b1": "-0.5", "b2": "-3"})
    for unit, goal in ((1, 1.0), (2, 2.0)):
        press_card(lab, unit)
        x, y = place(lab, ".handle.chosen:not(.line)")
        drag(lab, x, y, at_x(lab, goal), y)
    assert shown(lab) == RIGHT
    # The line of unit 2 lifts: weight and bias go together, and the turn stays.
    x, y = place(lab, ".handle.line")
    drag(lab, x, y, x, y - 40)
    assert shown(lab) == RIGHT  # the bias is at its end
    drag(lab, x, y, x, y + 40)
    moved = {name: Fraction(text) for name, text in shown(lab).items()}
    assert moved["w2"] < 2
    assert abs(-moved["b2"] / moved["w2"] - 2) < Fraction(1, 20)
    press(lab, "Undo")
    assert shown(lab) == RIGHT


def press_card(lab: "Browser", unit: int) -> None:
    """Choose a unit by its card."""
    lab.run(
        "document.querySelector(`[id$='-card-${arguments[0]}'] .control`)"
        ".dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))",
        unit,
    )


def test_touch_drags_a_turn_and_scrolls_elsewhere(lab: "Browser", pages: Path) -> None:
    # asgordon/rotodrag-js #1, raphael #1132: the page scrolls instead; jvectormap #459: it cannot.
    lab.command("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        lab.open(pages / f"{LAB}.html", width=1280)
        type_in(lab, {"w1": "1", "b1": "-0.5"})
        touch = "return getComputedStyle(document.querySelector(arguments[0])).touchAction"
        assert lab.run(touch, ".plot svg") == "auto"
        assert lab.run(touch, ".handle") == "none"
        x, y = place(lab, ".handle.chosen:not(.line)")
        scroll = lab.run("return window.scrollY")
        send = lab.command
        send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        goal = at_x(lab, 1.0)
        for i in range(1, 9):
            at = [{"x": x + (goal - x) * i / 8, "y": y + i}]
            send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": at})
        send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert shown(lab)["b1"] == "-1"
        assert lab.run("return window.scrollY") == scroll
    finally:
        lab.command("Emulation.setTouchEmulationEnabled", {"enabled": False})


def test_escape_puts_a_drag_back(lab: "Browser") -> None:
    type_in(lab, {"w1": "1", "b1": "-0.5"})
    x, y = place(lab, ".handle.chosen:not(.line)")
    send = lab.command
    event = {"button": "left", "buttons": 1, "clickCount": 1}
    send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
    send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": x, "y": y, **event})
    send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x + 60, "y": y, **event})
    assert shown(lab)["b1"] != "-0.5"
    send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "Escape"})
    assert shown(lab)["b1"] == "-0.5"
    send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x + 90, "y": y, **event})
    send("Input.dispatchMouseEvent", {"type": "mouseReleased", "x": x + 90, "y": y, **event})
    assert shown(lab)["b1"] == "-0.5"


def test_escape_leaves_and_other_keys_stay(lab: "Browser") -> None:
    # jupyter-widgets/ipywidgets #3179: a slider in a notebook that keeps Escape is a trap.
    lab.run(
        "window.heard = []; document.body.addEventListener('keydown', e => window.heard.push(e.key))"
    )
    slider(lab, "w1").send_keys("\ue014", "\ue00c")
    assert lab.run("return window.heard") == ["Escape"]
