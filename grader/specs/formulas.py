"""Formulas in a spec's tree: $t1 in numbers of target and network, {t1} in its two texts."""

import re
from collections.abc import Iterator, Mapping

from grader.exact.formula import Formula, formula
from grader.specs import tree as yaml_tree
from grader.specs.reader import Reader, join
from grader.specs.tree import Entry, Node, Scalar, Sequence
from grader.specs.varying import is_name, undefined
from grader.text.inert import inert

Formulas = Mapping[str, Formula]  # by the text in the file

OF_NUMBERS = ("target", "network")
OF_TEXT = ("title", "description")
BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def read_formulas(reader: Reader, variants: Entry, tree: yaml_tree.Mapping) -> Formulas:
    """Return the formulas of the tree; what is wrong with them or with the names is noted."""
    names = _names(variants.value)
    if not names:  # which has been noted
        return {}
    numbers: dict[str, Formula] = {}
    texts: dict[str, Formula] = {}
    for entry in tree.entries:
        for path, scalar in _scalars(entry.value, entry.key):
            if entry.key in OF_TEXT:
                texts |= _in_text(reader, scalar, path, names)
            elif "$" in scalar.text and entry.key != "feedback":
                numbers |= _in_number(reader, scalar, path, names)
    used = {name for each in numbers.values() for name in each.names}
    for name, line in names.items():
        if name not in used:
            message = f"is used in no number; write ${name} in target or network, or delete it"
            reader.note(line, join("variants.choices", inert(name, 40)), message)
    return numbers | texts


def _in_number(
    reader: Reader, scalar: Scalar, path: str, names: dict[str, int]
) -> dict[str, Formula]:
    if not path.startswith(OF_NUMBERS):
        message = f'"{inert(scalar.text, 40)}": numbers vary in target and network only'
        reader.note(scalar.line, path, message)
        return {}
    read = _read(reader, scalar.line, path, scalar.text, names)
    return {scalar.text: read} if read else {}


def _names(variants: Node) -> dict[str, int]:
    """Return the names that vary, each with its line."""
    for entry in variants.entries if isinstance(variants, yaml_tree.Mapping) else ():
        if entry.key == "choices" and isinstance(entry.value, yaml_tree.Mapping):
            return {each.key: each.line for each in entry.value.entries if is_name(each.key)}
    return {}


def _scalars(node: Node, path: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for i, item in enumerate(node.items):
            yield from _scalars(item, f"{path}[{i}]")
    else:
        for entry in node.entries:
            yield from _scalars(entry.value, join(path, inert(entry.key, 40)))


def _read(reader: Reader, line: int, path: str, text: str, names: dict[str, int]) -> Formula | None:
    try:
        read = formula(text)
    except ValueError as error:
        reader.note(line, path, f'"{inert(text, 60)}" {error}')
        return None
    unknown = [name for name in read.names if name not in names]
    for name in unknown:
        reader.note(line, path, undefined(name, tuple(names)))
    return None if unknown else read


def _in_text(
    reader: Reader, scalar: Scalar, path: str, names: dict[str, int]
) -> dict[str, Formula]:
    found = {}
    for match in BRACES.finditer(scalar.text):
        if match[0] in {"{{", "}}"}:
            continue
        if match[1] is None:
            message = f'has a lone "{match[0]}"; a number goes in braces such as {{t1}}, and a '
            reader.note(scalar.line, path, f"{message}brace itself is written twice")
        elif read := _read(reader, scalar.line, path, match[1], names):
            found[match[1]] = read
    return found
