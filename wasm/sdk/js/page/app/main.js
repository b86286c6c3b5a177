// The page: a reply begins a sale, the card's actions and further replies go on with it.
import { Engine } from "../tillwise/index.js";
import { drawCard, drawDisplay } from "./card.js";
import { byId, el } from "./dom.js";
import { ReplyForm } from "./form.js";
import { defaults, fragmentOf, stepsOf } from "./link.js";
import { copy, pretty, show } from "./output.js";
import { begins, offset, play } from "./sale.js";
import { exchangeOf } from "./replies.js";
import { languages, snippet } from "./snippets.js";
import { clock, line, sign, underWay } from "./till.js";
import { words } from "./words.js";

const langs = ["en", "fr"];
const opening = "verify/409/secret_answer_mismatch";

let lang = (navigator.languages ?? [navigator.language]).map((l) => l.slice(0, 2).toLowerCase()).find((l) => langs.includes(l)) ?? "en";
let engine, examples, first, again;
let steps = []; // the sale's, the first of them the first form's
let played = [];
let code = languages[0];
let card = lang; // the one that the cashier was on last

const w = () => words[lang];
const latest = () => played.at(-1);
const html = (language) => (language === "fr" ? "fr-CA" : "en-CA");

// write puts the page's own words in its language.
function write() {
  document.documentElement.lang = html(lang);
  document.title = w().page.title;
  for (const node of document.querySelectorAll("[data-t]")) {
    if (w().page[node.dataset.t] !== undefined) node.textContent = w().page[node.dataset.t];
  }
  byId("switch").textContent = w().switchTo;
  byId("switch").lang = html(w().otherLang);
  byId("keys").replaceChildren(...w().page.keys.map((text) => el("li", {}, text)));
  for (const button of document.querySelectorAll("[data-copy]")) {
    const name = w().page[button.dataset.copy];
    button.replaceChildren(w().page.copy, el("span", { class: "unseen" }, `${lang === "fr" ? "\u00a0" : ""}: ${name}`));
  }
}

// told gives the headline that each reply leads to in a new sale, in the page's language.
function told(operation, replies) {
  return new Map(replies.map((reply) => {
    const exchange = exchangeOf({ operation, ...defaults, format: reply.format ?? defaults.format, reply });
    return [reply.id, engine.answer({ v: 1, at: begins, locale: html(lang), exchange }).prompt.headline];
  }));
}

// replay works out the sale anew, and shows where it stands.
function replay({ quietly = false } = {}) {
  played = play(engine, steps, lang);
  draw();
  const fragment = fragmentOf(steps);
  history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  if (!quietly) announce();
}

function announce(more = "") {
  const { headline, money } = latest().prompts[lang];
  byId("live").lang = html(lang);
  byId("live").textContent = `${headline}. ${money}. ${more}`.trim();
}

function draw() {
  const { decision, prompts, error, event, state } = latest();
  const amount = steps.findLast((step) => step.amount)?.amount;
  const online = (played.findLast((p) => !underWay(p.decision)) ?? latest()).decision; // a call that still runs says nothing new of the line
  for (const l of langs) {
    const till = byId(`card-${l}`);
    till.className = `till ${decision.family}`;
    const had = till.contains(document.activeElement) && document.activeElement !== till;
    till.replaceChildren(...drawCard({ prompt: prompts[l], decision, online: line(online, l), lang: l, at: event.at, offset, amount, act: (place) => act(place, l) }));
    if (had) till.focus({ preventScroll: true });
    byId(`display-${l}`).replaceChildren(...drawDisplay(prompts[l], l));
  }
  byId("error").hidden = !error;
  byId("error").replaceChildren(...(error ? [el("p", {}, `${w().page.error} `, el("code", {}, error.kind), ` ${error.detail}`), el("p", {}, w().page.errorNote)] : []));
  show("decision", pretty(decision), true);
  show("sale", pretty(state), true);
  show("event", pretty(event), true);
  show("code", snippet(code, event), false);
  drawHistory();
  drawNext();
}

function drawHistory() {
  byId("history").replaceChildren(...played.map(({ step, decision, prompts, event }, i) => {
    const before = played[i - 1];
    const at = before?.decision.actions.findIndex((action) => action.id === step.action) ?? -1;
    const what = step.action
      ? `${w().steps.chose}: [${at + 1 || "–"}] ${before?.prompts[lang].actions[at]?.label ?? step.action}`
      : `${w().steps.replied}: ${step.operation} ${step.pasted ? `${step.reply.status} ${w().steps.pasted}` : `${step.reply.status || w().steps.noReply} ${step.reply.code}`}`;
    return el("li", { "aria-current": i === played.length - 1 ? "step" : undefined },
      el("span", { class: "time" }, clock(event.at, offset, lang)),
      el("span", { class: "what" }, lang === "fr" ? what.replace(":", "\u00a0:") : what),
      el("span", { class: `result ${decision.family}` }, el("span", { class: "sign" }, sign(decision)), ` ${prompts[lang].headline}. `, el("b", {}, prompts[lang].money)));
  }));
  byId("undo").disabled = steps.length < 2;
  byId("link-hint").hidden = !steps.some((step) => step.pasted);
}

