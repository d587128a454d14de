"""Makes the attacks that no repository should store: huge files, pipes, links, sockets."""

import json
import os
import py_compile
import socket
from pathlib import Path

RIGHT = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
_SAID = json.dumps(RIGHT)
_FUNCTION = "def submission():\n    return {}\n"
MEBIBYTE = 1 << 20


def make(folder: Path, cases: Path, canary: Path) -> None:
    """Make every generated case of the manifest, but for archives, under the folder."""
    _json(folder / "json", cases)
    _python(folder / "python", cases, canary)


def _json(folder: Path, cases: Path) -> None:
    folder.mkdir(parents=True)

    def write(name: str, text: str) -> None:
        (folder / f"{name}.json").write_text(text, encoding="utf-8")

    write("digits_1e6", f'{{"w1":{"7" * 10**6},"b1":-1,"w2":2,"b2":-4}}')
    write("fraction_digits_1e6", f'{{"w1":1.{"0" * 10**6}1,"b1":-1,"w2":2,"b2":-4}}')
    write("huge_50mb", " " * (25 * MEBIBYTE) + _SAID + " " * (25 * MEBIBYTE))
    write("huge_string_20mb", json.dumps({**RIGHT, "student": "A" * (20 * MEBIBYTE)}))
    write("keys_300k", json.dumps({**RIGHT, **{f"k{i}": i for i in range(300_000)}}))
    write("depth_2e6", "[" * 2_000_000)
    write("sparse_8g", _SAID)
    os.truncate(folder / "sparse_8g.json", 8 << 30)
    os.mkfifo(folder / "fifo.json")
    for name, target in (
        ("dev_zero", "/dev/zero"),
        ("dev_stdin", "/dev/stdin"),
        ("symlink_good", str(cases / "json" / "benign_plain.json")),
        ("symlink_secret", "/etc/passwd"),
        ("symlink_loop", "symlink_loop.json"),
        ("dangling", "no/such/file"),
        ("proc_self_environ", "/proc/self/environ"),
    ):
        (folder / f"{name}.json").symlink_to(target)
    (folder / "directory.json").mkdir()
    bound = socket.socket(socket.AF_UNIX)
    descriptor = os.open(folder, os.O_RDONLY)
    bound.bind(f"/proc/self/fd/{descriptor}/socket.json")  # the name of a socket must be short
    os.close(descriptor)
    bound.close()
    write("unreadable", _SAID)
    (folder / "unreadable.json").chmod(0)


def _python(folder: Path, cases: Path, canary: Path) -> None:
    folder.mkdir(parents=True)
    _stale_cache(folder / "dir_pyc", canary)
    answer = f"R = {RIGHT!r}\n"
    (folder / "huge_source_20mb.py").write_text(
        answer + "X = '''" + "x" * (20 * MEBIBYTE) + "'''\ndef submission():\n    return R\n"
    )
    (folder / "million_lines.py").write_text(
        answer + "X = 1\n" * 10**6 + "def submission():\n    return R\n"
    )
    os.mkfifo(folder / "fifo.py")
    (folder / "link_benign.py").symlink_to(cases / "python" / "benign_plain.py")


def _stale_cache(folder: Path, canary: Path) -> None:
    """Plant the compiled form of other code, of the same size and time as what is shown."""
    folder.mkdir()
    path = folder / "submission.py"
    hidden = f"open('{canary}/pwned-pyc', 'w').close()\n" + _FUNCTION.replace("{}", repr(RIGHT))
    shown = _FUNCTION.replace("{}", repr(dict.fromkeys(RIGHT, 0)))
    size = max(len(hidden), len(shown)) + 2
    moment = (1_700_000_000, 1_700_000_000)
    path.write_text(hidden.ljust(size - 1, "#") + "\n")
    os.utime(path, moment)
    py_compile.compile(str(path), doraise=True)
    path.write_text(shown.ljust(size - 1, "#") + "\n")
    os.utime(path, moment)
