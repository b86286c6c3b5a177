// For Node.
import { readFileSync } from "node:fs";
import { AnyEngine } from "./src/engine.js";

export { TillwiseError } from "./src/error.js";
export { safe } from "./src/safe.js";

export class Engine extends AnyEngine {
  static packaged() {
    return this.read(new URL("./tillwise.wasm", import.meta.url));
  }

  static read(place) {
    return readFileSync(place);
  }

  static async hash(bytes) {
    const { createHash } = await import("node:crypto"); // takes as long to load as the rest of the package
    return createHash("sha256").update(bytes).digest("hex");
  }
}
