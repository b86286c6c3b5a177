import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

test("a small program checks, and its mistakes are found", () => {
  const { status, stdout } = spawnSync(process.execPath, [here("../node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", here("consumer.mts")], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
