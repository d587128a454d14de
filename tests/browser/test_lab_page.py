"""The lab as students use it in a browser: by mouse, by keyboard, by touch and by typing."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from fractions import Fraction
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from command import BIN
from grader import grade
from grader.cli.grader import main
from samples import EXERCISE_IDS, EXERCISES
from samples.specs import spec

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

    from chromium import Browser

pytestmark = pytest.mark.browser

LAB = "relu-three-segments"
RIGHT = {"w1": "1", "b1": "-1", "w2": "2", "b2": "-4"}
# Contract section 5: what each answer scores.
TABLE = [
    ("1 -1 2 -4", "100"),
    ("2 -4 1 -1", "100"),
    ("1 -1.04 2 -4", "100"),
    ("1.04 -1.04 2 -4", "685/7"),
    ("1 -1 2 -3.9", "650/7"),
    ("1 -1 2.1 -4.2", "1850/21"),
    ("1 -1 3 -6", "175/3"),
    ("1 -1 3 -5", "25"),
    ("1 -1 2 -2", "25"),
    ("0 0 0 0", "0"),
    ("1 -1.1 2 -4", "1775/21"),
    ("1 -0.9 2 -4", "12070/147"),
    ("1 -1 0 0", "50"),
    ("-1 1 2 -4", "40"),
    ("1 0 2 -4", "20"),
    ("2 -2 0 0", "25/4"),
]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labs")
    assert main(["lab", "--all", "-o", str(folder / "site")]) == 0
    return folder / "site"


def field(browser: "Browser", name: str) -> "WebElement":
    kind = "Weight" if name[0] == "w" else "Bias"
    label = f"{kind} {name} of unit {name[1:]}, number"
    return browser.chrome.find_element("css selector", f'input[aria-label="{label}"]')


def slider(browser: "Browser", name: str) -> "WebElement":
    kind = "Weight" if name[0] == "w" else "Bias"
    label = f"{kind} {name} of unit {name[1:]}"
    return browser.chrome.find_element("css selector", f'input[aria-label="{label}"]')


def type_in(browser: "Browser", values: dict[str, str]) -> None:
    for name, text in values.items():
        box = field(browser, name)
        browser.run("arguments[0].select()", box)
        box.send_keys(text, "\ue007")


def shown(browser: "Browser") -> dict[str, str]:
    return {
        name: field(browser, name).get_attribute("value").replace("\u2212", "-") for name in RIGHT
    }


def heading(browser: "Browser") -> str:
    return str(browser.run("return document.querySelector('.standing-words').textContent"))


def button(browser: "Browser", label: str) -> "WebElement":
    return browser.chrome.find_element("css selector", f'button[aria-label="{label}"]')


def press(browser: "Browser", words: str) -> None:
    for each in browser.chrome.find_elements("css selector", "button"):
        if each.text == words or each.get_attribute("textContent") == words:
            browser.run("arguments[0].scrollIntoView({block: 'center'})", each)
            each.click()
            return
    pytest.fail(f"no button {words}")


@pytest.mark.parametrize("name", [*EXERCISE_IDS, "index"])
def test_a_page_does_nothing_that_its_policy_forbids(
    browser: "Browser", pages: Path, name: str
) -> None:
    browser.chrome.get("about:blank")
    browser.log()
    browser.open(pages / f"{name}.html", width=1280)
    assert browser.log() == []


@pytest.fixture
def lab(browser: "Browser", pages: Path) -> "Browser":
    browser.chrome.get("about:blank")  # a changed fragment alone loads no page
    browser.open(pages / f"{LAB}.html", width=1280)
    browser.log()
    return browser


def saved(lab: "Browser", folder: Path) -> str:
    """Hand in by file, as a student does; return what the file holds."""
    lab.command("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    press(lab, "Hand in")
    press(lab, "Save file")
    path = folder / "submission.json"
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return path.read_text("utf-8")
        threading.Event().wait(0.05)
    return pytest.fail("nothing was saved")


def grade_of(path: Path) -> Fraction:
    done = subprocess.run(
        [BIN / "grade", "-f", "json", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return Fraction(json.loads(done.stdout)["score"])


def test_solved_by_typing_and_handed_in(lab: "Browser", tmp_path: Path) -> None:
    type_in(lab, RIGHT)
    assert heading(lab) == "All 4 goals right"
    text = saved(lab, tmp_path)
    assert json.loads(text) == {"exercise": LAB, "w1": 1, "b1": -1, "w2": 2, "b2": -4}
    assert grade_of(tmp_path / "submission.json") == 100
    assert lab.log() == []


def test_solved_by_keyboard_alone(lab: "Browser") -> None:
    from selenium.webdriver import ActionChains, Keys  # noqa: PLC0415 - only these tests need it

    for _ in range(2):  # the way back to the site's index, then "To the sliders"
        ActionChains(lab.chrome).send_keys(Keys.TAB).perform()
    assert lab.chrome.switch_to.active_element.text == "To the sliders"
    ActionChains(lab.chrome).send_keys(Keys.ENTER).perform()
    for name, steps in (("w1", 10), ("b1", -10), ("w2", 20), ("b2", -40)):
        for _ in range(40):
            active = lab.chrome.switch_to.active_element
            if active.get_attribute("id") == slider(lab, name).get_attribute("id"):
                break
            ActionChains(lab.chrome).send_keys(Keys.TAB).perform()
        ring = lab.run("return getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
        tens, ones = divmod(abs(steps), 10)
        key = Keys.ARROW_RIGHT if steps > 0 else Keys.ARROW_LEFT
        page = Keys.PAGE_UP if steps > 0 else Keys.PAGE_DOWN
        for _ in range(tens):
            ActionChains(lab.chrome).send_keys(page).perform()
        for _ in range(ones):
            ActionChains(lab.chrome).send_keys(key).perform()
    assert shown(lab) == RIGHT
    assert heading(lab) == "All 4 goals right"


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


def place(lab: "Browser", selector: str) -> tuple[float, float]:
    """Return the middle of an element in the window, scrolled into sight."""
    return tuple(  # type: ignore[return-value]
        lab.run(
            "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'});"
            "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]",
            selector,
        )
    )


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


def test_solved_by_touch(lab: "Browser", pages: Path) -> None:
    lab.command("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        lab.open(pages / f"{LAB}.html", width=360)
        for name, count in (("w1", 10), ("b1", -10), ("w2", 20), ("b2", -40)):
            tap(lab, f"[role=tab]:nth-child({int(name[1:]) + 1})")
            words = f"{name} one step {'up' if count > 0 else 'down'}"
            for _ in range(abs(count)):
                tap(lab, f'button[aria-label="{words}"]')
        assert shown(lab) == RIGHT
        assert heading(lab) == "All 4 goals right"
    finally:
        lab.command("Emulation.setTouchEmulationEnabled", {"enabled": False})


def tap(lab: "Browser", selector: str) -> None:
    x, y = place(lab, selector)
    size = lab.run(
        "const r = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return Math.min(r.width, r.height)",
        selector,
    )
    assert size >= 24
    lab.command(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    lab.command("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture(scope="session")
def wide_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lab with sliders that reach every answer of the table."""
    folder = tmp_path_factory.mktemp("wide")
    text = (EXERCISES / f"{LAB}.yaml").read_text("utf-8")
    (folder / f"{LAB}.yaml").write_text(text.replace("min: -4, max: 4", "min: -8, max: 8"), "utf-8")
    page = folder / "lab.html"
    assert main(["lab", str(folder / f"{LAB}.yaml"), "-o", str(page)]) == 0
    return page


