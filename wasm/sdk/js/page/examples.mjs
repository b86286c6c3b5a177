// Makes examples.json: the codes that Flexiti documents for each call, with a reply
// that has each, as wasm/vectors.jsonl has them.

/** The documented replies by operation: {verify: [{status, code, body}, …], any: […], …}. */
export function examplesOf(vectors) {
  const replies = {};
  const seen = new Set();
  for (const line of vectors.trimEnd().split("\n")) {
    const { name, event } = JSON.parse(line);
    const rule = /^([a-z0-9_]+)\/(\d{3})\/([a-z0-9_]+)$/.exec(name);
    // Some rules have a second vector, in a sale that has begun.
    if (!rule || seen.has(name) || event.sale && Object.keys(event.sale).length > 0) continue;
    seen.add(name);
    const [, operation, status, code] = rule;
    (replies[operation] ??= []).push({ status: Number(status), code, body: event.exchange.body });
  }
  return replies;
}
