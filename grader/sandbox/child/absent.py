"""Stand-ins for the packages that course notebooks import and that no grade needs.

A plot, a progress bar or a mounted drive has nothing to do with the numbers that are graded, but
an import of it used to cost the whole submission. Two mechanisms would do: to pass over whatever
fails, or to put something harmless in the place of what is absent. Passing over alone loses too
much: `import numpy as np, matplotlib.pyplot as plt` would lose NumPy, and a cell that plots and
then defines the function would lose the function. So a fixed list of packages gets stand-ins, and
`pieces` passes over what fails all the same, an import of any other package too. The list is fixed
because a misspelt `import nunpy` has to stay an error that names the line.

A stand-in takes every attribute, call, index and operator, and gives another one. It never becomes
a number: float(), int(), round(), len() and iteration raise, it is false in a condition, and as an
answer it is refused in words (`values`). Only what carries the student's own objects through is
real: a progress bar hands out what it was given, a decorator gives its function back, and
`get_ipython()` runs the Python that an exported script has in a magic.
"""
# ruff: noqa: ANN401, D105 - a student may do anything to a stand-in; its operators are Python's own

import importlib.machinery
import opcode
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

PACKAGES = frozenset((
    "IPython", "PIL", "altair", "bokeh", "bs4", "catboost", "cv2", "dash", "datasets", "einops",
    "flax", "folium", "google", "grader", "gradio", "graphviz", "gym", "gymnasium", "h5py",
    "huggingface_hub", "imageio", "ipykernel", "ipympl", "ipytest", "ipywidgets", "jax", "kaggle",
    "keras", "keras_tuner", "lab_utils_common", "lightgbm", "lightning", "logging", "matplotlib",
    "mlflow", "mpl_toolkits", "mplcursors", "nbformat", "nest_asyncio", "networkx", "nltk", "numba",
    "openai", "openpyxl", "optax", "optuna", "otter", "pandas", "plotly", "polars", "prettytable",
    "public_tests", "pydot", "pygame", "pylab", "pytorch_lightning", "requests", "rich", "scipy",
    "seaborn", "shap", "skimage", "sklearn", "statsmodels", "streamlit", "sympy", "tabulate",
    "tensorboard", "tensorflow", "tensorflow_datasets", "tensorflow_probability", "termcolor",
    "tf_keras", "torch", "torchaudio", "torchmetrics", "torchsummary", "torchvision", "tqdm",
    "transformers", "wandb", "xgboost", "yaml", "yellowbrick",
))  # fmt: skip
REASON = "is not available while grading"

_UNPACK, _UNPACK_STAR = opcode.opmap["UNPACK_SEQUENCE"], opcode.opmap["UNPACK_EX"]
_RUN_BY = ("time", "timeit", "prun", "capture", "memit")  # magics that carry Python
_BINARY = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor",
    "lshift", "rshift", "divmod",
)  # fmt: skip
_OTHER = ("neg", "pos", "abs", "invert", "lt", "le", "gt", "ge", "eq", "ne")
_CONVERSIONS = (
    "float", "int", "index", "complex", "round", "trunc", "floor", "ceil", "len", "next", "array",
)  # fmt: skip


