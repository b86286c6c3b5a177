// The package in Node, for the conformance kit.
import { createInterface } from "node:readline";
import * as tillwise from "tillwise";
import { withModule } from "./lines.mjs";
import { host } from "./protocol.mjs";

const answer = host(tillwise, `Node ${process.versions.node}, V8 ${process.versions.v8}`);
for await (const line of createInterface({ input: process.stdin })) {
  const ready = withModule(line, () => JSON.parse(line).module); // the package reads the file itself
  process.stdout.write(`${await answer(ready)}\n`);
}
