// The package in a browser, for the conformance kit: starts headless Chromium,
// serves it the package from a loopback port, and relays each line to the page.
// It speaks to the browser over two pipes, and needs no driver.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { withModule } from "./lines.mjs";

const chromium = process.env.CHROMIUM ?? "chromium";
const root = fileURLToPath(new URL("..", import.meta.url));
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const name = normalize(pathname);
  try {
    const content = name === "/" ? "<!doctype html><title>tillwise</title>" : readFileSync(join(root, name));
    response.writeHead(200, { "content-type": types[extname(name)] ?? "text/html" }).end(content);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const profile = mkdtempSync(join(tmpdir(), "tillwise-browser-"));
// Whatever ends this process, the kit's SIGKILL too, ends that one's input.
spawn("sh", ["-c", 'cat; rm -rf "$1"', "sh", profile], { stdio: ["pipe", "ignore", "ignore"], detached: true });
const browser = spawn(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-quic", `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"],
{ stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
browser.on("error", (error) => {
  console.error(`browser: ${chromium} does not start: ${error.message}; install it, or say in CHROMIUM where it is`);
  process.exit(1);
});
browser.on("exit", (code) => process.exit(code ?? 1));
process.on("exit", () => browser.kill());

const command = pipes(browser.stdio[3], browser.stdio[4]);
const { targetId } = await command("Target.createTarget", { url: "about:blank" });
const { sessionId } = await command("Target.attachToTarget", { targetId, flatten: true });
await command("Page.navigate", { url: `http://127.0.0.1:${server.address().port}/` }, sessionId);
await evaluate(`Promise.all([import("/index.js"), import("/conformance/protocol.mjs")]).then(([tillwise, { host }]) => {
  globalThis.line = host(tillwise, navigator.userAgent.match(/Chrome\\/\\S+/)[0]);
})`);

for await (const line of createInterface({ input: process.stdin })) {
  // A page reads no files, but it fetches what it has an address for.
  const ready = withModule(line, (bytes) => `data:application/wasm;base64,${bytes.toString("base64")}`);
  process.stdout.write(`${await evaluate(`line(${JSON.stringify(ready)})`)}\n`);
}
await command("Browser.close");

async function evaluate(expression) {
  const { result, exceptionDetails } = await command("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

// pipes gives a function that sends a command of the DevTools protocol and waits
// for its result. Messages end with a zero byte.
function pipes(out, back) {
  const waiting = new Map();
  let last = 0;
  let rest = [];
  back.on("data", (data) => {
    for (let end; (end = data.indexOf(0)) >= 0; data = data.subarray(end + 1)) {
      const message = JSON.parse(Buffer.concat([...rest, data.subarray(0, end)]));
      rest = [];
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error) reject?.(new Error(message.error.message));
      else resolve?.(message.result);
    }
    rest.push(data);
  });
  return (method, params = {}, session) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    out.write(`${JSON.stringify({ id: last, method, params, sessionId: session })}\0`);
  });
}
