import { Engine, TillwiseError, safe } from "tillwise";
import type { Action, Answer, Event, Exchange, Sale, Settings } from "tillwise";

const settings: Settings = { policy: { methods: ["sms", "piw"] }, texts: { store: "Store 12" } };
const engine: Engine = await Engine.open({ settings });
const sale: Sale = engine.sale(null);

const exchange: Exchange = { operation: "capture", status: 200, headers: new Headers(), body: new Uint8Array() };
const event: Event = { at: Date.now(), exchange };
const answer: Answer = sale.answer(event);
const labels: string[] = answer.prompt.actions.map(({ label }) => label);
const advice: Action | undefined = answer.decision.actions[0]?.id;
sale.answer({ action: advice ?? "hold_sale", ref: answer.prompt.ref });
const since: number | undefined = answer.decision.about?.since;
const error: TillwiseError | undefined = answer.error;
if (error?.kind === "bad_event") console.log(error.detail, labels, since);
const kept: string = sale.save();
engine.sale(kept).answer({ exchange: { operation: "refund", status: 0, failure: "reset", sent: "unknown", request: { amount: 12.5 } } });
const bytes: Uint8Array = engine.answerJSON("{}");
engine.decideJSON(bytes);
const limit: number | undefined = engine.describe().limits.input;
const card: Answer = safe(event, settings);
console.log(limit, card.raw?.length);
engine.close();

// @ts-expect-error: no such call
sale.answer({ exchange: { operation: "authorisation" } });
// @ts-expect-error: no such member
sale.answer({ exchange: { operation: "capture", code: 200 } });
// @ts-expect-error: the sale carries its own state
sale.answer({ action: "hold_sale", sale: {} });
// @ts-expect-error: text is for engine.sale
engine.answer({ action: "hold_sale", sale: kept });
// @ts-expect-error: only open makes one
new Engine();
// @ts-expect-error: no such setting
await Engine.open({ settings: { policy: { method: ["sms"] } } });
