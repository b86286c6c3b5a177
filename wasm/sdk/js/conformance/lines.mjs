// What both adapters do with the kit's lines before the package sees them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

// withModule puts the module's hash into a line that opens one, as who embeds a
// module must know it; place says where the package finds the bytes.
export function withModule(line, place) {
  try {
    const read = JSON.parse(line);
    if (read.do !== "open" || !read.module) return line;
    const { module, sha256 } = read;
    const bytes = readFileSync(module);
    return JSON.stringify({ ...read, module: place(bytes), sha256: sha256 ?? createHash("sha256").update(bytes).digest("hex") });
  } catch {
    return line; // the package says what is wrong with it
  }
}
