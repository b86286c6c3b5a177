"""A sale carries what the module remembers."""

from __future__ import annotations

import json
import threading
from typing import Any

from tillwise import Answer, Engine

AT = 1795530727000
LOST = {"at": AT, "exchange": {"operation": "authorization", "status": 0, "failure": "timeout", "sent": "unknown", "request": {"amount": "1249.00", "auto_capture": True}}}
CHECKED = {"at": AT + 1000, "exchange": {"operation": "authorizations", "status": 200, "body": "[]", "found": [{"state": "captured", "amount": "1249.00"}]}}


def test_a_sale_goes_on_from_what_was_kept(engine: Engine) -> None:
    first = engine.sale()
    assert first.state == "{}"
    assert first.answer(LOST).decision["money"] == "unknown"
    for kept in (first.state, first.state.encode(), json.loads(first.state)):
        again = engine.sale(kept)
        assert json.loads(again.state) == json.loads(first.state)
        assert again.answer(CHECKED).decision["money"] == "moved"


def test_an_action_that_was_not_offered_changes_nothing(engine: Engine) -> None:
    sale = engine.sale()
    card = sale.answer(LOST)
    state = sale.state
    answer = sale.answer({"at": AT + 1, "action": "finish_sale"})
    assert answer.error is not None and answer.error.kind == "action_not_offered"
    assert (answer.prompt, answer.decision, answer.sale) == (card.prompt, card.decision, card.sale)
    assert sale.state == state
    again = engine.sale(state)
    answer = again.answer({"at": AT + 1, "action": "finish_sale"})
    assert answer.error is not None and answer.decision["money"] == "unknown"
    assert again.state == state


def test_what_was_not_answered_stays_in_doubt(engine: Engine) -> None:
    sale = engine.sale()
    bad: dict[str, Any] = {"at": AT, "exchange": {"operation": "authorization", "x": float("nan")}}
    for n in (1, 2):
        assert sale.answer(bad).error is not None
        assert len(json.loads(sale.state)["unanswered"]) == n
    answer = sale.answer({"at": AT + 1, "exchange": {"operation": "lookup", "status": 404, "body": "{}"}})
    assert answer.error is None and answer.decision["doubt"] and answer.decision["money"] == "unknown"


def test_a_damaged_state_is_in_doubt(engine: Engine) -> None:
    for damaged in ("", "{", b"\xff", "NaN", "[" * 100_000, "7", '"x"'):
        sale = engine.sale(damaged)
        json.loads(sale.state)
        answer = sale.answer({"at": AT, "exchange": {"operation": "lookup", "status": 404, "body": "{}"}})
        assert answer.error is None and answer.decision["doubt"], damaged


def test_events_of_a_sale_come_one_after_the_other(engine: Engine) -> None:
    sale = engine.sale()
    answers: list[Answer] = []
    refused = {"at": AT, "exchange": {"operation": "verify", "status": 409, "body": '{"error":"secret_answer_mismatch"}'}}
    threads = [threading.Thread(target=lambda: answers.append(sale.answer(refused))) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    one = engine.sale()
    expected = [one.answer(refused).raw for _ in range(8)]
    assert sorted(a.raw or b"" for a in answers) == sorted(e or b"" for e in expected)
