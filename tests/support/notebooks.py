"""Notebook servers on this machine's own address, each on a free port, and a browser's way into them."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

    from chromium import Browser

_SECONDS = 60
# All labs of a page, also those inside another's shadow tree, as marimo has them.
_LABS = """
const labs = [];
const walk = root => root.querySelectorAll('*').forEach(each => {
    if (each.classList.contains('relu-lab')) labs.push(each);
    if (each.shadowRoot) walk(each.shadowRoot);
});
walk(document);
"""
_IN_KERNEL = """
const [code, wanted, done] = arguments;
const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
const asked = { code, silent: true, store_history: false, user_expressions: { wanted } };
kernel.requestExecute(asked).done.then(({ content }) => {
    const found = (content.user_expressions || {}).wanted || content;
    done(found.status === "ok" ? found.data["text/plain"] : `${found.ename}: ${found.evalue}`);
}, error => done(String(error)));
"""
_COMMAND = """
const [name, given, done] = arguments;
jupyterapp.commands.execute(name, given).then(() => done(""), error => done(String(error)));
"""
_READY = """
const session = window.jupyterapp?.shell.currentWidget?.sessionContext?.session;
return session?.path === arguments[0] && session.kernel?.status === "idle";
"""


def until(found: Callable[[], Any], what: str) -> Any:  # noqa: ANN401 - whatever is waited for
    """Return the first true answer."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        answer = found()
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"waited {_SECONDS} s for {what}")


def notebook(path: Path, cells: Sequence[str]) -> Path:
    """Write a notebook of such code cells."""
    empty: dict[str, object] = {"cell_type": "code", "execution_count": None, "metadata": {}}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {
        "cells": [
            {**empty, "id": f"cell{i}", "outputs": [], "source": cell}
            for i, cell in enumerate(cells)
        ],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content), "utf-8")
    return path


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a server that reads and writes nobody's settings."""
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return {**os.environ, "HOME": str(home), **{name: str(home / name) for name in places}}


@contextmanager
def _running(command: Sequence[str], folder: Path, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=surroundings(home),
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.terminate()  # the server ends its kernels
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def jupyter(folder: Path, home: Path) -> Iterator[tuple[str, str]]:
    """Serve the folder in JupyterLab and Notebook 7; the address, and the token that it asks for."""
    token = secrets.token_hex()
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": 0,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "ServerApp.root_dir": folder,
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": True,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "JupyterNotebookApp.expose_app_in_browser": True,
    }
    settings = home / "JUPYTER_CONFIG_DIR/labconfig"
    settings.mkdir(parents=True)
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (settings / "page_config.json").write_text(json.dumps(quiet))
    given = [f"--{name}={value}" for name, value in options.items()]
    with _running(["jupyterlab", *given], folder, home) as process:
        facts = home / f"JUPYTER_RUNTIME_DIR/jpserver-{process.pid}.json"
        until(lambda: process.poll() is not None or facts.exists(), "the server")
        assert process.poll() is None, (home / "log").read_text()
        until(lambda: facts.read_text().strip().endswith("}"), "its facts")
        yield json.loads(facts.read_text())["url"].rstrip("/"), token


@contextmanager
def marimo(path: Path, home: Path) -> Iterator[str]:
    """Run the notebook as an application; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["marimo", "-q", "run", "--headless", "--no-token", "--host", "127.0.0.1"]
    with _running([*command, "--port", str(port), str(path)], path.parent, home) as process:

        def answers() -> bool:
            assert process.poll() is None, (home / "log").read_text()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        until(answers, "marimo")
        yield f"http://127.0.0.1:{port}"


class Labs:
    """The labs that the browser's page shows."""

    def __init__(self, browser: "Browser") -> None:
        self.browser = browser

    def count(self) -> int:
        """Return how many show their picture."""
        drawn = "each => each.shadowRoot.querySelector('.plot svg path')"
        return int(self.browser.run(f"{_LABS} return labs.filter({drawn}).length"))

    def run(self, expression: str, i: int = 0) -> Any:  # noqa: ANN401 - whatever the page answers
        """Return a script's value; `root` is the shadow tree of a lab."""
        return self.browser.run(f"{_LABS} const root = labs[{i}].shadowRoot; return {expression}")

    def find(self, selector: str, i: int = 0) -> "WebElement":
        found = self.run(f"root.querySelector({json.dumps(selector)})", i)
        assert found is not None, selector
        return found

    def slider(self, name: str, i: int = 0, more: str = "") -> "WebElement":
        kind = "Weight" if name[0] == "w" else "Bias"
        return self.find(f'input[aria-label="{kind} {name} of unit {name[1:]}{more}"]', i)

    def focus(self, element: "WebElement") -> "WebElement":
        self.browser.run("arguments[0].focus()", element)
        return element

    def shown(self, i: int = 0) -> list[str]:
        """Return what the number fields say."""
        fields = "[...root.querySelectorAll('.stepper input')].map(each => each.value)"
        return [text.replace("\u2212", "-") for text in self.run(fields, i)]

    def focused(self) -> str:
        """Return the label of the lab's control that has the focus, or the class around it."""
        return str(
            self.browser.run(
                "const on = document.activeElement;"
                "return on.shadowRoot?.activeElement?.getAttribute('aria-label') ?? on.className"
            )
        )

    def faults(self) -> list[str]:
        """Return the errors that the browser has logged since it was asked last."""
        entries = self.browser.chrome.get_log("browser")
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]


class Jupyter(Labs):
    """A notebook in JupyterLab or Notebook 7, driven by its keys and, where none is, its commands."""

    def __init__(self, browser: "Browser", address: str, token: str) -> None:
        super().__init__(browser)
        browser.chrome.set_script_timeout(_SECONDS)
        self._address, self._token = address, token

    def open(self, name: str, kind: str = "lab/tree") -> None:
        self.browser.chrome.get("about:blank")
        self.browser.chrome.get(f"{self._address}/{kind}/{name}?token={self._token}&reset")
        until(lambda: self.browser.run(_READY, name), f"{name} and its kernel")

    def command(self, name: str, values: Mapping[str, object] | None = None) -> None:
        failed = self.browser.chrome.execute_async_script(_COMMAND, name, dict(values or {}))
        assert not failed, failed

    def python(self, expression: str, statement: str = "") -> str:
        """Run a statement in the kernel; return how the expression's value prints, or the error."""
        return str(self.browser.chrome.execute_async_script(_IN_KERNEL, statement, expression))

    def until(self, expression: str, value: str) -> None:
        """Wait until Python has been told: the page tells it one thing after the other."""
        until(lambda: self.python(expression) == value, f"{expression} to be {value}")

    def run_all(self, labs: int) -> None:
        self.command("notebook:run-all-cells")
        until(lambda: self.count() == labs, f"{labs} labs")
        # Everything that the cells do has been done.
        assert self.python("1") == "1"

    def restart(self) -> None:
        done = self.browser.chrome.execute_async_script(
            "const done = arguments[0];"
            "jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
            ".then(() => done(''), error => done(String(error)))"
        )
        assert done == ""
        assert self.python("1") == "1"
