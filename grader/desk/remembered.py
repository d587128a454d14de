"""What took long to find out, kept between commands in the user's folder for caches.

What is kept can be lost or spoiled at any time; then it is found out again.
"""

import json
import os

from grader.desk.files import replace

_FOLDER = "relu-grader"


def recall(key: str) -> object:
    """Return what is kept under a key; None if nothing is, or it is spoiled."""
    try:
        with open(_path(key), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def keep(key: str, data: object) -> None:
    """Keep JSON under the key, where the system lets that be done."""
    path = _path(key)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        replace(path, json.dumps(data).encode())
    except OSError:  # a full disk, no home: the next command takes as long as this one
        return


def _path(key: str) -> str:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, _FOLDER, f"{key}.json")
