"""A spec's tree with the numbers of one variant in place of the formulas."""

import re
from collections.abc import Mapping
from fractions import Fraction

from grader.specs import tree as yaml_tree
from grader.specs.formulas import BRACES, OF_NUMBERS, OF_TEXT, Formulas
from grader.specs.tree import Entry, Node, Scalar, Sequence
from grader.words.literal import exact

Values = Mapping[str, Fraction]


def put_in(tree: yaml_tree.Mapping, formulas: Formulas, values: Values) -> yaml_tree.Mapping:
    """Return the tree with the numbers of one variant put in.

    Raises: ZeroDivisionError.
    """
    entries = (Entry(e.line, e.key, _filled(e, formulas, values)) for e in tree.entries)
    return yaml_tree.Mapping(tree.line, tuple(entries))


def _filled(entry: Entry, formulas: Formulas, values: Values) -> Node:
    if entry.key in OF_NUMBERS:
        return _numbers(entry.value, formulas, values)
    if entry.key in OF_TEXT and isinstance(entry.value, Scalar):
        text = BRACES.sub(lambda match: _shown(match, formulas, values), entry.value.text)
        return entry.value._replace(text=text)
    return entry.value


def _numbers(node: Node, formulas: Formulas, values: Values) -> Node:
    if isinstance(node, Scalar):
        if "$" not in node.text or node.text not in formulas:
            return node
        return Scalar(node.line, str(formulas[node.text].value(values)), plain=True)
    if isinstance(node, Sequence):
        items = (_numbers(item, formulas, values) for item in node.items)
        return Sequence(node.line, tuple(items))
    entries = (Entry(e.line, e.key, _numbers(e.value, formulas, values)) for e in node.entries)
    return yaml_tree.Mapping(node.line, tuple(entries))


def _shown(match: re.Match[str], formulas: Formulas, values: Values) -> str:
    """Return a number as text has it; after a plus sign with its own sign and a space."""
    if match[1] is None:
        return match[0][0]
    value = formulas[match[1]].value(values)
    if match[1].lstrip().startswith("+"):
        return f"{'-' if value < 0 else '+'} {exact(abs(value))}"
    return exact(value)
