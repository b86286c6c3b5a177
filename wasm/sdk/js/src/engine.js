import { TillwiseError, moduleFailed, wrongModule } from "./error.js";
import { bytesOf, encode, tooLong } from "./event.js";
import { Instance, checkAnswer, errorIn } from "./instance.js";
import { compile } from "./module.js";
import { moduleSHA256, tooLarge } from "./safe-cards.js";
import { safe } from "./safe.js";
import { Sale } from "./sale.js";

const maxCalls = 10_000; // after which an instance is replaced

// What Engine needs of the platform, its subclasses have: packaged() and read(place)
// give a module's bytes, hash(bytes) their SHA-256 in hexadecimal.
export class AnyEngine {
  #module;
  #settings; // as they were given, for the safe card
  #configured; // the same as bytes, for each new instance
  #instance;
  #closed = false;

  // open loads and checks a module, and starts its first instance.
  static async open({ settings, module, sha256 } = {}) {
    const engine = new this();
    engine.#settings = settings;
    engine.#configured = settingsBytes(settings);
    if (engine.#configured && tooLong(engine.#configured)) {
      throw new TillwiseError("too_large", "the settings have more than 262144 bytes: pass policy and texts alone");
    }
    engine.#module = await (module === undefined ? own(this) : given(this, module, sha256));
    try {
      engine.#instance = new Instance(await WebAssembly.instantiate(engine.#module, {}), engine.#configured);
    } catch (error) {
      throw notStarted(error);
    }
    return engine;
  }

  // answer gives the module's answer to an event: an object, or JSON as text or
  // bytes. It always has a card: beside an error it is the safe one.
  answer(event) {
    let raw;
    try {
      const { bytes, value } = this.#ask(event);
      raw = bytes;
      const error = errorIn(value);
      if (error) throw error;
      return { ...value, raw };
    } catch (error) {
      return { ...safe(event, this.#settings), error, raw };
    }
  }

  #ask(event) {
    const input = inputOf(event);
    if (tooLong(input)) return { bytes: bytesOf(tooLarge), value: JSON.parse(tooLarge) };
    return this.#use((instance) => {
      const reply = instance.call("tillwise_answer", input);
      // What the module refuses is the event's fault: the instance is as good as before.
      if (!errorIn(reply.value)) checkAnswer(reply.value);
      return reply;
    });
  }

  // answerJSON gives the module's answer to an event as it is, {"error":…}
  // included. It throws where the module gave none.
  answerJSON(event) {
    return this.#json("tillwise_answer", event);
  }

  // decideJSON gives {v, decision, sale} for {v, facts, sale, policy}: the stage that replay repeats.
  decideJSON(input) {
    return this.#json("tillwise_decide", input);
  }

  // describe gives the module's account of itself: ABI, catalogue version,
  // locales, limits and every card.
  describe() {
    return this.#use((instance) => instance.call("tillwise_describe").value);
  }

  #json(name, json) {
    const input = bytesOf(json);
    if (tooLong(input)) return bytesOf(tooLarge);
    return this.#use((instance) => instance.call(name, input).bytes);
  }

  // sale begins a sale, or goes on from what save gave.
  sale(saved) {
    return new Sale(this, saved);
  }

  // close frees the module's memory. answer goes on giving safe cards.
  close() {
    this.#closed = true;
    this.#instance = undefined;
    this.#module = undefined;
  }

  // use lends the instance to a function. It stays only after success, and only
  // until it has served its number of calls.
  #use(f) {
    if (this.#closed) throw new TillwiseError("module_failed", "the engine is closed: open another");
    const instance = this.#instance ?? this.#start();
    this.#instance = undefined;
    const result = f(instance);
    if (instance.calls < maxCalls) this.#instance = instance;
    return result;
  }

  #start() {
    let instance;
    try {
      instance = new WebAssembly.Instance(this.#module, {});
    } catch (cause) {
      throw moduleFailed("starting the module", cause);
    }
    return new Instance(instance, this.#configured);
  }
}

let packaged; // the package's own module: compiled once, for all engines of the program

async function own(platform) {
  packaged ??= load(platform, () => platform.packaged(), moduleSHA256);
  try {
    return await packaged;
  } catch (error) {
    packaged = undefined; // the next open tries again
    throw error;
  }
}

function given(platform, module, sha256) {
  if (!sha256) throw wrongModule("a module of your own needs its SHA-256 beside it: pass sha256 too");
  if (module instanceof ArrayBuffer) return load(platform, () => new Uint8Array(module), sha256);
  return load(platform, () => (module instanceof Uint8Array ? module : platform.read(module)), sha256);
}

async function load(platform, read, sha256) {
  let bytes;
  try {
    bytes = await read();
  } catch (cause) {
    throw wrongModule(`it cannot be read: ${cause.message}: see that tillwise.wasm is where it is looked for`, cause);
  }
  return compile(bytes, sha256, platform.hash);
}

function inputOf(event) {
  if (typeof event === "string" || event instanceof Uint8Array) return bytesOf(event);
  try {
    return encode(event);
  } catch (cause) {
    if (cause instanceof TillwiseError) throw cause;
    throw new TillwiseError("bad_event", "the event cannot be written as JSON", { cause });
  }
}

function settingsBytes(settings) {
  if (settings === undefined || settings === null) return undefined;
  if (typeof settings === "string" || settings instanceof Uint8Array) return bytesOf(settings);
  try {
    return bytesOf(JSON.stringify(settings));
  } catch (cause) {
    throw new TillwiseError("bad_json", "the settings cannot be written as JSON", { cause });
  }
}

// notStarted is the error of a module that passes its checks and does not start.
// Settings that it refuses are no fault of the module's.
function notStarted(error) {
  if (error.kind && error.kind !== "module_failed") return error;
  return wrongModule(`it does not start: ${error.detail ?? error.message}`, error);
}
