import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Engine, TillwiseError, safe } from "tillwise";
import { handmade, i32, op, place } from "./handmade.mjs";

const lost = { at: 1795530727000, locale: "fr-CA", exchange: { operation: "authorization", request: { amount: "12.00", auto_capture: true }, status: 0, failure: "timeout", sent: "unknown" } };
const text = (bytes) => new TextDecoder().decode(bytes);
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const openMade = (make, settings) => {
  const module = handmade(make);
  return Engine.open({ module, sha256: hash(module), settings });
};

function assertSafe(answer, kind) {
  assert.ok(answer.error instanceof TillwiseError);
  assert.equal(answer.error.kind, kind);
  assert.equal(answer.decision.card, "till_trouble");
  assert.equal(answer.prompt.actions.length, answer.decision.actions.length);
  assert.equal(answer.record, undefined);
}

const engine = await Engine.open();

test("the module answers every vector byte for byte", () => {
  const lines = readFileSync(new URL("../../../vectors.jsonl", import.meta.url), "utf8").trimEnd().split("\n");
  for (const line of lines) {
    const { name, event } = JSON.parse(line);
    const given = typeof event !== "string" ? JSON.stringify(event) : event.startsWith("base64:") ? Buffer.from(event.slice(7), "base64") : event;
    const got = text(engine.answerJSON(given));
    assert.ok(line.endsWith(`"answer":${got}}`), `${name}: answered ${got}`);
    if (typeof event === "object" && event.v) assert.equal(text(engine.answer(event).raw), got, name);
  }
});

test("an answer has a card, and the version is filled in", () => {
  const { prompt, decision, sale, record, error } = engine.answer(lost);
  assert.equal(error, undefined);
  assert.equal(prompt.locale, "fr-CA");
  assert.equal(decision.money, "unknown");
  assert.ok(sale && record);
});

test("a body is taken as text, as bytes, or parsed, and fetch's headers as they are", () => {
  const refused = { error: "secret_answer_mismatch" };
  const body = JSON.stringify(refused);
  const answer = (exchange) => engine.answer({ at: 1, exchange: { operation: "authorization", status: 409, ...exchange } }).decision;
  const want = answer({ body });
  assert.equal(want.card, "secret_answer_mismatch");
  assert.deepEqual(answer({ body: Buffer.from(body) }), want);
  assert.deepEqual(answer({ body: new TextEncoder().encode(`\ufeff${body}`).buffer }), want);
  assert.deepEqual(answer({ body: refused }), want);
  const wait = { "Retry-After": "77" };
  assert.equal(answer({ status: 429, headers: new Headers(wait) }).retry.after_s, 77);
  assert.equal(answer({ status: 429, headers: wait }).retry.after_s, 77);
});

test("a body that JSON would write as nothing is no success", () => {
  for (const body of [Promise.resolve("{}"), new Response("{}"), new Map(), new Blob([])]) {
    const answer = engine.answer({ at: 1, exchange: { operation: "refund", status: 200, body } });
    assertSafe(answer, "bad_event");
    assert.equal(answer.decision.money, "unknown");
    assert.match(answer.error.detail, /exchange\.body/);
  }
});

test("a long body is cut, however long JSON makes it", () => {
  for (const body of ["é".repeat(200_000), "\u0001".repeat(200_000), "😀".repeat(50_000), JSON.parse(`[${"1,".repeat(100_000)}1]`)]) {
    const answer = engine.answer({ at: 1, exchange: { operation: "search", status: 200, body } });
    assert.equal(answer.error, undefined);
    assert.ok(answer.record);
  }
});

test("input over the limit is refused without the module", () => {
  const long = " ".repeat(262145);
  assert.match(text(engine.answerJSON(long)), /"too_large"/);
  assert.match(text(engine.decideJSON(long)), /"too_large"/);
  assertSafe(engine.answer({ ...lost, exchange: { ...lost.exchange, url: long } }), "too_large");
});

