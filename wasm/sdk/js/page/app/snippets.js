// The event in code, for each language's package: short enough to copy. JavaScript and
// Python show a sale that goes on; the others the whole event, with the sale in it.
import { pretty } from "./output.js";

export const languages = ["JavaScript", "Python", "Java", "Rust", "C"];

export function snippet(language, event) {
  const { sale, ...rest } = event;
  return { JavaScript: javascript, Python: python, Java: java, Rust: rust, C: c }[language](rest, event);
}

function javascript(event) {
  return `import { Engine } from "tillwise";

const engine = await Engine.open();
const sale = engine.sale(kept); // kept: the text of sale.save(), or nothing
const { prompt, decision, error } = sale.answer(${pretty(event)});
`;
}

function python(event) {
  return `import json
from tillwise import Engine

engine = Engine()
sale = engine.sale(kept)  # kept: the text that the sale was saved as, or None
answer = sale.answer(json.loads(r"""
${pretty(event)}
"""))
`;
}

// Java has texts of several rows since 15, and the package is for 11.
function java(event, whole) {
  return `Engine engine = Engine.open();
byte[] answer = engine.answerJson((""
${pretty(whole).split("\n").map((row) => `    + ${JSON.stringify(`${row}\n`)}`).join("\n")}
    ).getBytes(StandardCharsets.UTF_8));
`;
}

function rust(event, whole) {
  const text = ascii(pretty(whole));
  let hashes = "#"; // more of them than the text has behind a quotation mark
  while (text.includes(`"${hashes}`)) hashes += "#";
  return `use tillwise::{Engine, Options};

let engine = Engine::open(Options::default())?;
let answer = engine.answer_text(br${hashes}"${text}"${hashes});
`;
}

function c(event, whole) {
  return `const char event[] =
${pretty(whole).split("\n").map((row) => `    ${JSON.stringify(`${row}\n`)}`).join("\n")};
tillwise_engine *engine;
char *answer;
tillwise_open(NULL, 0, &engine, NULL);
tillwise_answer(engine, event, strlen(event), &answer);
`;
}

// A byte string of Rust's takes no other letters than ASCII's.
const ascii = (json) => json.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
