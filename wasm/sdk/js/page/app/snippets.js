// The event in code, for each language's package: short enough to copy.
import { pretty } from "./output.js";

export const languages = ["JavaScript", "Python", "Java", "Rust", "C"];

const indented = (text, by) => text.replace(/\n/g, `\n${by}`);

export function snippet(language, event) {
  const { sale, v, ...rest } = event;
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
  return `import json, tillwise

engine = tillwise.Engine.open()
sale = engine.sale(kept)  # kept: the text of sale.save(), or None
answer = sale.answer(json.loads(r'''${pretty(event)}'''))
`;
}

function java(event, whole) {
  return `try (var engine = Engine.open()) {
    byte[] answer = engine.answerJson("""
        ${indented(pretty(whole), "        ").replace(/\\/g, "\\\\")}
        """.getBytes(StandardCharsets.UTF_8));
}
`;
}

function rust(event, whole) {
  return `let engine = tillwise::Engine::open(Default::default())?;
let answer = engine.answer_json(br#"${pretty(whole)}"#)?;
`;
}

function c(event, whole) {
  return `const char event[] =
${pretty(whole).split("\n").map((row) => `    ${JSON.stringify(`${row}\n`)}`).join("\n")};
`;
}
