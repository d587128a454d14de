"""A headless Chromium; .ci/browser installs what this needs."""

import base64
import json
import os
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

# As root and without network: no sandbox, and none of the browser's own calls to its maker.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Browser:
    """One window that can be dark, narrow, or paper."""

    def __init__(self, chrome: Chrome, axe: str) -> None:
        self.chrome = chrome
        self.axe = axe

    def open(
        self,
        page: Path,
        *,
        width: int = 900,
        dark: bool = False,
        media: str = "",
        forced: bool = False,
    ) -> None:
        """Open a page; `forced`: the reader's own few colours instead of the page's."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "forced-colors", "value": "active" if forced else "none"},
        ]
        self.command("Emulation.setEmulatedMedia", {"media": media, "features": features})
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", size)
        self.chrome.get(page.as_uri())

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the page answers
        return self.chrome.execute_script(script, *arguments)

    def violations(self) -> list[str]:
        """Return what axe-core finds fault with, one line a rule."""
        # Through the debugger: the page's own policy allows no script.
        self.command("Runtime.evaluate", {"expression": self.axe})
        found = self.chrome.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then(r => done(JSON.stringify("
            "r.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]))), done)"
        )
        return [f"{rule}: {text} {nodes}" for rule, text, nodes in json.loads(found)]

    def pdf(self) -> bytes:
        data = self.command("Page.printToPDF", {"printBackground": False})["data"]
        return base64.b64decode(data)

    def log(self) -> list[str]:
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def command(self, name: str, values: dict[str, object]) -> Any:  # noqa: ANN401 - whatever the page answers
        return self.chrome.execute_cdp_cmd(name, values)


def start(profile: Path) -> Browser:
    """Start the browser with an empty profile; AXE names the file of axe-core."""
    options = ChromeOptions()
    options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = ChromeService(os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver"))
    return Browser(Chrome(options, driver), Path(os.environ["AXE"]).read_text("utf-8"))
