"""A Dockerfile built and run without Docker: by buildah, on a bookworm that debootstrap has made.

The stand-in has the name of the image that the Dockerfile begins with, so nothing is asked for
outside Debian, and has Debian's own Python instead of that image's. Neither namespaces nor an overlay
are needed, only root: isolation is a chroot, and layers are copies.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import environments

PROGRAMS = ("buildah", "debootstrap")
STORE = environments.FOLDER / "images"
_SECONDS = 900


class RefusedError(Exception):
    """This machine cannot build an image; the message says why."""


def build(dockerfile_folder: Path, name: str) -> dict[str, Any]:
    """Build the image and return its configuration.

    Raises: RefusedError where a program is missing or the kernel refuses what it needs.
    """
    missing = [each for each in PROGRAMS if shutil.which(each) is None]
    if missing:
        raise RefusedError(
            f"{' and '.join(missing)} not installed; .ci/conformance does it as root"
        )
    (start, base), *_ = (
        line.split()[:2] for line in (dockerfile_folder / "Dockerfile").read_text().splitlines()
    )
    assert start == "FROM"
    _stand_in(base)
    done = _buildah("bud", "--isolation", "chroot", "--pull-never", "-t", name, dockerfile_folder)
    assert done.returncode == 0, done.stderr
    inspected = _buildah("inspect", "--type", "image", name)
    found: dict[str, Any] = json.loads(inspected.stdout)["OCIv1"]["config"]
    return found


def run(
    image: str, mounted: Path, at: str, **environment: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run the image's entry point in a new container with one folder mounted, read-only.

    Returns how it ended, and the files beside the mounted folder.
    """
    container = _buildah("from", "--pull-never", image).stdout.strip()
    inspected = json.loads(_buildah("inspect", container).stdout)
    settings = [word for item in environment.items() for word in ("--env", "=".join(item))]
    entry = inspected["OCIv1"]["config"]["Entrypoint"]
    volume = f"{mounted}:{at}:ro"
    words = ("run", "--isolation", "chroot", "--volume", volume, *settings, container, "--", *entry)
    try:
        done = _buildah(*words)
        place = Path(_buildah("mount", container).stdout.strip() + at).parent
        files = {path.name: path.read_text() for path in place.iterdir() if path.is_file()}
    finally:
        _buildah("rm", container)
    return done, files


def _buildah(*words: object) -> subprocess.CompletedProcess[str]:
    places = ("--root", STORE / "root", "--runroot", STORE / "run")
    return subprocess.run(
        [str(word) for word in ("buildah", "--storage-driver", "vfs", *places, *words)],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(STORE), "TMPDIR": str(STORE)},
    )


def _stand_in(name: str) -> None:
    """Make an image with this name, once."""
    tree = STORE / "bookworm"
    made = STORE / "made.txt"
    if not made.exists():
        shutil.rmtree(tree, ignore_errors=True)
        STORE.mkdir(parents=True, exist_ok=True)
        words = ["debootstrap", "--variant=minbase", "--include=python3", "bookworm", str(tree)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if done.returncode:
            raise RefusedError(f"debootstrap: {(done.stdout + done.stderr).strip()[-400:]}")
        made.touch()
    if _buildah("inspect", "--type", "image", name).returncode == 0:
        return
    container = _buildah("from", "scratch")
    if container.returncode:
        raise RefusedError(f"buildah: {container.stderr.strip()[-400:]}")
    id_ = container.stdout.strip()
    for words_ in (
        ("add", id_, tree, "/"),
        ("commit", id_, f"docker.io/library/{name}"),
        ("rm", id_),
    ):
        done = _buildah(*words_)
        if done.returncode:
            raise RefusedError(f"buildah {words_[0]}: {done.stderr.strip()[-400:]}")