// chosen is the action that the last step was, as its card offered it.
function chosen() {
  const step = steps.at(-1);
  return step.action && played.at(-2)?.decision.actions.find((action) => action.id === step.action);
}

function drawNext() {
  const action = chosen();
  const next = action?.next;
  byId("next").textContent = next ? w()[next.input ? "nextInput" : "next"](next.operation) : steps.at(-1).action ? w().noNext : w().page.saleHint;
}

// offer sets the second form to the call that a choice leads to.
function offer({ operation, format }) {
  const { amount } = steps.findLast((step) => step.reply);
  again.set({ operation, amount, reply: again.goodReply(operation), ...(format ? { format } : {}) });
}

/** The cashier chooses an action of the card in a language. keyboard: the focus goes on with the sale. */
function act(place, l, keyboard = document.activeElement?.matches?.(":focus-visible")) {
  const action = latest().decision.actions[place];
  if (!action) return;
  card = l;
  steps.push({ action: action.id });
  replay({ quietly: true });
  if (!action.next) {
    if (keyboard) byId(`card-${l}`).focus();
    announce();
    return;
  }
  offer(action.next);
  announce(byId("next").textContent);
  if (keyboard) again.part("reply").focus();
}

function answer() {
  steps.push(again.step());
  replay();
  byId(`card-${card}`).focus();
}

function undo() {
  if (steps.length < 2) return;
  steps.pop();
  replay();
  if (byId("undo").disabled) byId("restart").focus();
}

function begin() {
  steps = [first.step()];
  replay();
}

// fromAddress takes up the sale that a link holds, or the one that the page opens with.
function fromAddress() {
  steps = stepsOf(location.hash, examples);
  if (steps.length === 0) steps = stepsOf(opening, examples);
  first.set(steps[0]);
  again.set(steps.findLast((step) => step.reply));
  replay({ quietly: true });
  const next = chosen()?.next;
  if (next) offer(next);
}

function speak() {
  write();
  first.speak(w());
  again.speak(w());
}

function drawCodeLanguages() {
  byId("code-langs").append(...languages.map((name) => el("label", { class: "choice" },
    el("input", { type: "radio", name: "code-lang", value: name, checked: name === code, on: { change: () => { code = name; show("code", snippet(code, latest().event), false); } } }),
    el("span", {}, name))));
}

async function copied(text, node) {
  const done = await copy(text, node);
  byId("live").textContent = "";
  byId("live").textContent = w().page[done ? "copied" : "selected"];
  return done;
}

function listen() {
  for (const l of langs) {
    byId(`card-${l}`).addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-4]$/.test(event.key)) return;
      event.preventDefault();
      act(Number(event.key) - 1, l, true);
    });
    byId(`card-${l}`).addEventListener("focusin", () => { card = l; });
  }
  byId("answers").addEventListener("click", answer);
  byId("undo").addEventListener("click", undo);
  byId("restart").addEventListener("click", begin);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      if (await copied(byId(button.dataset.copy).textContent, byId(button.dataset.copy))) flash(button);
    });
  }
  byId("link").addEventListener("click", async () => { if (await copied(location.href)) flash(byId("link")); });
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromAddress);
}

// flash marks a button whose text was copied, until the pointer or the focus leaves it.
function flash(button) {
  button.classList.add("done");
  for (const event of ["blur", "pointerleave"]) button.addEventListener(event, () => button.classList.remove("done"), { once: true });
}

function turnLanguage() {
  lang = w().otherLang;
  write();
  if (!engine) return;
  const forms = [first.step(), again.step()];
  speak();
  first.set(forms[0]);
  again.set(forms[1]);
  replay({ quietly: true });
}

async function open() {
  write();
  byId("switch").addEventListener("click", turnLanguage);
  try {
    [engine, examples] = await Promise.all([Engine.open(), fetch(new URL("../examples.json", import.meta.url)).then((r) => r.json())]);
  } catch (error) {
    byId("notice").className = "notice error";
    byId("notice").dataset.t = "failed";
    byId("notice").textContent = w().page.failed;
    byId("notice").after(el("p", { class: "notice error" }, el("code", {}, String(error?.detail ?? error?.message ?? error))));
    return;
  }
  first = new ReplyForm("first", { examples, told, changed: begin });
  again = new ReplyForm("again", { examples, told, changed: () => {} });
  drawCodeLanguages();
  speak();
  fromAddress();
  listen();
  byId("notice").hidden = true;
  byId("work").hidden = false;
  document.body.dataset.ready = "";
}

open();
