// What a browser loads, as far as Node can run it: the conformance kit runs it in a browser.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Engine, safe } from "../index.js";
import { handmade } from "./handmade.mjs";

const module = handmade();
const sha256 = createHash("sha256").update(module).digest("hex");

test("a module is taken as bytes, or fetched", async () => {
  assert.ok(await Engine.open({ module, sha256 }));
  assert.ok(await Engine.open({ module: `data:application/wasm;base64,${Buffer.from(module).toString("base64")}`, sha256 }));
});

test("what cannot be fetched is said, and there is still a card", async () => {
  // Node fetches no files: its own module is out of reach here.
  for (let i = 0; i < 2; i++) await assert.rejects(Engine.open(), { kind: "wrong_module", detail: /cannot be read/ });
  assert.equal(safe({ exchange: { operation: "refund" } }).decision.money, "unknown");
});

test("without SHA-256 the page is told how to get it", async (t) => {
  t.mock.getter(globalThis, "crypto", () => ({}));
  await assert.rejects(Engine.open({ module, sha256 }), { kind: "wrong_module", detail: /https/ });
});
