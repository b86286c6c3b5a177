"""Every vector, byte for byte, as the module's contract has it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from tillwise import Engine

VECTORS = Path(__file__).parents[3] / "vectors.jsonl"


def test_every_vector_is_answered_byte_for_byte(engine: Engine) -> None:
    wrong = []
    for line in VECTORS.read_text("utf-8").splitlines():
        vector = json.loads(line)
        event, answer = vector["event"], line[line.index('"answer":') + len('"answer":') : -1]
        if isinstance(event, str):
            raw = base64.b64decode(event[7:]) if event.startswith("base64:") else event.encode("utf-8", "replace")
            got: bytes | None = engine.answer_json(raw)
        else:
            got = engine.answer(event).raw
        if got is None or json.loads(got) != json.loads(answer) or got.decode() != answer:
            wrong.append(vector["name"])
    assert wrong == []


def test_what_describes_the_module_is_json(engine: Engine) -> None:
    assert json.loads(engine.describe())["abi"] == 1


def test_the_middle_stage_alone(engine: Engine) -> None:
    asked = {"v": 1, "facts": {"at": 1795530727000, "operation": "capture", "failure": "timeout"}, "sale": {}, "policy": {}}
    assert json.loads(engine.decide_json(json.dumps(asked)))["decision"]["money"] == "unknown"
