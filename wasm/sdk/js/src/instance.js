import { TillwiseError, moduleFailed, wrongModule } from "./error.js";
import { isObject, textOf } from "./event.js";
import { checkTypes } from "./module.js";

const abi = 1;

// Instance is one running copy of the module. After any error its memory is not
// to be trusted, even where it still answers: it is thrown away.
export class Instance {
  calls = 0;
  #exports;

  // settings are JSON as bytes, or nothing for the defaults.
  constructor(instance, settings) {
    this.#exports = instance.exports;
    checkTypes(this.#exports);
    this.#run("_initialize");
    const have = this.#run("tillwise_abi");
    if (have !== abi) {
      throw wrongModule(`it has ABI ${have}, and this package speaks ABI ${abi}: use a module and a package that belong together`);
    }
    if (!settings) return;
    const error = errorIn(this.call("tillwise_configure", settings).value);
    if (error) throw error;
  }

  // call writes the input, calls one function, and copies its answer out: the
  // bytes, and the JSON that they are.
  call(name, input) {
    this.calls++;
    const length = input?.length ?? 0;
    if (length > 0) {
      const at = this.#run("tillwise_buffer", length) >>> 0;
      const memory = this.#memory();
      if (at === 0 || at + length > memory.length) {
        throw moduleFailed("tillwise_buffer", "it gave no place for the input");
      }
      memory.set(input, at);
    }
    const packed = this.#run(name, length);
    if (typeof packed !== "bigint") throw moduleFailed(name, "it gave no place of an answer");
    const from = Number(BigInt.asUintN(32, packed >> 32n));
    const end = from + Number(BigInt.asUintN(32, packed));
    const memory = this.#memory();
    if (end > memory.length) throw moduleFailed(name, "the answer lies outside of the module's memory");
    const bytes = memory.slice(from, end);
    return { bytes, value: parsed(name, bytes) };
  }

  #run(name, ...args) {
    try {
      return this.#exports[name](...args);
    } catch (cause) {
      throw moduleFailed(name, cause);
    }
  }

  // Growing takes the old view away, so it is looked up anew each time.
  #memory() {
    return new Uint8Array(this.#exports.memory.buffer);
  }
}

function parsed(name, bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw moduleFailed(name, "the answer is no JSON");
  }
}

// errorIn gives the error that an answer consists of, or nothing.
export function errorIn(reply) {
  if (!isObject(reply)) throw shapeless();
  const { error } = reply;
  if (error === undefined || error === null) return undefined;
  if (!isObject(error)) throw shapeless();
  return new TillwiseError(textOf(error.kind), textOf(error.detail));
}

// checkAnswer refuses an answer that could not be shown.
export function checkAnswer(answer) {
  const { prompt, decision, sale } = answer;
  if (!isObject(prompt) || !isObject(decision)) throw shapeless();
  if (!filled(decision.family) || !filled(prompt.headline) || !isObject(sale) || sizeOf(sale) > 2048 ||
    !Array.isArray(decision.actions) || !Array.isArray(prompt.actions) ||
    decision.actions.length === 0 || decision.actions.length !== prompt.actions.length) {
    throw moduleFailed("tillwise_answer", "the answer has no card, no way out or no sale");
  }
}

const shapeless = () => moduleFailed("tillwise_answer", "the answer has not the shape of one");

const filled = (value) => typeof value === "string" && value !== "";
const sizeOf = (sale) => new TextEncoder().encode(JSON.stringify(sale)).length;
