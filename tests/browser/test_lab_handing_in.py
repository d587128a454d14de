"""Handing in from the lab: saved, copied, posted, and an address that is down."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.cli.grader import main
from lab_in_browser import LAB, RIGHT, press, shown, type_in

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser


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
