// The lines of the conformance kit, for any platform that runs the package: host
// gives a function from a line to its answer.
export function host({ Engine, TillwiseError, safe }, platform) {
  let engine;
  let settings;
  let failure; // of the last open
  const sales = new Map();

  const card = (event, ask) => {
    const { prompt, decision, sale, error } = engine ? ask() : { ...safe(event, settings), error: failure };
    return { answer: { prompt, decision, sale }, error: error ? asError(error) : null };
  };

  const verbs = {
    async open(line) {
      engine?.close();
      engine = undefined;
      sales.clear();
      ({ settings } = line);
      const { module, sha256 = module && "none" } = line;
      try {
        engine = await Engine.open({ settings, module, sha256 });
      } catch (error) {
        failure = error;
        throw error;
      }
      return { host: "tillwise-js 0.1.0", engine: platform, deadline: false, memory: true, modules: true, parallel: false };
    },
    answer({ event }) {
      return text(isText(event) ? running().answerJSON(bytesOf(event)) : answered(running().answer(event)));
    },
    batch({ events }) {
      const answers = events.map((event) => attempt(() => running().answerJSON(isText(event) ? bytesOf(event) : JSON.stringify(event))));
      return answers.map((answer) => (answer instanceof Uint8Array ? text(answer) : answer));
    },
    card({ event }) {
      const given = isText(event) ? bytesOf(event) : event;
      return card(given, () => engine.answer(given));
    },
    sale({ sale, event }) {
      return card(event, () => saleNamed(sale).answer(event));
    },
    saved({ sale, state }) {
      if (state === undefined) return saleNamed(sale).save();
      sales.set(sale, running().sale(state));
      return true;
    },
    decide: ({ input }) => text(running().decideJSON(isText(input) ? bytesOf(input) : JSON.stringify(input))),
    describe: () => JSON.stringify(running().describe()),
    close() {
      engine?.close();
      return true;
    },
  };

  function running() {
    if (!engine) throw failure ?? new TillwiseError("module_failed", "no engine is open: send open first");
    return engine;
  }

  function saleNamed(name) {
    if (!sales.has(name)) sales.set(name, running().sale());
    return sales.get(name);
  }

  return async (line) => {
    try {
      const read = JSON.parse(line);
      if (!Object.hasOwn(verbs, read?.do)) throw new TillwiseError("bad_line", `do is none of ${Object.keys(verbs).join(", ")}`);
      return JSON.stringify(await verbs[read.do](read));
    } catch (error) {
      return JSON.stringify({ error: asError(error) });
    }
  };
}

// answered gives the module's bytes, or throws where there are none.
function answered({ raw, error }) {
  if (!raw) throw error;
  return raw;
}

function attempt(f) {
  try {
    return f();
  } catch (error) {
    return { error: asError(error) };
  }
}

const asError = ({ kind = "bad_line", detail, message }) => ({ kind, detail: detail ?? message });
const isText = (event) => typeof event === "string";
const text = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

// bytesOf gives the bytes that a text stands for.
const bytesOf = (given) => (given.startsWith("base64:") ? base64(given.slice(7)) : new TextEncoder().encode(given));

const base64 = (given) => Uint8Array.from(atob(given), (char) => char.charCodeAt(0));
