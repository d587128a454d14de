"""HDF5 as Keras writes it, read from bytes in memory: groups, attributes, plain datasets.

A file is a tree of object headers, each a list of messages. A group's members are in a B-tree of
symbol tables (the layout that h5py writes) or in link messages (its `libver="latest"`); a dataset
has its numbers in one piece. Whatever leads elsewhere is refused by its name: external files,
soft and external links, virtual datasets; and what Keras does not write: chunks, filters, fractal
heaps, shared messages. Nothing here opens a file, so no link can lead to one.

Source: HDF5 File Format Specification 3.0; sections in the comments below.
"""

from collections.abc import Iterator

from grader.named import NamedTuple
from grader.submission.weights.cursor import Cursor, damaged
from grader.submission.weights.hdf5_types import Datatype, attribute, dataspace, datatype
from grader.submission.weights.layers import Array, refusal
from grader.submission.weights.shortest import DTYPES, array
from grader.text.inert import inert

SIGNATURE = b"\x89HDF\r\n\x1a\n"
_WHAT = "the HDF5 file"
_NOWHERE = (1 << 64) - 1  # the address of what there is not
_MOST_OBJECTS = 2_000  # groups and datasets; two layers take about ten
_MOST_BLOCKS = 200  # of one object's header
_DEEPEST = 12  # of a B-tree
_SPACE, _LINK_INFO, _TYPE, _LINK, _EXTERNAL, _LAYOUT = 0x01, 0x02, 0x03, 0x06, 0x07, 0x08
_FILTERS, _ATTRIBUTE, _CONTINUED, _TABLE, _ATTRIBUTE_INFO = 0x0B, 0x0C, 0x10, 0x11, 0x15
_SHARED = 2
_COMPACT, _CONTIGUOUS, _CHUNKED, _VIRTUAL = 0, 1, 2, 3
_ELSEWHERE = "hand in what model.save_weights('model.weights.h5') writes"
_ODD = {
    _EXTERNAL: "keeps its numbers in another file, and no other file is read",
    _FILTERS: "is packed by a filter, which Keras does not do",
}


class Message(NamedTuple):
    """One message of an object's header: its type, its flags, and where its body lies."""

    kind: int
    flags: int
    data: bytes
    start: int
    size: int

    @property
    def body(self) -> Cursor:
        """The body, to be read from its beginning."""
        return Cursor(self.data, _WHAT, self.start, self.start + self.size)


class Object(NamedTuple):
    """A group or a dataset: its path in the file and the messages of its header."""

    path: str
    messages: tuple[Message, ...]

    def first(self, kind: int) -> Message | None:
        """Return the first message of a type, if there is one."""
        return next((each for each in self.messages if each.kind == kind), None)

    @property
    def is_dataset(self) -> bool:
        """Whether it holds numbers."""
        return self.first(_LAYOUT) is not None


