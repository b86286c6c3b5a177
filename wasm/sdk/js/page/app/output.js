// JSON and code to read, select and copy.
import { byId, el } from "./dom.js";

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

/** JSON as text nodes and spans: names, texts, and the rest. */
export function coloured(text) {
  const out = [];
  let at = 0;
  for (const m of text.matchAll(tokens)) {
    out.push(text.slice(at, m.index));
    if (m[1] && m[2]) out.push(el("span", { class: "name" }, m[1]), m[2]);
    else out.push(el("span", { class: m[1] ? "text" : "value" }, m[0]));
    at = m.index + m[0].length;
  }
  out.push(text.slice(at));
  return out;
}

/** Short lists and objects stay on a row, as people write them. */
export function pretty(value, indent = "") {
  const short = JSON.stringify(value);
  if (typeof value !== "object" || value === null) return short;
  const flat = short.replace(/("(?:[^"\\]|\\.)*")|([:,])/g, (all, string, mark) => string ?? `${mark} `);
  if (flat.length + indent.length <= 72 && !Object.values(value).some((v) => v && typeof v === "object" && Object.keys(v).length > 0)) return flat;
  const inner = `${indent}  `;
  const rows = Array.isArray(value) ? value.map((v) => inner + pretty(v, inner)) : Object.entries(value).map(([k, v]) => `${inner}${JSON.stringify(k)}: ${pretty(v, inner)}`);
  const [open, shut] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${rows.join(",\n")}\n${indent}${shut}`;
}

/** Puts a text into an output, as JSON or as it is. */
export function show(id, text, asJSON) {
  byId(id).replaceChildren(...(asJSON ? coloured(text) : [text]));
}

/** Copies a text; where the browser will not, selects it. Tells which. */
export async function copy(text, node) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (node) getSelection().selectAllChildren(node);
    return false;
  }
}
