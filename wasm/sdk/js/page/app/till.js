// The till's own words around a card, its signs, and how it writes an amount and a time,
// as the till's screen has them. What a card says of money is the module's alone.

const nbsp = "\u00a0";

export const words = {
  en: {
    code: "EN", doNow: "DO NOW", say: "SAY", ifAsked: "IF ASKED", who: "WHO SORTS IT", ref: "REF", fields: "CORRECT", why: "WHY",
    colon: ": ", open: "\"", shut: "\"", display: "Customer display",
    purchase: "Sale", payment: "Payment", refund: "Refund", release: "Set aside",
    answers: "ONLINE", noAnswer: "NO ANSWER", notSent: "NO CONNECTION",
  },
  fr: {
    code: "FR", doNow: "À FAIRE", say: "À DIRE", ifAsked: "SI ON DEMANDE", who: "QUI S'EN OCCUPE", ref: "RÉF.", fields: "À CORRIGER", why: "POURQUOI",
    colon: `${nbsp}: `, open: `«${nbsp}`, shut: `${nbsp}»`, display: "Afficheur du client",
    purchase: "Vente", payment: "Paiement", refund: "Remboursement", release: "Réservé",
    answers: "EN LIGNE", noAnswer: "SANS RÉPONSE", notSent: "HORS LIGNE",
  },
};

const familySigns = { approved: "[OK]", fix: "[!]", wait: "[..]", stop: "[X]", check: "[?]" };
const moneySigns = { held: "(=)", moved: "($)", unknown: "(?)" };

/** A card's first cue, beside its word. */
export function sign({ banner, family }) {
  if (banner === "no_decision") return "[~]";
  if (banner === "next_step") return "[>]";
  return familySigns[family] ?? "[i]";
}

export const moneySign = ({ money }) => moneySigns[money] ?? "(-)";

/** $1,249.00, or 1 249,00 $. What is no amount is given as it is. */
export function amountText(amount, lang) {
  const parts = /^(\d{1,12})\.(\d\d)$/.exec(amount ?? "");
  if (!parts) return amount ?? "";
  const whole = parts[1].replace(/\B(?=(\d{3})+$)/g, lang === "fr" ? nbsp : ",");
  return lang === "fr" ? `${whole},${parts[2]}${nbsp}$` : `$${whole}.${parts[2]}`;
}

/** 14:32, or 14 h 32: the till's time of day. */
export function clock(at, offset, lang) {
  const minutes = Math.floor(at / 60000) + offset;
  const [h, m] = [Math.floor((((minutes % 1440) + 1440) % 1440) / 60), ((minutes % 60) + 60) % 60];
  const mm = String(m).padStart(2, "0");
  return lang === "fr" ? `${h}${nbsp}h${nbsp}${mm}` : `${String(h).padStart(2, "0")}:${mm}`;
}

/** The amount that the money line is about, where it says that there was or may have been any, and names none. */
export function moneyAmount({ about, money }, text, lang) {
  if (!about?.amount || money === "none" || money === "not_moved") return "";
  const amount = amountText(about.amount, lang);
  return text.includes(amount) ? "" : amount;
}

/** What is being done, and its amount: the top bar's. */
export function doing(decision, amount, lang) {
  const { money_kind: kind, about } = decision;
  const giving = kind === "refund" || kind === "release";
  const shown = giving ? about?.amount : amount || about?.amount;
  return { what: words[lang][kind] ?? words[lang].purchase, amount: amountText(shown, lang) };
}

export const underWay = ({ card }) => card === "working" || card === "working_payment";

/** What a card tells about the line to Flexiti. */
export function line({ card, matched }, lang) {
  if (card === "not_sent") return words[lang].notSent;
  return matched?.by === "no_reply" && !underWay({ card }) ? words[lang].noAnswer : words[lang].answers;
}
