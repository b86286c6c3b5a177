// Can everyone use it: contrast, names, targets, narrow windows, the focus; and axe-core
// where it is installed, which is for development only.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBuilt } from "./browser.mjs";
import { focusSeen, smallTargets, tooWide, weakContrasts } from "./inpage.mjs";

const axe = new URL("../node_modules/axe-core/axe.min.js", import.meta.url);
const scenes = {
  approved: "#authorization/200/good", fix: "#apply/409/wrong_inputs", wait: "#authorization/0/timeout~!check_status",
  stop: "#apply/409/application_declined", check: "#authorization/0/timeout", help: "#token/400/invalid_client",
};

let at;
before(async () => { at = await openBuilt(); });
after(() => at.close());
const measure = (f) => at.page.evaluate(`(${f})()`);

for (const scheme of ["light", "dark"]) {
  test(`texts and edges have contrast, ${scheme}`, async () => {
    await at.scheme(scheme);
    await at.width(1280);
    for (const [family, fragment] of Object.entries(scenes)) {
      await at.load(fragment);
      assert.equal((await at.json("decision")).family, family);
      const { weak, count } = await measure(weakContrasts);
      assert.ok(count > 60, `${count} texts measured`);
      assert.deepEqual(weak, [], family);
    }
    await at.set("first-amount", "none");
    assert.deepEqual((await measure(weakContrasts)).weak, [], "a refusal");
  });
}

// 320 pixels, and what is left of 1280 at 200 and 400 %.
for (const width of [320, 640, 1280]) {
  test(`nothing is lost in a window of ${width}`, async () => {
    await at.width(width);
    for (const fragment of Object.values(scenes)) {
      await at.load(fragment);
      assert.deepEqual(await measure(tooWide), []);
      assert.deepEqual(await measure(smallTargets), []);
    }
    await at.click("#switch");
    await at.click("#first input[value=paste]");
    assert.deepEqual(await measure(tooWide), []);
    assert.deepEqual(await measure(smallTargets), []);
  });
}

test("texts can be twice as large", async () => {
  await at.width(1280);
  await at.load(scenes.check);
  await at.page.evaluate("document.documentElement.style.fontSize = '200%'");
  assert.deepEqual(await measure(tooWide), []);
});

test("each control has a name, and each part its role", async () => {
  await at.width(1280);
  await at.load(scenes.check);
  const { nodes } = await at.page.send("Accessibility.getFullAXTree");
  const of = (role) => nodes.filter((n) => !n.ignored && n.role?.value === role);
  for (const role of ["button", "combobox", "textbox", "radio", "link", "region", "article", "group", "list", "heading"]) {
    for (const node of of(role)) {
      if (role === "list" && !node.name?.value) continue; // lists need none
      assert.ok(node.name?.value?.trim(), `a ${role} without a name: ${JSON.stringify(node.properties)}`);
    }
  }
  const [main, banner, footer, status] = ["main", "banner", "contentinfo", "status"].map((role) => of(role).length);
  assert.deepEqual({ main, banner, footer, status }, { main: 1, banner: 1, footer: 1, status: 1 });
  assert.ok(of("combobox").length >= 4);
  assert.deepEqual(of("article").map((n) => n.name.value), ["English", "Français"]);
});

test("the headings make an outline", async () => {
  await at.load(scenes.fix);
  const levels = await at.page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))");
  assert.equal(levels[0], 1);
  levels.slice(1).forEach((level, i) => assert.ok(level > 1 && level - levels[i] <= 1, `h${levels[i]} is followed by h${level}`));
});

test("the focus goes everywhere, in order, and is seen", async () => {
  await at.load(scenes.check);
  const names = [];
  for (let i = 0; i < 80; i++) {
    await at.press("Tab");
    const { name, last, seen, inView } = await measure(focusSeen);
    if (last) break;
    assert.ok(seen, `no focus is seen on ${name}`);
    assert.ok(inView, `${name} is out of sight`);
    names.push(name);
  }
  const order = ["switch", "first-operation", "card-en", "card-fr", "again-operation", "answers", "restart", "link", "decision", "sale", "code"];
  const places = order.map((name) => names.indexOf(name));
  assert.ok(!places.includes(-1), `the focus does not come to ${order[places.indexOf(-1)]}: ${names}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
});

test("axe-core finds nothing", { skip: existsSync(axe) ? false : "axe-core is not installed: npm install --no-save --no-package-lock --prefix . axe-core" }, async () => {
  const source = readFileSync(axe, "utf8");
  for (const [scheme, width, french] of [["light", 1280, false], ["dark", 320, true]]) {
    await at.scheme(scheme);
    await at.width(width);
    for (const fragment of [scenes.check, scenes.fix]) {
      await at.load(fragment);
      if (french) await at.click("#switch");
      await at.page.evaluate(`${source}; undefined`);
      const found = await at.page.evaluate(`axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target).join(" ")))`);
      assert.deepEqual(found, [], `${scheme}, ${width}`);
    }
  }
});
