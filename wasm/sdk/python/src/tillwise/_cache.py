"""Compiled code, kept for the next start.

Code that is loaded from here runs natively, with all of the program's rights.
So a file counts only if nobody but this user can have written it: a plain file
of this user's, in a folder that is this user's, and nobody else may write to
either. On Windows that is not looked at: a user's own folders are closed there.
The file's first bytes are the hash of the rest, which tells damage.
What was read is what is checked and what is loaded: there is no second look at the path.
Anything else is as good as no file, and a folder that cannot be had is no cache.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import stat
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

_HASH = 32
_OLD = 90 * 24 * 3600
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def compiled(wasmtime: Any, engine: Any, code: bytes, sha256: str) -> Any:
    """Give the compiled module, from the cache where it is there and to be trusted."""
    path = folder()
    if path is None:
        return wasmtime.Module(engine, code)
    try:
        version = metadata.version("wasmtime")
    except metadata.PackageNotFoundError:  # a program that was frozen without it
        return wasmtime.Module(engine, code)
    file = path / f"{sha256}-{version}-{platform.machine()}-1.bin"
    kept = _read(file)
    if kept is not None:
        try:
            # The engine itself compares its version, its configuration and the processor.
            return wasmtime.Module.deserialize(engine, kept)
        except wasmtime.WasmtimeError:
            pass
    module = wasmtime.Module(engine, code)
    _write(file, bytes(module.serialize()))
    return module


def folder() -> Path | None:
    """Give the place for compiled code: TILLWISE_CACHE, or what is usual on this system."""
    chosen = os.environ.get("TILLWISE_CACHE")
    if chosen is not None:
        return Path(chosen).absolute() if chosen else None
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return Path(local) / "tillwise" / "cache" if local else None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "tillwise"
        base = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "tillwise"
    except RuntimeError:  # a user without a home
        return None


def _read(file: Path) -> bytes | None:
    try:
        _own(os.stat(file.parent, follow_symlinks=False), stat.S_ISDIR)
        with os.fdopen(os.open(file, os.O_RDONLY | _FLAGS), "rb") as f:
            _own(os.fstat(f.fileno()), stat.S_ISREG)
            said, kept = f.read(_HASH), f.read()
    except OSError:
        return None
    return kept if hashlib.sha256(kept).digest() == said else None


def _write(file: Path, kept: bytes) -> None:
    """Write beside the place and move it there, so that nobody reads half of it."""
    part = file.with_name(f"{secrets.token_hex(8)}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _own(os.stat(file.parent, follow_symlinks=False), stat.S_ISDIR)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600), "wb") as f:
            f.write(hashlib.sha256(kept).digest())
            f.write(kept)
        os.replace(part, file)
        _forget_old(file.parent)
    except OSError:
        part.unlink(missing_ok=True) if os.path.lexists(part) else None


def _forget_old(path: Path) -> None:
    for old in (*path.glob("*.bin"), *path.glob("*.part")):
        if old.stat(follow_symlinks=False).st_mtime < time.time() - _OLD:
            old.unlink()


def _own(found: os.stat_result, is_kind: Any) -> None:
    """Refuse what another user can have written. Windows keeps a user's folders by other means."""
    if not is_kind(found.st_mode):
        raise OSError("not what it should be")
    if sys.platform != "win32" and (found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        raise OSError("another user may write it")
