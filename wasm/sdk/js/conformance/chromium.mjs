// Drives headless Chromium by its own protocol, over pipes: no package and no port.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-quic", "--remote-debugging-pipe",
];

/** The browser that is there, or undefined. */
export function findChromium() {
  return [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].find((name) => name && !spawnSync(name, ["--version"]).error);
}

/** Starts a browser with an empty profile, and opens a page in it. */
export async function openPage(browser = findChromium()) {
  if (!browser) throw new Error("there is no Chromium here: install it, or name it in CHROMIUM");
  const profile = mkdtempSync(join(tmpdir(), "tillwise-chromium-"));
  const child = spawn(browser, [...flags, `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const page = new Page(child, profile);
  const { targetId } = await page.send("Target.createTarget", { url: "about:blank" });
  page.session = (await page.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  await Promise.all(["Page", "Runtime", "Log", "Network", "DOM", "Accessibility"].map((domain) => page.send(`${domain}.enable`)));
  return page;
}

class Page {
  #calls = new Map();
  #count = 0;
  #listeners = new Set();

  constructor(child, profile) {
    Object.assign(this, { child, profile, session: undefined });
    let text = "";
    child.stdio[4].setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      for (let end; (end = text.indexOf("\0")) >= 0; text = text.slice(end + 1)) this.#take(JSON.parse(text.slice(0, end)));
    });
    this.ended = new Promise((resolve) => child.once("exit", resolve));
    this.ended.then(() => { for (const { reject } of this.#calls.values()) reject(new Error("the browser has ended")); });
    child.stdio[3].on("error", () => {}); // the end of the browser, which the calls under way are told
  }

  #take({ id, result, error, method, params }) {
    if (id === undefined) {
      for (const listener of this.#listeners) listener(method, params);
      return;
    }
    const { resolve, reject, name } = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) reject(new Error(`${name}: ${error.message}`));
    else resolve(result);
  }

  /** One call of the protocol. */
  send(method, params = {}) {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, name: method });
      this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    });
  }

  /** Calls listener(method, params) for what the browser tells; gives a function that ends it. */
  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The value of an expression in the page, which may be a promise. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Goes to an address, and waits until it has loaded. */
  async goTo(url) {
    const loaded = new Promise((resolve) => { const end = this.on((method) => { if (method === "Page.loadEventFired") resolve(end()); }); });
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`going to ${url}: ${errorText}`);
    await loaded;
  }

  async close() {
    await this.send("Browser.close").catch(() => {});
    await this.ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
