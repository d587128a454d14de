"""Write the oldest version of every dependency that pyproject.toml allows, as pip's constraints."""

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def floors(extra: str) -> list[str]:
    """Return a constraint for each requirement of the plain install and of an extra.

    Raises: ValueError if a requirement has no floor, for then nobody knows its oldest version.
    """
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    found = []
    for requirement in [*project["dependencies"], *project["optional-dependencies"][extra]]:
        parts = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement)
        if not parts:
            raise ValueError(f"pyproject.toml: {requirement} has no floor; write name>=version")
        found.append(f"{parts[1]}=={parts[2]}")
    return found


if __name__ == "__main__":
    print("\n".join(floors(sys.argv[1])))