class StandIn:
    """Something of an absent package: takes anything, and is not a number."""

    def __init__(self, *path: Any, **_: Any) -> None:
        """Keep what it stands for; the arguments are a student's where a class inherits."""
        self.__dict__["_stand_in"] = (
            path[0] if path and type(path[0]) is str else type(self).__name__
        )

    def __getattr__(self, name: str) -> "StandIn":
        """Give what an attribute stands for; a special method that is missing stays missing."""
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        return StandIn(f"{stands_for(self)}.{name}")

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Give a stand-in; as a decorator, what is decorated."""
        if len(given) == 1 and not named and isinstance(given[0], (types.FunctionType, type)):
            return given[0]
        return StandIn(stands_for(self))

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """Let a class inherit from it."""
        first = next(base for base in bases if isinstance(base, StandIn))
        return (StandIn,) if first is self else ()

    def __array_ufunc__(self, *_: Any, **__: Any) -> "StandIn":
        """Give a stand-in for what NumPy makes of arrays and stand-ins."""
        return StandIn(stands_for(self))

    def __getitem__(self, _: Any) -> "StandIn":
        return self

    def __setitem__(self, _: Any, __: Any) -> None:
        pass

    def __delitem__(self, _: Any) -> None:
        pass

    def __contains__(self, _: Any) -> bool:
        return False

    def __instancecheck__(self, one: object) -> bool:
        """Tell whether one is of a class that this stands for: any stand-in may be."""
        return isinstance(one, StandIn)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __bool__(self) -> bool:
        return False

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<{stands_for(self)}: {REASON}>"

    def __format__(self, _: str) -> str:
        return repr(self)

    def __iter__(self) -> Iterator["StandIn"]:
        """Fill as many names as stand on the left of an assignment, and nothing else."""
        frame = sys._getframe(1)  # noqa: SLF001 - the caller's instruction tells how many
        operation, count = frame.f_code.co_code[frame.f_lasti : frame.f_lasti + 2]
        if operation == _UNPACK:
            return iter([self] * count)
        if operation == _UNPACK_STAR:
            return iter([self] * (count & 0xFF))
        raise _refused(self)


def _refused(standing: StandIn, *_: object) -> TypeError:
    return TypeError(f"{stands_for(standing)} {REASON}, so it has no value")


def _equip() -> None:
    """Give the class its operators, which give a stand-in, and its conversions, which raise."""

    def same(self: StandIn, *_: Any) -> StandIn:
        return StandIn(stands_for(self))

    def refuse(self: StandIn, *_: Any) -> None:
        raise _refused(self)

    for name in (*_BINARY, *(f"r{each}" for each in _BINARY), *_OTHER):
        setattr(StandIn, f"__{name}__", same)
    for name in _CONVERSIONS:
        setattr(StandIn, f"__{name}__", refuse)


_equip()


def stands_for(standing: "StandIn | StandInModule") -> str:
    """Tell the dotted name of what a stand-in stands for, at most 60 characters of it."""
    own = standing.__dict__
    return str(own.get("_stand_in", own.get("__name__", "a stand-in")))[:60]


class _Bar(StandIn):
    """A progress bar: hands out what it was given."""

    def __init__(self, iterable: Any = (), *_: Any, **__: Any) -> None:
        super().__init__("tqdm")
        self.__dict__["_given"] = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__dict__["_given"])

    def __enter__(self) -> Self:
        return self


def _range_bar(*bounds: Any, **_: Any) -> _Bar:
    return _Bar(range(*bounds))


class _Shell(StandIn):
    """What `get_ipython()` gives: runs the Python in a magic, as an exported script has it."""

    def __init__(self, execute: Callable[[str], Any]) -> None:
        super().__init__("get_ipython()")
        self.__dict__["_execute"] = execute

    def run_line_magic(self, name: Any, line: Any = "", *_: Any) -> Any:
        return self._magic(name, line)

    def run_cell_magic(self, name: Any, _: Any = "", cell: Any = "") -> Any:
        return self._magic(name, cell)

    def magic(self, line: Any) -> Any:
        name, _, rest = str(line).partition(" ")
        return self._magic(name, rest)

    def _magic(self, name: Any, code: Any) -> Any:
        if name in _RUN_BY and isinstance(code, str):
            return self.__dict__["_execute"](code)
        return StandIn("get_ipython()")


class StandInModule(types.ModuleType):
    """An absent package or a part of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        return StandIn(f"{self.__name__}.{name}")


# Python's own errors about one are to read as they would with the real package.
StandInModule.__name__ = "module"


class StandInFinder:
    """Finds a stand-in for what no other finder has found."""

    @staticmethod
    def find_spec(
        name: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a stand-in for a package of the list, and for a part of one."""
        if name.partition(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(name, _Loader, is_package=True)  # type: ignore[arg-type]


class _Loader:
    @staticmethod
    def create_module(spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return StandInModule(spec.name)

    @staticmethod
    def exec_module(module: types.ModuleType) -> None:
        if module.__name__.partition(".")[0] == "tqdm":
            vars(module).update(tqdm=_Bar, trange=_range_bar, tqdm_notebook=_Bar)
        if module.__name__ == "IPython":
            vars(module)["get_ipython"] = vars(sys.modules["builtins"])["get_ipython"]


def equip(namespace: dict[str, Any], own: types.ModuleType) -> None:
    """Give the code's builtins what a notebook has there; `namespace` is that of its module."""

    def execute(code: str) -> Any:
        try:
            expression = compile(code.strip(), "<magic>", "eval", dont_inherit=True)
        except SyntaxError:
            exec(compile(code, "<magic>", "exec", dont_inherit=True), namespace)  # a student's own
            return None
        return eval(expression, namespace)  # the same

    shell = _Shell(execute)
    vars(own).update(get_ipython=lambda: shell, display=_show)


def _show(*objects: Sequence[Any], **_: Any) -> None:
    """Print what a notebook would display."""
    for each in objects:
        print(each)
