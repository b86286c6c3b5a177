"""An event as the module takes it, whatever a reply brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._safe import readable
from ._text import whole, write

MAX_INPUT = 262_144
MAX_BODY = 64 * 1024  # what documented replies say of an error takes a fraction of it


def encode(event: object) -> bytes:
    """Write an event as JSON, its body cut to what the module may see. What is no JSON raises."""
    if not isinstance(event, Mapping):
        return write(event).encode()
    event = {"v": 1, **event}
    if "sale" in event:
        event["sale"] = readable(event["sale"])
    exchange = event.get("exchange")
    if not isinstance(exchange, Mapping) or not isinstance(exchange.get("body"), (str, bytes, bytearray)):
        return write(event).encode()

    body = _text_of(exchange["body"])
    short = body.encode()[:MAX_BODY].decode("utf-8", "ignore")
    while True:
        data = write({**event, "exchange": _with_body(exchange, short, len(short) < len(body))}).encode()
        if len(data) <= MAX_INPUT or not short:
            return data
        short = short[: len(short) // 2]


def _text_of(body: str | bytes | bytearray) -> str:
    if isinstance(body, str):
        return whole(body)
    return bytes(body).decode("utf-8-sig", "replace")


def _with_body(exchange: Mapping[str, Any], body: str, cut: bool) -> dict[str, Any]:
    return {**exchange, "body": body, "body_cut": True} if cut else {**exchange, "body": body}
