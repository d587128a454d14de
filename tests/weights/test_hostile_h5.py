"""HDF5 files that lead elsewhere, made by h5py: no byte of another file is ever shown."""

from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from made import LAB
from reading import message

pytestmark = pytest.mark.weights

CANARY = 1_234_567.0
SAVE = "hand in what model.save_weights('model.weights.h5') writes"


def external_storage(_file: h5py.File, group: h5py.Group, other: Path) -> None:
    group.create_dataset("0", (1, 3), "<f4", external=[(str(other), 0, 12)])


def external_link(_file: h5py.File, group: h5py.Group, other: Path) -> None:
    group["0"] = h5py.ExternalLink(str(other), "/secret")


def virtual(_file: h5py.File, group: h5py.Group, other: Path) -> None:
    layout = h5py.VirtualLayout((1, 3), "<f4")
    layout[:] = h5py.VirtualSource(str(other), "secret", (1, 3))
    group.create_virtual_dataset("0", layout)


def soft_cycle(_file: h5py.File, group: h5py.Group, _other: Path) -> None:
    group["0"] = h5py.SoftLink("/layers/dense/vars/1")
    group["1"] = h5py.SoftLink("/layers/dense/vars/0")


def hard_cycle(file: h5py.File, group: h5py.Group, _other: Path) -> None:
    group.create_dataset("0", data=LAB[0])
    file["layers/again"] = file["layers"]


def chunks(_file: h5py.File, group: h5py.Group, _other: Path) -> None:
    group.create_dataset("0", data=LAB[0], chunks=(1, 1))


def packed(_file: h5py.File, group: h5py.Group, _other: Path) -> None:
    group.create_dataset("0", data=LAB[0], compression="gzip")


def never_written(_file: h5py.File, group: h5py.Group, _other: Path) -> None:
    group.create_dataset("0", (1 << 17, 1 << 17), "<f4")


def complex_numbers(_file: h5py.File, group: h5py.Group, _other: Path) -> None:
    group.create_dataset("0", data=LAB[0].astype(np.complex64))


def many_members(_file: h5py.File, group: h5py.Group, _other: Path) -> None:
    for name in range(3_000):
        group.create_group(f"g{name}")


CASES: dict[Callable[..., None], str] = {
    external_storage: f'"layers/dense/vars/0" keeps its numbers in another file, and no other file is read; {SAVE}',
    external_link: f"the file has a link to another file, and no link is followed; {SAVE}",
    virtual: f'"layers/dense/vars/0" is put together of other files; {SAVE}',
    soft_cycle: f"the file has a soft link, to another place; {SAVE}",
    hard_cycle: f'"/layers/again" leads to another group or dataset of the file; {SAVE}',
    chunks: f'"layers/dense/vars/0" is kept in chunks; {SAVE}',
    packed: f'"layers/dense/vars/0" is packed by a filter, which Keras does not do; {SAVE}',
    never_written: (
        f'"layers/dense/vars/0" has room for 17,179,869,184 numbers of 4 bytes, but none was written; {SAVE}'
    ),
    complex_numbers: (
        '"layers/dense/vars/0" is of the type compound (complex numbers, say), which no weights have; save them as '
        "float32"
    ),
    many_members: f"the HDF5 file has thousands of groups and datasets; {SAVE}",
}


@pytest.mark.parametrize("latest", [False, True], ids=["earliest", "latest"])
@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_it_is_refused(tmp_path: Path, make: Callable[..., None], *, latest: bool) -> None:
    other = tmp_path / "secret.h5"
    with h5py.File(other, "w") as secret:
        secret["secret"] = np.full((1, 3), CANARY, "<f4")
    path = tmp_path / "hand-in.weights.h5"
    with h5py.File(path, "w", libver="latest" if latest else None) as file:
        make(file, file.create_group("layers/dense/vars"), other)
    said = message("h5", path.read_bytes())
    assert "1234567" not in said.replace(",", "")
    if not latest:
        assert said == CASES[make]