@pytest.mark.parametrize(("values", "score"), TABLE)
def test_the_table_of_scores(browser: "Browser", wide_page: Path, values: str, score: str) -> None:
    lab = browser
    lab.chrome.get("about:blank")
    lab.open(wide_page, width=1280)
    wanted = dict(zip(RIGHT, values.split(), strict=True))
    type_in(lab, wanted)
    report = grade(LAB, {name: float(text) for name, text in wanted.items()})
    assert report.score == Fraction(score)
    if values == "0 0 0 0":
        assert heading(lab) == "4 goals to reach"
        return
    points = str(lab.run("return document.querySelector('.points').textContent"))
    cut = f"{int(report.score * 100) / 100:g}"
    assert points.startswith(f"{cut} of 100 points")
    goals = [c for c in report.checks if c.role == "goal"]
    right = sum(c.credit == 1 for c in goals)
    assert heading(lab) == ("All 4 goals right" if right == 4 else f"{right} of 4 goals right")
    states = lab.run("return [...document.querySelectorAll('.goal')].map(e => e.classList[1])")
    assert states == [state(c) for c in report.checks]


def state(check: object) -> str:
    credit, role = check.credit, check.role  # type: ignore[attr-defined]
    if credit == 1:
        return "given" if role == "guard" else "right"
    return "partly" if credit else "wrong"


