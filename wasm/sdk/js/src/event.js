const maxInput = 262144; // bytes of one input
const maxBody = 64 * 1024; // bytes of a reply's body: what documented replies say of an error takes a fraction of it

export const tooLong = (bytes) => bytes.length > maxInput;

// bytesOf gives JSON that a caller has as text or as bytes.
export const bytesOf = (json) => (json instanceof Uint8Array ? json : new TextEncoder().encode(String(json)));

// encode writes an event so that the module can take it, whatever a reply
// brought: a body may be long or full of characters that JSON writes at length.
// It throws where the event cannot be written as JSON.
export function encode(event) {
  let written = { v: 1, ...event };
  const body = event.exchange?.body;
  if (typeof body !== "string") return json(written);
  const fits = new TextEncoder().encodeInto(body, new Uint8Array(maxBody)).read;
  if (fits < body.length) written = cut(written, fits);
  for (;;) {
    const bytes = json(written);
    const left = written.exchange.body.length;
    if (!tooLong(bytes) || left === 0) return bytes;
    written = cut(written, left >> 1);
  }
}

const json = (value) => bytesOf(JSON.stringify(value));

const cut = (event, length) => ({
  ...event,
  exchange: { ...event.exchange, body: event.exchange.body.slice(0, length), body_cut: true },
});
