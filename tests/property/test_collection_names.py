"""Whatever files are called: nobody's hand-in is lost, doubled or given to somebody else."""

import tempfile
import zipfile
from pathlib import Path
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from grader.cohort.collection import manifest, reader
from grader.cohort.manifest import Manifest

# Names as people have them, with what systems make of them.
_NAME = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='/\\_<>:*?|"'),
        st.sampled_from("aAäß\u0131\u0130\u00e9e\u0301. '-()1"),
    ),
    min_size=1,
    max_size=20,
).filter(lambda name: name.strip(". ") == name and not name.startswith("~$"))
_IDS = st.integers(1, 10**9)


def _found(members: dict[str, bytes]) -> tuple[Manifest, list[bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "c.zip")
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        found = manifest(path)
        with reader(path) as received:
            return found, [received(entry).data for entry in found.entries]


@given(st.dictionaries(_IDS, _NAME, min_size=1, max_size=8))
def test_moodle_whatever_people_are_called(people: dict[int, str]) -> None:
    found, data = _found(
        {f"{n}_{k}_assignsubmission_file/a.json": b"%d" % k for k, n in people.items()}
    )
    assert [entry.student for entry in found.entries] == [str(k) for k in sorted(people)]
    assert data == [b"%d" % k for k in sorted(people)]
    assert found.passed == ()


@given(st.dictionaries(_IDS, st.tuples(_NAME, st.booleans()), min_size=1, max_size=8))
def test_canvas_whatever_people_are_called(people: dict[int, tuple[str, bool]]) -> None:
    letters = {
        k: ("".join(filter(str.isalnum, name)).lower(), late) for k, (name, late) in people.items()
    }
    found, data = _found(
        {
            f"{name}{'_LATE' if late else ''}_{k}_{k + 5}_{k % 10}_hand in.json": b"%d" % k
            for k, (name, late) in letters.items()
        }
    )
    assert [(entry.student, entry.late) for entry in found.entries] == [
        (str(k), letters[k][1]) for k in sorted(letters)
    ]
    assert data == [b"%d" % k for k in sorted(letters)]


@given(st.sets(_NAME.map(lambda name: normalize("NFC", name)), min_size=2, max_size=8))
def test_a_folder_each_whatever_people_are_called(people: set[str]) -> None:
    found, data = _found({f"{name}/hw.json": name.encode() for name in people})
    assert len({entry.student for entry in found.entries}) == len(found.entries)
    kept = {each.source for each in found.passed}
    assert len(found.entries) + len(kept) == len(people)
    assert sorted(data) == sorted(
        entry.source.removesuffix("/hw.json").encode()
        for entry in found.entries
        if entry.source.isprintable()
    ) or any("\\" in entry.source for entry in found.entries)
