"""grade --since REPORT.json: reading the earlier report, whatever waits behind the path."""

import os
import stat
from typing import NoReturn

from grader.desk.files import complain
from grader.report import Report
from grader.since import NotComparable, compare
from grader.text.inert import inert

# A report on 10,000 units and 20,000 checks takes about 15 MiB.
_MAX_BYTES = 32 * 2**20
# It has 500,000 values; 32 MiB of "[]" would be 16 million and take 835 MB.
_MAX_VALUES = 10**6


def since(report: Report, path: str) -> Report | None:
    """Return the report with what changed since the one in the file; None, with a message."""
    try:
        return report._replace(since=compare(report, _data(path)))
    except OSError as error:
        complain(f"{inert(path)}: {error.strerror}; name an earlier report after --since")
    except NotComparable as error:
        complain(f"{inert(path)} {error}")
    return None


def _data(path: str) -> object:
    """Return the file's JSON.

    Raises: OSError; NotComparable if it is not a regular file, too large, or not JSON.
    """
    import json

    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotComparable("is not a regular file; name an earlier report after --since")
        data = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise NotComparable("is over 32 MiB, larger than any report; name an earlier report")
    if sum(data.count(begin) for begin in (b"[", b"{", b",")) > _MAX_VALUES:
        raise NotComparable("holds more values than any report; name an earlier report")
    try:
        return json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotComparable("is not JSON; name a file that grade --format json wrote") from None


def _refuse(constant: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python would read and JSON does not have."""
    raise ValueError(constant)
