"""A sale, from its first event to its last."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from . import _text
from ._answer import Answer
from ._safe import readable

if TYPE_CHECKING:
    from .types import Event


class Sale:
    """Carries what the module remembers from event to event. ``engine.sale()`` makes one."""

    def __init__(self, ask: Callable[[Any], Answer], saved: str | bytes | Mapping[str, Any] | None) -> None:
        self._ask = ask
        self._turn = threading.Lock()
        self._state = _read(saved)
        self._last: Answer | None = None

    @property
    def state(self) -> str:
        """The sale as JSON text. Keep it on the disk before you act."""
        return _text.write(self._state)

    def answer(self, event: Event | Mapping[str, Any]) -> Answer:
        """Answer the sale's next event, which need not hold a sale."""
        with self._turn:
            answer = self._ask({**_text.members(event), "sale": self._state})
            if answer.error and answer.error.kind == "action_not_offered":
                # The card that stands is shown again, and nothing has changed.
                card = self._last or answer
                return dataclasses.replace(card, sale=self._state, record=None, error=answer.error, raw=answer.raw)
            self._state, self._last = answer.sale, answer
            return answer


def _read(saved: str | bytes | Mapping[str, Any] | None) -> Any:
    if not isinstance(saved, (str, bytes, bytearray)):
        return readable(saved)
    try:
        return readable(_text.read(bytes(saved) if isinstance(saved, bytearray) else saved))
    except (ValueError, RecursionError):
        return "unreadable"  # a damaged file: the module answers it with doubt
