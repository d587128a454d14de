"""The filter decides as its table says, for both machines; read here by a small BPF machine."""

import struct

import pytest

from grader.sandbox.helper.kernel import ARCHITECTURES, TABLE
from grader.sandbox.helper.seccomp import ALLOWED, CONDITIONS, program

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
MACHINES = tuple(ARCHITECTURES)


def numbers(machine: str) -> dict[str, int]:
    column = MACHINES.index(machine)
    return {name: n for name, row in TABLE.items() if (n := row[column]) is not None}


def decided(machine: str, number: int, *arguments: int, convention: int | None = None) -> int:
    """Run the filter on a call: load, mask, compare and jump, return."""
    architecture = ARCHITECTURES[machine] if convention is None else convention
    data = struct.pack("=iIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    code = list(struct.iter_unpack("=HBBI", program(machine, numbers(machine))))
    at, held = 0, 0
    while True:
        operation, when_true, when_false, value = code[at]
        at += 1
        if operation == 0x20:
            (held,) = struct.unpack_from("=I", data, value)
        elif operation == 0x54:
            held &= value
        elif operation in {0x15, 0x35}:
            true = held == value if operation == 0x15 else held >= value
            at += when_true if true else when_false
        else:
            assert operation == 0x06
            return int(value)


@pytest.mark.parametrize("machine", MACHINES)
def test_only_what_is_listed_is_allowed(machine: str) -> None:
    own = numbers(machine)
    allowed = {own[name] for name in ALLOWED}
    for number in range(600):
        conditional = number in {own[name] for name in CONDITIONS}
        assert decided(machine, number) == (ALLOW if number in allowed or conditional else REFUSE)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("call", ["mmap", "mprotect"])
def test_memory_cannot_hold_code(machine: str, call: str) -> None:
    for protection in range(16):
        wanted = REFUSE if protection & 4 else ALLOW
        assert decided(machine, numbers(machine)[call], 0, 0, protection) == wanted


@pytest.mark.parametrize("machine", MACHINES)
def test_a_lock_can_wait_and_wake_and_nothing_else(machine: str) -> None:
    plain = {0, 1, 9, 10}
    for operation in range(512):
        wanted = ALLOW if operation & 0x7F in plain else REFUSE
        assert decided(machine, numbers(machine)["futex"], 0, operation) == wanted


@pytest.mark.parametrize("machine", MACHINES)
def test_another_convention_kills(machine: str) -> None:
    other = ARCHITECTURES[next(name for name in MACHINES if name != machine)]
    assert decided(machine, numbers(machine)["read"], convention=other) == KILL


def test_x32_kills() -> None:
    assert decided("x86_64", 0x40000000) == KILL