test("answer never throws", () => {
  const circular = {};
  circular.self = circular;
  const events = [undefined, null, 7, "", "{", "[]", "\u0000", [], {}, circular, { at: 1n }, () => 1, Symbol("x"), new Uint8Array([255]), { exchange: null }, { exchange: 7 },
    { exchange: { operation: { toString: 1 }, method: { toString: 1 }, url: { toString: 1 } }, locale: { toString: 1 } },
    { exchange: { operation: "refund", body: circular } }, { exchange: { operation: "refund", headers: { entries: () => 1 } } }, { exchange: { operation: "__proto__" } }, { exchange: { operation: "constructor" } }, { facts: {} }, { v: 2, action: "x" }, { at: "now", action: "x" },
    { sale: circular, exchange: { operation: "authorization", status: 500 }, at: -1 }];
  for (const event of events) {
    const answer = engine.answer(event);
    assert.ok(answer.prompt.headline);
    assert.ok(answer.record || answer.error instanceof TillwiseError);
    assert.deepEqual(Object.keys(safe(event).prompt), Object.keys(safe({}).prompt));
  }
  assert.equal(engine.answer(JSON.stringify({ v: 1, ...lost })).decision.money, "unknown");
});

test("a sale that cannot be read is in doubt", () => {
  const looked = { at: 1, exchange: { operation: "lookup", status: 200, body: '{"customer_id":"x"}' } };
  const circular = {};
  circular.self = circular;
  for (const sale of [circular, 7, "{", [], { v: 9 }, { unanswered: 7 }]) {
    assert.equal(engine.answer({ ...looked, sale }).decision.doubt, true);
  }
  for (const sale of ["{", "", { v: 9 }, circular]) assert.equal(engine.sale(sale).answer(looked).decision.doubt, true);
  for (const sale of [undefined, null, "{}", {}]) assert.equal(engine.sale(sale).answer(looked).decision.doubt, false);
});

test("a sale goes on from what was saved", () => {
  const sale = engine.sale();
  const { decision } = sale.answer(lost);
  assert.equal(decision.actions[0].id, "check_status");
  const later = engine.sale(sale.save());
  const found = { at: lost.at + 60_000, exchange: { operation: "authorizations", status: 200, body: '[{"id":1}]', found: [{ state: "captured", amount: "12.00" }] } };
  assert.equal(later.answer({ at: lost.at + 30_000, action: "check_status" }).error, undefined);
  assert.equal(later.answer(found).decision.money, "moved");
});

test("a choice that was not offered is the last card again", () => {
  const sale = engine.sale();
  const { prompt } = sale.answer(lost);
  const kept = sale.save();
  const again = sale.answer({ at: lost.at, action: "finish_sale" });
  assert.equal(again.error.kind, "action_not_offered");
  assert.deepEqual(again.prompt, prompt);
  assert.equal(again.record, undefined);
  assert.equal(sale.save(), kept);

  const restarted = engine.sale(kept);
  const first = restarted.answer({ at: lost.at, action: "finish_sale" });
  assertSafe(first, "action_not_offered");
  assert.equal(restarted.save(), kept);
});

test("an event without an answer leaves its doubt in the sale", async () => {
  const broken = await openMade({ faces: { tillwise_answer: [op.unreachable] } });
  const sale = broken.sale();
  assertSafe(sale.answer(lost), "module_failed");
  assertSafe(sale.answer({ at: lost.at, action: "check_status" }), "module_failed");
  assert.deepEqual(JSON.parse(sale.save()), { sale: {}, unanswered: [{ operation: "authorization", at: lost.at }, { operation: "unknown_read", at: lost.at }] });
  const next = engine.sale(sale.save()).answer({ at: lost.at + 1, action: "call_supervisor" });
  assert.equal(next.error, undefined);
  assert.equal(next.decision.money, "unknown");
});

test("the safe card needs no engine, and has the store's contact", () => {
  const settings = { texts: { contacts: { supervisor: { "en-CA": "Ask for Sam", "fr-CA": "Demandez Sam" } } } };
  const event = { at: 5, locale: "fr", customer_locale: "en-CA", exchange: { method: "POST", url: "https://x.test/v1/authorization/1/release?x=/" } };
  const { prompt, decision, sale } = safe({ ...event, sale: { v: 2 } }, settings);
  assert.equal(prompt.locale, "fr-CA");
  assert.equal(prompt.contact, "Demandez Sam");
  assert.match(prompt.say, /supervisor/);
  assert.deepEqual(decision.about, { operation: "release", since: 5 });
  assert.deepEqual(sale, { unanswered: [{ operation: "release", at: 5 }], sale: { v: 2 } });
  assert.deepEqual(safe(JSON.stringify(event), JSON.stringify(settings)), safe(event, settings));
});

test("two answers share nothing", () => {
  const one = safe(lost);
  one.prompt.actions.length = 0;
  one.decision.actions.length = 0;
  assert.ok(safe(lost).decision.actions.length > 0 && safe(lost).prompt.actions.length > 0);
});

