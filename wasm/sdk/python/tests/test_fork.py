"""An engine is good in a child made by fork, with instances of its own."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable

import pytest
from tillwise import Engine

EVENT = {"at": 1795530727000, "exchange": {"operation": "authorization", "status": 409, "body": '{"error":"secret_answer_mismatch"}'}}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def in_child(work: Callable[[], bool]) -> None:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if work() else 2
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_child_answers_as_its_parent(engine: Engine) -> None:
    want = engine.answer(EVENT).raw
    assert want is not None
    in_child(lambda: engine.answer(EVENT).raw == want)
    in_child(lambda: (engine.close(), engine.answer(EVENT).error is not None)[1])
    assert engine.answer(EVENT).raw == want


def test_a_child_compiles_by_itself(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILLWISE_CACHE", "")
    want = engine.answer(EVENT).raw
    with Engine():  # the compiler's threads are the parent's
        in_child(lambda: engine.answer(EVENT).raw == want)


def test_a_fork_amid_calls(engine: Engine) -> None:
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            engine.answer(EVENT)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for t in threads:
        t.start()
    want = engine.answer(EVENT).raw
    assert want is not None
    for _ in range(5):
        in_child(lambda: engine.answer(EVENT).raw == want)
    stop.set()
    for t in threads:
        t.join()

