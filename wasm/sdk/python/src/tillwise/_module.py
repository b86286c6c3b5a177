"""A module, checked as far as that goes without running it."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from . import _cache
from ._errors import TillwiseError, WrongModule

ABI = 1
MAX_MEMORY = 256 * 64 * 1024

# The functions that the contract promises. A module may have more.
EXPORTS: dict[str, tuple[list[str], list[str]]] = {
    "_initialize": ([], []),
    "tillwise_abi": ([], ["i32"]),
    "tillwise_buffer": (["i32"], ["i32"]),
    "tillwise_configure": (["i32"], ["i64"]),
    "tillwise_answer": (["i32"], ["i64"]),
    "tillwise_decide": (["i32"], ["i64"]),
    "tillwise_describe": ([], ["i64"]),
}

_first_process = os.getpid()


def engine() -> Any:
    """Import the WebAssembly engine only here: the safe card must not need it."""
    try:
        import wasmtime
    except Exception as e:  # a wheel for another system fails as it likes
        raise TillwiseError("module_failed", f"loading wasmtime: {e}: install it for this system; until then tillwise.safe gives cards") from e
    return wasmtime


class Module:
    """Compiled code, and the engine it belongs to. It belongs to one process."""

    def __init__(self, code: bytes, sha256: str) -> None:
        self.sha256 = hashlib.sha256(code).hexdigest()
        if self.sha256 != sha256.lower():
            raise WrongModule(f"its SHA-256 is {self.sha256} and {sha256!r} was expected: compare the file with the one that was meant")
        wasmtime = engine()
        config = wasmtime.Config()
        config.epoch_interruption = True
        # A child made by fork has none of the compiler's threads, and would wait for them for ever.
        config.parallel_compilation = os.getpid() == _first_process
        self.engine = wasmtime.Engine(config)
        try:
            self.compiled = _cache.compiled(wasmtime, self.engine, code, self.sha256)
        except (wasmtime.WasmtimeError, wasmtime.Trap) as e:
            raise WrongModule(f"it cannot be loaded: {first_line(e)}") from e
        self._check(wasmtime)

    def _check(self, wasmtime: Any) -> None:
        imports = len(self.compiled.imports)
        if imports:
            raise WrongModule(f"it has {imports} imports, and nothing may be within its reach: use a sealed module")
        exports = {e.name: e.type for e in self.compiled.exports}
        if not isinstance(exports.get("memory"), wasmtime.MemoryType):
            raise WrongModule("it exports no memory: use a tillwise module")
        for name, (params, results) in EXPORTS.items():
            type = exports.get(name)
            if not isinstance(type, wasmtime.FuncType) or [str(p) for p in type.params] != params or [str(r) for r in type.results] != results:
                raise WrongModule(f"it does not export {name} as the contract has it: use a module and a package that belong together")


def first_line(error: BaseException) -> str:
    """Say why, without the trace of numbered functions."""
    text = str(error)
    _, trap, why = text.partition("wasm trap: ")
    return (why if trap else text).strip().split("\n", 1)[0]
