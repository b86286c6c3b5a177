"""The package as the conformance kit asks it: JSON lines in, JSON lines out."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from importlib import metadata
from pathlib import Path
from typing import Any

os.environ.setdefault("TILLWISE_CACHE", str(Path(__file__).resolve().parent.parent / "bin" / "cache"))  # not the user's

import tillwise

CLOSED = tillwise.Error("module_failed", "the engine is closed: open another")


class Adapter:
    def __init__(self) -> None:
        self.engine: tillwise.Engine | None = None
        self.failed = CLOSED
        self.sales: dict[str, tillwise.Sale] = {}
        self.lock = threading.Lock()

    def open(self, line: dict[str, Any]) -> Any:
        self.close(line)
        options: dict[str, Any] = {"instances": line.get("instances"), "deadline": line.get("deadline_ms", 2000) / 1000}
        if "module" in line:
            options["module"] = line["module"]
            options["sha256"] = line.get("sha256") or hash_of(line["module"])
        elif line.get("sha256"):
            options["sha256"] = line["sha256"]
        try:
            self.engine = tillwise.Engine(line.get("settings"), **options)
        except tillwise.TillwiseError as e:
            self.failed = tillwise.Error(e.kind, e.detail)
            return error(e)
        return {
            "host": f"tillwise-python {tillwise.__version__}",
            "engine": f"wasmtime {metadata.version('wasmtime')}",
            "deadline": True,
            "memory": True,
            "modules": True,
            "parallel": True,
        }

    def close(self, line: dict[str, Any]) -> Any:
        if self.engine:
            self.engine.close()
        self.engine, self.failed, self.sales = None, CLOSED, {}
        return True

    def answer(self, line: dict[str, Any]) -> Any:
        event = line["event"]
        if not self.engine:
            return error(self.failed)
        if isinstance(event, str):
            return self.bytes(lambda engine: engine.answer_json(bytes_of(event)))
        answer = self.engine.answer(event)
        return error(answer.error) if answer.raw is None else text(answer.raw)

    def batch(self, line: dict[str, Any]) -> Any:
        if not self.engine:
            return error(self.failed)
        try:
            answers = [self.engine.answer_json(json.dumps(event)) for event in line["events"]]
        except tillwise.TillwiseError as e:
            return error(e)
        return [text(answer) for answer in answers]

    def card(self, line: dict[str, Any]) -> Any:
        event = line["event"]
        if isinstance(event, str):
            try:
                event = json.loads(bytes_of(event))
            except ValueError:
                event = None
        return card(self.engine.answer(event) if self.engine else tillwise.safe(event, None, self.failed))

    def sale(self, line: dict[str, Any]) -> Any:
        if not self.engine:
            return self.card(line)
        with self.lock:
            sale = self.sales.setdefault(line["sale"], self.engine.sale())
        return card(sale.answer(line["event"]))

    def saved(self, line: dict[str, Any]) -> Any:
        if not self.engine:
            return error(self.failed)
        if "state" in line:
            self.sales[line["sale"]] = self.engine.sale(line["state"])
            return True
        return self.sales.setdefault(line["sale"], self.engine.sale()).state

    def decide(self, line: dict[str, Any]) -> Any:
        return self.bytes(lambda engine: engine.decide_json(json.dumps(line["input"])))

    def describe(self, line: dict[str, Any]) -> Any:
        return self.bytes(lambda engine: engine.describe())

    def bytes(self, ask: Callable[[tillwise.Engine], bytes]) -> Any:
        if not self.engine:
            return error(self.failed)
        try:
            return text(ask(self.engine))
        except tillwise.TillwiseError as e:
            return error(e)


def hash_of(path: str) -> str:
    try:
        with open(path, "rb") as f:
            return hashlib.sha256(f.read()).hexdigest()
    except OSError:
        return "0" * 64  # that it is not there the package says


def bytes_of(event: str) -> bytes:
    kind, found, rest = event.partition("base64:")
    return base64.b64decode(rest) if found and not kind else event.encode("utf-8", "replace")


def text(raw: bytes) -> str:
    return str(raw, "utf-8")


def card(answer: tillwise.Answer) -> Any:
    error = answer.error and {"kind": answer.error.kind, "detail": answer.error.detail}
    return {"answer": {"prompt": answer.prompt, "decision": answer.decision, "sale": answer.sale}, "error": error}


def error(e: Any) -> Any:
    return {"error": {"kind": e.kind, "detail": e.detail}}


class Lanes:
    """A thread for each lane. What opens and closes runs alone."""

    def __init__(self) -> None:
        self.queues: dict[int, queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]]] = {}
        self.asked: list[Future[Any]] = []

    def put(self, lane: int, ask: Callable[[], Any]) -> Future[Any]:
        if lane not in self.queues:
            self.queues[lane] = queue.SimpleQueue()
            threading.Thread(target=self.work, args=(self.queues[lane],), daemon=True).start()
        reply: Future[Any] = Future()
        self.asked.append(reply)
        self.queues[lane].put((reply, ask))
        return reply

    def work(self, asked: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]]) -> None:
        while True:
            reply, ask = asked.get()
            run(reply, ask)

    def wait(self) -> None:
        for reply in self.asked:
            reply.result()
        self.asked.clear()


def run(reply: Future[Any], ask: Callable[[], Any]) -> None:
    try:
        reply.set_result(ask())
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        reply.set_result({"error": {"kind": "bad_line", "detail": f"{type(e).__name__}: {e}"}})


def write(replies: queue.Queue[Future[Any] | None]) -> None:
    while (reply := replies.get()) is not None:
        print(json.dumps(reply.result()), flush=replies.empty())
    sys.stdout.flush()


def main() -> None:
    adapter, lanes = Adapter(), Lanes()
    replies: queue.Queue[Future[Any] | None] = queue.Queue()
    writer = threading.Thread(target=write, args=(replies,))
    writer.start()
    for text in sys.stdin.buffer:
        reply: Future[Any] = Future()
        try:
            line = json.loads(text)
            do = line.get("do")
        except (ValueError, AttributeError):
            line, do = {}, None
        if do in ("answer", "batch", "card", "sale"):
            reply = lanes.put(line.get("lane", 0), lambda do=do, line=line: getattr(adapter, do)(line))  # type: ignore[misc]
        elif do in ("open", "close", "saved", "decide", "describe"):
            lanes.wait()
            run(reply, lambda: getattr(adapter, do)(line))
        else:
            reply.set_result({"error": {"kind": "bad_line", "detail": "it is nothing that there is to do"}})
        replies.put(reply)
    lanes.wait()
    adapter.close({})
    replies.put(None)
    writer.join()


if __name__ == "__main__":
    main()
