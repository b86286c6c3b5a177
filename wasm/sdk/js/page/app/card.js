// Draws a card as the till's screen does: banner and headline, money, retry, never, what
// to do by number, what to say, if asked, who sorts it out, the reference.
import { el } from "./dom.js";
import { clock, doing, moneyAmount, moneySign, sign, words } from "./till.js";

/** The parts of a card, for an element that has the card's language. act(place) is called with an action's place. */
export function drawCard({ prompt, decision, online, lang, at, offset, amount, act }) {
  const w = words[lang];
  const now = doing(decision, amount, lang);
  const money = [moneySign(decision), " ", prompt.money];
  const sum = moneyAmount(decision, prompt.money, lang);
  return [
    el("p", { class: "bar" },
      el("span", {}, "FLEXITI"), el("span", {}, now.what, now.amount && ` ${now.amount}`),
      el("span", { class: "end" }, online), el("span", {}, w.code), el("span", {}, clock(at, offset, lang))),
    el("div", { class: "band" },
      el("p", { class: "banner" }, el("span", { class: "sign" }, sign(decision)), prompt.banner),
      el("p", { class: "headline" }, prompt.headline)),
    prompt.fields.length > 0 && zone("fields", w.fields, prompt.fields.map((f) => f.label + (f.problem ? w.colon + f.problem : "")).join("; ")),
    el("p", { class: "money" }, ...money, sum && el("span", { class: "sum" }, sum)),
    el("p", { class: "retry" }, prompt.retry),
    prompt.never && el("p", { class: "never" }, prompt.never),
    el("h4", {}, w.doNow),
    el("ol", { class: "actions", role: "list" }, prompt.actions.map((action, i) => el("li", {}, button(action, i, act)))),
    zone("say", w.say, w.open + prompt.say + w.shut),
    zone("asked", w.ifAsked, w.open + prompt.if_asked + w.shut),
    el("div", { class: "foot" }, zone("who", w.who, [prompt.owner, prompt.contact].filter(Boolean).join("\n")), prompt.ref && zone("ref", w.ref, prompt.ref)),
    zone("why", w.why, prompt.why),
  ].filter(Boolean);
}

/** The two lines that the customer sees. */
export function drawDisplay(prompt, lang) {
  const [first, second] = prompt.customer_display;
  return [el("h4", {}, words[lang].display), el("p", { class: "lines" }, el("span", {}, first || "\u00a0"), el("br"), el("span", {}, second || "\u00a0"))];
}

function button(action, i, act) {
  return el("button", { type: "button", class: "action", "aria-keyshortcuts": String(i + 1), on: { click: () => act(i) } },
    el("span", { class: "key" }, `[${i + 1}]`), el("span", {}, action.text));
}

function zone(name, heading, text) {
  return el("div", { class: `zone ${name}` }, el("h4", {}, heading), el("p", {}, text));
}
