"""Where the installed commands start, before the rest is imported: signals and the last flush.

An interrupt in the first hundredth of a second ends as quietly as a later one, so everything that
takes time to import is imported inside; and what is still buffered when standard output turns out
to be full is one message, not a traceback. So is whatever else is raised outside of a submission,
such as by an import where there is too little memory for it.
"""

import gc
import os
import sys

# 128 and the signal's number, as a shell has it.
HUNG_UP, INTERRUPTED, TERMINATED = 129, 130, 143
LOST_OUTPUT = 2
OUR_FAULT = 4  # Python's own 1 would mean "graded, under the threshold"
# Python looks for cycles after every 700 new objects. What is imported stays, and to look through
# it again and again takes a twentieth of the whole time of a command.
_NEW_OBJECTS = 20_000
_MOMENT = 0.002  # seconds
_PACKAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "")
_ABOVE = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "")
_ADVICE = (
    (MemoryError, "; give it more memory (ulimit -v)"),
    (ImportError, "; install it again, or give it more memory (ulimit -v)"),
    (Exception, ""),
)

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def grade() -> int:
    """Run `grade` and return its exit status."""
    return _run(_grade)


def grader() -> int:
    """Run `grader` and return its exit status."""
    return _run(_grader)


def _run(command: "Callable[[], int]") -> int:
    try:
        _prepare()
        status = command()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except SystemExit as leaving:  # --help, wrong usage, SIGTERM, SIGHUP
        status = leaving.code if isinstance(leaving.code, int) else 0
    # Blind, for a traceback helps nobody who uses the command, and its exit status would lie.
    except Exception as error:  # noqa: BLE001 - it is said on standard error, and the status is 4
        _say(error)
        status = OUR_FAULT
    flushed = [_flush(descriptor) for descriptor in (2, 1)]
    return status if flushed[1] else max(status, LOST_OUTPUT)


def _say(error: Exception) -> None:
    """Say in one line what was raised, and where; the text may hold a student's words.

    Nothing is imported, for there may be no memory for it.
    """
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_PACKAGE):
            place = f" at {file[len(_ABOVE) :]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    advice = next(advice for kind, advice in _ADVICE if isinstance(error, kind))
    if sys.stderr is not None:
        sys.stderr.write(f"fault of the grader: {type(error).__name__}{place}{advice}\n")


def _prepare() -> None:
    import signal

    gc.set_threshold(_NEW_OBJECTS)
    if sys.stderr is None:  # argparse would take standard output instead
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - to the end

    def ends(status: int) -> "Callable[[int, FrameType | None], None]":
        def end(_number: int, frame: "FrameType | None") -> None:
            inside = frame is not None and frame.f_code.co_filename.startswith("<frozen importlib")
            if not inside or not hasattr(signal, "setitimer"):
                sys.exit(status)
            # Python ignores what is raised while it takes a module's lock away: a moment later.
            signal.signal(signal.SIGALRM, end)
            signal.setitimer(signal.ITIMER_REAL, _MOMENT)

        return end

    signal.signal(signal.SIGTERM, ends(TERMINATED))
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, ends(HUNG_UP))


def _grade() -> int:
    from grader.console.ahead import spawned_for

    spawned = spawned_for(sys.argv[1:])
    try:
        from grader.cli.grade import main

        return main(spawned=spawned)
    finally:
        if spawned is not None:
            spawned.end()


def _grader() -> int:
    from grader.cli.grader import main

    return main()


def _flush(descriptor: int) -> bool:
    """Flush standard output or standard error; what cannot be written is dropped, then False."""
    stream = sys.stdout if descriptor == 1 else sys.stderr
    try:
        if stream is not None:
            stream.flush()
    except OSError as error:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, descriptor)
        os.close(null)
        if descriptor == 1 and sys.stderr is not None and not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"standard output cannot be written: {error.strerror}\n")
        return False
    return True
