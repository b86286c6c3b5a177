// A web server for dist/ on loopback: a page's modules do not load from file:.
//
//   node serve.mjs [port]
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

/** Serves a folder on loopback; port 0 takes a free one. Gives the server once it listens. */
export function serve(folder, port = 0) {
  const server = createServer((request, response) => {
    const file = fileOf(folder, request.url);
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", () => resolve(server)));
}

// fileOf gives nothing for an address that is none, such as /%.
function fileOf(folder, address) {
  try {
    const { pathname } = new URL(address, "http://localhost");
    return join(folder, normalize(pathname === "/" ? "/index.html" : decodeURIComponent(pathname)));
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(fileURLToPath(new URL("dist/", import.meta.url)), Number(process.argv[2] ?? 8080));
  console.log(`The page is at http://localhost:${server.address().port}/ (end it with Ctrl+C)`);
}
