"""JSON as the module takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def write(value: object) -> str:
    """Write a value as JSON text that can be written as UTF-8. What is no JSON raises."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    return whole(text)


def read(text: str | bytes) -> Any:
    """Read JSON text, and nothing beside it: NaN and Infinity are none."""
    if not isinstance(text, str):
        text = str(text, "utf-8")
    return json.loads(text, parse_constant=_no_number)


def whole(text: str) -> str:
    """Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def members(value: object) -> dict[str, Any]:
    """Give an object's members; of what is none, or cannot be read, there are none."""
    if not isinstance(value, Mapping):
        return {}
    try:
        return dict(value)
    except Exception:  # a foreign object may raise anything while it is read
        return {}


def _plain(value: object) -> object:
    # What a reply's headers and a till's amounts commonly are in Python.
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
