"""Signals kept waiting for the moment in which an exception could not be made good again."""

import signal


class Undisturbed:
    """Lets no signal come between its beginning and its end; one that came counts after it."""

    def __enter__(self) -> None:
        """Keep what ends a command waiting."""
        block = getattr(signal, "pthread_sigmask", None)  # Windows has none
        if block is not None:
            ending = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
            self.before = block(signal.SIG_BLOCK, ending)

    def __exit__(self, *_: object) -> None:
        """Let it come."""
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_SETMASK, self.before)
