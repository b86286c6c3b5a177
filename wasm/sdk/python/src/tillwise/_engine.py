"""The way to embed tillwise in a Python program."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Mapping
from importlib import resources
from types import TracebackType
from typing import TYPE_CHECKING, Any

from . import _text
from ._answer import Answer
from ._errors import Error, SettingsError, TillwiseError, WrongModule
from ._event import MAX_INPUT, encode
from ._instance import Instance, refusal
from ._module import Module
from ._pool import Pool
from ._safe import cards, safe
from ._sale import Sale

if TYPE_CHECKING:
    from .types import Event, Settings

MAX_SALE = 2048


class Engine:
    """Answers events, from any number of threads. It always has a card.

    ``settings`` are the store's, ``{"policy": …, "texts": …}``. ``module``, bytes or a
    path, is another module than the one in this package, and ``sha256`` the hash that it
    must have. ``instances`` is how many calls can run at once (one for each processor, at
    most 4), ``deadline`` how many seconds a call may take.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        module: bytes | str | os.PathLike[str] | None = None,
        sha256: str | None = None,
        instances: int | None = None,
        deadline: float = 2.0,
    ) -> None:
        if instances is None:
            instances = min(os.cpu_count() or 1, 4)
        if instances < 1 or not 0 < deadline < 86_400:
            raise ValueError("instances must be at least 1, and deadline a number of seconds above 0")
        self._code, self._sha256 = _code(module, sha256)
        text = None if settings is None else _settings(settings)
        self._settings = text and _text.read(text)  # a copy: what is done to the caller's changes nothing here
        self._start: Callable[[], Pool] = lambda: Pool(Module(self._code, self._sha256), text, instances, deadline)
        self._starting = threading.Lock()
        self._pool: Pool | None = self._start()
        self._closed = False
        _engines.add(self)

    def answer(self, event: Event | Mapping[str, Any]) -> Answer:
        """Answer an event. It never raises for what an event contains: there is always a card."""
        try:
            data = encode(event)
        except Exception as e:  # a foreign object may raise anything while it is written
            return safe(event, self._settings, Error("bad_event", f"the event cannot be written as JSON: {e}"))
        if len(data) > MAX_INPUT:
            raw = _too_large()
            return self._refused(event, raw, _text.read(raw))
        try:
            raw, reply = self._use(lambda i, ticks: _card(i, data, ticks))
        except TillwiseError as e:
            return safe(event, self._settings, Error(e.kind, e.detail))
        if "error" in reply:
            return self._refused(event, raw, reply)
        return Answer(reply["prompt"], reply["decision"], reply["sale"], reply.get("record"), None, raw)

    def answer_json(self, event: bytes | str) -> bytes:
        """Give the module's bytes for an event that is JSON, ``{"error":…}`` included."""
        return self._json("tillwise_answer", event)

    def decide_json(self, facts: bytes | str) -> bytes:
        """Give ``{v, decision, sale}`` for ``{v, facts, sale, policy}``: what replay repeats."""
        return self._json("tillwise_decide", facts)

    def describe(self) -> bytes:
        """Give the module's account of itself: ABI, catalogue, locales, limits and every card."""
        return self._json("tillwise_describe", b"")

    def sale(self, saved: str | bytes | Mapping[str, Any] | None = None) -> Sale:
        """Begin a sale, or go on with one from the state that was kept."""
        return Sale(self.answer, saved)

    def close(self) -> None:
        """Wait for the calls under way, and free every instance. Answers are safe cards then."""
        with self._starting:
            self._closed = True
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _json(self, name: str, data: bytes | str) -> bytes:
        if isinstance(data, str):
            data = _text.whole(data).encode()
        if len(data) > MAX_INPUT:
            return _too_large()
        raw, _ = self._use(lambda i, ticks: i.call(name, data, ticks))
        return raw

    def _use(self, work: Callable[[Instance, int], tuple[bytes, Any]]) -> tuple[bytes, Any]:
        try:
            with self._starting:
                if self._closed:
                    raise TillwiseError("module_failed", "asking the module: the engine is closed: open another")
                if self._pool is None:  # in a child made by fork
                    self._pool = self._start()
                pool = self._pool
            return pool.use(work)
        except TillwiseError:
            raise
        except Exception as e:  # of wasmtime's or the system's: no memory, no more threads
            raise TillwiseError("module_failed", f"asking the module: {e}") from e

    def _refused(self, event: object, raw: bytes, reply: Any) -> Answer:
        answer = safe(event, self._settings, Error(reply["error"]["kind"], reply["error"]["detail"]))
        return Answer(answer.prompt, answer.decision, answer.sale, None, answer.error, raw)

    def _forked(self) -> None:
        # Instances, threads and locks are the parent's. The parent's instances are kept from
        # being freed here: what frees them may wait for a lock that nobody will give back.
        _inherited.append(self._pool)
        self._pool = None
        self._starting = threading.Lock()


_engines: weakref.WeakSet[Engine] = weakref.WeakSet()
_inherited: list[Pool | None] = []


def _after_fork() -> None:
    for engine in list(_engines):
        engine._forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _code(module: bytes | str | os.PathLike[str] | None, sha256: str | None) -> tuple[bytes, str]:
    if module is None:
        own = resources.files(__package__).joinpath("tillwise.wasm").read_bytes()
        return own, sha256 or cards()["module_sha256"]
    if not sha256:
        raise WrongModule("no sha256 was given with module: pass the hash that it must have")
    if isinstance(module, (bytes, bytearray)):
        return bytes(module), sha256
    try:
        with open(module, "rb") as f:
            return f.read(), sha256
    except OSError as e:
        raise WrongModule(f"it cannot be read: {e}: compare the path with the one that was meant") from e


def _settings(settings: object) -> bytes:
    try:
        text = _text.write(settings).encode()
    except Exception as e:  # a foreign object may raise anything while it is written
        raise SettingsError("bad_json", f"the settings cannot be written as JSON: {e}") from e
    if len(text) > MAX_INPUT:
        raise SettingsError("too_large", f"the settings are more than {MAX_INPUT} bytes: shorten them")
    return text


def _card(instance: Instance, data: bytes, ticks: int) -> tuple[bytes, Any]:
    """Ask for an answer, and refuse one that could not be shown."""
    raw, reply = instance.call("tillwise_answer", data, ticks)
    if refusal(reply):
        return raw, reply  # the event's fault: the instance is as good as before
    reply.pop("error", None)
    prompt, decision, sale = (reply.get(name) for name in ("prompt", "decision", "sale"))
    if not isinstance(prompt, dict) or not isinstance(decision, dict) or not isinstance(sale, dict):
        raise TillwiseError("module_failed", "tillwise_answer: the answer has not the shape of one")
    actions, labels = decision.get("actions"), prompt.get("actions")
    if not isinstance(actions, list) or not isinstance(labels, list) or not actions or len(actions) != len(labels) or (
        not _text_in(decision, "family") or not _text_in(prompt, "headline") or len(_text.write(sale).encode()) > MAX_SALE
    ):
        raise TillwiseError("module_failed", "tillwise_answer: the answer has no card, no way out or no sale")
    return raw, reply


def _text_in(part: dict[str, Any], name: str) -> bool:
    return isinstance(part.get(name), str) and bool(part[name])


def _too_large() -> bytes:
    return str(cards()["too_large"]).encode()
