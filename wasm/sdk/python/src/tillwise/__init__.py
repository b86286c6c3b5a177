"""What a till shows, says and does after each answer of Flexiti's, and never more than is known.

    from tillwise import Engine

    with Engine() as engine:
        answer = engine.sale().answer(event)
"""

from __future__ import annotations

from ._answer import Answer
from ._engine import Engine
from ._errors import Error, SettingsError, TillwiseError, WrongModule
from ._safe import safe
from ._sale import Sale

__version__ = "0.1.0"

__all__ = ["Answer", "Engine", "Error", "Sale", "SettingsError", "TillwiseError", "WrongModule", "safe"]
