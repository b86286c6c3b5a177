// Assembles dist/: the page, the package that it runs, the module and the examples.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { examplesOf } from "./examples.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const dist = path("dist/");

/** What the page needs of the package beside it. */
const ofPackage = ["index.js", "src", "tillwise.wasm"];

for (const name of ofPackage) {
  if (!existsSync(path(`../${name}`))) {
    console.error(`building the page: wasm/sdk/js/${name} is missing; make the package first: make -C wasm/sdk/js adapter`);
    process.exit(1);
  }
}
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const name of ["index.html", "page.css", "till.css", "icon.svg", "app"]) cpSync(path(name), dist + name, { recursive: true });
for (const name of ofPackage) cpSync(path(`../${name}`), `${dist}tillwise/${name}`, { recursive: true });
writeFileSync(`${dist}examples.json`, JSON.stringify(examplesOf(readFileSync(path("../../../vectors.jsonl"), "utf8"))));
