"""grader schema NAME: print the JSON Schema of a file format."""

import argparse
from collections.abc import Sequence
from importlib import resources

from grader.console.usage import parse
from grader.desk.files import to_standard_output

NAMES = ("exercise", "submission", "report")


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="grader schema", description="Print the JSON Schema (2020-12) of a file format."
    )
    parser.add_argument("name", choices=NAMES)
    name = parse(parser, arguments).name
    text = resources.files("grader.specs").joinpath(f"schemas/{name}.json").read_text("utf-8")
    return 0 if to_standard_output([text]) else 2
