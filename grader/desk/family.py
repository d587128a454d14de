"""Families of modules: formats, platforms, kinds of file, commands; a member is a file.

A member is imported by the name that was asked for, so that one file of a student's waits for no
other member. Whoever adds one adds a file: there is no list to keep.
"""

from types import ModuleType


def member(family: str, name: str) -> ModuleType | None:
    """Return the module of this name, - for _, in the folder `family`; None if none exists."""
    stem = name.replace("-", "_")
    if not (stem.isidentifier() and stem.isascii() and stem[0].isalpha() and stem == stem.lower()):
        return None
    module = f"grader.{family}.{stem}"
    try:
        return __import__(module, fromlist=[stem])  # importlib would load warnings, too
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
    return None


def members(family: str) -> list[str]:
    """Return the names of all members, for lists and for what went wrong."""
    from importlib import import_module
    from pkgutil import iter_modules

    found = iter_modules(import_module(f"grader.{family}").__path__)
    return sorted(module.name.replace("_", "-") for module in found)
