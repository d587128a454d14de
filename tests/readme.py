"""The README as a program: python tests/readme.py writes what its commands print back into it.

A block after a line that ends in a name, as in `hat.yaml`:, is a file of that name. In a console
block each line that starts with $ is a command; what follows is what it prints. All of them run in
one folder, in order.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from command import BIN, PROJECT, environment

README = PROJECT / "README.md"
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
    """Return the README as lines of text and blocks."""
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
    """Return the README's text."""
    return "".join(
        f"```{part.language}\n" + "".join(f"{line}\n" for line in part.lines) + "```\n"
        if isinstance(part, Block)
        else f"{part}\n"
        for part in parts
    )


if __name__ == "__main__":
    README.write_text(join(run(split(README.read_text("utf-8")))), encoding="utf-8")
