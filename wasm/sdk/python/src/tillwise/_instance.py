"""One running copy of the module, used by one thread at a time."""

from __future__ import annotations

from typing import Any

from ._errors import SettingsError, TillwiseError, WrongModule
from ._module import ABI, EXPORTS, MAX_MEMORY, Module, engine, first_line
from ._text import read


class Instance:
    """After any error its memory is not to be trusted: it is thrown away, and never asked again."""

    def __init__(self, module: Module, settings: bytes | None, ticks: int) -> None:
        self._wasmtime = engine()
        self._store = self._wasmtime.Store(module.engine)
        self._store.set_limits(memory_size=MAX_MEMORY, instances=1, memories=1)
        self._store.set_epoch_deadline(ticks)
        self.calls = 0
        try:
            exports = self._wasmtime.Instance(self._store, module.compiled, []).exports(self._store)
        except (self._wasmtime.Trap, self._wasmtime.WasmtimeError) as e:
            raise self._failed("starting the module", e) from None
        self._memory = exports["memory"]
        self._functions = {name: exports[name] for name in EXPORTS}
        self._run("_initialize")
        abi = self._run("tillwise_abi")
        if abi != ABI:
            raise WrongModule(f"it has ABI {abi}, and this package speaks ABI {ABI}: use a module and a package that belong together")
        if settings is not None:
            _, reply = self.call("tillwise_configure", settings, ticks)
            refused = refusal(reply)
            if refused:
                raise SettingsError(*refused)

    def call(self, name: str, data: bytes, ticks: int) -> tuple[bytes, Any]:
        """Write the input, call, and copy the answer: its bytes, and what they say, which must be JSON."""
        self.calls += 1
        self._store.set_epoch_deadline(ticks)
        params = []
        if name != "tillwise_describe":
            place = self._run("tillwise_buffer", len(data)) & 0xFFFFFFFF
            if place == 0 or place + len(data) > self._memory.data_len(self._store):
                raise TillwiseError("module_failed", "tillwise_buffer: it gave no place for the input")
            if data:
                self._memory.write(self._store, data, place)
            params = [len(data)]
        packed = self._run(name, *params) & 0xFFFFFFFFFFFFFFFF
        start, size = packed >> 32, packed & 0xFFFFFFFF
        if start + size > self._memory.data_len(self._store):
            raise TillwiseError("module_failed", f"{name}: the answer lies outside of the module's memory")
        # A copy: the next call writes over it.
        raw = bytes(self._memory.read(self._store, start, start + size))
        try:
            return raw, read(raw)
        except (ValueError, RecursionError):
            raise TillwiseError("module_failed", f"{name}: the answer is no JSON") from None

    def _run(self, name: str, *params: int) -> int:
        try:
            return self._functions[name](self._store, *params)  # type: ignore[no-any-return]
        except (self._wasmtime.Trap, self._wasmtime.WasmtimeError) as e:
            raise self._failed(name, e) from None

    def _failed(self, doing: str, error: Exception) -> TillwiseError:
        if isinstance(error, self._wasmtime.Trap) and error.trap_code == self._wasmtime.TrapCode.INTERRUPT:
            return TillwiseError("deadline", f"{doing} took too long")
        return TillwiseError("module_failed", f"{doing}: {first_line(error)}")


def refusal(reply: object) -> tuple[str, str] | None:
    """Give kind and detail of the error that an answer consists of, or None."""
    if not isinstance(reply, dict):
        raise TillwiseError("module_failed", "the answer has not the shape of one")
    error = reply.get("error")
    if error is None:
        return None
    if not isinstance(error, dict) or not isinstance(error.get("kind"), str) or not isinstance(error.get("detail"), str):
        raise TillwiseError("module_failed", "the answer has not the shape of one")
    return error["kind"], error["detail"]
