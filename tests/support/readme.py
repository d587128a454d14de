"""README and docs as programs: python tests/support/readme.py writes what they print into them.

A block after a line that ends in a name, as in `hat.yaml`:, is a file of that name. In a console
block each line that starts with $ is a command; what follows is what it prints. All blocks of a
page run in one folder, in order.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from command import BIN, PROJECT, environment

README = PROJECT / "README.md"
PAGES = (README, *sorted((PROJECT / "docs").glob("*.md")))
PICTURE = PROJECT / "docs" / "picture.svg"
DRAWN = '{"w1": 1, "b1": -1, "w2": 3, "b2": -5}'
_MARK = "\x00"


class Block(NamedTuple):
    """A fenced block: the words after its fence, its lines, and the last line of text before it."""

    language: str
    lines: tuple[str, ...]
    before: str

    @property
    def file(self) -> str | None:
        """The name of the file that the block is, if it is one."""
        before, _, end = self.before.rpartition("`")
        return before.rpartition("`")[2] if end == ":" and before else None


def split(text: str) -> list[str | Block]:
    """Return a page as lines of text and blocks."""
    parts: list[str | Block] = []
    fenced: list[str] | None = None
    before = language = ""
    for line in text.splitlines():
        if fenced is None and line.startswith("```"):
            fenced, language = [], line[3:]
        elif fenced is not None and line == "```":
            parts.append(Block(language, tuple(fenced), before))
            fenced, before = None, ""
        elif fenced is not None:
            fenced.append(line)
        else:
            parts.append(line)
            before = line or before
    return parts


def run(parts: list[str | Block]) -> list[str | Block]:
    """Return the parts with what the commands really print."""
    with tempfile.TemporaryDirectory() as folder:
        return [_run(part, Path(folder)) if isinstance(part, Block) else part for part in parts]


def _run(block: Block, folder: Path) -> Block:
    if block.file:
        (folder / block.file).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
    if block.language != "console":
        return block
    commands = [line[2:] for line in block.lines if line.startswith("$ ")]
    script = "".join(f"{c}\n_status=$?; printf '\\0'; (exit $_status)\n" for c in commands)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment(PATH=f"{BIN}:/usr/bin:/bin"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    shown = done.stdout.split(_MARK)
    lines: list[str] = []
    for command, output in zip(commands, shown, strict=False):
        lines += [f"$ {command}", *output.splitlines()]
    return block._replace(lines=tuple(lines))


def join(parts: list[str | Block]) -> str:
    """Return the page's text."""
    return "".join(
        f"```{part.language}\n" + "".join(f"{line}\n" for line in part.lines) + "```\n"
        if isinstance(part, Block)
        else f"{part}\n"
        for part in parts
    )


def drawn() -> str:
    """Return the README's picture as the command draws it."""
    command = [BIN / "grade", "-e", "relu-three-segments", "-f", "svg", "-"]
    done = subprocess.run(command, input=DRAWN, capture_output=True, text=True, check=True)
    return done.stdout


def links(text: str) -> list[str]:
    """Return where the page's links lead."""
    prose = "\n".join(part for part in split(text) if isinstance(part, str))
    return re.findall(r"\]\(([^)\s]+)\)", prose)


def anchors(text: str) -> set[str]:
    """Return the anchors that code hosts give the page's headings."""
    headings = (part for part in split(text) if isinstance(part, str) and part.startswith("#"))
    kept = (re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower()) for heading in headings)
    return {words.replace(" ", "-") for words in kept}


def everything() -> str:
    """Return the text of all pages."""
    return "\n".join(page.read_text("utf-8") for page in PAGES)


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
    for page in PAGES:
        page.write_text(join(run(split(page.read_text("utf-8")))), encoding="utf-8")
