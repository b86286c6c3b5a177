// The form of a reply: picked by call and code, or pasted, and what of the request matters.
// There are two on the page: one begins a sale, the other goes on with it.
import { byId, el } from "./dom.js";
import { readReply } from "./paste.js";
import { asks, formats, groups, repliesTo, replyTo } from "./replies.js";
import { defaults } from "./link.js";

/** A form in the element with this id. told(headline) is asked what a reply leads to; changed() is called when it is another reply. */
export class ReplyForm {
  constructor(id, { examples, changed, told }) {
    Object.assign(this, { id, examples, changed, told });
    this.words = undefined;
    this.state = { operation: groups[0].operations[0], ...defaults };
    this.build();
  }

  part(name) { return byId(`${this.id}-${name}`); }

  build() {
    const { id } = this;
    const field = (name, control, extra = {}) => el("div", { class: `field ${name}`, id: `${id}-${name}-field`, ...extra },
      el("label", { for: `${id}-${name}`, "data-t": name }), control);
    const onChange = { on: { change: () => this.took() } };
    const mode = (value) => el("label", { class: "choice" },
      el("input", { type: "radio", name: `${id}-mode`, value, checked: value === "pick", on: { change: () => { this.show(); this.changed(); } } }),
      el("span", { "data-t": value }));
    byId(id).append(
      el("fieldset", { class: "modes" }, el("legend", { "data-t": "mode" }), mode("pick"), mode("paste")),
      el("div", { class: "fields" },
        field("operation", el("select", { id: `${id}-operation`, on: { change: () => this.setOperation(this.part("operation").value) } })),
        field("reply", el("select", { id: `${id}-reply`, ...onChange })),
        field("status", el("input", { id: `${id}-status`, type: "text", inputmode: "numeric", maxlength: "3", autocomplete: "off", value: "409", on: { input: () => this.took() } }), { hidden: true }),
        field("amount", el("input", { id: `${id}-amount`, type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "16", value: defaults.amount, on: { input: () => this.took() } })),
        field("format", el("select", { id: `${id}-format`, ...onChange })),
        field("auto_capture", el("select", { id: `${id}-auto_capture`, ...onChange }))),
      el("div", { class: "field body", id: `${id}-body-field`, hidden: true },
        el("label", { for: `${id}-body`, "data-t": "body" }),
        el("textarea", { id: `${id}-body`, rows: "7", spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-describedby": `${id}-body-hint`, on: { input: () => this.pasted() } }),
        el("p", { class: "hint", id: `${id}-body-hint`, "data-t": "bodyHint" })));
  }

  get pasting() { return byId(this.id).querySelector("input[value=paste]").checked; }

  /** Writes everything in another language. */
  speak(words) {
    this.words = words;
    for (const node of byId(this.id).querySelectorAll("[data-t]")) node.textContent = words.form[node.dataset.t];
    const keep = this.state.operation;
    this.part("operation").replaceChildren(...groups.map((g) => el("optgroup", { label: words.groups[g.name] },
      g.operations.map((op) => el("option", { value: op }, `${op} · ${words.operations[op]}`)))));
    this.part("format").replaceChildren(...formats.map((f) => el("option", { value: f }, f)));
    this.part("auto_capture").replaceChildren(...["true", "false"].map((v) => el("option", { value: v }, v)));
    this.part("operation").value = keep;
    this.list();
  }

  /** The first good answer to a call: how a sale most likely goes on. */
  goodReply(operation) {
    return repliesTo(operation, this.examples).find((g) => g.name === "good").replies[0];
  }

  /** Takes what a step had, or part of it. */
  set(step) {
    this.state = { ...this.state, ...step };
    if (step.reply && !step.pasted) byId(this.id).querySelector("input[value=pick]").checked = true;
    this.part("operation").value = this.state.operation;
    this.part("amount").value = this.state.amount;
    this.list();
    if (this.state.reply && !this.pasting) this.part("reply").value = this.state.reply.id;
    this.part("format").value = this.state.format;
    this.part("auto_capture").value = String(this.state.auto_capture);
  }

  setOperation(operation) {
    this.state.operation = operation;
    this.list();
    this.took();
  }

  // list fills in the replies, with the headline that each leads to.
  list() {
    const { operation } = this.state;
    const all = repliesTo(operation, this.examples);
    const select = this.part("reply");
    const before = select.value;
    const told = this.told(operation, all.flatMap((g) => g.replies));
    select.replaceChildren(...all.map((g) => el("optgroup", { label: this.words.replyGroups[g.name] },
      g.replies.map((r) => el("option", { value: r.id }, `${r.status || "—"} ${r.code ? `${this.words.codes[r.code] ?? r.code} ` : ""}· ${told.get(r.id)}`)))));
    if (replyTo(operation, before, this.examples)) select.value = before;
    this.show();
  }

  // show leaves on the form what matters to this call.
  show() {
    const { operation } = this.state, pasting = this.pasting;
    for (const name of ["amount", "auto_capture", "format"]) this.part(`${name}-field`).hidden = !asks[name].has(operation);
    this.part("reply-field").hidden = pasting;
    this.part("status-field").hidden = !pasting;
    this.part("body-field").hidden = !pasting;
  }

  // took reads the form, after a field of it has changed.
  took() {
    const reply = replyTo(this.state.operation, this.part("reply").value, this.examples);
    if (!this.pasting && reply?.format && document.activeElement === this.part("reply")) this.part("format").value = reply.format;
    this.changed();
  }

  // pasted takes a whole reply apart: the status goes to its field.
  pasted() {
    const { status } = readReply(this.part("body").value);
    if (status !== undefined) this.part("status").value = String(status);
    this.changed();
  }

  /** The step that the form stands for. */
  step() {
    const { operation } = this.state;
    const request = { operation, amount: this.part("amount").value.trim(), auto_capture: this.part("auto_capture").value !== "false", format: this.part("format").value };
    if (!this.pasting) return { ...request, reply: replyTo(operation, this.part("reply").value, this.examples) };
    const { headers, body } = readReply(this.part("body").value);
    const status = /^\d{1,3}$/.test(this.part("status").value.trim()) ? Number(this.part("status").value) : 0;
    return { ...request, pasted: true, reply: { status, headers, body } };
  }
}
