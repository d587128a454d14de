"""grader lint EXERCISE...: what an author should know before a class sees an exercise."""

import json
import os
from collections.abc import Callable, Sequence

from grader.authoring.linting.lint import lint
from grader.authoring.linting.subject import ERROR, INFORMATION, WARNING, LintFinding
from grader.console.lookup import no_such_exercise
from grader.console.usage import parse, parser_of
from grader.desk.catalogue import NotFound, find, is_path, read_spec
from grader.desk.files import complain, to_standard_output
from grader.errors import GraderError, SpecError
from grader.text.inert import inert

MEANING = "check exercises: solvable, fair, reachable"

_USAGE_ERROR = 2
_GITHUB = {ERROR: "error", WARNING: "warning", INFORMATION: "notice"}
_LEVELS = (ERROR, WARNING, INFORMATION)
_FORMATS = ("text", "json", "github")


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "lint",
        "Check that exercises can be solved, are graded fairly and have right answers in reach.",
        "exit status: 0 no errors, 1 errors, 2 a file is not a spec or cannot be read",
    )
    parser.add_argument("exercises", nargs="+", metavar="EXERCISE", help="ids or paths")
    parser.add_argument("-v", "--verbose", action="store_true", help="show information too")
    parser.add_argument("-f", "--format", choices=_FORMATS, default="text")
    parser.add_argument(
        "--roster", metavar="FILE", help="look at the ids of this CSV as well, by which is drawn"
    )
    options = parse(parser, arguments, glued=False)
    status = 0
    every: list[tuple[str, Sequence[LintFinding]]] = []
    for name in options.exercises:
        found = _findings(name)
        if found is None:
            status = _USAGE_ERROR
            continue
        path, findings = found
        status = max(status, _status(findings))
        shown = [f for f in findings if options.verbose or f.level != INFORMATION]
        every.append((path, shown))
    if options.roster is not None:
        ids = _ids(options.roster)
        status = _USAGE_ERROR if ids is None else status
        every.append((options.roster, ids or ()))
    text = {"text": _text, "json": _json, "github": _github}[options.format](every)
    return status if to_standard_output([text]) else max(status, _USAGE_ERROR)


def _findings(name: str) -> tuple[str, tuple[LintFinding, ...]] | None:
    """Return the path to show and the findings; None, with a message, if it cannot be read."""
    try:
        path = name if is_path(name) else find(name).path
        base = os.path.basename(path)
        # The path of an installed exercise helps nobody who reads this.
        shown = base if os.path.isabs(path) and path != name else path
        return shown, _linted(read_spec(path), inert(base, 255), os.path.splitext(base)[0])
    except NotFound:
        complain(no_such_exercise(name))
    except SpecError as error:
        complain("\n".join(error.lines()))
    except OSError as error:
        complain(f"{inert(name)}: {error.strerror}; name a YAML file or an exercise's id")
    return None


def _ids(path: str) -> tuple[LintFinding, ...] | None:
    """Return what is odd about the ids of a roster; None, with a message, if it cannot be read."""
    from grader.cohort.alike_ids import odd_ids
    from grader.cohort.roster import people_of

    try:
        notes = odd_ids(people_of(path, set()).persons)
    except GraderError as error:
        complain(str(error))
    except OSError as error:
        complain(f"{inert(path)}: {error.strerror}; name a CSV file after --roster")
    else:
        return tuple(LintFinding(1, "", "roster-ids", WARNING, note) for note in notes)
    return None


def _linted(data: bytes, source: str, stem: str) -> tuple[LintFinding, ...]:
    """Return the findings about a spec and, where it has them, about its variants together."""
    findings = lint(data, source, stem)
    if b"variants" not in data:
        return findings
    from grader.authoring.equality.said import of_variants

    every = (*findings, *of_variants(data, source, stem, _progress))
    return tuple(sorted(every, key=lambda one: (_LEVELS.index(one.level), one.line)))


def _progress(total: int) -> Callable[[int], None]:
    from grader.cohort.progress import Progress

    return Progress(total, quiet=False, done="proved").step


def _status(findings: Sequence[LintFinding]) -> int:
    if any(finding.code == "spec" for finding in findings):
        return _USAGE_ERROR
    return int(any(finding.level == ERROR for finding in findings))


Findings = Sequence[tuple[str, Sequence[LintFinding]]]


def _text(every: Findings) -> str:
    lines = []
    for path, findings in every:
        shown = inert(path)
        for line, key, code, level, message in findings:
            lines.append(f"{shown}:{line}: {level} {code}: {f'{key}: ' if key else ''}{message}\n")
        counts = [
            f"{number} {level}{'' if number == 1 else 's'}"
            for level in (ERROR, WARNING)
            if (number := sum(finding.level == level for finding in findings))
        ]
        lines.append(f"{shown}: {', '.join(counts) or 'no errors, no warnings'}\n")
    return "".join(lines)


def _json(every: Findings) -> str:
    data = [
        {"file": path, "findings": [finding._asdict() for finding in findings]}
        for path, findings in every
    ]
    return json.dumps({"format": 1, "exercises": data}, indent=2) + "\n"


def _github(every: Findings) -> str:
    """Return workflow commands, which GitHub shows beside the lines of a pull request."""
    return "".join(
        f"::{_GITHUB[level]} file={_property(path)},line={line},title={_property(code)}"
        f"::{_escaped(f'{key}: {message}' if key else message)}\n"
        for path, findings in every
        for line, key, code, level, message in findings
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
