// The parts that need no browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fragmentOf, stepsOf } from "../app/link.js";
import { pretty } from "../app/output.js";
import { readReply } from "../app/paste.js";
import { exchangeOf, operations, repliesTo, replyTo } from "../app/replies.js";
import { play } from "../app/sale.js";
import { languages, snippet } from "../app/snippets.js";
import { amountText, clock } from "../app/till.js";
import { words } from "../app/words.js";
import { examplesOf } from "../examples.mjs";
import { Engine } from "../../node.js";

const examples = examplesOf(readFileSync(new URL("../../../../vectors.jsonl", import.meta.url), "utf8"));
const engine = await Engine.open();
const request = { amount: "1249.00", auto_capture: true, format: "security_question" };

test("every operation of the schema can be picked", () => {
  const schema = JSON.parse(readFileSync(new URL("../../../../../plugin/schema/common.json", import.meta.url), "utf8"));
  const named = schema.$defs.operation.enum.filter((name) => !name.startsWith("unknown"));
  assert.deepEqual([...operations].sort(), named.sort());
  for (const lang of ["en", "fr"]) for (const op of operations) assert.ok(words[lang].operations[op], `${lang}: ${op} has no words`);
});

test("a documented code leads to its rule", () => {
  for (const operation of operations) {
    for (const { name, replies } of repliesTo(operation, examples).filter((group) => group.name === "documented" || group.name === "any")) {
      for (const reply of replies) {
        const { decision, error } = engine.answer({ v: 1, exchange: exchangeOf({ ...request, operation, reply }) });
        assert.equal(error, undefined);
        assert.ok(!decision.matched.rule.startsWith("unknown"), `${operation}/${reply.id} (${name}) is ${decision.matched.rule}`);
      }
    }
  }
});

test("a good answer is one", () => {
  for (const operation of operations) {
    const { replies } = repliesTo(operation, examples).find((group) => group.name === "good");
    for (const reply of replies) {
      const { decision } = engine.answer({ v: 1, exchange: exchangeOf({ ...request, operation, reply }) });
      assert.ok(!/trouble|unknown/.test(decision.card), `${operation}/${reply.id} gives ${decision.card}`);
    }
  }
});

test("a reply is understood as people paste it", () => {
  const body = '{"error":"not_found"}';
  const cases = {
    "curl -i": [`HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/html\r\nRetry-After: 30\r\nSet-Cookie: s=1\r\n\r\n${body}`, { status: 429, headers: { "retry-after": "30" }, body }],
    "HTTP/2, without a reason": [`HTTP/2 409\ndate: Tue, 24 Nov 2026 19:32:00 GMT\n\n${body}`, { status: 409, headers: { date: "Tue, 24 Nov 2026 19:32:00 GMT" }, body }],
    "curl -v": [`< HTTP/1.1 404 Not Found\n< Server: x\n< \n${body}`, { status: 404, headers: {}, body }],
    "a proxy before it": [`HTTP/1.1 200 Connection established\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 409 Conflict\n\n${body}`, { status: 409, headers: {}, body }],
    "no body": ["HTTP/1.1 503 Service Unavailable\n", { status: 503, headers: {}, body: "" }],
    "blank rows in the body": ["HTTP/1.1 500 x\n\na\n\nb", { status: 500, headers: {}, body: "a\n\nb" }],
    "only a body": [body, { status: undefined, headers: {}, body }],
    "nothing": ["", { status: undefined, headers: {}, body: "" }],
  };
  for (const [name, [text, want]] of Object.entries(cases)) assert.deepEqual(readReply(text), want, name);
});

