// A conversation as the address's fragment: #verify/409/piw_mismatch?format=piw~!enter_piw~…
// It holds picks only. A pasted reply is not in it, nor what came after one.
import { asks, formats, operations, replyTo } from "./replies.js";

export const defaults = { amount: "1249.00", auto_capture: true, format: formats[0] };

export function fragmentOf(steps) {
  const parts = [];
  for (const step of steps) {
    if (step.pasted) break;
    parts.push(step.action ? `!${step.action}` : replyPart(step));
  }
  return parts.join("~");
}

function replyPart({ operation, reply, amount, auto_capture, format }) {
  const more = new URLSearchParams();
  // What was typed goes into the address only if it is an amount.
  if (asks.amount.has(operation) && amount !== defaults.amount && (amount === "" || isAmount(amount))) more.set("amount", amount);
  if (asks.auto_capture.has(operation) && !auto_capture) more.set("auto_capture", "false");
  if (asks.format.has(operation) && format !== defaults.format) more.set("format", format);
  const query = more.toString();
  return `${operation}/${reply.id}${query ? `?${query}` : ""}`;
}

const isAmount = (text) => /^\d{1,7}(\.\d{1,2})?$/.test(text);

/** Reads a fragment as far as it can be read. */
export function stepsOf(fragment, examples) {
  const steps = [];
  for (const part of fragment.replace(/^#/, "").split("~").slice(0, 40)) {
    if (/^![a-z_]{1,40}$/.test(part)) {
      if (steps.length === 0) break;
      steps.push({ action: part.slice(1) });
      continue;
    }
    const [, operation, id, query] = /^([a-z0-9_]{1,40})\/(\d{1,3}\/[a-z0-9_]{0,64})(?:\?(.*))?$/.exec(part) ?? [];
    const reply = operations.includes(operation) && replyTo(operation, id, examples);
    if (!reply) break;
    const more = new URLSearchParams(query);
    const amount = more.get("amount"), format = more.get("format");
    steps.push({
      operation, reply, auto_capture: more.get("auto_capture") !== "false",
      amount: amount === "" || isAmount(amount ?? "-") ? amount : defaults.amount,
      format: formats.includes(format) ? format : defaults.format,
    });
  }
  return steps;
}
