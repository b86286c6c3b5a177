// What Flexiti may answer to a call: the documented codes, good answers, replies
// without a code, and no reply. All values in them are made up.

/** The calls, sorted as people look for them. */
export const groups = [
  { name: "customer", operations: ["search", "lookup", "calculate_interest", "verify", "apply", "close"] },
  { name: "money", operations: ["authorization", "capture", "release", "transactions", "return", "refund"] },
  { name: "checks", operations: ["authorizations", "authorization_get", "captures"] },
  { name: "setup", operations: ["token", "merchants_login", "i18n", "terms_and_conditions", "drivers_license", "widget_init"] },
];

export const operations = groups.flatMap((group) => group.operations);
export const formats = ["security_question", "sms", "email", "piw", "merchant_override", "regular_purchase_bypass"];
export const failures = ["timeout", "reset", "refused", "dns", "tls", "cancelled", "pending"];

/** Which fields of the request matter to a call. */
export const asks = {
  amount: new Set(["authorization", "capture", "release", "transactions", "return", "refund", "authorizations", "authorization_get", "captures"]),
  auto_capture: new Set(["authorization"]),
  format: new Set(["verify"]),
};

const json = (value) => JSON.stringify(value);
const made = "made up";
const account = json({ account_number: made });
const found = (state, body) => ({ code: state, found: state === "nothing" ? [] : [{ state }], body });
const readBack = (body) => ["captured", "held", "declined", "ended", "nothing"].map((state) => found(state, state === "nothing" ? "[]" : body));

const good = {
  search: [{ body: `[${account}]` }],
  lookup: [{ body: account }],
  calculate_interest: [{ body: json({ regular_purchase: {} }) }],
  verify: [{ body: json({ verification_code: made }) }],
  apply: ["approved", "pending", "declined"].map((result) => ({ code: result, result, body: json({ reference: made }) })),
  authorization: [{ body: json({ authorization_id: "A-1" }) }],
  capture: [{ body: json({ capture_id: "C-1" }) }],
  return: [{ body: json({ return_id: "R-1" }) }],
  authorizations: readBack(json([{ authorization_id: "A-1" }])),
  authorization_get: readBack(json({ authorization_id: "A-1" })).filter((r) => r.code !== "nothing"),
  captures: readBack(json([{ capture_id: "C-1" }])).filter((r) => r.code !== "held"),
  token: [{ body: json({ access_token: made }) }],
  drivers_license: [{ body: json({ first_name: made }) }],
  widget_init: [{ body: json({ redirection_url: made }) }],
};
const plainGood = [{ body: json({ reference: made }) }];

const bare = [
  { status: 409, code: "new_reason", body: json({ error: "new_reason" }) },
  { status: 200, code: "html", body: "<html><body>Welcome</body></html>" },
  { status: 302 }, { status: 400 }, { status: 401 }, { status: 403 }, { status: 404 }, { status: 408 },
  { status: 429, headers: { "retry-after": "30" } }, { status: 465 }, { status: 500 }, { status: 502, body: "<html><body>Bad Gateway</body></html>" }, { status: 503 }, { status: 504 },
];

// The format that the cashier's request had for Flexiti to answer so.
const formatOf = {
  secret_answer_mismatch: "security_question", tries_exceed: "security_question", sms_not_valid_phone: "sms", piw_mismatch: "piw",
  merchant_override_is_not_allowed: "merchant_override", regular_purchase_bypass_is_not_allowed: "regular_purchase_bypass",
};

/** All replies to a call, in groups: [{name, replies: [{id, status, code, …}]}]. */
export function repliesTo(operation, examples) {
  const own = examples[operation] ?? [];
  const taken = new Set(own.map((r) => `${r.status}/${r.code}`));
  const any = (examples.any ?? []).filter((r) => !taken.has(`${r.status}/${r.code}`));
  const listed = [
    { name: "documented", replies: own },
    { name: "good", replies: (good[operation] ?? plainGood).map((r) => ({ status: 200, code: "good", ...r })) },
    { name: "none", replies: failures.map((failure) => ({ status: 0, code: failure, failure })) },
    { name: "other", replies: bare },
    { name: "any", replies: any },
  ];
  for (const group of listed) {
    group.replies = group.replies.map((r) => ({ code: "", ...r, id: `${r.status}/${r.code ?? ""}`, format: formatOf[r.code] }));
  }
  return listed.filter((group) => group.replies.length > 0);
}

export function replyTo(operation, id, examples) {
  return repliesTo(operation, examples).flatMap((group) => group.replies).find((r) => r.id === id);
}

/** The exchange of an event: what the POS tells of its request, and of the reply. */
export function exchangeOf({ operation, reply, amount, auto_capture, format }) {
  const request = {};
  if (asks.format.has(operation) && format) request.format = format;
  if (asks.auto_capture.has(operation)) request.auto_capture = auto_capture;
  if (asks.amount.has(operation) && amount && !reply.found) request.amount = amount;
  const x = { operation };
  if (Object.keys(request).length > 0) x.request = request;
  x.status = reply.status;
  if (reply.failure) x.failure = reply.failure;
  if (reply.headers && Object.keys(reply.headers).length > 0) x.headers = reply.headers;
  if (reply.body) x.body = reply.body;
  if (reply.found) x.found = reply.found.map((entry) => (amount ? { ...entry, amount } : entry));
  if (reply.result) x.result = reply.result;
  return x;
}
