"""The card that stands in when the module gives no answer. It needs no engine."""

from __future__ import annotations

import copy
import functools
import json
from importlib import resources
from typing import Any

from ._answer import Answer
from ._errors import Error
from ._operation import operation_in, text_of
from ._text import members, read, write

MAX_TIME = 2**53 - 1


@functools.cache
def cards() -> Any:
    """Give safe.json, which is made for the module beside it."""
    return json.loads(resources.files(__package__).joinpath("safe.json").read_text("utf-8"))


def safe(event: object, settings: object = None, error: Error | None = None) -> Answer:
    """Give the safe card of an event: nothing is said of money that is not known.

    For a program whose engine does not open. An engine gives it by itself.
    """
    about = members(event)
    at = _time(about.get("at"))
    operation = operation_in(about, cards())
    prior = readable(about.get("sale"))
    cashier = _language(about.get("locale"))
    customer = _language(text_of(about.get("customer_locale")) or about.get("locale"))

    variant = cards()["operations"][operation]["fresh" if prior == {} else "known"]
    decision = copy.deepcopy(variant["decision"])
    if "since" in decision.get("about", {}):
        decision["about"]["since"] = at
        if not at:
            del decision["about"]["since"]  # 0 is a time that is not known
    words = cards()["words"][variant["words"]]
    prompt = copy.deepcopy(words[cashier])
    for spoken in ("say", "if_asked", "customer_display"):
        prompt[spoken] = copy.deepcopy(words[customer][spoken])
    prompt["contact"] = _contact(settings, decision["owner"], cashier)
    return Answer(prompt, decision, _unanswered(prior, operation, at), None, error, None)


def readable(sale: object) -> Any:
    """Give a sale as plain JSON values: {} if there is none yet, "unreadable" if it is no JSON."""
    if sale is None:
        return {}
    try:
        return read(write(sale))
    except Exception:  # a foreign object may raise anything while it is written
        return "unreadable"


def _unanswered(prior: Any, operation: str, at: int) -> dict[str, Any]:
    """Lay what had no answer beside the sale. The module makes of it the doubt that it leaves."""
    lost = {"operation": operation, "at": at}
    if isinstance(prior, dict) and isinstance(prior.get("unanswered"), list):
        return {**prior, "unanswered": [*prior["unanswered"], lost]}
    return {"unanswered": [lost], "sale": prior}


def _time(at: object) -> int:
    return at if type(at) is int and 0 <= at <= MAX_TIME else 0


def _language(locale: object) -> str:
    return "fr-CA" if isinstance(locale, str) and locale[:2].lower() == "fr" else "en-CA"


def _contact(settings: object, owner: str, language: str) -> str:
    at: Any = settings
    for name in ("texts", "contacts", owner, language):
        at = members(at).get(name)
    return at if isinstance(at, str) else ""