def test_undo_redo_reset_and_the_address(lab: "Browser") -> None:
    from selenium.webdriver import ActionChains, Keys  # noqa: PLC0415 - only these tests need it

    type_in(lab, {"w1": "1", "b1": "-1"})
    press(lab, "Undo")
    assert (shown(lab)["w1"], shown(lab)["b1"]) == ("1", "0")
    press(lab, "Redo")
    assert shown(lab)["b1"] == "-1"
    slider(lab, "w1").send_keys(Keys.HOME)
    ActionChains(lab.chrome).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert shown(lab)["w1"] == "1"
    address = lab.chrome.current_url
    press(lab, "Reset")
    assert set(shown(lab).values()) == {"0"}
    press(lab, "Undo")
    assert shown(lab)["w1"] == "1"
    lab.chrome.get("about:blank")
    lab.chrome.get(address)
    assert (shown(lab)["w1"], shown(lab)["b1"]) == ("1", "-1")


@pytest.mark.parametrize(
    "hash_",
    [
        "#lab1;relu-three-segments;000000000000;w1=1;b1=-1;w2=2;b2=-4",
        "#lab1;zigzag;000000000000;w1=1",
        "#lab2;relu-three-segments",
        "#%00<script>alert(1)</script>",
        "#" + "w1=1;" * 5000,
    ],
)
def test_a_bad_link_starts_at_0_and_says_so(lab: "Browser", pages: Path, hash_: str) -> None:
    lab.chrome.get("about:blank")
    lab.chrome.get((pages / f"{LAB}.html").as_uri() + hash_)
    said = lab.run("return document.querySelector('.notice').textContent")
    assert said == "This link does not fit this exercise. The sliders start at 0."
    assert set(shown(lab).values()) == {"0"}


def test_a_link_with_one_value_out_of_range(lab: "Browser") -> None:
    type_in(lab, {"w1": "1"})
    address = lab.chrome.current_url
    for bad in ("w1=5", "w1=1e999", "w1=NaN", "w1=", "w9=1", "w1=1/3", "w1=0.1234567890123456789"):
        lab.chrome.get("about:blank")
        lab.chrome.get(re.sub("w1=1", bad, address))
        assert set(shown(lab).values()) == {"0"}


def test_what_a_field_refuses(lab: "Browser") -> None:
    for text, words in (
        ("5", "w1 goes from \u22124 to 4."),
        ("two", "w1 needs a number, such as 1 or \u22120.5."),
        ("1/3", "w1 needs a number, such as 1 or \u22120.5."),
        ("0.12345678901234567", "w1 can have at most 15 digits."),
    ):
        type_in(lab, {"w1": text})
        said = lab.run("return document.querySelector('.fault:not(:empty)').textContent")
        assert said == words
        field(lab, "w1").send_keys("\ue00c")  # Escape
        assert shown(lab)["w1"] == "0"
    for text, value in (("\u22121,5", "-1.5"), (" .5 ", "0.5"), ("1e-1", "0.1"), ("+2.50", "2.5")):
        type_in(lab, {"w1": text})
        assert shown(lab)["w1"] == value


def test_each_value_and_verdict_is_announced_once_and_not_while_dragging(lab: "Browser") -> None:
    lab.run(
        "window.said = []; new MutationObserver(() => {"
        " window.said.push(document.querySelector('[role=status]').textContent)})"
        ".observe(document.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true})"
    )
    box = slider(lab, "w1").rect
    y = box["y"] - lab.run("return window.scrollY") + box["height"] / 2
    middle = box["x"] + box["width"] / 2
    send = lab.command
    event = {"button": "left", "buttons": 1, "clickCount": 1}
    send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": middle, "y": y, **event})
    for i in range(20):
        send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": middle + i, "y": y, **event})
    threading.Event().wait(0.8)
    assert lab.run("return window.said") == []
    send("Input.dispatchMouseEvent", {"type": "mouseReleased", "x": middle + 19, "y": y, **event})
    threading.Event().wait(0.9)
    said = lab.run("return window.said")
    assert len(said) == 1
    assert said[0].startswith("Unit 1 turns at x = 0 and adds +")
    type_in(lab, RIGHT)
    threading.Event().wait(0.9)
    assert lab.run("return window.said")[-1] == (
        "All 4 goals right. The network is the target from x = 0 to 3."
    )


