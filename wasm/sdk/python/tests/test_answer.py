"""Whatever a program hands over, there is a card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from tillwise import Answer, Engine, safe

AT = 1795530727000


def paying(**exchange: Any) -> dict[str, Any]:
    return {"v": 1, "at": AT, "exchange": {"operation": "authorization", "status": 0, "failure": "timeout", "sent": "unknown", **exchange}}


def doubtful(answer: Answer, kind: str) -> None:
    """Demand the safe card of a payment: nothing that would send it again, or take another."""
    assert answer.error is not None and answer.error.kind == kind and answer.error.detail
    assert answer.decision["money"] == "unknown" and answer.decision["doubt"]
    assert {a["id"] for a in answer.decision["actions"]} <= {"check_status", "call_supervisor", "hold_sale"}
    assert answer.sale["unanswered"][-1]["operation"] == "authorization"


class Bad(Mapping[str, Any]):
    """An object that fails while it is looked at."""

    def __getitem__(self, key: str) -> Any:
        raise RuntimeError("no")

    def __iter__(self) -> Any:
        raise RuntimeError("no")

    def __len__(self) -> int:
        return 1


def circle() -> dict[str, Any]:
    around: dict[str, Any] = {}
    around["x"] = around
    return around


def deep(levels: int) -> Any:
    inner: Any = 0
    for _ in range(levels):
        inner = [inner]
    return inner


@pytest.mark.parametrize("member", [float("nan"), float("inf"), object(), b"bytes", {1, 2}, 1j, circle(), deep(100_000), Decimal("NaN"), Bad()])
def test_what_is_no_json_has_the_safe_card(engine: Engine, member: Any) -> None:
    doubtful(engine.answer({**paying(), "x": member}), "bad_event")
    doubtful(engine.answer(paying(request={"amount": member})), "bad_event")


@pytest.mark.parametrize("event", [None, 7, [], "text", b"bytes", {}, {1: 2}, Bad(), {"exchange": None}, {"exchange": 7}, {"exchange": {"url": 7}}, {"sale": float("nan")}])
def test_what_is_no_event_has_the_safe_card(engine: Engine, event: Any) -> None:
    answer = engine.answer(event)
    assert answer.error is not None and answer.prompt["headline"] and answer.decision["actions"]
    assert answer.decision["money"] == "unknown"
    assert safe(event).prompt["headline"]
    assert engine.sale().answer(event).error is not None


@pytest.mark.parametrize("sale", [float("nan"), object(), b"{}", deep(100_000)])
def test_a_sale_that_is_no_json_is_unreadable(engine: Engine, sale: Any) -> None:
    looked = {"v": 1, "at": AT, "exchange": {"operation": "lookup", "status": 200, "body": '{"customer_id":"x"}'}}
    assert engine.answer({**looked, "sale": sale}).raw == engine.answer({**looked, "sale": "unreadable"}).raw


def test_a_members_own_error_is_the_modules(engine: Engine) -> None:
    answer = engine.answer(paying(request={"amount": "12,50"}))
    doubtful(answer, "bad_event")
    assert answer.raw is not None and json.loads(answer.raw)["error"]["detail"] == answer.error.detail  # type: ignore[union-attr]


def test_half_a_letter_becomes_another(engine: Engine) -> None:
    for body in ("\ud800", '{"error":"\udfff"}', "\ud83d\ude00"):
        whole = body.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        assert engine.answer(paying(status=400, body=body)).raw == engine.answer(paying(status=400, body=whole)).raw
    assert engine.answer({**paying(), "\ud800": "\ud800"}).error is None


def test_what_python_has_for_it(engine: Engine) -> None:
    plain = paying(status=409, body='{"error":"secret_answer_mismatch"}', request={"amount": "12.50"}, headers={"Retry-After": "5"})
    class Headers(Bad):
        def __getitem__(self, key: str) -> Any:
            return "5"

        def __iter__(self) -> Any:
            return iter(["Retry-After"])

    other = paying(status=HTTPStatus.CONFLICT, body=b'\xef\xbb\xbf{"error":"secret_answer_mismatch"}', request={"amount": Decimal("12.50")}, headers=Headers())
    assert engine.answer(other).raw == engine.answer(plain).raw
    assert engine.answer({k: v for k, v in plain.items() if k != "v"}).raw == engine.answer(plain).raw


@pytest.mark.parametrize("unit", ["a", "\x01", "€", "😀", '"', "\ud800"])
def test_a_long_body_is_cut(engine: Engine, unit: str) -> None:
    long = paying(status=500, failure="", body=unit * 300_000)
    del long["exchange"]["failure"]
    short = paying(status=500, body=unit * 100, body_cut=True)
    del short["exchange"]["failure"]
    answer = engine.answer(long)
    assert answer.error is None and answer.raw == engine.answer(short).raw


def test_more_than_the_module_takes(engine: Engine) -> None:
    doubtful(engine.answer({**paying(), "x": "x" * 300_000}), "too_large")
    assert json.loads(engine.answer_json(b" " * 262_145))["error"]["kind"] == "too_large"
    assert json.loads(engine.answer_json(b" " * 262_144))["error"]["kind"] == "bad_json"


def test_nothing_of_the_event_is_changed(engine: Engine) -> None:
    event = paying(body="x" * 100_000)
    kept = json.dumps(event)
    engine.answer(event)
    engine.sale().answer(event)
    assert json.dumps(event) == kept
