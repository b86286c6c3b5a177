"""Modules that fail, lie or hang: the card is there, and the instance is not asked again."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from modules import ANSWER, engine_of, module, text
from tillwise import Engine, SettingsError, TillwiseError, WrongModule

PAYING = {"at": 1795530727000, "exchange": {"operation": "authorization", "status": 500}}
LOOP = "(loop $on (br $on))"
# The first call goes wrong; one that came after it to the same instance would be told a lie.
ONCE = "(if (i32.load8_u (i32.const 8)) (then (return (i64.const %d)))) (i32.store8 (i32.const 8) (i32.const 1)) " % (1024 << 32 | len(text(ANSWER)))


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        ({"answer": text(ANSWER), "code": ONCE + "unreachable"}, "module_failed"),
        ({"answer": text(ANSWER), "code": ONCE + LOOP}, "deadline"),
        ({"code": LOOP}, "deadline"),
        ({"buffer": LOOP + "(i32.const 0)"}, "deadline"),
        ({"buffer": "(i32.const 0)"}, "module_failed"),
        ({"buffer": "(i32.const -8)"}, "module_failed"),
        ({"code": "(drop (call $answer (i32.const 1)))"}, "module_failed"),
        ({"code": "(loop $on (br_if $on (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) unreachable"}, "module_failed"),
        ({"code": "(return (i64.const 0x4000000000000064))"}, "module_failed"),
        ({"code": "(return (i64.const -1))"}, "module_failed"),
        ({"answer": ""}, "module_failed"),
        ({"answer": "[1]"}, "module_failed"),
        ({"answer": "{}"}, "module_failed"),
        ({"answer": '{"x":NaN}'}, "module_failed"),
        ({"answer": "[" * 5000}, "module_failed"),
        ({"answer": '{"error":7}'}, "module_failed"),
        ({"answer": '{"error":{"kind":7,"detail":""}}'}, "module_failed"),
        ({"answer": text({**ANSWER, "sale": {"x": "x" * 2048}})}, "module_failed"),
        ({"answer": text({**ANSWER, "sale": None})}, "module_failed"),
        ({"answer": text({**ANSWER, "decision": {"family": "approved", "actions": []}})}, "module_failed"),
        ({"answer": text({**ANSWER, "prompt": {"headline": "", "actions": [1]}})}, "module_failed"),
    ],
)
def test_the_card_is_the_safe_one(made: Any, kind: str) -> None:
    with engine_of(module(**made), instances=1, deadline=0.2) as engine:
        for _ in range(3):
            began = time.monotonic()
            answer = engine.answer(PAYING)
            assert answer.error is not None and answer.error.kind == kind, answer.error
            assert answer.decision["money"] == "unknown" and answer.raw is None
            assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ({"abi": 2}, "ABI 2"),
        ({"start": "unreachable"}, "does not start"),
        ({"start": LOOP}, "does not start"),
        ({"extra": '(import "env" "now" (func))'}, "imports"),
    ],
)
def test_a_wrong_module_is_not_run(made: Any, says: str) -> None:
    with pytest.raises(WrongModule, match=says) as raised:
        engine_of(module(**made), deadline=0.05)
    assert raised.value.kind == "wrong_module"


def test_what_is_no_module_is_not_run(tmp_path: Path) -> None:
    for code in (b"", b"MZ", module()[:-9]):
        with pytest.raises(WrongModule, match="cannot be loaded"):
            engine_of(code)
    with pytest.raises(WrongModule, match="cannot be read"):
        Engine(module=tmp_path / "nowhere.wasm", sha256="0" * 64)
    with pytest.raises(WrongModule, match="no sha256"):
        Engine(module=module())
    with pytest.raises(WrongModule, match="was expected"):
        Engine(module=module(), sha256="0" * 64)
    with pytest.raises(WrongModule, match="was expected"):
        Engine(sha256="0" * 64)


def test_refused_settings_say_what_is_wrong_with_them() -> None:
    for bad, kind in (({"policy": {"methods": ["smoke"]}}, "bad_policy"), ([1], "bad_policy"), ({"x": float("nan")}, "bad_json")):
        with pytest.raises(SettingsError) as raised:
            Engine(bad)  # type: ignore[arg-type]
        assert raised.value.kind == kind and raised.value.detail


def test_a_busy_instance_is_waited_for_until_the_deadline() -> None:
    with engine_of(module(code=LOOP), instances=1, deadline=0.3) as engine:
        kinds = []
        threads = [threading.Thread(target=lambda: kinds.append(engine.answer(PAYING).error)) for _ in range(3)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert [e and e.kind for e in kinds] == ["deadline"] * 3


def test_no_thread_is_left() -> None:
    def ours() -> list[threading.Thread]:
        return [t for t in threading.enumerate() if "tillwise" in t.name]

    before = ours()
    engine = Engine(deadline=0.2)
    engine.answer(PAYING)
    assert len(ours()) == len(before) + 1
    engine.close()
    assert ours() == before
    forgotten = Engine(deadline=0.2)
    forgotten.answer(PAYING)
    ticking = [t for t in ours() if t not in before]
    del forgotten
    for t in ticking:  # it ends by itself when nobody asks any more
        t.join(5)
        assert not t.is_alive()


def test_after_closing_there_is_the_safe_card() -> None:
    engine = Engine()
    sale = engine.sale()
    engine.close()
    engine.close()
    for answer in (engine.answer(PAYING), sale.answer(PAYING)):
        assert answer.error is not None and answer.error.kind == "module_failed" and "the engine is closed" in answer.error.detail
        assert answer.decision["money"] == "unknown"
    with pytest.raises(TillwiseError, match="the engine is closed"):
        engine.answer_json(b"{}")


def test_calls_overlap() -> None:
    """The interpreter's lock is not held while the module works."""
    work = "(local $n i32) (local.set $n (i32.const 400000000)) (loop $on (br_if $on (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))"
    with engine_of(module(answer=text(ANSWER), code=work), instances=2, deadline=60) as engine:
        done = threading.Event()
        worker = threading.Thread(target=lambda: (engine.answer(PAYING), done.set()))
        worker.start()
        rounds = 0
        while not done.is_set():
            rounds += 1
            done.wait(0.001)
        worker.join()
        assert rounds > 10
