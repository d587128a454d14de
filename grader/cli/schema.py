"""grader schema NAME: print the JSON Schema of a file format."""

import json
from collections.abc import Sequence

from grader.console.usage import parse, parser_of
from grader.desk.files import to_standard_output
from grader.specs.schemas import NAMES, schema

MEANING = "print the JSON Schema of exercises, submissions, reports, courses and results"


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of("schema", "Print the JSON Schema (2020-12) of a file format.")
    parser.add_argument("name", choices=NAMES)
    name = parse(parser, arguments).name
    text = json.dumps(schema(name), indent=2, ensure_ascii=False)
    return 0 if to_standard_output([text + "\n"]) else 2
