"""Running students' code: one helper for as many runs as there are, and what came of each."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Self

from grader.errors import SandboxError
from grader.sandbox.grader_side import process, saved_file, verdict
from grader.sandbox.grader_side.listening import HelperDiedError, listen
from grader.sandbox.grader_side.outcome import Outcome
from grader.sandbox.grader_side.spawning import Spawned, numpy_paths
from grader.sandbox.protocol import packets, wire
from grader.sandbox.protocol.limits import Limits, ran_out
from grader.sandbox.protocol.modules import numpy_in_order, numpy_named, numpy_with

EVERYWHERE = (
    "What works everywhere is to run the function yourself and to hand over its numbers, with the "
    "names of your exercise's free parameters in order: "
    'python -c "import json, submission as s; r = s.submission(); print(json.dumps(r if '
    "hasattr(r, 'keys') else dict(zip('w1 b1 w2 b2'.split(), map(float, r))), default=float))\" "
    "| grade -"
)

_TRIES = 2
_MOST_PARTS = 20  # that one code may ask for, after those that it names
_MOST_KEPT = 60  # that a helper is started with, for whoever asked for them
_NO_NUMPY = "NumPy is not installed where the grader runs, and the code uses it."
_PROBE_LIMITS = Limits(wall=10.0, cpu=5.0)


def _line(number: int) -> str:
    return f"line {number}"


class Sandbox:
    """A helper that is started when it is first needed, and proved before it runs anything.

    `spawned` is a helper's process that was started ahead. `modules` adds to what can be imported,
    `avoid` takes away arrangements: both are for tests, and neither lets code run without limits
    and filter.
    """

    def __init__(
        self,
        modules: tuple[str, ...] = (),
        avoid: tuple[str, ...] = (),
        spawned: Spawned | None = None,
    ) -> None:
        """Start nothing yet."""
        self._spawned = spawned
        self._modules = modules
        self._avoid = avoid
        self._process: process.Process | None = None
        self._numpy: tuple[str, ...] = ()
        self._readers: tuple[str, ...] = spawned.settings.readers if spawned else ()

    def __enter__(self) -> Self:
        """Give the sandbox itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the helper, whatever happened."""
        self.close()

    def run(
        self,
        source: bytes,
        function: str = "submission",
        limits: Limits = Limits(),
        filename: str = "submission.py",
        place: Callable[[int], str] = _line,
    ) -> Outcome:
        """Run a source and call its function; `place` names a line of it in messages.

        The parts of NumPy that a source names are loaded before it runs; where NumPy itself comes
        to load another one, or a name was put together, the code runs anew with that part. Which
        parts it has does not depend on what was graded before.

        Raises: SandboxError.
        """
        code = wire.Code(function, filename, source)
        question = verdict.Question(function, limits, place, source)
        parts = numpy_named(source)
        for _ in range(_MOST_PARTS):
            heard = self._heard(code, packets.Request(limits, parts))
            needed = wire.needed(heard.said)
            if needed is None:
                break
            if self.start(parts or (needed,)).numpy is None:
                raise SandboxError("grader-fault", _NO_NUMPY)
            if needed in parts:
                break
            parts = numpy_with(parts, needed)
        return verdict.outcome(heard, question)

    def read(self, kind: str, data: bytes, limits: Limits = Limits()) -> Outcome:
        """Read a file with weights of a kind that has `layers` in `grader.submission.sources`.

        Raises: SandboxError.
        """
        request = packets.Request(limits, (), reader=kind)
        try:
            heard = self._heard(wire.Code("", "", data), request)
        except SandboxError as error:
            if error.code != "sandbox-unavailable":
                raise
            raise saved_file.unavailable(error.message.removesuffix(EVERYWHERE)) from error
        return saved_file.outcome(heard, limits)

    def _heard(self, code: wire.Code, request: packets.Request) -> verdict.Heard:
        """Run or read what the request says; again where the fault is ours."""
        limits = request.limits
        reason = ""
        for _ in range(_TRIES):
            try:
                heard = self._ask(self._started(request.numpy, request.reader), request, code)
            except (HelperDiedError, OSError) as died:
                reason = _reason(died)
            except BaseException:
                self.close()
                raise
            else:
                reason = verdict.fault(heard, limits) or ""
                if not reason:
                    return heard
            self.close()
        what = "file could not be read" if request.reader else "code could not be run"
        raise SandboxError("grader-fault", f"The {what}: {reason}.")

    def start(self, numpy: tuple[str, ...] = ()) -> packets.Hello:
        """Start a helper with these parts of NumPy, and prove it. Raises: SandboxError."""
        return self._started(numpy).hello

    def close(self) -> None:
        """End the helper; a later run starts another one."""
        if self._process is not None:
            ending, self._process = self._process, None
            ending.end()

    def _started(self, numpy: tuple[str, ...], reader: str = "") -> process.Process:
        readers = {reader} - {""}
        if self._process is not None and not (
            set(numpy) <= set(self._numpy) and readers <= set(self._readers)
        ):
            self.close()
        if self._process is None:
            kept = self._numpy if len(self._numpy) < _MOST_KEPT else ()
            self._numpy = numpy_in_order({*numpy, *kept})
            self._readers = tuple(sorted({*readers, *self._readers}))
            self._process = self._proved()
        return self._process

    def _proved(self) -> process.Process:
        """Start a helper and try to escape from it. Raises: SandboxError."""
        if sys.platform != "linux":
            raise SandboxError("sandbox-unavailable", _unavailable(f"this is {sys.platform}"))
        reason = ""
        for _ in range(_TRIES):
            try:
                return self._tested(self._begun())
            except (process.DiedError, HelperDiedError, OSError) as died:
                reason = _reason(died)
            except SandboxError as error:
                raise SandboxError(error.code, _unavailable(error.message)) from error
        raise SandboxError("sandbox-unavailable", _unavailable(reason))

    def _begun(self) -> process.Process:
        settings = packets.HelperSettings(
            self._numpy, numpy_paths(), self._modules, self._avoid, self._readers
        )
        spawned, self._spawned = self._spawned, None
        return process.start(settings, spawned)

    def _tested(self, helper: process.Process) -> process.Process:
        """Give the helper back if nothing gets through. Raises: SandboxError, OSError."""
        with ExitStack() as undo:
            undo.callback(helper.end)
            request = packets.Request(_PROBE_LIMITS, self._numpy, probe=True)
            found = self._ask(helper, request, wire.Code("", "", b""))
            reason = verdict.fault(found, _PROBE_LIMITS) or _escapes(found)
            if reason:
                raise SandboxError("sandbox-unavailable", reason)
            undo.pop_all()
        return helper

    def _ask(
        self, helper: process.Process, request: packets.Request, code: wire.Code
    ) -> verdict.Heard:
        """Send one request and listen until the helper has said how the child ended."""
        with ExitStack() as opened:
            given = os.memfd_create("source", os.MFD_CLOEXEC)
            opened.callback(os.close, given)
            _write(given, wire.pack(code))
            os.lseek(given, 0, os.SEEK_SET)
            said, say = os.pipe()
            opened.callback(os.close, said)
            with ExitStack() as sent:
                sent.callback(os.close, say)
                printed, show = os.pipe()
                sent.callback(os.close, show)
                opened.callback(os.close, printed)
                helper.ask(request, (given, say, show))
            return listen(helper.control, said, printed, request.limits)


def _reason(died: Exception) -> str:
    if isinstance(died, OSError):
        return ran_out(died)
    return getattr(died, "message", "") or str(died)


def _write(descriptor: int, data: bytes) -> None:
    """Write all of it. Raises: OSError where there is no room: a part of a code is another code."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _escapes(heard: verdict.Heard) -> str:
    """Read the self-test's answer: empty only where it is whole and nothing got through."""
    found = wire.read(heard.said)
    if not isinstance(found, wire.Returned):
        return "the sandbox's self-test did not finish"
    return ", ".join(str(name) for name, _ in found.items) and (
        "the sandbox's self-test broke out: " + ", ".join(str(name) for name, _ in found.items)
    )


def _unavailable(reason: str) -> str:
    return f"Python submissions cannot be run safely on this system: {reason}. {EVERYWHERE}"
