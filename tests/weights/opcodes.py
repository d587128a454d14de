"""A state_dict's pickle, opcode by opcode, as PyTorch writes it."""

import struct

from made import state_dict

_TENSOR = (
    b"(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0%cX\3\0\0\0cpuK%ctQ"
    b"K%c%s%s\x89ccollections\nOrderedDict\n)R"
)
_BEGIN = b"ccollections\nOrderedDict\n)R("


def tensor(key: str, count: int, offset: int, lengths: bytes, strides: bytes) -> bytes:
    """Return the opcodes of a tensor, as torch._utils._rebuild_tensor_v2 is called for it."""
    about = _TENSOR % (key.encode(), count, offset, lengths, strides)
    return b"ctorch._utils\n_rebuild_tensor_v2\n(" + about + b"tR"


def text(words: str) -> bytes:
    """Return the opcodes of a text."""
    return b"X" + struct.pack("<I", len(words)) + words.encode()


def mapping(*named: tuple[str, bytes]) -> bytes:
    """Return the opcodes of an OrderedDict of values that are given as opcodes."""
    return _BEGIN + b"".join(text(name) + value for name, value in named) + b"u"


def saved(*named: tuple[str, bytes], byteorder: bytes = b"little", **storages: bytes) -> bytes:
    """Return the file of such a dictionary."""
    return state_dict(b"\x80\2" + mapping(*named) + b".", byteorder=byteorder, **storages)
