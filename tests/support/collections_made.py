"""Made-up collections: archives with any members, honest or not."""

import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

RIGHT = b'{"exercise": "relu-three-segments", "w1": 1, "b1": -1, "w2": 2, "b2": -4}'
SAMPLES = Path(__file__).parent / "samples" / "class"


def zipped(path: Path, members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> str:
    """Write a zip archive with these members in this order and return its path."""
    rows = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in rows:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return str(path)


def tarred(path: Path, members: Iterable[tuple[str, bytes | tarfile.TarInfo]]) -> str:
    """Write a tar archive, packed if its name says so, and return its path."""
    mode = "w:gz" if path.name.endswith("gz") else "w"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(data, bytes) else data
            info.size = len(data) if isinstance(data, bytes) else 0
            archive.addfile(info, io.BytesIO(data) if isinstance(data, bytes) else None)
    return str(path)


def foldered(path: Path, members: Mapping[str, bytes]) -> str:
    """Write the members as files of a folder and return its path."""
    for name, data in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return str(path)
