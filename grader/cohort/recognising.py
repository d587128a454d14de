"""As which layout a collection is recognised: the one that makes a class of most of its files."""

from collections.abc import Iterator
from types import ModuleType

from grader.cohort.gathering import ARCHIVES
from grader.cohort.holding import CollectionError, Member
from grader.cohort.layouts import Contents, Understood
from grader.desk.family import member, members
from grader.text.inert import inert
from grader.text.lists import listed

_FAMILY = "cohort.layouts"


def recognised(contents: Contents, left: tuple[Member, ...], path: str) -> tuple[str, Understood]:
    """Return the layout's name in words and what it makes of the collection."""
    shown = inert(path)
    if len(contents.members) == 1 and contents.members[0].path.lower().endswith(ARCHIVES):
        inner = inert(contents.members[0].path)
        raise CollectionError(f"{shown} holds nothing but {inner}; unpack it, or name it instead")
    for general in (False, True):
        readings = [*_readings(contents, left, general=general)]
        if readings:
            return max(readings, key=_weight)
    some = listed([inert(each.path, 60) for each in contents.members], most=2)
    raise CollectionError(
        f"{shown}: no layout of a course platform is like these names ({some}); say how they are "
        "made by --names and a regular expression with the named group id, as in "
        r"--names '(?P<id>\w+)/(?P<file>.+)'"
    )


def platform_of(contents: Contents) -> str:
    """Return the title of the platform whose download of a class this is; "" if of none."""
    readings = [*_readings(contents, (), general=False)] if contents.members else []
    classes = [each for each in readings if _weight(each)[0]]
    return max(classes, key=_weight)[0] if classes else ""


def _readings(
    contents: Contents, left: tuple[Member, ...], *, general: bool
) -> Iterator[tuple[str, Understood]]:
    for name in members(_FAMILY):
        module = member(_FAMILY, name)
        if module is None or getattr(module, "GENERAL", False) is not general:
            continue
        reading = module.read(contents)
        if reading is not None and reading.claims:
            all_of = reading if general else _with_nothing_else(module, contents, left, reading)
            yield module.TITLE, all_of


def _with_nothing_else(
    module: ModuleType, contents: Contents, left: tuple[Member, ...], reading: Understood
) -> Understood:
    """Return the reading with those who handed in nothing but files that tools leave behind.

    What a platform names by a student is a hand-in, so that its student gets a row.
    """
    also = module.read(contents._replace(members=left)) if left else None
    if also is None:
        return reading
    students = {claim.student for claim in reading.claims}
    alone = tuple(claim for claim in also.claims if claim.student not in students)
    return reading._replace(claims=(*reading.claims, *alone))


def _weight(titled: tuple[str, Understood]) -> tuple[bool, int, int]:
    """Return what a layout makes of the collection as a number: one that finds a class counts."""
    claims = titled[1].claims
    students = len({claim.student for claim in claims})
    return students > 1, len(claims), students
