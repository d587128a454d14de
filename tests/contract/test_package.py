"""What every file of the package keeps to, read from the source itself."""

import ast
from itertools import chain
from pathlib import Path

import pytest

import grader

ROOT = Path(grader.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

# From the bottom up: a module imports from rows above its own, and of its own row only where that
# is a folder. Lazy imports count.
ORDER = [
    ["version", "errors", "exact"],
    ["text"],
    ["exercise"],
    ["mistakes"],
    ["submission"],
    ["report"],
    ["words"],
    ["since", "grading"],
    ["explaining"],
    ["specs"],
    ["pictures"],
    ["reports"],
    ["display"],
    ["handover"],
    ["platforms"],
    ["desk"],
    ["authoring"],
    ["sandbox"],
    ["library"],
    ["notebook"],
    ["cohort"],
    ["lab"],
    ["__init__"],
    ["console"],
    ["cli"],
]
# No files, clock, randomness or environment: what these name cannot reach any.
PURE = [module for row in ORDER[: ORDER.index(["handover"])] for module in row]
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
    "importlib.resources",
    "itertools",
    "json",
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
EXACT = [
    "exact/network.py",
    "exact/piecewise.py",
    "exercise/checks.py",
    "exercise/record.py",
    "mistakes/answers.py",
    "grading.py",
    "report.py",
]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def part(path: Path) -> str:
    """Return the module's or the folder's name inside the package."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
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


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_file = pytest.mark.parametrize("path", FILES, ids=named)


def test_every_part_of_the_package_has_its_row() -> None:
    known = set(chain.from_iterable(ORDER))
    assert {part(path) for path in FILES} <= known
    assert len(known) == sum(map(len, ORDER))


@every_file
def test_imports_go_one_way(path: Path) -> None:
    row = {name: i for i, names in enumerate(ORDER) for name in names}
    mine = part(path)
    for name in imported(path):
        if name == "grader" or name.startswith("grader."):
            other = [*name.split("."), "__init__"][1]
            if other in row and other != mine:
                assert row[other] < row[mine] or (row[other] == 0 == row[mine]), name


@every_file
def test_pure_modules_import_nothing_that_reaches_out(path: Path) -> None:
    if part(path) in PURE:
        others = {name for name in imported(path) if name.split(".")[0] != "grader"}
        assert others <= ALLOWED_IN_PURE


@pytest.mark.parametrize("name", EXACT)
def test_nothing_that_decides_is_a_float(name: str) -> None:
    path = ROOT / name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), f"line {node.lineno}"
        if isinstance(node, ast.Name | ast.Attribute):
            word = node.id if isinstance(node, ast.Name) else node.attr
            assert word not in {"float", "round", "to_double", "sqrt", "isclose"}, (
                f"line {node.lineno}"
            )


@every_file
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno < 50, function.name


@every_file
def test_what_is_public_says_what_it_is_for(path: Path) -> None:
    module = tree(path)
    assert ast.get_docstring(module)
    public = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    hidden = {
        inner
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
        or (isinstance(node, ast.ClassDef) and node.name.startswith("_"))
        for inner in ast.walk(node)
        if inner is not node
    }
    for node in public:
        assert node in hidden or ast.get_docstring(node), node.name


@every_file
def test_no_exception_is_swallowed_unseen(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            # The way out of a child may look up no name: a student's code could have replaced it.
            bare = node.type is None
            assert not bare or path.name == "leaving.py", f"line {node.lineno}: a bare except"
            caught = {n.id for n in ast.walk(node.type or node) if isinstance(n, ast.Name)}
            blind = caught & {"Exception", "BaseException"}
            assert not blind or part(path) == "sandbox", f"line {node.lineno}: a blind except"


@every_file
def test_module_level_names_are_never_changed(path: Path) -> None:
    for node in ast.walk(tree(path)):
        assert not isinstance(node, ast.Global), f"line {node.lineno}: module state"


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
