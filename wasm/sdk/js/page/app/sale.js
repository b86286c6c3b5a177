// A sale as a list of steps, and what the module answers to each. A step is a reply of
// Flexiti's, {operation, reply, amount, auto_capture, format}, or the cashier's choice, {action}.
import { exchangeOf } from "./replies.js";

// The page's clock: the sale begins at 14:32, and each step comes a minute later. So
// a link shows everyone the same cards.
export const begins = 1795548720000;
const minute = 60000;
export const offset = -300; // the till's, in minutes

const locales = { en: "en-CA", fr: "fr-CA" };

/** Plays all steps: [{step, event, decision, prompts: {en, fr}, error, state}]. */
export function play(engine, steps, lang) {
  const sale = engine.sale();
  const other = lang === "en" ? "fr" : "en";
  const played = [];
  for (const [i, step] of steps.entries()) {
    const before = JSON.parse(sale.save());
    const event = {
      v: 1, at: begins + i * minute, utc_offset_min: offset, locale: locales[lang], customer_locale: locales[lang],
      ...(step.action ? { action: step.action, ref: played.at(-1)?.prompts[lang].ref } : { exchange: exchangeOf(step) }),
    };
    const { prompt, decision, error } = sale.answer(event);
    const state = JSON.parse(sale.save());
    const turned = inOther(engine, { ...event, locale: locales[other], customer_locale: locales[other] }, before, { prompt, decision, error, state });
    played.push({ step, event: { ...event, sale: before }, decision, error, state, prompts: { [lang]: prompt, [other]: turned } });
  }
  return played;
}

// inOther gives the same card in the event's language: nothing is decided again. Beside a
// refusal stands the safe card, which no decision of the module's led to: that is asked for anew.
function inOther(engine, event, before, { prompt, decision, error, state }) {
  if (error && error.kind !== "action_not_offered") return engine.answer({ ...event, sale: before }).prompt;
  const { exchange, action, ...rest } = event;
  return engine.answer({ ...rest, decision, ref: prompt.ref, sale: state }).prompt;
}
