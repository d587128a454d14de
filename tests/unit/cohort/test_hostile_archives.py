"""Archives that attack: nothing leaves memory, nothing grows beyond its limits, and it is said."""

import gzip
import io
import os
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from collections_made import RIGHT, tarred, zipped
from grader.cohort import holding
from grader.cohort.collection import manifest, reader
from grader.cohort.holding import CollectionError
from grader.errors import SubmissionError

MIB = 1 << 20


def _fails(path: str, at: int = 0) -> str:
    """Return why the entry cannot be read."""
    with reader(path) as received, pytest.raises(SubmissionError) as raised:
        received(manifest(path).entries[at])
    return raised.value.message


OUTSIDE = {
    "../1.json": "leads out of the archive",
    "a/../../1.json": "leads out of the archive",
    "/etc/1.json": "from the root of a disk",
    "C:/1.json": "from the root of a disk",
    "x" * 2000 + ".json": "longer than 1,024 characters",
}


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_names_that_lead_elsewhere(tmp_path: Path, kind: str) -> None:
    members = [("2.json", RIGHT), *((name, RIGHT) for name in OUTSIDE)]
    make = zipped if kind == "zip" else tarred
    before = sorted(tmp_path.rglob("*"))
    found = manifest(make(tmp_path / f"c.{kind}", members))
    assert [entry.student for entry in found.entries] == ["2"]
    reasons = {passed.source[:12]: passed.reason for passed in found.passed}
    for name, reason in OUTSIDE.items():
        assert reason in reasons[name[:12]]
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / f"c.{kind}"]


def test_windows_backslashes_are_folders(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("..\\1.json", "ada\\a.json", "zoe\\a.json"):
            info = zipfile.ZipInfo(name)
            info.filename, info.create_system = name, 0
            archive.writestr(info, RIGHT)
    found = manifest(str(path))
    assert [entry.source for entry in found.entries] == ["ada/a.json", "zoe/a.json"]
    assert "leads out" in found.passed[0].reason


@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o120777, "is a link in the archive"), (0o010644, "device or a pipe"), (0o020644, "device")],
)
def test_links_and_devices_in_a_zip(tmp_path: Path, mode: int, said: str) -> None:
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("1.json")
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
    assert said in _fails(str(path))


