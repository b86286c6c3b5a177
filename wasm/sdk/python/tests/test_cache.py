"""Compiled code that is kept: trusted only where nobody else can have written it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from modules import ANSWER, engine_of, module, text

CODE = module(answer=text(ANSWER))
EVENT = {"at": 1, "exchange": {"operation": "lookup", "status": 200}}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "deep" / "cache"
    monkeypatch.setenv("TILLWISE_CACHE", str(place))
    return place


def works() -> None:
    with engine_of(CODE) as engine:
        assert engine.answer(EVENT).error is None


def kept(place: Path) -> Path:
    (file,) = place.iterdir()
    return file


def test_it_is_this_users_alone(place: Path) -> None:
    works()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept(place).stat().st_mode) == 0o600
    written = kept(place).stat().st_mtime_ns
    works()
    assert kept(place).stat().st_mtime_ns == written


def test_a_damaged_file_is_made_anew(place: Path) -> None:
    works()
    good = kept(place).read_bytes()
    for bad in (b"", good[:100], good[:-1], good[:5000] + bytes([good[5000] ^ 1]) + good[5001:], good + b"x"):
        kept(place).write_bytes(bad)
        works()
        assert len(kept(place).read_bytes()) == len(good)


def test_what_others_can_write_is_not_read(place: Path) -> None:
    works()
    file = kept(place)
    file.chmod(0o666)
    before = file.stat().st_ino
    works()
    assert kept(place).stat().st_ino != before and stat.S_IMODE(kept(place).stat().st_mode) == 0o600
    place.chmod(0o777)
    before = kept(place).stat().st_ino
    works()
    assert kept(place).stat().st_ino == before  # neither read nor written
    place.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_what_is_anothers_is_not_read(place: Path) -> None:
    works()
    os.chown(kept(place), 12345, 12345)
    works()
    assert kept(place).stat().st_uid == 0
    os.chown(place, 12345, 12345)
    before = kept(place).stat().st_ino
    works()
    assert kept(place).stat().st_ino == before


def test_a_link_is_not_followed(place: Path, tmp_path: Path) -> None:
    works()
    elsewhere = tmp_path / "elsewhere"
    name = kept(place)
    name.rename(elsewhere)
    name.symlink_to(elsewhere)
    works()
    assert not kept(place).is_symlink()


def test_no_place_is_no_cache(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.parent.write_text("a file where the folder should be")
    works()
    monkeypatch.setenv("TILLWISE_CACHE", "")
    works()
    monkeypatch.delenv("TILLWISE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    works()
    assert len([p for p in tmp_path.rglob("*.bin")]) == 1


def test_what_is_old_is_removed(place: Path) -> None:
    works()
    old, part = kept(place).with_name("old.bin"), kept(place).with_name("left.part")
    long_ago = time.time() - 100 * 24 * 3600
    for file in (old, part):
        file.write_bytes(b"x")
        os.utime(file, (long_ago, long_ago))
    next(f for f in place.glob("*.bin") if f != old).unlink()
    works()
    assert len(list(place.iterdir())) == 1


def test_many_processes_write_at_once(place: Path) -> None:
    run = f"import sys; sys.path[:0] = {sys.path!r}; from test_cache import works; works()"
    children = [subprocess.Popen([sys.executable, "-c", run]) for _ in range(4)]
    assert [c.wait(60) for c in children] == [0] * 4
    assert len(list(place.iterdir())) == 1
