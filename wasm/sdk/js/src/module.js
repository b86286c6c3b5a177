import { firstLine, wrongModule } from "./error.js";

// The functions that the contract promises, with their number of parameters. A
// module may have more.
const functions = {
  _initialize: 0,
  tillwise_abi: 0,
  tillwise_buffer: 1,
  tillwise_configure: 1,
  tillwise_answer: 1,
  tillwise_decide: 1,
  tillwise_describe: 0,
};

const memoryPages = 256; // of 64 KiB; half as much again as the module was seen to take
const memorySection = 5;

// compile gives a module that has been checked as far as that goes without running
// it. It is hashed while the engine compiles it: a till waits for its first card.
export async function compile(bytes, sha256, hash) {
  const compiling = compileLimited(bytes);
  compiling.catch(() => {}); // another hash is said first
  const have = await hash(bytes);
  if (have !== String(sha256).toLowerCase()) {
    throw wrongModule(`its SHA-256 is ${have} and "${sha256}" was expected: compare the file with the one that was meant`);
  }
  const module = await compiling;
  const imports = WebAssembly.Module.imports(module).length;
  if (imports > 0) {
    throw wrongModule(`it has ${imports} imports, and nothing may be within its reach: use a sealed module`);
  }
  const kinds = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
  if (kinds.get("memory") !== "memory") throw wrongModule("it exports no memory: use a module of tillwise");
  for (const name of Object.keys(functions)) {
    if (kinds.get(name) !== "function") throw wrongModule(notAsPromised(name));
  }
  return module;
}

async function compileLimited(bytes) {
  try {
    return await WebAssembly.compile(limitMemory(bytes));
  } catch (cause) {
    throw wrongModule(`it cannot be loaded: ${firstLine(cause)}`, cause);
  }
}

// checkTypes looks at what can be seen of a function's type once there is an instance.
export function checkTypes(exports) {
  for (const [name, parameters] of Object.entries(functions)) {
    if (exports[name].length !== parameters) throw wrongModule(notAsPromised(name));
  }
}

const notAsPromised = (name) => `it does not export ${name} as the contract has it: use a module of tillwise`;

// limitMemory writes the limit into the module itself: JavaScript cannot set one
// from outside, and a module that went on growing would take the whole till with
// it. What is no module at all is left for the compiler to say.
function limitMemory(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = number(bytes, at + 1);
    const end = start + size;
    if (id === memorySection) {
      const limited = limitedSection(bytes, start);
      return limited ? joined(bytes.subarray(0, at), limited, bytes.subarray(end)) : bytes;
    }
    at = end;
  }
  return bytes;
}

// limitedSection writes the section of one memory anew. Of another number of
// memories, or one that is shared or wide, no module of tillwise is.
function limitedSection(bytes, start) {
  const [memories, flagAt] = number(bytes, start);
  const flag = bytes[flagAt];
  if (memories !== 1 || flag > 1) throw new Error("it has not one plain memory");
  const [least, next] = number(bytes, flagAt + 1);
  const most = flag === 1 ? Math.min(number(bytes, next)[0], memoryPages) : memoryPages;
  const content = [1, 1, ...leb128(least), ...leb128(most)];
  return Uint8Array.of(memorySection, ...leb128(content.length), ...content);
}

// number reads an unsigned LEB128, and where it ends.
function number(bytes, at) {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    if (at >= bytes.length) throw new Error("it ends in the middle");
    const byte = bytes[at++];
    value += (byte & 127) * scale;
    if (byte < 128) return [value, at];
  }
}

function leb128(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