class Hdf5:
    """A file in memory, and which objects of it were seen: none is seen twice."""

    def __init__(self, data: bytes) -> None:
        """Read the superblock (section II). Raises: SubmissionError (not-weights)."""
        self.data = data
        self._seen: set[int] = set()
        window = Cursor(data, _WHAT)
        if window.take(len(SIGNATURE)) != SIGNATURE:
            raise damaged(_WHAT)
        version = window.number(1)
        if version in {0, 1}:
            window.skip(4)
            sizes = window.take(2)
            window.skip(9 if version == 0 else 13)
            base = window.number(8)
            window.skip(3 * 8 + 8)  # three more addresses; then the root's name
        elif version in {2, 3}:
            sizes = window.take(2)
            window.skip(1)
            base = window.number(8)
            window.skip(2 * 8)
        else:
            raise refusal(f"the HDF5 file is of version {version}, which Keras does not write")
        if sizes != b"\x08\x08" or base:
            raise refusal("the HDF5 file is laid out in a way that Keras does not use; save again")
        self.root = self._object("", window.number(8))

    def _object(self, path: str, address: int) -> Object:
        if address in self._seen:
            raise refusal(
                f'"{inert(path, 60)}" leads to another group or dataset of the file; {_ELSEWHERE}'
            )
        if len(self._seen) >= _MOST_OBJECTS:
            raise refusal("the HDF5 file has thousands of groups and datasets; " + _ELSEWHERE)
        self._seen.add(address)
        return Object(path, tuple(self._messages(address)))

    def _messages(self, address: int) -> Iterator[Message]:
        """Yield an object header's messages, of whichever version it is (section IV.A.1)."""
        window = Cursor(self.data, _WHAT, address)
        second = window.data[address : address + 4] == b"OHDR"
        if second:
            tracked, blocks = _second_header(window)
        else:
            version, _, _, _, size = window.numbers("<BBHII")
            window.skip(4)
            if version != 1:
                raise damaged(_WHAT)
            tracked, blocks = False, [(window.at, size)]
        for count, (at, size) in enumerate(blocks, 1):
            if count > _MOST_BLOCKS:
                raise damaged(_WHAT)
            block = Cursor(self.data, _WHAT, at, at + size)
            for message in _block(block, second=second, tracked=tracked):
                if message.kind != _CONTINUED:
                    yield message
                    continue
                start, length = message.body.numbers("<QQ")
                # A continued block of version 2 has a signature before and a sum after it.
                blocks.append((start + 4, length - 8) if second else (start, length))

    def members(self, group: Object) -> dict[str, Object]:
        """Return what a group holds, in the file's order. Raises: SubmissionError (not-weights)."""
        found: dict[str, Object] = {}
        for name, address in self._links(group):
            if name in found:
                raise damaged(_WHAT)
            found[name] = self._object(f"{group.path}/{name}", address)
        return found

    def _links(self, group: Object) -> Iterator[tuple[str, int]]:
        table = group.first(_TABLE)
        if table is not None:
            tree, heap = table.body.numbers("<QQ")
            yield from self._table(tree, self._heap(heap))
        dense = group.first(_LINK_INFO)
        if dense is not None and _is_apart(dense.body, 8):
            raise refusal(f"a group of the file has too many members; {_ELSEWHERE}")
        for message in group.messages:
            if message.kind == _LINK:
                yield _link(message.body)

    def _heap(self, address: int) -> Cursor:
        """Return a local heap's data, which holds names (section III.D)."""
        window = Cursor(self.data, _WHAT, address)
        if window.take(4) != b"HEAP":
            raise damaged(_WHAT)
        window.skip(4)
        size, _, start = window.numbers("<QQQ")
        return Cursor(self.data, _WHAT, start, start + size)

    def _table(self, address: int, heap: Cursor, depth: int = 0) -> Iterator[tuple[str, int]]:
        """Yield names and addresses of a B-tree of symbol tables (sections III.A.1, III.B)."""
        window = Cursor(self.data, _WHAT, address)
        sign = window.take(4)
        if sign == b"SNOD":
            _, _, count = window.numbers("<BBH")
            for _ in range(count):
                name, header, kind, _ = window.numbers("<QQII")
                window.skip(16)
                if kind > 1:
                    raise refusal(f"the file has a soft link, to another place; {_ELSEWHERE}")
                yield _name(heap, name), header
            return
        kind, _, count = window.numbers("<BBH")
        if sign != b"TREE" or kind or depth > _DEEPEST or count > _MOST_OBJECTS:
            raise damaged(_WHAT)
        window.skip(2 * 8 + 8)
        for _ in range(count):
            child = window.number(8)
            window.skip(8)
            yield from self._table(child, heap, depth + 1)

    def attributes(self, owner: Object) -> dict[str, bytes | list[bytes]]:
        """Return the attributes that are text or lists of text; the others are passed over."""
        found: dict[str, bytes | list[bytes]] = {}
        info = owner.first(_ATTRIBUTE_INFO)
        if info is not None and _is_apart(info.body, 2):
            raise refusal(f"the file keeps its attributes apart; {_ELSEWHERE}")
        for message in owner.messages:
            if message.kind == _ATTRIBUTE and not message.flags & _SHARED:
                name, value = attribute(message.body, self.data)
                if value is not None:
                    found[name] = value
        return found

    def read(self, dataset: Object, name: str) -> Array:
        """Return a dataset's numbers under a name.

        Raises: SubmissionError (not-weights, not-a-number).
        """
        shown = inert(name, 60)
        for odd, how in _ODD.items():
            if dataset.first(odd) is not None:
                raise refusal(f'"{shown}" {how}; {_ELSEWHERE}')
        space, form, layout = (dataset.first(each) for each in (_SPACE, _TYPE, _LAYOUT))
        if space is None or form is None or layout is None or form.flags & _SHARED:
            raise damaged(f'"{shown}"')
        kind, lengths = datatype(form.body), dataspace(space.body)
        if kind.name == "opaque" and self.attributes(dataset).get("dtype") == b"bfloat16":
            kind = kind._replace(name="bfloat16")  # as Keras writes what h5py has no type for
        if kind.name not in DTYPES:
            raise refusal(
                f'"{shown}" is of the type {kind.name}, which no weights have; save them as float32'
            )
        stored = self._stored(layout.body, shown, kind, lengths)
        return array(name, kind.name, lengths, stored, big=kind.big)

    def _stored(
        self, layout: Cursor, shown: str, kind: Datatype, lengths: tuple[int, ...]
    ) -> bytes:
        """Return a dataset's bytes, which lie in one piece (section IV.A.2.i)."""
        version, place = layout.numbers("<BB")
        if version not in {3, 4}:
            raise refusal(f'"{shown}" is laid out as before HDF5 1.6; {_ELSEWHERE}')
        if place == _COMPACT:
            return layout.take(layout.number(2))
        if place != _CONTIGUOUS:
            how = {_CHUNKED: "is kept in chunks", _VIRTUAL: "is put together of other files"}
            raise refusal(f'"{shown}" {how.get(place, "is damaged")}; {_ELSEWHERE}')
        start, size = layout.numbers("<QQ")
        if start == _NOWHERE:  # never written: HDF5 itself would give zeros
            cells = 1
            for length in lengths:
                cells *= length
            raise refusal(
                f'"{shown}" has room for {cells:,} numbers of {kind.size} bytes, but none was '
                f"written; {_ELSEWHERE}"
            )
        return Cursor(self.data, f'"{shown}"', start).take(size)


