"""A TensorFlow.js model's files as one: its model.json says which lie beside it.

Only files of the same folder, by their names alone, are read, and each as a submission is: no link
is followed, nothing that is not a regular file is opened, and no more than a submission's bytes.
"""

import io
import json
import os
from collections.abc import Callable
from zipfile import ZipFile, ZipInfo

from grader.errors import SubmissionError
from grader.text.inert import inert

_MOST = 20  # files of numbers; a small network has one
_MODEL = "model.json"


def with_files_beside(
    data: bytes, folder: str, read: Callable[[str], bytes]
) -> tuple[bytes, bytes]:
    """Return the files as one archive, and their bytes one after the other; as they were if none.

    `read` reads a file within a submission's limits. Raises: SubmissionError.
    """
    paths = _paths(data)
    if not paths:
        return data, data
    files = {_MODEL: data}
    for path in paths:
        if path != os.path.basename(path) or path in {"", ".", "..", _MODEL} or "\\" in path:
            raise SubmissionError(
                "not-weights",
                f'model.json lists "{inert(path, 60)}", which is not a file beside it; hand in '
                "what model.save() of TensorFlow.js writes",
            )
        try:
            files[path] = read(os.path.join(folder, path))
        except OSError:
            raise SubmissionError(
                "not-weights",
                f'model.json lists "{inert(path, 60)}", which is not beside it; keep both files of '
                "model.save() in one folder, or hand them in as one zip",
            ) from None
    archive = io.BytesIO()
    with ZipFile(archive, "w") as made:
        for name, content in files.items():
            made.writestr(ZipInfo(name), content)
    return archive.getvalue(), b"".join(files.values())


def _paths(data: bytes) -> list[str]:
    try:
        model = json.loads(data)
        groups = model["weightsManifest"]
        found = [path for group in groups for path in group["paths"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []  # whoever reads it says what is wrong
    if len(found) > _MOST or not all(
        isinstance(path, str) and path.isprintable() for path in found
    ):
        return []
    return list(dict.fromkeys(found))
