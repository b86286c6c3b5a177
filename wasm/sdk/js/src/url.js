// operationOf recognises the call by method and URL, with or without host,
// version, query and trailing slash.
export function operationOf(method, url, operations, paths) {
  const [last, before, third] = pathEnd(url);
  const found = paths.find((path) => path.last === last &&
    (!path.before || path.before === before) && (!path.third || path.third === third));
  const operation = found?.operation ?? (before === "authorization" ? "authorization_get" : "unknown");

  const verb = method.toUpperCase();
  const { moves, reads_back: readsBack } = operations[operation];
  if (verb === "GET" && moves) return "unknown_read";
  if (!readsBack || verb === "GET" || verb === "") return operation;
  // A documented purchase goes to the read-back's path; no other read-back is sent.
  return operation === "authorizations" ? "authorization" : "unknown";
}

// pathEnd gives the last three segments of a URL's path in their documented
// spelling, the last one first.
function pathEnd(url) {
  let path = pathOf(url).toLowerCase();
  const end = [];
  for (let i = 0; i < 3; i++) {
    path = path.replace(/\/+$/, "");
    const at = path.lastIndexOf("/");
    end.push(path.slice(at + 1));
    path = path.slice(0, Math.max(at, 0));
  }
  if (end[1].endsWith("widget")) end[1] = "widget";
  if (end[2] === "accounts" || end[2] === "customers") end[2] = "account";
  return end;
}

function pathOf(url) {
  const [path] = url.split(/[?#]/, 1);
  const host = path.indexOf("://");
  if (host < 0) return path;
  const slash = path.indexOf("/", host + 3);
  return slash < 0 ? "" : path.slice(slash + 1);
}
