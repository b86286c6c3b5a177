import { cards as text } from "./safe-cards.js";
import { isObject, readable, textOf } from "./event.js";
import { operationOf } from "./url.js";

let parsed;
const cards = () => (parsed ??= JSON.parse(text));

// safe makes the card that stands in where the module gives no answer to an
// event. It says nothing of money that is not known: of a sale that has begun,
// it knows nothing.
export function safe(event, settings) {
  const seen = objectIn(event);
  const { operations, words } = cards();
  const operation = operationIn(seen, cards());
  const at = Number.isSafeInteger(seen.at) && seen.at >= 0 ? seen.at : 0;
  const card = operations[operation][isFresh(seen.sale) ? "fresh" : "known"];

  const decision = structuredClone(card.decision);
  if (decision.about && "since" in decision.about) {
    if (at > 0) decision.about.since = at;
    else delete decision.about.since; // it is not known since when
  }

  const cashier = languageOf(seen.locale);
  const customer = seen.customer_locale ? languageOf(seen.customer_locale) : cashier;
  const prompt = structuredClone(words[card.words][cashier]);
  const { say, if_asked, customer_display } = structuredClone(words[card.words][customer]);
  const contact = objectIn(settings).texts?.contacts?.[decision.owner]?.[cashier];
  Object.assign(prompt, { say, if_asked, customer_display, contact: textOf(contact) });

  return { v: 1, prompt, decision, sale: withUnanswered(readable(seen.sale), { operation, at }) };
}

// objectIn takes an object, or JSON of one as text or bytes; what is neither is empty.
function objectIn(value) {
  try {
    let copy = value;
    if (typeof value === "string") copy = JSON.parse(value.replace(/^\ufeff/, ""));
    else if (value instanceof Uint8Array) copy = JSON.parse(new TextDecoder().decode(value));
    return isObject(copy) ? copy : {};
  } catch {
    return {};
  }
}

// operationIn tells which call an event is about, as far as it can be seen without
// the module. Choosing an action or reading a card again calls nothing.
function operationIn({ exchange, facts, action, decision }, { operations, paths }) {
  const known = (name) => (Object.hasOwn(operations, textOf(name)) ? name : "unknown");
  if (isObject(exchange)) {
    return exchange.operation ? known(exchange.operation) : operationOf(textOf(exchange.method), textOf(exchange.url), operations, paths);
  }
  if (isObject(facts)) return known(facts.operation);
  return action || isObject(decision) ? "unknown_read" : "unknown";
}

const isFresh = (sale) => sale === undefined || sale === null || (isObject(sale) && Object.keys(sale).length === 0);

// withUnanswered keeps the sale as it was, with the event that had no answer
// beside it: the module makes of both what is known of the sale.
function withUnanswered(sale, event) {
  if (isObject(sale) && Array.isArray(sale.unanswered)) {
    return { ...sale, unanswered: [...sale.unanswered, event] };
  }
  return { unanswered: [event], sale: sale ?? {} };
}

const languageOf = (locale) => (/^fr/i.test(textOf(locale)) ? "fr-CA" : "en-CA");
