"""A container without Docker: a tree of its own at /, no network, no privileges.

Namespaces of mounts, network and processes are made with unshare; the tree has the system's
programs and this interpreter, read-only, and whatever the test puts into it. Then pivot_root, so
that nothing else is in reach, and a user and group that own nothing.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NOBODY = 65534
_SYSTEM = ("usr", "bin", "sbin", "lib", "lib64", "etc")
_SCRIPT = """
set -eu
root=$1; shift
mount --make-rprivate /
mount --bind "$root" "$root"
for path in SHARED; do
    [ -e "$path" ] || continue
    [ -L "$path" ] && { ln -sfn "$(readlink "$path")" "$root$path"; continue; }
    mkdir -p "$root$path"
    mount --rbind "$path" "$root$path"
    mount -o remount,bind,ro "$root$path"
done
mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/.old"
chmod 1777 "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cd "$root"
pivot_root . .old
umount -l /.old
cd "$DIRECTORY"
exec setpriv --reuid=USER --regid=USER --clear-groups --inh-caps=-all --bounding-set=-all "$@"
"""


def run(
    root: Path,
    *words: str,
    directory: str = "/",
    environment: Mapping[str, str] | None = None,
    user: int = NOBODY,
) -> subprocess.CompletedProcess[str]:
    """Run a program in the tree; the interpreter is /python/bin/python3 and first on the path."""
    python = Path(sys.base_prefix).resolve()
    shared = " ".join([*(f"/{name}" for name in _SYSTEM), str(python)])
    script = _SCRIPT.replace("SHARED", shared).replace("USER", str(user))
    plain = {
        "PATH": f"{python}/bin:/usr/bin:/bin:/sbin:/usr/sbin",
        "DIRECTORY": directory,
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        [
            "unshare",
            "--mount",
            "--net",
            "--pid",
            "--ipc",
            "--uts",
            "--fork",
            "sh",
            "-c",
            script,
            "sh",
            str(root),
            *words,
        ],
        env=plain | dict(environment or {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def hand_over(root: Path, *folders: str) -> None:
    """Give the folders, and everything in them, to the user without privileges."""
    for folder in folders:
        path = root / folder
        for each in [path, *path.rglob("*")]:
            os.chown(each, NOBODY, NOBODY)
