"""What comes back for an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._errors import Error

if TYPE_CHECKING:
    from .types import Decision, Prompt, Record


@dataclass(frozen=True)
class Answer:
    """A card, always. With an error beside it, it is the safe card."""

    prompt: Prompt
    """What to show."""
    decision: Decision
    """What your program acts on."""
    sale: dict[str, Any]
    """What to hand back with the sale's next event. Opaque; a Sale does this for you."""
    record: Record | None
    """What you may keep: it holds nothing sensitive. None when an event only renders again."""
    error: Error | None
    """Why the module did not answer. None when it did."""
    raw: bytes | None
    """The module's own bytes, {"error":…} included. None when it gave none."""