test("a link holds the picks, and nothing that was pasted or mistyped", () => {
  const reply = (operation, id) => ({ operation, reply: replyTo(operation, id, examples), ...request });
  const steps = [{ ...reply("authorization", "409/credit_exceeded"), amount: "99.50", auto_capture: false }, { action: "change_amount" }, { ...reply("verify", "409/piw_mismatch"), format: "piw" }];
  const fragment = fragmentOf(steps);
  assert.equal(fragment, "authorization/409/credit_exceeded?amount=99.50&auto_capture=false~!change_amount~verify/409/piw_mismatch?format=piw");
  assert.equal(fragmentOf(stepsOf(`#${fragment}`, examples)), fragment);
  const pasted = { ...request, operation: "lookup", pasted: true, reply: { status: 409, headers: {}, body: "a secret" } };
  assert.equal(fragmentOf([steps[0], pasted, steps[1]]), fragmentOf([steps[0]]));
  assert.equal(fragmentOf([{ ...reply("refund", "0/timeout"), amount: "4111 1111" }]), "refund/0/timeout");
  for (const odd of ["", "#", "#nonsense", "#!finish_sale", "#verify/409/none_such", "#constructor/0/timeout", `#${"x".repeat(5000)}`]) assert.deepEqual(stepsOf(odd, examples), [], odd);
});

test("both languages show one decision and one reference, also beside a refusal", () => {
  const lost = { ...request, operation: "authorization", reply: replyTo("authorization", "0/timeout", examples) };
  for (const lang of ["en", "fr"]) {
    const [first, second, third] = play(engine, [lost, { action: "check_status" }, { ...lost, amount: "12,50" }], lang);
    for (const { prompts, event } of [first, second]) {
      assert.equal(prompts.en.ref, prompts.fr.ref);
      assert.equal(prompts.en.locale, "en-CA");
      assert.equal(prompts.fr.locale, "fr-CA");
      assert.equal(event.locale, prompts[lang].locale);
    }
    assert.equal(second.decision.card, "working");
    assert.equal(third.error.kind, "bad_event");
    assert.equal(third.decision.money, "unknown");
    assert.notEqual(third.prompts.en.headline, third.prompts.fr.headline);
  }
});

test("a choice that the card did not offer shows the last card again", () => {
  const lost = { ...request, operation: "authorization", reply: replyTo("authorization", "0/timeout", examples) };
  const [first, second] = play(engine, [lost, { action: "finish_sale" }], "en");
  assert.equal(second.error.kind, "action_not_offered");
  assert.deepEqual(second.prompts, first.prompts);
});

test("JSON is laid out without a change to it", () => {
  const value = { a: [], b: {}, c: [1, { d: "x: y, \"z\" {" }], e: null, f: "é\n" };
  assert.deepEqual(JSON.parse(pretty(value)), value);
});

test("each language's code has the event", () => {
  const reply = { status: 409, body: '{"error":"x\\"##"} « é »' };
  const event = { v: 1, exchange: { operation: "lookup", ...reply }, sale: {} };
  for (const language of languages) assert.match(snippet(language, event), /lookup/);
  assert.match(snippet("Rust", event), /br(#+)"[^]*"\1\)/);
  assert.doesNotMatch(snippet("Rust", event), /[^\x00-\x7f]/);
});

test("amounts and times are written as the till writes them", () => {
  assert.equal(amountText("1249.00", "en"), "$1,249.00");
  assert.equal(amountText("1249.00", "fr"), "1\u00a0249,00\u00a0$");
  assert.equal(amountText("1234567.89", "en"), "$1,234,567.89");
  assert.equal(amountText("unreadable", "en"), "unreadable");
  assert.equal(clock(1795548720000, -300, "en"), "14:32");
  assert.equal(clock(1795548720000, -300, "fr"), "14\u00a0h\u00a032");
  assert.equal(clock(0, -840, "en"), "10:00");
});

test("the page has the same words in both languages", () => {
  const shape = (value) => (Array.isArray(value) ? value.length : typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shape(v)])) : typeof value);
  assert.deepEqual(shape(words.en), shape(words.fr));
  assert.doesNotMatch(JSON.stringify(words.fr), / [:»]|« /);
});