def test_copy_puts_the_submission_on_the_clipboard(lab: "Browser") -> None:
    origin = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    lab.command("Browser.grantPermissions", origin)
    type_in(lab, RIGHT)
    press(lab, "Hand in")
    press(lab, "Copy")
    for _ in range(40):
        if lab.run("return document.querySelector('.outcome').textContent") == "Copied.":
            break
        threading.Event().wait(0.05)
    assert lab.run("return document.querySelector('.outcome').textContent") == "Copied."


class Inbox(BaseHTTPRequestHandler):
    """A course's address: keeps what comes, and answers as its path says."""

    received: list[bytes] = []  # noqa: RUF012 - the test's own list

    def do_OPTIONS(self) -> None:
        self._answer(204)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/slow":
            threading.Event().wait(11)
        if self.path == "/refuses":
            self._answer(403)
            return
        self.received.append(body)
        self._answer(200)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "Content-Type")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def inbox() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_page_posts_where_it_was_told_to(
    browser: "Browser", tmp_path: Path, inbox: str
) -> None:
    for path, words in (
        ("/takes", r"Handed in at \d\d:\d\d\."),
        (
            "/refuses",
            r"Not handed in: 127\.0\.0\.1:\d+ refused it \(403\)\. Your values are still here\.",
        ),
        ("/slow", r"Not handed in: 127\.0\.0\.1:\d+ did not answer\. Your values are still here\."),
    ):
        page = tmp_path / f"lab{path[1:]}.html"
        arguments = ["lab", LAB, "-o", str(page), "--hand-in", inbox + path, "--allow-http"]
        assert main(arguments) == 0
        browser.open(page, width=1280)
        type_in(browser, RIGHT)
        press(browser, "Hand in")
        button = browser.run("return document.querySelector('.hand-in .strong').textContent")
        assert button.endswith("(not encrypted)")
        press(browser, button)
        said = ""
        for _ in range(300):
            said = str(
                browser.run("return document.querySelector('.hand-in .outcome').textContent")
            )
            if said:
                break
            threading.Event().wait(0.05)
        assert re.fullmatch(words, said), said
        assert shown(browser) == RIGHT
    assert json.loads(Inbox.received[0]) == {"exercise": LAB, "w1": 1, "b1": -1, "w2": 2, "b2": -4}


def test_a_hand_in_address_that_is_down(browser: "Browser", tmp_path: Path) -> None:
    page = tmp_path / "lab.html"
    address = "http://127.0.0.1:9/hand-in"
    assert main(["lab", LAB, "-o", str(page), "--hand-in", address, "--allow-http"]) == 0
    browser.open(page, width=1280)
    press(browser, "Hand in")
    press(browser, "Send to 127.0.0.1:9 (not encrypted)")
    for _ in range(100):
        said = str(browser.run("return document.querySelector('.hand-in .outcome').textContent"))
        if said:
            break
        threading.Event().wait(0.05)
    assert said == "Not handed in: 127.0.0.1:9 did not answer. Your values are still here."
    browser.log()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_axe_finds_nothing(
    browser: "Browser", pages: Path, name: str, width: int, *, dark: bool
) -> None:
    browser.open(pages / f"{name}.html", width=width, dark=dark)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert browser.violations() == []
    assert browser.log() == []


def test_the_index(browser: "Browser", pages: Path) -> None:
    for width in (360, 1280):
        browser.open(pages / "index.html", width=width)
        assert browser.violations() == []
        assert browser.run("return document.documentElement.scrollWidth") <= width
    links = browser.run("return [...document.querySelectorAll('h2 a')].map(a => a.href)")
    assert len(links) == len(EXERCISE_IDS)
    for link in links:
        browser.chrome.get(link)
        assert browser.run("return document.querySelectorAll('input[type=range]').length")


def test_400_percent_zoom(browser: "Browser", pages: Path) -> None:
    size = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
    browser.open(pages / f"{LAB}.html")
    browser.command("Emulation.setDeviceMetricsOverride", size)
    assert browser.run("return document.documentElement.scrollWidth") <= 320
    assert (
        browser.run("return getComputedStyle(document.querySelector('.stage')).position")
        == "static"
    )
    type_in(browser, {"w1": "1"})


