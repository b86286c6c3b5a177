// For Node.
import { createHash } from "node:crypto";
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

  static hash(bytes) {
    return createHash("sha256").update(bytes).digest("hex");
  }
}