def _second_header(window: Cursor) -> tuple[bool, list[tuple[int, int]]]:
    """Return whether messages have an order, and the first block (section IV.A.1.b)."""
    window.skip(4)
    version, flags = window.numbers("<BB")
    if version != 2:
        raise damaged(_WHAT)
    window.skip((16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0))
    size = window.number(1 << (flags & 3))
    return bool(flags & 4), [(window.at, size)]


def _block(block: Cursor, *, second: bool, tracked: bool) -> Iterator[Message]:
    head = 4 + 2 * tracked if second else 8
    while block.left >= head:
        if second:
            kind, size, flags = block.numbers("<BHB")
            block.skip(2 * tracked)
        else:
            kind, size, flags = block.numbers("<HHB")
            block.skip(3)
        start = block.at
        block.skip(size)
        yield Message(kind, flags, block.data, start, size)


def _is_apart(info: Cursor, order: int) -> bool:
    """Tell whether links or attributes are in a heap of their own, by the message about them.

    `order` is the size of the number that counts them, which is there if they have an order.
    """
    _, flags = info.numbers("<BB")
    info.skip(order if flags & 1 else 0)
    return info.number(8) != _NOWHERE


def _link(body: Cursor) -> tuple[str, int]:
    """Return a link message's name and address (section IV.A.2.g)."""
    version, flags = body.numbers("<BB")
    kind = body.number(1) if flags & 8 else 0
    body.skip((8 if flags & 4 else 0) + (1 if flags & 16 else 0))
    name = body.take(body.number(1 << (flags & 3)))
    if version != 1:
        raise damaged(_WHAT)
    if kind:
        where = "another file" if kind == 64 else "another place"
        raise refusal(f"the file has a link to {where}, and no link is followed; {_ELSEWHERE}")
    return name.decode("utf-8", "replace"), body.number(8)


def _name(heap: Cursor, offset: int) -> str:
    at = heap.at + offset
    if not heap.at <= at < heap.end:
        raise damaged(_WHAT)
    end = heap.data.find(b"\0", at, heap.end)
    if end < 0:
        raise damaged(_WHAT)
    return heap.data[at:end].decode("utf-8", "replace")
