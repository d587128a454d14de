"""Archives whose bytes depend on their contents alone: no clock, no user, no order of files.

Source: packaging.python.org, "Binary distribution format" (wheel 1.0), read in November 2026.
"""

import io
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from grader.handover.bundling import File, Wheel
from grader.undisturbed import Undisturbed

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can tell
_UNIX = 3
_REGULAR, _PLAIN, _EXECUTABLE = 0o100000, 0o644, 0o755


def archive(files: Mapping[str, File]) -> bytes:
    """Return a zip file of the files by name."""
    buffer = io.BytesIO()
    # An interrupt inside would come out as zipfile's own ValueError.
    with Undisturbed(), ZipFile(buffer, "w") as zip_file:
        for name in sorted(files):
            info = ZipInfo(name, _LONG_AGO)
            info.create_system = _UNIX
            mode = _EXECUTABLE if files[name].executable else _PLAIN
            info.external_attr = (_REGULAR | mode) << 16
            info.compress_type = ZIP_DEFLATED
            zip_file.writestr(info, files[name].data, compresslevel=9)
    return buffer.getvalue()


def is_bundle(path: str) -> bool:
    """Tell whether the file is a bundle made here: a zip file that carries the grader's wheel."""
    try:
        with ZipFile(path) as zip_file:
            return any("wheels/relu_grader-" in name for name in zip_file.namelist())
    except (BadZipFile, OSError):
        return False


def wheel(name: str, version: str, files: Mapping[str, bytes], metadata: str) -> Wheel:
    """Return the project's wheel with these files; `metadata` is further lines of its header."""
    stem = f"{name.lower().replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    everything = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        f"{metadata}".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: relu-grader\n"
        b"Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={_hash(data)},{len(data)}\n" for path, data in sorted(everything.items())
    )
    everything[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    packed = {path: File(data) for path, data in everything.items()}
    return Wheel(f"{stem}-py3-none-any.whl", archive(packed))


def _hash(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
