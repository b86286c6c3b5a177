import { TillwiseError } from "./error.js";

const maxInput = 262144; // bytes of one input
const maxBody = 64 * 1024; // bytes of a reply's body: what documented replies say of an error takes a fraction of it

export const tooLong = (bytes) => bytes.length > maxInput;

// bytesOf gives JSON that a caller has as text or as bytes.
export const bytesOf = (json) => (json instanceof Uint8Array ? json : new TextEncoder().encode(String(json)));

// encode writes an event so that the module can take it, whatever a reply
// brought: a body may be long or full of characters that JSON writes at length.
export function encode(event) {
  let written = event;
  if (isObject(event)) written = { v: 1, ...event, sale: readable(event.sale) };
  if (!isObject(event?.exchange)) return json(written);
  const { body, headers } = event.exchange;
  written.exchange = { ...event.exchange, body: bodyOf(body), headers: headersOf(headers) };
  if (typeof written.exchange.body === "string") {
    const fits = new TextEncoder().encodeInto(written.exchange.body, new Uint8Array(maxBody)).read;
    if (fits < written.exchange.body.length) cut(written.exchange, fits);
  }
  for (;;) {
    const bytes = json(written);
    const left = written.exchange.body?.length ?? 0;
    if (!tooLong(bytes) || left === 0) return bytes;
    cut(written.exchange, left >> 1);
  }
}

const json = (value) => bytesOf(JSON.stringify(value));

function cut(exchange, length) {
  exchange.body = exchange.body.slice(0, length);
  exchange.body_cut = true;
}

// bodyOf takes a body as text, as bytes, or parsed. JSON would write anything
// else as {} or the like, and that a refusal was the reply nobody could see then:
// a promise that was not awaited is such a thing.
function bodyOf(body) {
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return new TextDecoder().decode(body);
  if (typeof body !== "object" || body === null) return body;
  if (!isPlain(body)) {
    throw new TillwiseError("bad_event", "exchange.body is no text, no bytes and no parsed JSON: pass what await reply.text() gives");
  }
  const text = JSON.stringify(body);
  return text.length > maxBody ? text : body;
}

function isPlain(value) {
  const kind = Object.getPrototypeOf(value);
  return Array.isArray(value) || kind === null || Object.getPrototypeOf(kind) === null;
}

// headersOf takes what fetch gives as well as a plain object.
const headersOf = (headers) => (typeof headers?.entries === "function" ? Object.fromEntries(headers.entries()) : headers);

// readable gives a sale as JSON can write it. What cannot be written is what a
// file would be that cannot be read: the module takes the word for a sale in doubt.
export function readable(sale) {
  if (sale === undefined) return undefined;
  try {
    return JSON.parse(JSON.stringify(sale));
  } catch {
    return "unreadable";
  }
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// textOf gives a text; an object may have a toString that throws.
export const textOf = (value) => (typeof value === "string" ? value : "");
