// Small modules made by hand, each with something wrong about it. A face is the
// code of a function's body.
const types = { _initialize: 0, tillwise_abi: 1, tillwise_buffer: 2, tillwise_configure: 3, tillwise_answer: 3, tillwise_decide: 3, tillwise_describe: 4 };
const inputAt = 1024;
const answerAt = 40000;

export const op = { unreachable: 0x00, loop: [0x03, 0x40], branch: [0x0c, 0], when: [0x04, 0x40], end: 0x0b, load: [0x2d, 0, 0], store: [0x3a, 0, 0], add: 0x6a, equal: 0x46, grow: [0x40, 0] };
export const i32 = (value) => [0x41, ...signed(BigInt(value))];
// The place of an answer, as a call gives it.
export const place = (at, size) => [0x42, ...signed((BigInt(at) << 32n) | BigInt(size))];

export function handmade({ answer = "{}", faces = {}, without, imports = false } = {}) {
  const text = new TextEncoder().encode(answer);
  const bodies = {
    _initialize: [], tillwise_abi: i32(1), tillwise_buffer: i32(inputAt), tillwise_configure: place(answerAt - 8, 2),
    tillwise_answer: place(answerAt, text.length), tillwise_decide: place(answerAt - 8, 2), tillwise_describe: place(answerAt - 8, 2), ...faces,
  };
  const names = Object.keys(types);
  const first = imports ? 1 : 0;
  const functions = names.flatMap((name, i) => (name === without ? [] : [[...string(name), 0, i + first]]));
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [[0x60, 0, 0], [0x60, 0, 1, 0x7f], [0x60, 1, 0x7f, 1, 0x7f], [0x60, 1, 0x7f, 1, 0x7e], [0x60, 0, 1, 0x7e]]),
    ...(imports ? section(2, [[...string("env"), ...string("reach"), 0, 0]]) : []),
    ...section(3, names.map((name) => [types[name]])),
    ...section(5, [[0, 1]]),
    ...section(7, [[...string("memory"), 2, 0], ...functions]),
    ...section(10, names.map((name) => sized([0, ...bodies[name].flat(Infinity), op.end]))),
    ...section(11, [data(answerAt - 8, [0x7b, 0x7d]), data(answerAt, text)])]);
}

const section = (id, items) => [id, ...sized([...unsigned(items.length), ...items.flat()])];
const data = (at, bytes) => [0, ...i32(at), op.end, ...sized([...bytes])];
const sized = (bytes) => [...unsigned(bytes.length), ...bytes];
const string = (text) => sized([...new TextEncoder().encode(text)]);

function unsigned(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

function signed(value) {
  const bits = Number(value & 127n);
  const rest = value >> 7n;
  const last = (rest === 0n && bits < 64) || (rest === -1n && bits >= 64);
  return last ? [bits] : [bits + 128, ...signed(rest)];
}
