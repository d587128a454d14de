"""A spec's tree as YAML again: a key a line at the top, what they hold in flow style."""

from grader.specs.tree import Mapping, Node, Scalar, Sequence

_INDENT = "  "
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def written(tree: Mapping) -> str:
    """Return the YAML that is read as this tree."""
    return "".join(f"{entry.key}:{_value(entry.value)}\n" for entry in tree.entries)


def _value(node: Node) -> str:
    """Return what follows a key at the top: long lists have a line for each item."""
    if isinstance(node, Scalar) and _is_block(node.text):
        lines = node.text.removesuffix("\n").split("\n")
        return " |\n" + "\n".join(f"{_INDENT}{line}" if line else "" for line in lines)
    if isinstance(node, Mapping):
        return "".join(f"\n{_INDENT}{_text(e.key)}:{_item(e.value)}" for e in node.entries)
    return f" {_flow(node)}"


def _item(node: Node) -> str:
    if isinstance(node, Sequence) and any(not isinstance(item, Scalar) for item in node.items):
        return "".join(f"\n{_INDENT * 2}- {_flow(item)}" for item in node.items)
    return f" {_flow(node)}"


def _is_block(text: str) -> bool:
    """Tell whether text can stand after a |, indented, and is the same when read."""
    is_plain = all(c == "\n" or (c.isprintable() and c not in "\x85\u2028\u2029") for c in text)
    ends_right = text.endswith("\n") and not text.endswith("\n\n")
    return is_plain and ends_right and not text.startswith((" ", "\n"))


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text if node.plain and _is_simple(node.text) else _quoted(node.text)
    if isinstance(node, Sequence):
        return f"[{', '.join(map(_flow, node.items))}]"
    return "{" + ", ".join(f"{_text(e.key)}: {_flow(e.value)}" for e in node.entries) + "}"


def _is_simple(text: str) -> bool:
    """Tell whether text means itself without quotes, wherever it stands."""
    bare = text.replace("/", "0").replace(".", "0").replace("-", "0").replace("_", "0")
    return text.isascii() and bare.isalnum() and not text.startswith("-0x")


def _text(text: str) -> str:
    return text if _is_simple(text) and not text.startswith("-") else _quoted(text)


def _quoted(text: str) -> str:
    """Return text in double quotes; to import json for that would take longer than all the rest."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isascii() and character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 1 << 16 else f"\\U{number:08x}"
