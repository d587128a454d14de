"""What an operator needs to know: which walls are in place here, which are not, what to do."""

import platform
from typing import NamedTuple

from grader.errors import SandboxError
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.sandbox.helper.seccomp import ALLOWED
from grader.sandbox.protocol.modules import NUMPY
from grader.sandbox.protocol.packets import Hello


class Layer(NamedTuple):
    """One wall: whether it is used, what it is here, and how to get it where it is missing."""

    name: str
    used: bool
    detail: str
    remedy: str | None = None


class Health(NamedTuple):
    """Whether code can be run at all, `reason` where it cannot, and every layer."""

    ok: bool
    arrangement: str | None
    layers: tuple[Layer, ...]
    reason: str | None = None


_NAMESPACES = (
    "allow user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, "
    "kernel.apparmor_restrict_unprivileged_userns; in a container its seccomp profile)"
)
_LANDLOCK = "Linux 5.13 or newer with landlock among the modules of its boot parameter lsm="
_OWN_ID = "run the grader as root, or allow user namespaces"
_NUMPY = "python -m pip install numpy, with the Python that runs the grader"


def examine() -> Health:
    """Start a helper, prove it, and tell what it is made of."""
    try:
        with Sandbox() as sandbox:
            hello = sandbox.start(NUMPY)
    except SandboxError as error:
        return Health(ok=False, arrangement=None, layers=(), reason=error.message)
    return Health(ok=True, arrangement=hello.place, layers=tuple(layers(hello)))


def layers(hello: Hello) -> tuple[Layer, ...]:
    """Tell the layers of a helper that has passed its test."""
    refused = "; ".join(f"{name}: {reason}" for name, reason in hello.refused)
    alone = hello.place in ("namespaces", "root-namespaces")
    emptied = alone or hello.place == "chroot"
    version = f"version {hello.landlock} of its interface" if hello.landlock else "not in use here"
    return (
        Layer("system-call filter", used=True, detail=f"{len(ALLOWED)} calls are allowed"),
        Layer("resource limits", used=True, detail="time, memory, files, processes"),
        Layer("no new privileges", used=True, detail="set-user-id programs give no rights"),
        _layer("Landlock", hello.landlock > 0, version, _LANDLOCK),
        _layer(
            "namespaces",
            alone,
            hello.place if alone else f"refused ({refused})",
            _NAMESPACES,
        ),
        _layer("empty root", emptied, "no file in reach" if emptied else refused, _NAMESPACES),
        _layer(
            "another user",
            hello.own_id or hello.place == "namespaces",
            "no right of the operator's" if hello.own_id or alone else "the operator's own id",
            _OWN_ID,
        ),
        _layer("NumPy", hello.numpy is not None, hello.numpy or "not installed", _NUMPY),
        Layer("Python", used=True, detail=platform.python_version()),
    )


def _layer(name: str, used: bool, detail: str, remedy: str) -> Layer:  # noqa: FBT001 - a fact
    return Layer(name, used, detail, None if used else remedy)
