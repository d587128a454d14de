"""PrairieLearn's page around a question, served here as PrairieLearn serves it."""

import re
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

    from chromium import Browser


LAB = "relu-three-segments"
NAMES = ("w1", "b1", "w2", "b2")
CLIENT_FILES = "/pl/instance_question/1/clientFilesQuestion"
HEADERS = {"Content-Security-Policy": "frame-ancestors 'none';", "X-Frame-Options": "DENY"}
TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8"}
AROUND = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Question</title></head><body><main>
<div class="question-container mb-4" data-grading-method="Internal">
<form class="question-form" name="question-form" method="POST" autocomplete="off">
<div class="card mb-3 question-block"><div class="card-header"><h1>HW1.1. A question</h1></div>
<div class="card-body overflow-x-auto question-body">{question}</div>
<div class="card-footer"><input type="hidden" name="__variant_id" value="1">
<button class="btn btn-info question-save" type="submit" name="__action" value="save">Save</button>
<button class="btn btn-primary question-grade" type="submit" name="__action" value="grade">
Save &amp; Grade</button></div></div></form></div></main></body></html>"""
FIELD = """<span class="d-inline-block ms-2"><span class="input-group pl-string-input">
<span class="input-group-text" id="pl-string-input-{name}-label">{name} =</span>
<input name="{name}" type="text" inputmode="text" class="form-control pl-string-input-input"
 size="10" autocomplete="off" autocorrect="off" {disabled} {value} placeholder="number"
 aria-labelledby="pl-string-input-{name}-label" /></span></span>"""


class Platform:
    """One question on a server: what was saved stands in its fields again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.saved: dict[str, str] = {}
        self.posts = 0
        self.open = True
        self.port = 0

    def page(self) -> str:
        def field(found: re.Match[str]) -> str:
            value = self.saved.get(found[1], "")
            return FIELD.format(
                name=found[1],
                value=f'value="{escape(value)}"' if value else "",
                disabled="" if self.open else "disabled",
            )

        text = (self.folder / "question.html").read_text("utf-8")
        text = re.sub(r"(?s)<pl-submission-panel>.*?</pl-submission-panel>", "", text)
        text = text.replace("{{options.client_files_question_url}}", CLIENT_FILES)
        text = re.sub(r"</?pl-question-panel>", "", text)
        text = re.sub(r'<pl-string-input answers-name="(\w+)".*?></pl-string-input>', field, text)
        assert not re.search(r"<pl-|\{\{", text)
        return AROUND.format(question=text)


def handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith(CLIENT_FILES):
                path = platform.folder / "clientFilesQuestion" / self.path.rpartition("/")[2]
                self.reply(path.read_bytes(), TYPES[path.suffix[1:]])
            else:
                self.reply(platform.page().encode(), TYPES["html"])

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            sent = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            platform.saved = {name: texts[0] for name, texts in sent.items()}
            platform.posts += 1
            self.do_GET()

        def reply(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


def field(browser: "Browser", name: str) -> "WebElement":
    return browser.chrome.find_element("name", name)


def texts(**values: str) -> dict[str, str]:
    return dict.fromkeys(NAMES, "0") | values
