from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# The package's own place for compiled code is not for tests to fill.
os.environ["TILLWISE_CACHE"] = str(Path(__file__).parent.parent / "bin" / "cache")

from tillwise import Engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine
