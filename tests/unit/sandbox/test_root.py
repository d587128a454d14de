"""Root's id is never kept: where no arrangement is to be had, the id changes all the same.

A plain user has no such id to lose: where all of that is refused, code runs with the user's own.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RUN = """
import os, sys
from attacks.arrangements import OF_A_CONTAINER, refuse
from grader.cli.grader import main
from grader.sandbox.helper.kernel import Kernel

new_mounts, recursive_private, read_only = 0x20000, 16384 | 1 << 18, 1
kernel = Kernel.load()
if os.geteuid() == 0:
    kernel.call("unshare", new_mounts)
    kernel.call("mount", b"none", b"/", 0, recursive_private, 0)
    for folder in FOLDERS:
        kernel.call("mount", b"none", folder, b"tmpfs", read_only, b"mode=755")
    for capability in range(41):
        if capability not in OF_A_CONTAINER:
            kernel.prctl(24, capability)
    kernel.keep_capabilities(*OF_A_CONTAINER)
calls = ("unshare", "setns", "mount", "pivot_root", *sys.argv[1:])
refuse(kernel, dict.fromkeys(calls, (1, None)))
sys.exit(main(["doctor"]))
"""


# Not /tmp or /var/tmp where the grader itself or its Python is below it: they would vanish.
_HOMES = (str(ROOT), sys.prefix, sys.base_prefix)
FOLDERS = [
    folder
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - covered, not used
    if not any(home.startswith(f"{folder}/") for home in _HOMES)
]


def doctor(*refused: str) -> tuple[int, str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            RUN.replace("FOLDERS", repr([f.encode() for f in FOLDERS])),
            *refused,
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    assert done.stderr == ""
    return done.returncode, " ".join(done.stdout.split())


def test_where_nothing_can_be_written_another_folder_or_another_id_is_found() -> None:
    for refused in ((), ("chroot",)):
        status, said = doctor(*refused)
        assert status == 0
        if os.geteuid() == 0:
            assert "used another user no right of the operator's" in said or "own id" not in said
        else:
            assert "own id to get it: run the grader as root" in said


def test_where_the_id_cannot_change_no_code_is_run() -> None:
    status, said = doctor("chroot", "setresuid")
    kept = "it has root's id here and cannot change to another"
    assert (status, kept in said) == ((4, True) if os.geteuid() == 0 else (0, False))
