"""A fixed number of places for instances."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from ._errors import SettingsError, TillwiseError, WrongModule
from ._instance import Instance
from ._module import Module
from ._ticker import Ticker

CALLS = 10_000  # after which an instance is replaced

T = TypeVar("T")


class Pool:
    """An empty place is filled by who takes it: who asks one thing at a time pays for one instance."""

    def __init__(self, module: Module, settings: bytes | None, instances: int, deadline: float) -> None:
        self._module = module
        self._settings = settings
        self._deadline = deadline
        self._count = instances
        self._free = threading.Condition()
        self._places: list[Instance | None] = [None] * (instances - 1)
        self._waiting: deque[object] = deque()
        self._closed = False
        self._ticker = Ticker(module.engine.increment_epoch, deadline)
        try:
            self._places.append(self._first())
        except BaseException:
            self._ticker.close()
            raise

    def _first(self) -> Instance:
        try:
            with self._ticker:
                return Instance(self._module, self._settings, self._ticker.ticks(10 * self._deadline))
        except (SettingsError, WrongModule):
            raise
        except TillwiseError as e:
            raise WrongModule(f"it does not start: {e.detail}") from e

    def use(self, work: Callable[[Instance, int], T]) -> T:
        """Lend an instance. It goes back only after success, and until it has served its number of calls."""
        end = time.monotonic() + self._deadline
        instance = self._take(end)
        back = None
        try:
            with self._ticker:
                ticks = self._ticker.ticks(end - time.monotonic())
                if instance is None:
                    instance = Instance(self._module, self._settings, ticks)
                result = work(instance, ticks)
            if instance.calls < CALLS:
                back = instance
            return result
        finally:
            with self._free:
                self._places.append(back)
                self._free.notify_all()

    def _take(self, end: float) -> Instance | None:
        """Give a place to who has waited longest: who asks in a row would else keep all others out."""
        turn = object()
        with self._free:
            self._waiting.append(turn)
            try:
                while not self._closed:
                    if self._places and self._waiting[0] is turn:
                        return self._places.pop()
                    left = end - time.monotonic()
                    if left <= 0:
                        raise TillwiseError("deadline", "waiting for an instance took too long")
                    self._free.wait(left)
            finally:
                self._waiting.remove(turn)
                self._free.notify_all()
        raise TillwiseError("module_failed", "asking the module: the engine is closed: open another")

    def close(self) -> None:
        """Wait for the calls under way, and free every instance."""
        with self._free:
            self._closed = True
            self._free.notify_all()
            self._free.wait_for(lambda: len(self._places) == self._count)
            self._places = [None] * self._count
        self._ticker.close()
