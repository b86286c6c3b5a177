// The package in Node, for the conformance kit.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as tillwise from "tillwise";
import { host } from "./protocol.mjs";

const load = ({ module, sha256 }) => ({
  module,
  sha256: sha256 ?? createHash("sha256").update(readFileSync(module)).digest("hex"),
});

const answer = host({ tillwise, platform: `Node ${process.versions.node}, V8 ${process.versions.v8}`, load });
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${await answer(line)}\n`);
}
