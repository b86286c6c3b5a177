// For browsers, and every other platform with fetch and WebAssembly.
import { AnyEngine } from "./src/engine.js";
import { wrongModule } from "./src/error.js";

export { TillwiseError } from "./src/error.js";
export { safe } from "./src/safe.js";

export class Engine extends AnyEngine {
  static packaged() {
    return this.read(new URL("./tillwise.wasm", import.meta.url));
  }

  static async read(place) {
    const reply = await fetch(place);
    if (!reply.ok) throw new Error(`${reply.url} answers ${reply.status}`);
    return new Uint8Array(await reply.arrayBuffer());
  }

  static async hash(bytes) {
    if (!globalThis.crypto?.subtle) {
      throw wrongModule("its SHA-256 cannot be computed: a browser does so only for pages from https or from localhost; serve the page so");
    }
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}
