// The page in a browser: what is seen, done by keyboard alone, kept, and sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBuilt } from "./browser.mjs";

let at;
before(async () => { at = await openBuilt(); });
after(() => at.close());

test("a picked reply shows its card in both languages", async () => {
  await at.load();
  await at.set("first-operation", "authorization");
  await at.set("first-reply", "409/credit_exceeded");
  assert.equal(await at.text("#card-en .headline"), "Not all of this can go on Flexiti");
  assert.equal(await at.text("#card-fr .headline"), "Flexiti ne prend pas le montant au complet");
  assert.match(await at.text("#card-en .money"), /^\(-\) MONEY NOT TAKEN/);
  assert.match(await at.text("#card-fr .money"), /^\(-\) RIEN N'A ÉTÉ FACTURÉ/);
  assert.equal(await at.page.evaluate("document.getElementById('card-fr').closest('[lang]').lang"), "fr");
  assert.equal((await at.json("decision")).card, "credit_exceeded");
  assert.equal((await at.json("event")).exchange.request.amount, "1249.00");
  assert.equal((await at.json("sale")).last.card, "credit_exceeded");
  assert.match(await at.text("#live"), /Not all of this can go on Flexiti\. MONEY NOT TAKEN/);
  assert.match(await at.page.evaluate("location.hash"), /^#authorization\/409\/credit_exceeded$/);
});

test("a card has all its parts, in the till's order", async () => {
  await at.load("#apply/409/wrong_inputs");
  const text = await at.text("#card-en");
  const order = ["FLEXITI", "CORRECT", "MONEY", "DO NOW", "[1]", "[2]", "SAY", "IF ASKED", "WHO SORTS IT", "REF", "WHY"];
  const places = order.map((part) => text.indexOf(part));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.ok(!places.includes(-1), `${order[places.indexOf(-1)]} is missing in ${text}`);
  assert.equal(await at.page.evaluate("document.querySelectorAll('#display-fr .lines span').length"), 2);
});

test("a pasted reply is read whole, and stays on the page", async () => {
  await at.load();
  await at.click("#first input[value=paste]");
  await at.set("first-operation", "lookup");
  await at.set("first-body", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nSet-Cookie: private=1\r\n\r\nprivate words");
  assert.equal(await at.page.evaluate("document.getElementById('first-status').value"), "429");
  const { exchange } = await at.json("event");
  assert.deepEqual(exchange, { operation: "lookup", status: 429, headers: { "retry-after": "30" }, body: "private words" });
  assert.equal((await at.json("decision")).retry.after_s, 30);
  assert.equal(await at.page.evaluate("location.hash"), "");
  assert.equal(await at.page.evaluate("getComputedStyle(document.getElementById('link-hint')).display !== 'none'"), true);
});

test("what is pasted is text, whatever it looks like", async () => {
  await at.load();
  await at.click("#first input[value=paste]");
  await at.set("first-body", '{"error":"<img src=x onerror=alert(1)>"}');
  assert.equal(await at.page.evaluate("document.querySelectorAll('main img').length"), 0);
});

test("a refusal is told, with the safe card", async () => {
  await at.load("#authorization/0/timeout");
  await at.set("first-amount", "12,50");
  assert.match(await at.text("#error"), /bad_event/);
  assert.equal((await at.json("decision")).money, "unknown");
  await at.set("first-amount", "12.50");
  assert.equal(await at.page.evaluate("document.getElementById('error').hidden"), true);
});

test("a conversation is walked by keyboard alone", async () => {
  await at.load("#authorization/0/timeout");
  await at.tabTo("card-en");
  await at.press("1");
  assert.equal((await at.json("event")).action, "check_status");
  assert.equal(await at.focused(), "again-reply", "the next reply has the focus");
  assert.match(await at.text("#live"), /authorizations/);
  await at.press("Tab");
  await at.press("Tab");
  assert.equal(await at.focused(), "answers");
  await at.press("Enter");
  assert.equal(await at.focused(), "card-en", "the card has the focus again");
  assert.equal((await at.json("decision")).card, "found_captured");
  await at.press("9");
  await at.press("1");
  assert.equal((await at.json("decision")).card, "sale_finished");
  assert.equal(await at.page.evaluate("document.querySelectorAll('#history li').length"), 4);
  const link = await at.page.evaluate("location.hash");
  assert.equal(link, "#authorization/0/timeout~!check_status~authorizations/200/captured~!finish_sale");
  const ref = await at.text("#card-en .ref");

  await at.tabTo("undo");
  await at.press("Enter");
  assert.equal((await at.json("decision")).card, "found_captured");
  await at.tabTo("restart");
  await at.press("Enter");
  assert.equal((await at.json("decision")).card, "no_reply_payment");
  assert.equal(await at.page.evaluate("document.querySelectorAll('#history li').length"), 1);

  await at.load(link);
  assert.equal(await at.text("#card-en .ref"), ref, "a link shows the same card");
});

test("a button of the French card goes on from the French card", async () => {
  await at.load("#authorization/0/timeout");
  await at.tabTo("card-fr");
  await at.press("Tab");
  await at.press("Tab");
  await at.press("Enter");
  assert.equal((await at.json("event")).action, "call_supervisor");
  assert.equal(await at.focused(), "card-fr");
});

test("the page speaks French", async () => {
  await at.load("#authorization/0/timeout~!check_status");
  await at.click("#switch");
  assert.equal(await at.page.evaluate("document.documentElement.lang"), "fr-CA");
  assert.equal(await at.text("h1"), "Ce que montre la caisse quand Flexiti répond");
  assert.equal((await at.json("event")).locale, "fr-CA");
  assert.match(await at.text("#first-reply-field"), /Réponse/);
  assert.match(await at.text("#next"), /La caisse appelle maintenant authorizations/);
  await at.click("#switch");
  assert.equal(await at.page.evaluate("document.documentElement.lang"), "en-CA");
});

test("the reply of another call is offered for that call", async () => {
  await at.load();
  await at.set("first-operation", "refund");
  assert.equal(await at.page.evaluate("getComputedStyle(document.getElementById('first-format-field')).display"), "none");
  assert.equal(await at.page.evaluate("getComputedStyle(document.getElementById('first-amount-field')).display !== 'none'"), true);
  assert.equal((await at.json("event")).exchange.operation, "refund");
  assert.ok(await at.page.evaluate("document.querySelectorAll('#first-reply option').length > 20"));
});

test("code for each language can be read", async () => {
  await at.load();
  for (const [i, word] of ["engine.sale(kept)", "json.loads", "answerJson", "answer_text", "tillwise_answer"].entries()) {
    await at.page.evaluate(`document.querySelectorAll("#code-langs input")[${i}].click()`);
    assert.ok((await at.text("#code")).includes(word), word);
  }
});

test("nothing is sent after the page has loaded, and the console stays empty", async () => {
  const begun = at.seen.requests.length;
  await at.load();
  const loaded = at.seen.requests.length;
  await at.set("first-operation", "capture");
  await at.page.evaluate("document.querySelector('#card-en .action').click()");
  await at.page.evaluate("document.getElementById('answers').click()");
  await at.click("#switch");
  await at.click("[data-copy=decision]");
  await at.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  assert.deepEqual(at.seen.requests.slice(loaded), []);
  assert.equal(at.seen.requests.slice(begun, loaded).filter((url) => url.endsWith(".wasm")).length, 1);
  assert.deepEqual(at.seen.requests.filter((url) => !url.startsWith(at.base) && url !== "about:blank"), []);
  assert.deepEqual(at.seen.said, []);
  assert.equal(await at.page.evaluate("fetch('http://192.0.2.1/').then(() => 'sent', () => 'refused')"), "refused");
});