test("a closed engine has a card", async () => {
  const closing = await Engine.open();
  closing.close();
  closing.close();
  assertSafe(closing.answer(lost), "module_failed");
  assert.match(closing.answer(lost).error.detail, /^the engine is closed/);
  assert.throws(() => closing.answerJSON("{}"), TillwiseError);
  assert.throws(() => closing.describe(), { kind: "module_failed" });
});

test("settings are taken as an object, as text and as bytes, and refused as a whole", async () => {
  const settings = { texts: { contacts: { supervisor: { "en-CA": "Ask for Sam" } } } };
  for (const given of [settings, JSON.stringify(settings), Buffer.from(JSON.stringify(settings))]) {
    const e = await Engine.open({ settings: given });
    assert.equal(e.answer("no event").prompt.contact, "Ask for Sam");
    assert.equal(e.sale().answer(lost).error, undefined);
  }
  await assert.rejects(Engine.open({ settings: { policy: { methods: "sms" } } }), { kind: "bad_policy" });
  await assert.rejects(Engine.open({ settings: '{"policy"' }), { kind: "bad_json" });
  await assert.rejects(Engine.open({ settings: { policy: 1n } }), { kind: "bad_json" });
});

test("a wrong module is not run", async () => {
  const good = handmade();
  const wrong = [
    [{ module: good }, /sha256/],
    [{ module: good, sha256: hash("another") }, /SHA-256/],
    [{ module: "/nowhere.wasm", sha256: hash(good) }, /read/],
    ...[Buffer.from("MZ"), good.slice(0, -9), good.slice(0, 60), new Uint8Array()].map((module) => [{ module, sha256: hash(module) }, /loaded/]),
    ...[[{ imports: true }, /imports/], [{ without: "tillwise_decide" }, /tillwise_decide/], [{ faces: { tillwise_abi: i32(2) } }, /ABI 2/],
      [{ faces: { _initialize: [op.unreachable] } }, /does not start/]].map(([make, detail]) => [{ module: handmade(make), sha256: hash(handmade(make)) }, detail]),
  ];
  for (const [options, detail] of wrong) {
    await assert.rejects(Engine.open(options), (error) => error instanceof TillwiseError && error.kind === "wrong_module" && detail.test(error.detail));
  }
  assert.ok(await Engine.open({ module: good, sha256: hash(good).toUpperCase() }));
  assert.ok(await Engine.open({ module: good.buffer, sha256: hash(good) }));
  assert.ok(await Engine.open({ module: new URL("../tillwise.wasm", import.meta.url), sha256: hash(readFileSync(new URL("../tillwise.wasm", import.meta.url))) }));
});

test("nonsense is no answer, and the next call has a new instance", async () => {
  const growing = [op.loop, i32(1), op.grow, i32(-1), op.equal, op.when, op.unreachable, op.end, op.branch, op.end, op.unreachable];
  const makes = [{ answer: "\u0000{" }, { answer: "[1]" }, { answer: '{"v":1}' }, { answer: '{"prompt":{"headline":"x"},"decision":{"family":"x","actions":[]},"sale":{}}' },
    { faces: { tillwise_answer: place(1 << 30, 100) } }, { faces: { tillwise_answer: place(1024, 1 << 20) } }, { faces: { tillwise_answer: growing } },
    { faces: { tillwise_buffer: i32(0) } }, { faces: { tillwise_buffer: i32(-8) } }, { answer: '{"error":7}' }];
  for (const make of makes) {
    const made = await openMade(make);
    assertSafe(made.answer(lost), "module_failed");
    assertSafe(made.answer(lost), "module_failed");
    assert.deepEqual(made.describe(), {});
  }
});

test("an instance is replaced before it wears out", async () => {
  // It counts its calls at byte 0 and 1, and traps at the next one after 10,000.
  const low = [i32(0), op.load];
  const high = [i32(1), op.load];
  const count = [i32(0), low, i32(1), op.add, op.store, low, i32(200), op.equal, op.when, i32(0), i32(0), op.store, i32(1), high, i32(1), op.add, op.store, op.end];
  const worn = [high, i32(50), op.equal, op.when, low, i32(1), op.equal, op.when, op.unreachable, op.end, op.end];
  const counting = await openMade({ faces: { tillwise_describe: [...count, ...worn, place(39992, 2)] } });
  for (let i = 0; i < 20_001; i++) counting.describe();
});
