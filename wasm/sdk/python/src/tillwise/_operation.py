"""Which call an event is about, as far as that can be seen without the module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._text import members


def operation_in(event: Mapping[str, Any], cards: Mapping[str, Any]) -> str:
    if isinstance(event.get("exchange"), Mapping):
        exchange = members(event["exchange"])
        named = text_of(exchange.get("operation"))
        if named:
            return _known(named, cards)
        return operation_of(text_of(exchange.get("method")), text_of(exchange.get("url")), cards)
    if isinstance(event.get("facts"), Mapping):
        return _known(text_of(members(event["facts"]).get("operation")), cards)
    if text_of(event.get("action")) or event.get("decision") is not None:
        return "unknown_read"  # it calls nothing
    return "unknown"


def operation_of(method: str, url: str, cards: Mapping[str, Any]) -> str:
    """Recognise a call by method and URL, with the slips that real documentation has."""
    last, before, third = _path_end(url)
    found = "authorization_get" if before == "authorization" else "unknown"
    for path in cards["paths"]:
        if path["last"] == last and path.get("before", before) == before and path.get("third", third) == third:
            found = path["operation"]
            break
    get = method.upper() == "GET"
    if get and cards["operations"][found]["moves"]:
        return "unknown_read"
    if get or not method or not cards["operations"][found]["reads_back"]:
        return str(found)
    # A read-back by another method than GET is no call that anybody documents,
    # but for the purchase that one page sends to the read-back's address.
    return "authorization" if found == "authorizations" else "unknown"


def _path_end(url: str) -> tuple[str, str, str]:
    """Give the last three segments of a path in their documented spelling, the last one first."""
    path = url.split("?", 1)[0].split("#", 1)[0]
    if "://" in path:
        path = path.split("://", 1)[1].partition("/")[2]
    path = path.lower()
    ends = []
    for _ in range(3):
        path, _, end = path.rstrip("/").rpartition("/")
        ends.append(end)
    last, before, third = ends
    if before.endswith("widget"):
        before = "widget"
    if third in ("accounts", "customers"):
        third = "account"
    return last, before, third


def _known(operation: str, cards: Mapping[str, Any]) -> str:
    return operation if operation in cards["operations"] else "unknown"


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""
