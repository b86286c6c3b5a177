// Reads a reply as people paste it: the whole of it with its status line, as curl -i,
// curl -v and the tools of browsers print it, or only its body.

// Only these headers are read by the module; what else a reply has stays out of the event.
const kept = new Set(["retry-after", "date"]);

/** → {status, headers, body}; status is undefined where the text has no status line. */
export function readReply(text) {
  let rest = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  let status, headers = {};
  // More than one head: a proxy's, or a 100 Continue, stands before the reply's own.
  for (let head; (head = headOf(rest)); rest = head.rest) ({ status, headers } = head);
  return { status, headers, body: status === undefined ? text : rest };
}

function headOf(text) {
  const begun = text.replace(/^\n+/, "");
  const first = /^(<\s)?HTTP\/\d(?:\.\d)?[ \t]+(\d{3})\b[^\n]*(?:\n|$)/.exec(begun);
  if (!first) return undefined;
  const head = { status: Number(first[2]), headers: {}, rest: begun.slice(first[0].length) };
  for (let line; (line = /^([^\n]*)(?:\n|$)/.exec(head.rest)) && head.rest !== ""; ) {
    head.rest = head.rest.slice(line[0].length);
    const row = first[1] ? line[1].replace(/^<\s?/, "") : line[1];
    if (row.trim() === "") break;
    const named = /^([!-9;-~]+):[ \t]*(.*)$/.exec(row);
    if (named && kept.has(named[1].toLowerCase())) head.headers[named[1].toLowerCase()] = named[2].trim();
  }
  return head;
}
