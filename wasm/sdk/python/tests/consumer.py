"""A program as a POS has one, for the type checker: `make test` holds it to mypy --strict."""

from __future__ import annotations

from tillwise import Answer, Engine, Error, Sale, SettingsError, TillwiseError, WrongModule, safe
from tillwise.types import Action, Decision, Event, Exchange, Prompt, Record, Settings


def settings() -> Settings:
    return {"policy": {"methods": ["sms"], "limits": {"answers": 1}}, "texts": {"contacts": {"supervisor": {"en-CA": "Desk 1"}}}}


def told(status: int, body: str) -> Event:
    exchange: Exchange = {"operation": "authorization", "status": status, "body": body, "request": {"amount": "12.50"}}
    return {"at": 1795530727000, "locale": "fr-CA", "exchange": exchange}


def next_action(answer: Answer) -> Action | None:
    decision: Decision = answer.decision
    prompt: Prompt = answer.prompt
    record: Record | None = answer.record
    error: Error | None = answer.error
    if error is None and record is not None and prompt["actions"] and not decision["doubt"]:
        return decision["actions"][0]["id"]
    return None


def main() -> str:
    event = told(409, "{}")
    try:
        with Engine(settings(), instances=2, deadline=1.5) as engine:
            sale: Sale = engine.sale()
            sale.answer(event)
            sale = engine.sale(sale.state)
            raw: bytes = engine.answer_json(b"{}")
            return sale.answer({"at": 1795530728000, "action": "try_again"}).prompt["headline"] + raw.decode()
    except (SettingsError, WrongModule):
        raise
    except TillwiseError as e:
        return e.kind + e.detail + safe(event, settings()).prompt["headline"]