def test_forced_colours_and_reduced_motion(browser: "Browser", pages: Path) -> None:
    browser.open(pages / f"{LAB}.html", width=1280)
    features = [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.command("Emulation.setEmulatedMedia", {"media": "", "features": features})
    type_in(browser, RIGHT)
    marks = browser.run("return document.querySelectorAll('.goal .mark path').length")
    assert marks >= 5
    name = "return getComputedStyle(document.querySelector('.plot .network')).animationName"
    assert browser.run(name) == "none"
    assert browser.violations() == []


def test_without_scripts_the_task_and_how_to_hand_in(browser: "Browser", pages: Path) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(pages / f"{LAB}.html", width=1280)
        nodes = browser.command("DOM.getDocument", {"depth": -1, "pierce": True})
        page = json.dumps(nodes)
        assert "Scripts are off" in page
        picture = browser.chrome.find_element("css selector", "#lab-text img")
        assert picture.is_displayed()
        assert "w1" in browser.chrome.find_element("css selector", "#lab pre").text
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", {"value": False})


HOSTILE = (
    'title: "<img src=x onerror=alert(1)> \\u05e9\\u05dc\\u05d5\\u05dd"\n'
    'description: "'
    + "<script>alert(1)</script> ]]> {{y}} " * 20
    + "\\u05e9\\u05dc\\u05d5\\u05dd \\u05e2\\u05d5\\u05dc\\u05dd "
    + "W" * 9000
    + '"'
)


def test_markup_long_and_right_to_left_text(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(spec([("title: A case", HOSTILE)]), "utf-8")
    page = tmp_path / "case.html"
    assert main(["lab", str(tmp_path / "case.yaml"), "-o", str(page)]) == 0
    for width in (360, 1280):
        browser.open(page, width=width)
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert (
            browser.run("return document.querySelectorAll('#lab img[src=x], #lab script').length")
            == 0
        )
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.violations() == []
        assert browser.log() == []


def test_nothing_is_asked_for_and_no_storage_is_needed(lab: "Browser") -> None:
    type_in(lab, RIGHT)
    resources = "return performance.getEntriesByType('resource').map(e => e.name)"
    assert lab.run(resources) == []
    source = lab.run("return document.documentElement.outerHTML")
    assert "localStorage" not in source
    assert "unsafe" not in source.partition("</head>")[0]


def test_in_a_frame_without_an_address(browser: "Browser", pages: Path, tmp_path: Path) -> None:
    text = escape((pages / f"{LAB}.html").read_text("utf-8"))
    outer = tmp_path / "outer.html"
    outer.write_text(f'<!DOCTYPE html><iframe srcdoc="{text}" width="800" height="700"></iframe>')
    browser.open(outer, width=900)
    browser.chrome.switch_to.frame(0)
    type_in(browser, RIGHT)
    assert heading(browser) == "All 4 goals right"
    browser.chrome.switch_to.default_content()
    assert browser.log() == []


def test_what_the_author_hides_is_not_shown(browser: "Browser", tmp_path: Path) -> None:
    for live, reveal, sees in (
        ("none", "hints", ()),
        ("checks", "hints", ("goals",)),
        ("full", "verdict", ("goals",)),
        ("full", "hints", ("goals", "errors")),
    ):
        body = spec(
            [("title: A case", f"title: A case\nfeedback: {{live: {live}, reveal: {reveal}}}")]
        )
        (tmp_path / "case.yaml").write_text(body, "utf-8")
        page = tmp_path / "case.html"
        assert main(["lab", str(tmp_path / "case.yaml"), "-o", str(page)]) == 0
        browser.open(page, width=1280)
        box = browser.chrome.find_elements("css selector", "input[type=range]")[0]
        box.send_keys("\ue010")  # End
        states = browser.run(
            "return [...document.querySelectorAll('.goal')].map(e => e.classList[1])"
        )
        assert ("goals" in sees) == (set(states) != {"hidden"})
        text = browser.run("return document.querySelector('#lab').innerText")
        assert ("errors" in sees) == (" off" in text)
        assert ("errors" in sees) == (
            "points" in browser.run("return document.querySelector('.picture').innerText")
        )
        assert ("errors" in sees) == bool(
            browser.chrome.find_elements("css selector", ".plot .off")
        )


def test_the_warm_up(lab: "Browser") -> None:
    warm = lab.chrome.find_elements("css selector", "details.fold")[1]
    lab.run("arguments[0].open = true", warm)
    bias = lab.chrome.find_element("css selector", 'input[aria-label="Bias b of all three"]')
    for _ in range(15):
        bias.send_keys("\ue012")  # arrow left: b from 0 to -1.5, the turn to 1.5
    said = lab.run("return document.querySelector('.warm-up .outcome').textContent")
    assert said == "Yes. Sigmoid is never quite off."
    press(lab, "To the exercise")
    assert lab.run("return arguments[0].open", warm) is False


# What people report of such pages elsewhere; the report stands beside each.


def test_in_a_sandboxed_frame(browser: "Browser", pages: Path, tmp_path: Path) -> None:
    # alpinejs/alpine #4892, nhost/nhost #3409: scripts that touch storage die there.
    text = escape((pages / f"{LAB}.html").read_text("utf-8"))
    outer = tmp_path / "outer.html"
    frame = f'<iframe sandbox="allow-scripts" srcdoc="{text}" width="800" height="700"></iframe>'
    outer.write_text(f"<!DOCTYPE html>{frame}")
    browser.open(outer, width=900)
    browser.chrome.switch_to.frame(0)
    type_in(browser, RIGHT)
    assert heading(browser) == "All 4 goals right"
    browser.chrome.switch_to.default_content()
    assert browser.log() == []


def test_three_steps_of_0_3_are_0_9(browser: "Browser", tmp_path: Path) -> None:
    # carbon-design-system/carbon #14460, react-input-range #112, angular/components #20721.
    text = (EXERCISES / f"{LAB}.yaml").read_text("utf-8")
    path = tmp_path / f"{LAB}.yaml"
    path.write_text(text.replace("min: -4, max: 4, step: 0.1", "min: -3, max: 3, step: 0.3"))
    page = tmp_path / "lab.html"
    assert main(["lab", str(path), "--fit-sliders", "-o", str(page)]) == 0
    spec_sliders = '"min":"-3","max":"3","step":"3/10"'
    made = page.read_text("utf-8")
    made = re.sub(r'"min": "-[^"]*", "max": "[^"]*", "step": "[^"]*"', spec_sliders, made)
    page.write_text(made, "utf-8")
    browser.open(page, width=1280)
    for wanted in ("0.3", "0.6", "0.9"):
        slider(browser, "w1").send_keys("\ue014")
        assert shown(browser)["w1"] == wanted
        assert slider(browser, "w1").get_attribute("aria-valuetext") == wanted


def test_a_link_that_is_opened_in_the_same_window(lab: "Browser") -> None:
    # jessecrossen/ttsim #16: a changed fragment loads no page.
    type_in(lab, {"w1": "1"})
    address = lab.chrome.current_url
    type_in(lab, {"w1": "2"})
    lab.run("window.location.hash = arguments[0]", address.partition("#")[2])
    threading.Event().wait(0.2)
    assert shown(lab)["w1"] == "1"
    lab.run("window.location.hash = 'nothing'")
    threading.Event().wait(0.2)
    assert shown(lab)["w1"] == "1"  # a bad link takes nothing away
    said = lab.run("return document.querySelector('.notice').textContent")
    assert said == "This link does not fit this exercise. Your values are still here."


def test_copying_where_the_clipboard_is_refused(lab: "Browser") -> None:
    # revfactory/harness #24, gnacho/netpulse #466: from a file or over http there is no clipboard.
    lab.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    press(lab, "Hand in")
    press(lab, "Copy")
    threading.Event().wait(0.2)
    assert lab.run("return document.querySelector('.outcome').textContent") == "Copied."
    lab.run("document.execCommand = () => false")
    press(lab, "Copy")
    threading.Event().wait(0.2)
    said = lab.run("return document.querySelector('.outcome').textContent")
    assert said == "Could not copy. Save the file instead."


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


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["index", "zigzag"])
def test_axe_finds_no_fault_in_a_site(
    browser: "Browser", pages: Path, name: str, width: int, *, dark: bool
) -> None:
    browser.chrome.get("about:blank")
    browser.open(pages / f"{name}.html", width=width, dark=dark)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.violations() == []
    browser.log()
