// Tries a packed package as a POS would: in an empty project, elsewhere and
// offline, with the README's examples as they are printed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const archive = resolve(process.argv[2]);
const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", import.meta.url));
const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
const [, printed] = readme.match(/It prints `(.*?)`/);

const project = mkdtempSync(join(tmpdir(), "tillwise-try-"));
const run = (program, ...args) => execFileSync(program, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
try {
  writeFileSync(join(project, "package.json"), '{"name":"empty","private":true,"type":"module"}');
  run("npm", "install", "--offline", "--no-package-lock", "--no-audit", "--no-fund", "--silent", archive);

  writeFileSync(join(project, "first.mjs"), examples[0]);
  assert.equal(run("node", "first.mjs"), `${printed}\n`);
  for (const [i, example] of examples.slice(1).entries()) {
    writeFileSync(join(project, `example${i}.mjs`), example);
    run("node", `example${i}.mjs`);
  }

  // The first is checked as strictly as can be; the others name no types.
  const check = (...args) => run(process.execPath, tsc, "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable", ...args);
  writeFileSync(join(project, "first.mts"), examples[0]);
  check("first.mts");
  check("--allowJs", "--checkJs", "--noImplicitAny", "false", "--useUnknownInCatchVariables", "false", ...examples.slice(1).map((_, i) => `example${i}.mjs`));
  console.log(`the README's ${examples.length} examples run and check in an empty project`);
} finally {
  rmSync(project, { recursive: true });
}
