"""The clock by which a call that takes too long is interrupted."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from types import TracebackType

TICKS = 20  # to a deadline: how late an interruption may be
IDLE = 10  # ticks without a call, after which the thread ends


class Ticker:
    """Ticks while calls are under way. An engine that nobody asks has no thread."""

    def __init__(self, tick: Callable[[], None], deadline: float) -> None:
        self._tick = tick
        self._period = deadline / TICKS
        self._lock = threading.Lock()
        self._calls = 0
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def ticks(self, seconds: float) -> int:
        """Give the number of ticks by which so many seconds have surely passed."""
        return max(1, math.ceil(seconds / self._period)) + 1

    def __enter__(self) -> None:
        with self._lock:
            self._calls += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tillwise deadline", daemon=True)
                try:
                    self._thread.start()
                except RuntimeError:  # the system has no more threads: without a deadline nothing is called
                    self._thread = None
                    self._calls -= 1
                    raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._calls -= 1

    def _run(self) -> None:
        idle = 0
        while True:
            closed = self._closed.wait(self._period)
            with self._lock:
                idle = 0 if self._calls else idle + 1
                if idle and (closed or idle >= IDLE):
                    self._thread = None
                    return
            if closed:  # a call is still under way: its deadline goes on
                threading.Event().wait(self._period)
            self._tick()

    def close(self) -> None:
        """End the thread, once the last call is over."""
        self._closed.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()
