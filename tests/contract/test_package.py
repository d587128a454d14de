"""What every file of the package keeps to, read from the source itself."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import grader

ROOT = Path(grader.__file__).parent
# A developer who builds the lab has other people's packages there.
FILES = sorted(path for path in ROOT.rglob("*.py") if "node_modules" not in path.parts)

# From the bottom up: a module imports from rows above its own, and of its own row only where that
# is a folder. Lazy imports count.
ORDER = [
    ["version", "named", "undisturbed"],
    ["style"],
    ["exact"],
    ["text"],
    ["errors"],
    ["exercise"],
    ["mistakes"],
    ["submission"],
    ["report"],
    ["words"],
    ["since", "grading", "plain"],
    ["explaining"],
    ["specs"],
    ["pictures"],
    ["reports"],
    ["display"],
    ["task"],
    ["handover"],
    ["platforms"],
    ["desk"],
    ["authoring"],
    ["sandbox"],
    ["library"],
    ["notebook"],
    ["cohort"],
    ["labs"],
    ["__init__"],
    ["console"],
    ["cli"],
]
# No files, clock, randomness or environment: what these name cannot reach any. The first row is
# above that: it asks for Python's version. The second reads the files that it consists of.
PURE = [module for row in ORDER[2 : ORDER.index(["handover"])] for module in row]
ALLOWED_IN_PURE = {
    "base64",
    "_sha2",
    "_sha256",
    "bisect",
    "codecs",
    "collections",
    "collections.abc",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "struct",
    "zlib",
    "importlib.resources",
    "io",  # a buffer in memory
    "itertools",
    "json",
    "jsonschema",
    "markdown_it",
    "math",
    "operator",
    "re",
    "string",
    "textwrap",
    "types",
    "typing",
    "unicodedata",
    "yaml",
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
EXACT = [
    "exact/network.py",
    "exact/piecewise.py",
    "exercise/checks.py",
    "exercise/record.py",
    "mistakes/answers.py",
    "grading.py",
    "report.py",
]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def part(path: Path) -> str:
    """Return the module's or the folder's name inside the package."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            names.add(str(node.module))
            if node.module == "grader":
                names.update(f"grader.{alias.name}" for alias in node.names)
    return names


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(tree(path))
    return [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def at(path: Path, node: ast.AST | None = None, what: str = "") -> str:
    """Return where something is, as a message of a rule lists it."""
    line = f":{getattr(node, 'lineno', 1)}" if node else ""
    return f"{path.relative_to(ROOT)}{line} {what}".strip()


def own(path: Path) -> Iterator[str]:
    """Yield the modules of this package that a file imports."""
    return (name for name in imported(path) if name == "grader" or name.startswith("grader."))


def test_every_part_of_the_package_has_its_row() -> None:
    known = set(chain.from_iterable(ORDER))
    assert {part(path) for path in FILES} <= known
    assert len(known) == sum(map(len, ORDER))


def test_imports_go_one_way() -> None:
    row = {name: i for i, names in enumerate(ORDER) for name in names}
    wrong = [
        at(path, what=name)
        for path in FILES
        for name in own(path)
        if (other := [*name.split("."), "__init__"][1]) in row and other != part(path)
        if row[other] >= row[part(path)]
    ]
    assert wrong == []


def test_pure_modules_import_nothing_that_reaches_out() -> None:
    wrong = [
        at(path, what=name)
        for path in FILES
        if part(path) in PURE
        for name in imported(path) - ALLOWED_IN_PURE
        if name.split(".")[0] != "grader"
    ]
    assert wrong == []


def test_nothing_that_decides_is_a_float() -> None:
    wrong = []
    for path in (ROOT / name for name in EXACT):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                wrong.append(at(path, node, str(node.value)))
            if isinstance(node, ast.Name | ast.Attribute):
                word = node.id if isinstance(node, ast.Name) else node.attr
                if word in {"float", "round", "to_double", "sqrt", "isclose"}:
                    wrong.append(at(path, node, word))
    assert wrong == []


def test_no_file_of_tests_is_too_long() -> None:
    tests = sorted(Path(__file__).parents[1].rglob("*.py"))
    long = {
        path.name: lines
        for path in tests
        if (lines := path.read_bytes().count(b"\n")) > LONGEST_FILE
    }
    assert long == {}


def test_no_file_and_no_function_is_too_long() -> None:
    long = [at(path) for path in FILES if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE]
    long += [
        at(path, function, function.name)
        for path in FILES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def _hidden(module: ast.Module) -> set[ast.AST]:
    """Return what stands in a function, or in a class whose name begins with an underscore."""
    return {
        inner
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
        or (isinstance(node, ast.ClassDef) and node.name.startswith("_"))
        for inner in ast.walk(node)
        if inner is not node
    }


def test_what_is_public_says_what_it_is_for() -> None:
    silent = [at(path) for path in FILES if not ast.get_docstring(tree(path))]
    for path in FILES:
        module = tree(path)
        hidden = _hidden(module)
        silent += [
            at(path, node, node.name)
            for node in ast.walk(module)
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node not in hidden
            if not node.name.startswith("_") and not ast.get_docstring(node)
        ]
    assert silent == []


def test_no_exception_is_swallowed_unseen() -> None:
    wrong = []
    for path in FILES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            names = ast.walk(node.type) if node.type else ()
            caught = {n.id for n in names if isinstance(n, ast.Name)}
            # The net under a submission, the one under a command, and where students' code runs.
            may = part(path) == "sandbox" or path.name in {"assess.py", "start.py"}
            blind = caught & {"Exception", "BaseException"} and not may
            # The way out of a child may look up no name: a student's code could have replaced it.
            if (node.type is None and path.name != "leaving.py") or blind:
                wrong.append(at(path, node, "a bare or blind except"))
    assert wrong == []


def test_module_level_names_are_never_changed() -> None:
    wrong = [
        at(path, node)
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Global)
    ]
    assert wrong == []


def test_the_public_names_are_there_and_sorted() -> None:
    assert grader.__all__ == sorted(grader.__all__)
    assert [name for name in grader.__all__ if not hasattr(grader, name)] == []
    assert (ROOT / "py.typed").exists()
    imported_names = {
        alias.asname or alias.name
        for node in ast.walk(tree(ROOT / "__init__.py"))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("grader.")
        for alias in node.names
    }
    assert imported_names == set(grader.__all__)


def test_no_module_is_a_drawer_for_all_things() -> None:
    drawers = {"utils", "util", "helpers", "common", "manager", "base", "misc"}
    assert not {path.stem for path in FILES} & drawers


# What a user types names these: a format and a kind of file may both be json.
FAMILIES = ("cli/", "platforms/", "reports/", "submission/sources/")
# The frozen record that a part is about; its folder says whose.
SHARED = {"record"}


def test_a_class_and_a_module_name_mean_one_thing() -> None:
    classes: dict[str, list[str]] = {}
    modules: dict[str, list[str]] = {}
    for path in FILES:
        if path.stem not in {"__init__", *SHARED} and not at(path).startswith(FAMILIES):
            modules.setdefault(path.stem, []).append(at(path))
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes.setdefault(node.name, []).append(at(path))
    assert {name: where for name, where in classes.items() if len(where) > 1} == {}
    assert {name: where for name, where in modules.items() if len(where) > 1} == {}


def test_exceptions_from_the_linters_rules_are_few_and_have_a_reason() -> None:
    every = [
        line.partition("# noqa")[2]
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if "# noqa" in line
    ]
    assert len(every) <= 40, "an exception for many files is a rule of pyproject.toml"
    assert [line for line in every if " - " not in line] == []
