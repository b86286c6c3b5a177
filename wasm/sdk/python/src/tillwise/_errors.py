"""What can be wrong: raised where a program has to be corrected, and beside a card where it has not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Error:
    """Why an answer is the safe card. The kinds are in the module's contract."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


class TillwiseError(Exception):
    """The engine does not open, or a call that gives bytes got none."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


class WrongModule(TillwiseError):
    """The module is not the one that was meant, or none that this package can run."""

    def __init__(self, detail: str) -> None:
        super().__init__("wrong_module", detail)

    def __reduce__(self) -> tuple[type[WrongModule], tuple[str]]:
        return WrongModule, (self.detail,)


class SettingsError(TillwiseError):
    """The module refuses the settings. All mistakes are in the detail, each with its path."""
