"""Modules written by hand: what the contract asks for, except for what a test makes wrong."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import wasmtime
from tillwise import Engine

ANSWER = {
    "prompt": {"headline": "All is paid", "actions": [{"label": "x", "text": "x"}]},
    "decision": {"family": "approved", "actions": [{"id": "finish_sale"}]},
    "sale": {},
}


def text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def module(answer: str = "{}", code: str = "", buffer: str = "(i32.const 65536)", abi: int = 1, start: str = "", extra: str = "") -> bytes:
    """Answer with a text, after the code of tillwise_answer."""
    data = answer.encode()
    escaped = "".join(f"\\{b:02x}" for b in data)
    return bytes(
        wasmtime.wat2wasm(f"""(module {extra}
          (memory (export "memory") 8)
          (data (i32.const 1024) "{escaped}") (data (i32.const 16) "{{}}")
          (func (export "_initialize") {start})
          (func (export "tillwise_abi") (result i32) (i32.const {abi}))
          (func (export "tillwise_buffer") (param i32) (result i32) {buffer})
          (func (export "tillwise_configure") (param i32) (result i64) (i64.const {16 << 32 | 2}))
          (func $answer (export "tillwise_answer") (param i32) (result i64) {code} (i64.const {1024 << 32 | len(data)}))
          (func (export "tillwise_decide") (param i32) (result i64) (i64.const {16 << 32 | 2}))
          (func (export "tillwise_describe") (result i64) (i64.const {16 << 32 | 2})))""")
    )


def engine_of(code: bytes, **options: Any) -> Engine:
    return Engine(module=code, sha256=hashlib.sha256(code).hexdigest(), **options)
