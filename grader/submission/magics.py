"""What only IPython understands, turned into Python line by line; every line keeps its place.

As in IPython's own input transformer (`inputtransformer2`): a line is special where a statement
begins, not within a string, brackets or a continued line; it goes on after a backslash; what
is on the left of `= %magic` and `= !command` may be anything. Magics that carry Python keep
it, since `%time w = train()` is where the weights come from. What they or a command would have
given is a stand-in, which is not a number and says so.
"""

import re
from collections.abc import Sequence

# Magics that run the Python after them, and the letters of their options that take a value.
_CARRYING = {
    "time": "", "timeit": "nrp", "prun": "lsTD", "memit": "rti", "lprun": "fmTDsu", "mprun": "fTc",
}  # fmt: skip
_CELLS = {*_CARRYING, "capture"}
_NOTHING = "get_ipython().getoutput()"

_CELL = re.compile(r"%%(\w+)[ \t]*(.*)$")
_MAGIC = re.compile(r"%\s*([A-Za-z_][\w.]*)(?:[ \t]+(.*))?$", re.DOTALL)
_HELP = re.compile(r"(?:\?{1,2}\s*%{0,2}[A-Za-z_*][\w.*]*|%{0,2}[A-Za-z_*][\w.*\[\]]*\?{1,2})\s*$")
_ASSIGNED = re.compile(
    r"((?:(?:[^=!<>#'\"\[]|\[[^\]]*\])++=[ \t]*+)+)([!%](?=\S).*)$", re.DOTALL
)  # fmt: skip
_SPECIAL = re.compile(r"^[ \t]*(?:[%!?]|[^#\n]*=[ \t]*[!%]\S|[^#\n]*\?[ \t]*$)", re.MULTILINE)
_PROMPT = re.compile(r"(?:>>> ?|\.\.\. ?|In \[\d+\]: ?|\s*\.\.\.: ?)")
_FILE = re.compile(r"%%(?:writefile|file)[ \t]+.*\.py[\"']?[ \t]*$")
_TOKEN = re.compile(
    r"""(?P<comment>\#.*)|(?P<quote>\"{3}|'{3}|["'])|(?P<open>[\[({])|(?P<close>[\])}])""",
    re.DOTALL,
)


def has_any(text: str) -> bool:
    """Tell whether a source may have a line that only IPython understands."""
    return _SPECIAL.search(text) is not None


def is_file(lines: Sequence[str]) -> bool:
    """Tell whether a cell writes a Python file and does nothing else."""
    return _FILE.match(next((line for line in lines if line.strip()), "")) is not None


def python(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return lines as Python, as many as they were, and those that were left out."""
    made: list[str] = []
    left_out: list[str] = []
    is_top = True  # where a line may begin a cell magic
    state = _State()
    index = 0
    while index < len(lines):
        line = lines[index]
        if is_top and (found := _CELL.match(line)):
            if found[1] not in _CELLS and not is_file([line]):
                return made + [""] * (len(lines) - index), [*left_out, line]
            made.append(_opened(found[1], found[2]))
            left_out.append(line)
            index += 1
            continue
        is_top = is_top and not line.strip()
        if state.is_open:
            made.append(line)
            state.read(line)
            index += 1
            continue
        count = _continued(lines, index) if _begins_special(line) else 1
        whole = " ".join(each.rstrip().removesuffix("\\") for each in lines[index : index + count])
        kept = _statement(whole.rstrip() if count > 1 else line)
        if kept == line or (count > 1 and kept == whole.rstrip()):
            made.append(line)
            state.read(line)
            index += 1
            continue
        left_out += [] if _is_kept(kept) else [line]
        made += [kept, *[""] * (count - 1)]
        index += count
    return made, left_out


def _is_kept(kept: str) -> bool:
    """Tell whether the Python of a line was kept, so that nothing worth a note is lost."""
    return kept.strip() != "pass" and _NOTHING not in kept


def _opened(name: str, rest: str) -> str:
    """Return the first line of a cell whose Python is kept."""
    if name == "capture" and (target := re.match(r"(?:-\S+\s+|--\S+\s+)*([A-Za-z_]\w*)", rest)):
        return f"{target[1]} = {_NOTHING}"
    return ""


def _begins_special(line: str) -> bool:
    text = line.lstrip()
    return text[:1] in ("%", "!") or _ASSIGNED.match(text) is not None


def _continued(lines: Sequence[str], index: int) -> int:
    """Return how many lines a command takes: a backslash goes on."""
    count = 1
    while lines[index + count - 1].rstrip().endswith("\\") and index + count < len(lines):
        count += 1
    return count


def _statement(line: str) -> str:
    """Return a line that begins a statement as Python; the line itself where it is that."""
    text = line.lstrip()
    indent = line[: len(line) - len(text)]
    if found := _ASSIGNED.match(text):
        return f"{indent}{found[1].rstrip()} {_given(found[2])}"
    if text.startswith("!") or _HELP.match(text):
        return f"{indent}pass"
    if found := _MAGIC.match(text):
        return indent + (_carried(found[1], found[2] or "") or "pass")
    return line


def _given(right: str) -> str:
    found = _MAGIC.match(right)
    return (_carried(found[1], found[2] or "") if found else "") or _NOTHING


def _carried(name: str, rest: str) -> str:
    """Return the Python that a magic carries, empty if it carries none."""
    if name not in _CARRYING:
        return ""
    with_value = _CARRYING[name]
    options = rf"(?:-[{with_value}][ \t]*\S+(?:[ \t]+|$)|" if with_value else "(?:"
    code = re.sub(rf"^{options}--?[A-Za-z][\w-]*(?:[ \t]+|$))*", "", rest.strip())
    return _statement(code) if code else ""


class _State:
    """Whether a statement is still open at the end of the lines that were read."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._goes_on = False

    @property
    def is_open(self) -> bool:
        return bool(self._quote or self._depth or self._goes_on)

    def read(self, line: str) -> None:
        at = 0
        while at < len(line):
            at = self._within(line, at) if self._quote else self._outside(line, at)
        self._goes_on = line.endswith("\\") and "#" not in line
        if len(self._quote) == 1 and not self._goes_on:
            self._quote = ""  # a string that was never closed: Python will say so

    def _within(self, line: str, at: int) -> int:
        found = re.compile(rf"\\.|{self._quote}").search(line, at)
        if found is None:
            return len(line)
        if found[0] == self._quote:
            self._quote = ""
        return found.end()

    def _outside(self, line: str, at: int) -> int:
        found = _TOKEN.search(line, at)
        if found is None or found["comment"]:
            return len(line)
        if found["quote"]:
            self._quote = found["quote"]
        else:
            self._depth = max(0, self._depth + (1 if found["open"] else -1))
        return found.end()
