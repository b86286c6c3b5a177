import { readable } from "./event.js";

// Sale carries what the module remembers of one customer's sale from event to event.
export class Sale {
  #engine;
  #state;
  #last;

  constructor(engine, saved) {
    this.#engine = engine;
    this.#state = stateOf(saved);
  }

  // answer gives the answer to what happened next in this sale. A choice that
  // the last card did not offer changes nothing: it is the last card again.
  answer(event) {
    const answer = this.#engine.answer({ ...event, sale: this.#state });
    if (answer.error?.kind === "action_not_offered") {
      const { record, ...card } = this.#last ?? answer; // a record that was kept once is not given twice
      return { ...card, sale: this.#state, error: answer.error, raw: answer.raw };
    }
    this.#state = answer.sale;
    this.#last = answer;
    return answer;
  }

  // save gives the state as text: to be on the disk before you act on the answer.
  save() {
    return JSON.stringify(this.#state);
  }
}

function stateOf(saved) {
  if (saved === undefined || saved === null) return {};
  if (typeof saved !== "string") return readable(saved);
  try {
    return JSON.parse(saved);
  } catch {
    return "unreadable"; // the module takes that for a sale in doubt
  }
}