@pytest.mark.parametrize(
    "kind", [tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_devices_in_a_tar(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("1.json")
    info.type, info.linkname = kind, "2.json"
    path = tarred(tmp_path / "c.tgz", [("1.json", info), ("2.json", RIGHT)])
    assert "in the archive" in _fails(path)


def _encrypt(path: str, *names: bytes) -> None:
    """Set the encrypted mark of the members in the archive's list."""
    data = bytearray(Path(path).read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if bytes(data[at + 46 : at + 46 + length]) in names:
            data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    Path(path).write_bytes(data)


def test_encrypted_members(tmp_path: Path) -> None:
    path = zipped(tmp_path / "c.zip", {"1.json": RIGHT, "2.json": RIGHT})
    _encrypt(path, b"1.json")
    assert "is encrypted" in _fails(path)
    _encrypt(path, b"2.json")
    with pytest.raises(CollectionError, match="unpack it with its password"):
        manifest(path)


def test_a_bomb_by_ratio_stays_packed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "c.zip", {"1.ipynb": bytes(40 * MIB), "2.json": RIGHT})
    tracemalloc.start()
    try:
        assert "as only a bomb does" in _fails(path)
        assert tracemalloc.get_traced_memory()[1] < 4 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_large_member_is_read_to_its_limit(tmp_path: Path, kind: str) -> None:
    make = zipped if kind == "zip" else tarred
    path = make(tmp_path / f"c.{kind}", [("1.json", os.urandom(30 * MIB)), ("2.json", RIGHT)])
    tracemalloc.start()
    try:
        assert "larger than 1 MiB" in _fails(path)
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


def test_a_size_that_is_a_lie(tmp_path: Path) -> None:
    path = zipped(tmp_path / "c.zip", {"1.json": bytes(4 * MIB)})
    data = bytearray(Path(path).read_bytes())
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 100)
    Path(path).write_bytes(data)
    assert "damaged" in _fails(path)


def test_a_tar_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cohort.tars._FREE", 8 * MIB)
    path = tarred(tmp_path / "c.tar.gz", [("1.json", bytes(64 * MIB)), ("2.json", RIGHT)])
    with pytest.raises(CollectionError, match="unpacks to more than"):
        manifest(path)


def test_a_tar_whose_header_is_huge(tmp_path: Path) -> None:
    info = tarfile.TarInfo("header")
    info.type, info.size = tarfile.XHDTYPE, 400 * MIB
    path = tmp_path / "c.tar.gz"
    with gzip.open(path, "wb") as file:
        file.write(info.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(400):
            file.write(bytes(MIB))
    tracemalloc.start()
    try:
        with pytest.raises(CollectionError, match="as a bomb does"):
            manifest(str(path))
        assert tracemalloc.get_traced_memory()[1] < 4 * MIB
    finally:
        tracemalloc.stop()


def test_members_that_overlap(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    zipped(path, {"1.json": os.urandom(50_000)})
    data = path.read_bytes()
    at = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    row = data[at:end]
    rows = b"".join(row.replace(b"1.json", b"%d.json" % k) for k in range(1, 9))
    record = bytearray(data[end:])
    struct.pack_into("<2HL", record, 8, 8, 8, len(rows))
    path.write_bytes(data[:at] + rows + record)
    with pytest.raises(CollectionError, match="overlap, as only a zip bomb's do"):
        manifest(str(path))


@pytest.mark.thorough
def test_a_hundred_thousand_members(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(100_000):
            archive.writestr(f"{k}.json", b"{}")
    found = manifest(str(path))
    assert len(found.entries) == 100_000
    assert found.entries[99_999].student == "99999"
    with reader(str(path)) as received:
        assert received(found.entries[99_999]).data == b"{}"


@pytest.mark.parametrize("kind", ["zip", "tar", "folder"])
def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    for name in ("folders", "tars", "zips"):
        monkeypatch.setattr(f"grader.cohort.{name}.MAX_MEMBERS", 5)
    rows = [(f"{k}.json", RIGHT) for k in range(10)]
    path = tmp_path / f"c.{kind}"
    if kind == "folder":
        path.mkdir()
        for name, data in rows:
            (path / name).write_bytes(data)
    else:
        (zipped if kind == "zip" else tarred)(path, rows)
    with pytest.raises(CollectionError, match="more than 5"):
        manifest(str(path))
    assert holding.MAX_MEMBERS > 100_000


def _said_of(path: str) -> str:
    try:
        return f"{len(manifest(path).entries)} found"
    except CollectionError as error:
        return str(error)


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_what_is_cut_off_or_damaged_is_said(tmp_path: Path, kind: str) -> None:
    make = zipped if kind == "zip" else tarred
    rows = [(f"{k}.json", os.urandom(3000)) for k in range(20)]
    path = Path(make(tmp_path / f"c.{kind}", rows))
    whole = path.read_bytes()
    for length in range(1, len(whole) - 20_000, 1711):
        path.write_bytes(whole[:-length])
        said = _said_of(str(path))
        # Behind a tar's last member there are only blanks and, of gzip, a checksum.
        assert said == "20 found" or "download it again" in said
        assert kind != "zip" or said != "20 found"


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_no_damaged_byte_raises_anything_else(tmp_path: Path, kind: str) -> None:
    make = zipped if kind == "zip" else tarred
    path = Path(make(tmp_path / f"c.{kind}", [("1.json", RIGHT), ("2/é.json", RIGHT * 50)]))
    whole = path.read_bytes()
    for at in range(0, min(len(whole), 1200), 3 if kind == "tar" else 1):
        for value in (0, 0xFF, whole[at] ^ 0x10):
            path.write_bytes(whole[:at] + bytes([value]) + whole[at + 1 :])
            try:
                found = manifest(str(path))
                with reader(str(path)) as received:
                    for entry in found.entries:
                        received(entry)
            except (CollectionError, SubmissionError):
                continue


def test_names_in_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    names = {"Zoë.json": "utf-8", "Jürgen.json": "cp437", "José.json": "cp437"}
    with zipfile.ZipFile(path, "w") as archive:
        for k, _ in enumerate(names):
            archive.writestr(f"{k:->12}", RIGHT)
    data = path.read_bytes()
    for k, (name, encoding) in enumerate(names.items()):
        raw = name.encode(encoding)
        data = data.replace(f"{k:->12}".encode(), raw + b"n" * (12 - len(raw)))
    path.write_bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 3
    found = manifest_of_names(str(path))
    assert "code page 437" in found[1]
    assert [name.rstrip("n") for name in found[0]] == ["José.jso", "Jürgen.jso", "Zoë.jso"]


def manifest_of_names(path: str) -> tuple[list[str], str]:
    """Return the paths of all members, read by a pattern, and the notes."""
    found = manifest(path, names="(?P<id>.+)")
    return [entry.source for entry in found.entries], " ".join(found.notes)


def test_one_path_twice_counts_once(tmp_path: Path) -> None:
    rows = [("1.json", b"first"), ("1.json", b"last"), ("2.json", RIGHT)]
    path = tarred(tmp_path / "c.tar", rows)
    found = manifest(path)
    assert found.passed == (("1.json", "appears there again; the later one counts"),)
    with reader(path) as received:
        assert received(found.entries[0]).data == b"last"


def test_a_packed_tar_whose_members_are_not_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.cohort.tars._HELD", 1000)
    rows = [(f"{k:02}.json", b"%d" % k * 100) for k in range(30)]
    path = tarred(tmp_path / "c.tar.gz", rows)
    found = manifest(path)
    with reader(path) as received:
        for entry in reversed(found.entries):
            assert received(entry).data == dict(rows)[entry.source]
