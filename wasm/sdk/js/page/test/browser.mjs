// What the tests ask of the page in the browser.
import { fileURLToPath } from "node:url";
import { openPage } from "../../conformance/chromium.mjs";
import { serve } from "../serve.mjs";

const codes = { Tab: 9, Enter: 13, " ": 32, ArrowDown: 40 };

/** The built page, served and open in a browser that remembers what it asked for and said. */
export async function openBuilt() {
  const server = await serve(fileURLToPath(new URL("../dist/", import.meta.url)));
  const page = await openPage();
  const seen = { requests: [], said: [] };
  page.on((method, params) => {
    if (method === "Network.requestWillBeSent") seen.requests.push(params.request.url);
    if (method === "Log.entryAdded") seen.said.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    if (method === "Runtime.consoleAPICalled") seen.said.push(params.args.map((a) => a.value).join(" "));
    if (method === "Runtime.exceptionThrown") seen.said.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
  });
  const base = `http://localhost:${server.address().port}/`;
  const built = {
    page, seen, base,
    /** Loads the page anew, at a fragment. */
    async load(fragment = "") {
      await page.goTo("about:blank");
      await page.goTo(`${base}${fragment}`);
      await page.evaluate("new Promise((done) => { const look = () => (document.body.dataset.ready === undefined ? requestAnimationFrame(look) : done()); look(); })");
    },
    async press(key) {
      const code = codes[key] ?? key.toUpperCase().charCodeAt(0);
      const text = { Enter: "\r", Tab: undefined, ArrowDown: undefined }[key] ?? (key.length === 1 ? key : undefined);
      await page.send("Input.dispatchKeyEvent", { type: "keyDown", key, code: key.length === 1 ? `Digit${key}` : key, windowsVirtualKeyCode: code, ...(text ? { text } : {}) });
      await page.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
    },
    focused: () => page.evaluate("document.activeElement.id"),
    /** Presses Tab until an element has the focus. */
    async tabTo(id) {
      for (let i = 0; i < 80; i++) {
        await built.press("Tab");
        if (await built.focused() === id) return;
      }
      throw new Error(`Tab does not come to ${id}`);
    },
    text: (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`),
    /** Sets a control as a person does who picks or types. */
    set: (id, value) => page.evaluate(`(() => { const c = document.getElementById(${JSON.stringify(id)}); c.focus(); c.value = ${JSON.stringify(value)}; c.dispatchEvent(new Event("input", { bubbles: true })); c.dispatchEvent(new Event("change", { bubbles: true })); })()`),
    click: (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`),
    json: async (id) => JSON.parse(await page.evaluate(`document.getElementById(${JSON.stringify(id)}).textContent`)),
    width: (width) => page.send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false }),
    scheme: (scheme) => page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }] }),
    async close() {
      await page.close();
      server.close();
    },
  };
  return built;
}
