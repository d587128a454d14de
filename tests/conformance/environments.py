"""Virtual environments for other people's code, one each, made when a test first needs it.

They stay in .conformance/ beside the project (or where RELU_GRADER_CONFORMANCE says) and are made
anew when their requirements change. Only PyPI and npm are asked, by package name and version.
"""

import json
import os
import shutil
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
FOLDER = Path(os.environ.get("RELU_GRADER_CONFORMANCE", PROJECT / ".conformance"))
_INSTALL_SECONDS = 900
_AT_A_TIME = 4


def python(name: str) -> Path:
    """Return the interpreter of the environment with these requirements, installed if need be."""
    folder = FOLDER / name
    wanted = (HERE / f"requirements/{name}.txt").read_text()
    marker = folder / "installed.txt"
    program = folder / "bin/python"
    if marker.exists() and marker.read_text() == wanted:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True, symlinks=True)
    requirements = str(HERE / f"requirements/{name}.txt")
    _run([str(program), "-m", "pip", "install", "--quiet", "--no-compile", "-r", requirements])
    marker.write_text(wanted)
    return program


def node_modules(name: str, *packages: str) -> Path:
    """Return a folder into which npm has installed the packages."""
    folder = FOLDER / name
    marker = folder / "installed.txt"
    if not (marker.exists() and marker.read_text() == "\n".join(packages)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _run(
            [
                "npm",
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--prefix",
                str(folder),
                *packages,
            ]
        )
        marker.write_text("\n".join(packages))
    return folder


def source(package: str) -> Path:
    """Return the source archive of a package at a version, as PyPI has it."""
    folder = FOLDER / "sources"
    name, _, version = package.partition("==")
    path = folder / f"{name}-{version}.tar.gz"
    if not path.exists():
        words = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "-d", str(folder)]
        _run([sys.executable, "-m", "pip", *words, package])
    return path


def wheel(package: str) -> Path:
    """Return the wheel of a package at a version, whatever Python it asks for: parts of it run."""
    folder = FOLDER / "wheels"
    name, _, version = package.partition("==")
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    if not list(folder.glob(pattern)):
        words = ["download", "--quiet", "--no-deps", "--ignore-requires-python"]
        _run([sys.executable, "-m", "pip", *words, "-d", str(folder), package])
    return next(folder.glob(pattern))


def _run(words: list[str]) -> None:
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def judge(name: str, question: object, *, module: str | None = None, **environment: str) -> Any:  # noqa: ANN401 - JSON
    """Ask the program judges/MODULE.py, in the environment NAME; return what it answers as JSON."""
    done = subprocess.run(
        [str(python(name)), str(HERE / f"judges/{module or name}.py")],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(FOLDER), "LANG": "C.UTF-8"} | environment,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Make all environments, several at a time: most of an installation is waiting."""
    names = [path.stem for path in (HERE / "requirements").glob("*.txt")]
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(python, sorted(names, reverse=True)))  # the heaviest first


if __name__ == "__main__":
    main()
