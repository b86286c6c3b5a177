// Runs the vectors through the sealed module in this engine, with nothing to
// import: what any program in JavaScript has to do to embed it.
//
//   node wasm/vectors.mjs
import { readFileSync } from "node:fs";

const here = (name) => readFileSync(new URL(name, import.meta.url));
const { instance } = await WebAssembly.instantiate(here("tillwise.wasm"), {});
const tillwise = instance.exports;
tillwise._initialize();

function answer(input) {
  const at = tillwise.tillwise_buffer(input.length);
  new Uint8Array(tillwise.memory.buffer).set(input, at);
  const packed = tillwise.tillwise_answer(input.length);
  const [from, size] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
  return Buffer.from(tillwise.memory.buffer, from, size).toString();
}

function bytesOf(event) {
  if (typeof event !== "string") return Buffer.from(JSON.stringify(event));
  return event.startsWith("base64:") ? Buffer.from(event.slice(7), "base64") : Buffer.from(event);
}

const lines = here("vectors.jsonl").toString().trimEnd().split("\n");
let wrong = 0;
for (const line of lines) {
  const { name, event } = JSON.parse(line);
  const got = answer(bytesOf(event));
  // The answer is the last member, and its bytes are to be the same.
  if (!line.endsWith(`"answer":${got}}`)) {
    console.error(`${name}: answered ${got}`);
    wrong++;
  }
}
console.log(`${lines.length} vectors, ${wrong} wrong`);
process.exitCode = wrong > 0 || lines.length === 0 ? 1 : 0;
